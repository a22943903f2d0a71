// SPDX-License-Identifier: Apache-2.0
// STX, status A B C, six digits of weight, six of tare, CR, checksum.
#include <cstdint>
#include <optional>

#include "frame.hpp"

namespace huan::scales {
namespace {

constexpr std::size_t kStatus = 1;
constexpr std::size_t kWeight = 4;
constexpr std::size_t kTare = 10;
constexpr std::size_t kEnd = 16;
constexpr std::size_t kField = 6;

/// Leading zeros are spaces; nullopt when it is no number. Blank is 0 (a display over range).
std::optional<std::int64_t> field_of(std::string_view field) {
  std::int64_t value = 0;
  bool begun = false;
  for (const char c : field) {
    if (c == ' ' && !begun) {
      continue;
    }
    if (!is_digit(c)) {
      return std::nullopt;
    }
    begun = true;
    value = value * 10 + (c - '0');
  }
  return value;
}

bool may_be_field(std::string_view part) { return field_of(part).has_value(); }

/// kg or lb by status B where C names nothing else; nullopt: not a unit of trade here.
std::optional<Unit> unit_of(unsigned b, unsigned c) {
  switch (c & 7U) {
    case 0:
      return (b & 0x10U) != 0 ? Unit::kg : Unit::lb;
    case 1:
      return Unit::g;
    case 2:
      return Unit::t;
    case 3:
      return Unit::oz;
    default:
      return std::nullopt;  // ozt, dwt, ton (which?), newton
  }
}

bool sum_holds(std::string_view frame) {
  unsigned sum = 0;
  for (const char c : frame) {
    sum += static_cast<std::uint8_t>(c);
  }
  return (sum & 0x7FU) == 0;  // the last byte is the two's complement of the others, 7 bits
}

Match decode(std::string_view frame, const DecoderOptions& options) {
  const auto a = static_cast<std::uint8_t>(frame[kStatus]);
  const auto b = static_cast<std::uint8_t>(frame[kStatus + 1]);
  const auto c = static_cast<std::uint8_t>(frame[kStatus + 2]);
  const auto weight = field_of(frame.substr(kWeight, kField));
  const auto tare = field_of(frame.substr(kTare, kField));
  const auto unit = unit_of(b, c);
  const bool expanded = (c & 0x10U) != 0;  // ten times finer than verified: a service mode
  if (!unit || expanded || !weight || !tare) {
    return {Verdict::unusable, frame.size(), {}, false};
  }
  const int decimals = static_cast<int>(a & 7U) - 2;
  const bool negative = ((b & 2U) != 0) == options.sign_bit_negative;
  Match match{Verdict::frame, frame.size(), {}, true};
  match.reading.shows = (b & 1U) != 0 ? Shows::net : Shows::gross;
  match.reading.mass = mass_of({negative ? -*weight : *weight, decimals, *unit});
  match.reading.tare = mass_of({*tare, decimals, *unit});
  match.reading.out_of_range = (b & 4U) != 0;
  match.reading.at_rest = (b & 8U) == 0;
  return match;
}

}  // namespace

Match match_toledo(std::string_view bytes, const DecoderOptions& options) {
  const std::size_t size = options.checksum ? kEnd + 2 : kEnd + 1;
  if (bytes[0] != kStx) {
    return {};
  }
  const auto part = [&](std::size_t from) {
    return from < bytes.size() ? bytes.substr(from, kField) : std::string_view{};
  };
  if (!may_be_field(part(kWeight)) || !may_be_field(part(kTare)) ||
      (bytes.size() > kEnd && bytes[kEnd] != kCr)) {
    return {};
  }
  if (bytes.size() < size) {
    return {Verdict::more, 0, {}, false};
  }
  const std::string_view frame = bytes.substr(0, size);
  if (options.checksum && !sum_holds(frame)) {
    return {Verdict::checksum, size, {}, false};
  }
  return decode(frame, options);
}

}  // namespace huan::scales
