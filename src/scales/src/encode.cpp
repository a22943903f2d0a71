// SPDX-License-Identifier: Apache-2.0
#include "huan/scales/encode.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

#include "frame.hpp"
#include "huan/base/assert.hpp"

namespace huan::scales {
namespace {

constexpr std::int64_t kDisplayMax = 999'999;
constexpr int kReplyDecimals = 3;

std::string six_digits(std::int64_t value, char fill) {
  const std::string digits = std::to_string(value);
  return std::string(6 - digits.size(), fill) + digits;
}

/// The display's digits of a mass: the inverse of mass_of for what it can show.
std::int64_t digits_of(base::Mass mass, Unit unit, int decimals) {
  const std::int64_t one = mass_of({1'000'000'000, 6, unit}).count();  // grams of a thousand units
  std::int64_t scale = 1'000;
  for (int i = 0; i < decimals; ++i) {
    scale *= 10;
  }
  const std::int64_t digits = base::multiply_divide_round(mass.count(), scale, one);
  return std::clamp(digits, -kDisplayMax, kDisplayMax);
}

std::string yaohua_value(std::int64_t digits, int decimals) {
  return std::string{digits < 0 ? '-' : '+'} + six_digits(std::abs(digits), '0') +
         static_cast<char>('0' + decimals);
}

std::string framed(const std::string& body) {
  unsigned sum = 0;
  for (const char c : body) {
    sum ^= static_cast<std::uint8_t>(c);
  }
  constexpr std::string_view kHex = "0123456789ABCDEF";
  return std::string{kStx} + body + kHex[(sum >> 4U) & 0xFU] + kHex[sum & 0xFU] + kEtx;
}

std::string toledo_frame(const Reading& reading, const DecoderOptions& options, int decimals) {
  const std::int64_t digits = digits_of(reading.mass, Unit::kg, decimals);
  const bool sign_bit = (digits < 0) == options.sign_bit_negative;
  unsigned b = 0x30;  // always-one bit, kg
  b |= reading.shows == Shows::net ? 1U : 0U;
  b |= sign_bit ? 2U : 0U;
  b |= reading.out_of_range ? 4U : 0U;
  b |= reading.at_rest.value_or(true) ? 0U : 8U;
  const std::int64_t tare = digits_of(reading.tare.value_or(base::Mass{}), Unit::kg, decimals);
  std::string frame{kStx, static_cast<char>(0x20 + decimals + 2), static_cast<char>(b), 0x20};
  frame += six_digits(std::abs(digits), ' ') + six_digits(std::abs(tare), ' ') + kCr;
  if (options.checksum) {
    unsigned sum = 0;
    for (const char c : frame) {
      sum += static_cast<std::uint8_t>(c);
    }
    frame += static_cast<char>((~sum + 1U) & 0x7FU);
  }
  return frame;
}

std::string line_frame(const Reading& reading, int decimals) {
  const std::int64_t digits = digits_of(reading.mass, Unit::kg, decimals);
  std::string number = std::to_string(std::abs(digits));
  const auto places = static_cast<std::size_t>(decimals);
  if (number.size() <= places) {
    number.insert(0, places + 1 - number.size(), '0');
  }
  if (places > 0) {
    number.insert(number.size() - places, ".");
  }
  const std::string status = reading.out_of_range             ? "OL"
                             : reading.at_rest.value_or(true) ? "ST"
                                                              : "US";
  const std::string kind = reading.shows == Shows::gross ? "GS"
                           : reading.shows == Shows::net ? "NT"
                                                         : "TR";
  return status + "," + kind + "," + (digits < 0 ? "-" : "+") +
         std::string(number.size() < 7 ? 7 - number.size() : 0, ' ') + number + "kg\r\n";
}

}  // namespace

std::string encode(const Reading& reading, const DecoderOptions& options, int decimals) {
  HUAN_ASSERT(decimals >= 0 && decimals <= 4);
  switch (options.protocol) {
    case Protocol::toledo:
      return toledo_frame(reading, options, decimals);
    case Protocol::ascii:
      return line_frame(reading, decimals);
    case Protocol::yaohua:
      break;
  }
  return framed(yaohua_value(digits_of(reading.mass, options.unit, decimals), decimals));
}

std::string yaohua_reply(std::string_view command, char address, const Reading& reading) {
  for (const Ask ask : {Ask::handshake, Ask::gross, Ask::tare, Ask::net}) {
    if (command != yaohua_command(address, ask)) {
      continue;
    }
    const std::string head{address, static_cast<char>(ask)};
    const std::int64_t tare = reading.tare.value_or(base::Mass{}).count();
    const std::int64_t net = reading.mass.count() - tare;
    const std::int64_t mass = ask == Ask::gross  ? reading.mass.count()
                              : ask == Ask::tare ? tare
                                                 : net;
    return ask == Ask::handshake
               ? framed(head)
               : framed(head + yaohua_value(digits_of(base::Mass{mass}, Unit::kg, kReplyDecimals),
                                            kReplyDecimals));
  }
  return "";
}

}  // namespace huan::scales
