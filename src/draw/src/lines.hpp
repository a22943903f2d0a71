// SPDX-License-Identifier: Apache-2.0
// Texts of lines: each ends with a line feed and is looked at once, with its number for errors.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"

namespace huan::draw {

class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  /// The next line without its end; bad_file at the end or where it has none.
  [[nodiscard]] base::Result<std::string_view> next();
  /// What follows `word` and a blank on the next line.
  [[nodiscard]] base::Result<std::string_view> after(std::string_view word);
  [[nodiscard]] base::Result<std::uint64_t> number_after(std::string_view word);
  /// The next line is this one.
  [[nodiscard]] base::Result<void> expect(std::string_view line);
  [[nodiscard]] base::Result<void> finish() const;
  [[nodiscard]] base::Error wrong(std::string what) const;

 private:
  std::string_view rest_;
  std::size_t line_{0};
};

/// "" is one empty part.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char at);
/// Parted by commas; "-" is none.
[[nodiscard]] std::vector<std::string> list_of(std::string_view text);
[[nodiscard]] std::string list_text(const std::vector<std::string>& list);
/// Decimal without sign or leading zeros.
[[nodiscard]] std::optional<std::uint64_t> whole_number(std::string_view text);

}  // namespace huan::draw
