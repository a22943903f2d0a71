// SPDX-License-Identifier: Apache-2.0
// Lines for people: "ST,GS,+  1.234kg" and "ww001.234kg". They have no checksum, so a line is taken
// whole or not at all.
#include <cstdint>
#include <optional>

#include "frame.hpp"

namespace huan::scales {
namespace {

constexpr std::size_t kDigitsMax = 9;
constexpr int kDecimalsMax = 7;

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && text.back() == ' ') {
    text.remove_suffix(1);
  }
  return text;
}

/// "+  1.234kg", "-0000.1kg".
std::optional<Display> display_of(std::string_view text) {
  text = without_blanks(text);
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    text = without_blanks(text.substr(1));
  }
  Display display;
  std::size_t at = 0;
  std::size_t digits = 0;
  bool point = false;
  for (; at < text.size() && (is_digit(text[at]) || (text[at] == '.' && !point)); ++at) {
    if (text[at] == '.') {
      point = true;
      continue;
    }
    display.digits = display.digits * 10 + (text[at] - '0');
    display.decimals += point ? 1 : 0;
    if (++digits > kDigitsMax) {
      return std::nullopt;
    }
  }
  const auto unit = parse_unit(without_blanks(text.substr(at)));
  if (digits == 0 || !unit || display.decimals > kDecimalsMax) {
    return std::nullopt;
  }
  display.unit = *unit;
  display.digits = negative ? -display.digits : display.digits;
  return display;
}

std::optional<Shows> shows_of(std::string_view code) {
  if (code == "GS" || code == "w") {
    return Shows::gross;
  }
  if (code == "NT" || code == "n") {
    return Shows::net;
  }
  if (code == "TR" || code == "t") {
    return Shows::tare;
  }
  return std::nullopt;
}

Match line_of(const std::optional<Shows>& shows, std::string_view value, std::string_view status,
              std::size_t size) {
  const auto display = display_of(value);
  const bool over = status == "OL";
  if (!shows || (!display && !over)) {
    return {};
  }
  Match match{Verdict::frame, size, {}, true};
  match.reading.shows = *shows;
  match.reading.mass = display ? mass_of(*display) : base::Mass{};
  match.reading.out_of_range = over;
  if (!status.empty()) {
    match.reading.at_rest = status == "ST";
  }
  return match;
}

}  // namespace

Match match_ascii(std::string_view line) {
  if (line.size() >= 2 && line[0] == 'w') {
    return line_of(shows_of(line.substr(1, 1)), line.substr(2), "", line.size());
  }
  if (line.size() < 6 || line[2] != ',' || line[5] != ',') {
    return {};
  }
  const std::string_view status = line.substr(0, 2);
  if (status != "ST" && status != "US" && status != "OL") {
    return {};
  }
  return line_of(shows_of(line.substr(3, 2)), line.substr(6), status, line.size());
}

}  // namespace huan::scales
