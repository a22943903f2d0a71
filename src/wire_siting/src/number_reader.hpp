// SPDX-License-Identifier: Apache-2.0
// Numbers between white space, with the line that each stands on.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include "huan/base/result.hpp"

namespace huan::wire_siting {

/// A finite decimal number that takes the whole text; `+` and exponents allowed.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

class NumberReader {
 public:
  explicit NumberReader(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end();
  /// The next word; empty at the end.
  std::string_view word();
  base::Result<double> number(const char* what);
  /// A whole number of [low, high].
  base::Result<std::int64_t> integer(const char* what, std::int64_t low, std::int64_t high);
  void skip_line();
  [[nodiscard]] std::string place() const { return "line " + std::to_string(line_); }
  [[nodiscard]] base::Error wrong(const std::string& what) const {
    return {base::ErrorCode::bad_file, place(), what};
  }

 private:
  void skip_space();

  std::string_view text_;
  std::size_t at_{0};
  std::int64_t line_{1};
};

}  // namespace huan::wire_siting
