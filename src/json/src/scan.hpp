// SPDX-License-Identifier: Apache-2.0
// The inner loops over text: eight bytes at a time through what needs no attention, and UTF-8 by
// table 3-7 of Unicode.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace huan::json {

inline constexpr std::size_t kPadding =
    8;  ///< readable zero bytes behind a text that scan_plain() walks

namespace swar {

inline constexpr std::uint64_t kOnes = 0x0101010101010101U;
inline constexpr std::uint64_t kHigh = 0x8080808080808080U;

constexpr std::uint64_t zero_bytes(std::uint64_t v) { return (v - kOnes) & ~v & kHigh; }
constexpr std::uint64_t equal_bytes(std::uint64_t v, char c) {
  return zero_bytes(v ^ (kOnes * static_cast<std::uint8_t>(c)));
}
/// High bit set in the first byte (and perhaps some behind it) that is a control, a quote or a
/// backslash.
constexpr std::uint64_t escapes(std::uint64_t v) {
  return ((v - kOnes * 0x20) & ~v & kHigh) | equal_bytes(v, '"') | equal_bytes(v, '\\');
}
inline std::uint64_t load(const char* p) {  // the first byte lowest
  std::uint64_t v = 0;
  std::memcpy(&v, p, sizeof v);
  return std::endian::native == std::endian::little ? v : __builtin_bswap64(v);
}
inline std::uint64_t load_big_endian(const char* p) { return __builtin_bswap64(load(p)); }

}  // namespace swar

/// The first byte at or behind p that is a control, a quote, a backslash or not ASCII. Needs
/// kPadding zeros at the end.
inline const char* scan_plain(const char* p) {
  while (true) {
    const std::uint64_t v = swar::load(p);
    const std::uint64_t found = swar::escapes(v) | (v & swar::kHigh);
    if (found != 0) {
      return p + std::countr_zero(found) / 8;
    }
    p += 8;
  }
}

/// Length of the well-formed sequence at p, whose first byte is not ASCII; 0 when there is none.
/// Stops at a zero byte.
std::size_t utf8_length(const char* p) noexcept;

}  // namespace huan::json
