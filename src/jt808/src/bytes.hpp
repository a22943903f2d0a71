// SPDX-License-Identifier: Apache-2.0
// Big-endian numbers and BCD, read within bounds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace huan::jt808 {

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  [[nodiscard]] std::size_t left() const { return rest_.size(); }
  [[nodiscard]] bool failed() const { return failed_; }
  std::string_view take(std::size_t size) {
    if (rest_.size() < size) {
      failed_ = true;
      rest_ = {};
      return {};
    }
    const std::string_view part = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return part;
  }
  std::uint32_t number(std::size_t size) {
    std::uint32_t value = 0;
    for (const char c : take(size)) {
      value = value << 8U | static_cast<std::uint8_t>(c);
    }
    return value;
  }
  std::uint8_t byte() { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t word() { return static_cast<std::uint16_t>(number(2)); }

 private:
  std::string_view rest_;
  bool failed_{false};
};

inline void put_number(std::string& out, std::uint32_t value, unsigned size) {
  for (unsigned i = size; i-- > 0;) {
    out.push_back(static_cast<char>(value >> (8U * i) & 0xFFU));
  }
}

/// nullopt when a half byte is no digit.
inline std::optional<std::string> digits_of_bcd(std::string_view bytes) {
  std::string digits;
  digits.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    for (const unsigned half : {static_cast<unsigned>(byte) >> 4U, byte & 0xFU}) {
      if (half > 9) {
        return std::nullopt;
      }
      digits.push_back(static_cast<char>('0' + half));
    }
  }
  return digits;
}

/// The last 2 × size digits, zeros before them.
inline void put_bcd(std::string& out, std::string_view digits, std::size_t size) {
  std::string padded(2 * size > digits.size() ? 2 * size - digits.size() : 0, '0');
  padded.append(digits.substr(digits.size() - std::min(digits.size(), 2 * size)));
  for (std::size_t i = 0; i < size; ++i) {
    const auto high = static_cast<unsigned>(padded[2 * i] - '0');
    const auto low = static_cast<unsigned>(padded[2 * i + 1] - '0');
    out.push_back(static_cast<char>(high << 4U | low));
  }
}

inline void put_padded(std::string& out, std::string_view text, std::size_t size) {
  out.append(text.substr(0, size)).append(size - std::min(size, text.size()), '\0');
}

}  // namespace huan::jt808
