// SPDX-License-Identifier: Apache-2.0
// Keys under which the writer gathers what it will write, in the order of the tables: numbers,
// whose bytes sort as they do, and texts, each ended by NUL, which no text of a record holds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "huan/base/assert.hpp"

namespace huan::store_sqlite {

template <class Number>
void add_big(std::string& key, Number number) {
  for (int shift = 8 * (static_cast<int>(sizeof(Number)) - 1); shift >= 0; shift -= 8) {
    key.push_back(static_cast<char>(static_cast<std::uint8_t>(number >> shift)));
  }
}

inline void start_key(std::string& key, std::int32_t number) {
  key.clear();
  add_big(key, static_cast<std::uint32_t>(number) ^ 0x80000000U);
}

template <class Number>
Number take_big(std::string_view& key) {
  Number number = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    number = static_cast<Number>(number << 8 | static_cast<std::uint8_t>(key[i]));
  }
  key.remove_prefix(sizeof(Number));
  return number;
}

inline void add_part(std::string& key, std::string_view text) {
  HUAN_ASSERT(text.find('\0') == std::string_view::npos);
  key.append(text);
  key.push_back('\0');
}

inline std::int32_t take_number(std::string_view& key) {
  return static_cast<std::int32_t>(take_big<std::uint32_t>(key) ^ 0x80000000U);
}

inline std::string_view take_part(std::string_view& key) {
  const auto end = key.find('\0');
  const auto part = key.substr(0, end);
  key.remove_prefix(end + 1);
  return part;
}

}  // namespace huan::store_sqlite
