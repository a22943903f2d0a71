// SPDX-License-Identifier: Apache-2.0
#include "huan/base/id.hpp"

#include <algorithm>
#include <cstring>

namespace huan::base {
namespace {

constexpr std::array<int, 5> kGroups{8, 4, 4, 4, 12};

int nibble(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  if (c >= 'A' && c <= 'F') {
    return c - 'A' + 10;
  }
  return -1;
}

std::array<std::uint8_t, 16> with_version(std::array<std::uint8_t, 16> bytes,
                                          std::uint8_t version) {
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | (version << 4));
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
  return bytes;
}

}  // namespace

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != 36) {
    return std::nullopt;
  }
  std::array<std::uint8_t, 16> bytes{};
  std::size_t at = 0;
  std::size_t out = 0;
  for (std::size_t group = 0; group < kGroups.size(); ++group) {
    if (group > 0 && text[at++] != '-') {
      return std::nullopt;
    }
    for (int i = 0; i < kGroups[group]; i += 2) {
      const int high = nibble(text[at++]);
      const int low = nibble(text[at++]);
      if (high < 0 || low < 0) {
        return std::nullopt;
      }
      bytes[out++] = static_cast<std::uint8_t>(high * 16 + low);
    }
  }
  return Uuid{bytes};
}

std::string Uuid::text() const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(36);
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) {
      out.push_back('-');
    }
    out.push_back(kDigits[bytes_[i] >> 4]);
    out.push_back(kDigits[bytes_[i] & 0x0F]);
  }
  return out;
}

bool is_name(std::string_view text, std::size_t size_max) {
  // "." and ".." are steps of a path: no address could name them, however they are written.
  return !text.empty() && text.size() <= size_max && text != "." && text != ".." &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c <= '~' && c != '%' && c != '?'; });
}

bool is_city(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() == 6 && std::all_of(text.begin(), text.end(), digit)) {
    return true;
  }
  return text.starts_with("x-") && text.size() > 2 && text.size() <= kShortNameMax &&
         std::all_of(text.begin() + 2, text.end(),
                     [&](char c) { return digit(c) || (c >= 'a' && c <= 'z') || c == '-'; });
}

Uuid make_uuid_v7(std::int64_t unix_ms, std::uint64_t random_a, std::uint64_t random_b) {
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < 6; ++i) {
    bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(unix_ms) >> (8 * (5 - i)));
  }
  bytes[6] = static_cast<std::uint8_t>(random_a >> 8);
  bytes[7] = static_cast<std::uint8_t>(random_a);
  std::memcpy(bytes.data() + 8, &random_b, 8);
  return Uuid{with_version(bytes, 7)};
}

Uuid make_uuid_v8(const std::array<std::uint8_t, 32>& digest) {
  std::array<std::uint8_t, 16> bytes{};
  std::copy_n(digest.begin(), bytes.size(), bytes.begin());
  return Uuid{with_version(bytes, 8)};
}

}  // namespace huan::base

std::size_t std::hash<huan::base::Uuid>::operator()(const huan::base::Uuid& id) const noexcept {
  std::uint64_t a = 0;
  std::uint64_t b = 0;
  std::memcpy(&a, id.bytes().data(), 8);
  std::memcpy(&b, id.bytes().data() + 8, 8);
  return static_cast<std::size_t>(a * 0x9E3779B97F4A7C15ULL ^ b);
}
