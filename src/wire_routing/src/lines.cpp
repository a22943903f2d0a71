// SPDX-License-Identifier: Apache-2.0
#include "lines.hpp"

#include <charconv>
#include <cmath>

namespace huan::wire_routing {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::size_t kNameMax = 120;
constexpr std::size_t kShownMax = 24;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }

/// At most so much of what was found, fit to be shown.
std::string shown(std::string_view word) {
  return "`" + clean_name(word.substr(0, kShownMax)) + (word.size() > kShownMax ? "…`" : "`");
}

std::string plain(double value) {
  return std::fabs(value) < 1e15 && value == std::floor(value)
             ? std::to_string(static_cast<std::int64_t>(value))
             : std::to_string(value);
}

}  // namespace

std::optional<double> parse_number(std::string_view word) {
  if (word.starts_with('+')) {
    word.remove_prefix(1);
  }
  double value = 0;
  const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (failed != std::errc{} || end != word.data() + word.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

Result<double> Line::number_of(std::size_t i, std::string_view field, Range range) const {
  if (i >= words.size()) {
    return error(ErrorCode::bad_field, std::string{field} + " is missing");
  }
  const auto value = parse_number(words[i]);
  if (!value) {
    return error(ErrorCode::bad_number,
                 std::string{field} + ": " + shown(words[i]) + " is not a number");
  }
  if (*value < range.min || *value > range.max) {
    return error(ErrorCode::bad_number, std::string{field} + ": " + shown(words[i]) +
                                            " is not from " + plain(range.min) + " to " +
                                            plain(range.max));
  }
  return *value;
}

Result<std::int64_t> Line::whole(std::size_t i, std::string_view field, Range range) const {
  HUAN_TRY(value, number_of(i, field, range));
  if (value != std::floor(value)) {
    return error(ErrorCode::bad_number,
                 std::string{field} + ": " + shown(words[i]) + " is not a whole number");
  }
  return static_cast<std::int64_t>(value);
}

bool Lines::next() {
  while (!rest_.empty()) {
    const std::size_t end = rest_.find('\n');
    const std::string_view text = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view{} : rest_.substr(end + 1);
    ++line_.number;
    line_.text = text;
    line_.words.clear();
    for (std::size_t i = 0; i < text.size();) {
      if (is_blank(text[i])) {
        ++i;
        continue;
      }
      const std::size_t begin = i;
      while (i < text.size() && !is_blank(text[i])) {
        ++i;
      }
      line_.words.push_back(text.substr(begin, i - begin));
    }
    if (!line_.words.empty()) {
      return true;
    }
  }
  return false;
}

Result<void> Lines::expect(std::string_view what) {
  if (!next()) {
    return Error{ErrorCode::bad_file, "line " + std::to_string(line_.number),
                 "the text ends where " + std::string{what} + " is expected"};
  }
  return {};
}

std::string clean_name(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && is_blank(text.back())) {
    text.remove_suffix(1);
  }
  std::string out{text.substr(0, kNameMax)};
  for (char& c : out) {
    if (c < ' ' || c > '~') {
      c = '?';
    }
  }
  return out;
}

}  // namespace huan::wire_routing
