// SPDX-License-Identifier: Apache-2.0
#include "number_reader.hpp"

#include <charconv>

namespace huan::wire_siting {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f'; }

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

void NumberReader::skip_space() {
  while (at_ < text_.size() && is_space(text_[at_])) {
    line_ += text_[at_] == '\n' ? 1 : 0;
    ++at_;
  }
}

bool NumberReader::at_end() {
  skip_space();
  return at_ >= text_.size();
}

std::string_view NumberReader::word() {
  skip_space();
  const std::size_t begin = at_;
  while (at_ < text_.size() && !is_space(text_[at_])) {
    ++at_;
  }
  return text_.substr(begin, at_ - begin);
}

void NumberReader::skip_line() {
  while (at_ < text_.size() && text_[at_] != '\n') {
    ++at_;
  }
}

base::Result<double> NumberReader::number(const char* what) {
  const std::string_view text = word();
  if (const auto value = parse_number(text)) {
    return *value;
  }
  return wrong(std::string{what} + " expected" +
               (text.empty() ? ", but the file ends"
                             : std::string{" where a word of "} + std::to_string(text.size()) +
                                   " bytes stands"));
}

base::Result<std::int64_t> NumberReader::integer(const char* what, std::int64_t low,
                                                 std::int64_t high) {
  HUAN_TRY(value, number(what));
  if (value != std::floor(value) || value < static_cast<double>(low) ||
      value > static_cast<double>(high)) {
    return wrong(std::string{what} + " is not a whole number of " + std::to_string(low) + " to " +
                 std::to_string(high));
  }
  return static_cast<std::int64_t>(value);
}

}  // namespace huan::wire_siting
