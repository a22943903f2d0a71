// SPDX-License-Identifier: Apache-2.0
#include <cstdint>

#include "frame.hpp"
#include "huan/base/assert.hpp"

namespace huan::scales {
namespace {

constexpr std::size_t kDigits = 6;
constexpr std::size_t kValue = 1 + kDigits + 1;      // sign, digits, decimals
constexpr std::size_t kContinuous = 1 + kValue + 3;  // STX … xor xor ETX
constexpr std::size_t kReply = 1 + 2 + kValue + 3;   // with address and command
constexpr std::size_t kHandshake = 1 + 2 + 3;

char hex_digit(unsigned nibble) { return "0123456789ABCDEF"[nibble & 0xFU]; }

unsigned xor_of(std::string_view bytes) {
  unsigned sum = 0;
  for (const char c : bytes) {
    sum ^= static_cast<std::uint8_t>(c);
  }
  return sum;
}

/// Could the byte stand at that place of sign, digits and decimals?
bool fits_value(std::size_t at, char c) {
  if (at == 0) {
    return c == '+' || c == '-';
  }
  return at <= kDigits ? is_digit(c) : c >= '0' && c <= '4';
}

Reading value_of(std::string_view value, const DecoderOptions& options) {
  std::int64_t digits = 0;
  for (const char c : value.substr(1, kDigits)) {
    digits = digits * 10 + (c - '0');
  }
  Reading reading;
  reading.mass =
      mass_of({value[0] == '-' ? -digits : digits, value[kDigits + 1] - '0', options.unit});
  return reading;
}

/// Checksum and end of a frame whose bytes before them have the right form.
Match finish_yaohua(std::string_view frame) {
  const unsigned sum = xor_of(frame.substr(1, frame.size() - 4));
  const bool holds = frame[frame.size() - 3] == hex_digit(sum >> 4U) &&
                     frame[frame.size() - 2] == hex_digit(sum) && frame.back() == kEtx;
  return {holds ? Verdict::frame : Verdict::checksum, frame.size(), {}, false};
}

Match match_value(std::string_view bytes, std::size_t head, const DecoderOptions& options) {
  const std::size_t size = head + kValue + 3;
  for (std::size_t i = head; i < bytes.size() && i < head + kValue; ++i) {
    if (!fits_value(i - head, bytes[i])) {
      return {};
    }
  }
  if (bytes.size() < size) {
    return {Verdict::more, 0, {}, false};
  }
  Match match = finish_yaohua(bytes.substr(0, size));
  if (match.verdict == Verdict::frame) {
    match.reading = value_of(bytes.substr(head, kValue), options);
    match.has_reading = true;
  }
  return match;
}

Match match_reply(std::string_view bytes, const DecoderOptions& options) {
  if (bytes.size() < 3) {
    return {Verdict::more, 0, {}, false};
  }
  const char command = bytes[2];
  if (command == static_cast<char>(Ask::handshake)) {
    return bytes.size() < kHandshake ? Match{Verdict::more, 0, {}, false}
                                     : finish_yaohua(bytes.substr(0, kHandshake));
  }
  if (command < static_cast<char>(Ask::gross) || command > static_cast<char>(Ask::net)) {
    return {};
  }
  Match match = match_value(bytes, 3, options);
  match.reading.shows = command == static_cast<char>(Ask::gross)  ? Shows::gross
                        : command == static_cast<char>(Ask::tare) ? Shows::tare
                                                                  : Shows::net;
  return match;
}

static_assert(kContinuous == 12 && kReply == 14);

}  // namespace

Match match_yaohua(std::string_view bytes, const DecoderOptions& options) {
  if (bytes[0] != kStx) {
    return {};
  }
  if (bytes.size() == 1) {
    return {Verdict::more, 0, {}, false};
  }
  return bytes[1] >= 'A' && bytes[1] <= 'Z' ? match_reply(bytes, options)
                                            : match_value(bytes, 1, options);
}

std::string yaohua_command(char address, Ask ask) {
  HUAN_ASSERT(address >= 'A' && address <= 'Z');
  const std::string body{address, static_cast<char>(ask)};
  const unsigned sum = xor_of(body);
  return std::string{kStx} + body + hex_digit(sum >> 4U) + hex_digit(sum) + kEtx;
}

}  // namespace huan::scales
