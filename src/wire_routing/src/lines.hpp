// SPDX-License-Identifier: Apache-2.0
// The lines of a text as words, with their numbers, and numbers that are named when they are wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"

namespace huan::wire_routing {

inline constexpr double kNumberMax = 1e9;  ///< of a coordinate, time or cost in a file

/// The whole word as a finite number.
[[nodiscard]] std::optional<double> parse_number(std::string_view word);

struct Range {
  double min{0};
  double max{kNumberMax};
};

/// One line that is not blank, cut at white space.
struct Line {
  std::size_t number{0};
  std::string_view text{};
  std::vector<std::string_view> words{};

  [[nodiscard]] std::string at() const { return "line " + std::to_string(number); }
  [[nodiscard]] base::Error error(base::ErrorCode code, std::string detail) const {
    return {code, at(), std::move(detail)};
  }
  /// Word i as a number in range; bad_field when it is missing, bad_number when it is none.
  [[nodiscard]] base::Result<double> number_of(std::size_t i, std::string_view field,
                                               Range range = {}) const;
  /// The same for whole numbers ("12.0" is one).
  [[nodiscard]] base::Result<std::int64_t> whole(std::size_t i, std::string_view field,
                                                 Range range = {}) const;
};

class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  /// Goes on to the next line that is not blank.
  [[nodiscard]] bool next();
  [[nodiscard]] const Line& line() const { return line_; }
  /// next(), or bad_file: the text ends where `what` is expected.
  [[nodiscard]] base::Result<void> expect(std::string_view what);

 private:
  std::string_view rest_;
  Line line_;
};

/// A name from a file, made fit for JSON: white space trimmed, anything but printable ASCII is `?`.
[[nodiscard]] std::string clean_name(std::string_view text);

}  // namespace huan::wire_routing
