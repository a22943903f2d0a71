// SPDX-License-Identifier: Apache-2.0
#include "names.hpp"

#include <algorithm>
#include <cstring>

#include "huan/base/id.hpp"

namespace huan::trace {
namespace {

constexpr unsigned char kUuid = 0x80;    // 16 bytes, varint
constexpr unsigned char kDigits = 0xC0;  // + number of digits; varint prefix, the number
constexpr std::size_t kUuidText = 36;
constexpr std::size_t kDigitsMin = 3;
constexpr std::size_t kDigitsMax = 18;
// Bytes that hold every number of so many digits.
constexpr std::array<std::uint8_t, kDigitsMax + 1> kWidth = {0, 1, 1, 2, 2, 3, 3, 3, 4, 4,
                                                             5, 5, 5, 6, 6, 7, 7, 8, 8};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::uint64_t number(std::string_view digits) {
  std::uint64_t n = 0;
  for (const char c : digits) {
    n = n * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return n;
}

void put_varint(LotNames::Code& code, std::uint64_t n) {
  for (; n >= 0x80; n >>= 7U) {
    code.put(0x80U | (n & 0x7FU));
  }
  code.put(n);
}

std::uint64_t get_varint(const char*& p) {
  std::uint64_t n = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(*p++);
    n |= std::uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) {
      return n;
    }
  }
}

bool code_uuid(std::string_view name, LotNames::Code& code) {
  if (name.size() < kUuidText + 2 || name.size() > kUuidText + 10 || name[kUuidText] != '.') {
    return false;
  }
  const std::string_view digits = name.substr(kUuidText + 1);
  const bool canonical = std::all_of(digits.begin(), digits.end(), is_digit) &&
                         (digits.size() == 1 || digits.front() != '0');
  const bool lower =
      std::none_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'F'; });
  const auto uuid =
      lower && canonical ? base::Uuid::parse(name.substr(0, kUuidText)) : std::nullopt;
  if (!uuid) {
    return false;
  }
  code.put(kUuid);
  for (const std::uint8_t byte : uuid->bytes()) {
    code.put(byte);
  }
  put_varint(code, number(digits));
  return true;
}

std::size_t digits_at_end(std::string_view name) {
  std::size_t n = 0;
  while (n < kDigitsMax && n < name.size() && is_digit(name[name.size() - 1 - n])) {
    ++n;
  }
  return n >= kDigitsMin ? n : 0;
}

LotNames::Code code_digits(std::uint32_t prefix, std::string_view digits) {
  LotNames::Code code;
  code.put(kDigits + digits.size());
  put_varint(code, prefix);
  std::uint64_t n = number(digits);
  for (std::size_t i = 0; i < kWidth[digits.size()]; ++i, n >>= 8U) {
    code.put(n & 0xFFU);
  }
  return code;
}

LotNames::Code code_plain(std::string_view name) {
  LotNames::Code code;
  code.put(name.size());
  std::memcpy(code.bytes.data() + 1, name.data(), name.size());
  code.size += name.size();
  return code;
}

std::size_t code_size(const char* begin) {
  const char* p = begin;
  const auto form = static_cast<unsigned char>(*p++);
  if (form < kUuid) {
    return std::size_t{1} + form;
  }
  if (form == kUuid) {
    p += 16;
    static_cast<void>(get_varint(p));
    return static_cast<std::size_t>(p - begin);
  }
  static_cast<void>(get_varint(p));
  return static_cast<std::size_t>(p - begin) + kWidth[form - kDigits];
}

std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 32U)) * 0x9E37'79B9'7F4A'7C15U;
  x = (x ^ (x >> 29U)) * 0xBF58'476D'1CE4'E5B9U;
  return x ^ (x >> 32U);
}

}  // namespace

std::uint64_t hash_bytes(const char* data, std::size_t size, std::uint64_t key) {
  std::uint64_t h = mix(key + size);
  for (; size >= 8; data += 8, size -= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, data, 8);
    h = mix(h ^ word) + key;
  }
  std::uint64_t rest = 0;
  if (size > 0) {
    std::memcpy(&rest, data, size);
  }
  return mix(h ^ rest);
}

std::uint64_t hash_pair(std::uint32_t a, std::uint32_t b, std::uint64_t key) {
  return mix(((std::uint64_t{a} << 32U) | b) ^ key);
}

std::uint32_t Arena::add(const char* data, std::size_t size) {
  if (used_ + size > kChunk) {
    chunks_.push_back(static_cast<char*>(slabs_->take(kChunk)));
    used_ = 0;
  }
  std::memcpy(&chunks_.back()[used_], data, size);
  const std::size_t offset = (chunks_.size() - 1) * kChunk + used_;
  used_ += size;
  return static_cast<std::uint32_t>(offset);
}

std::string_view NameTable::text(std::uint32_t id) const {
  const char* p = arena_.at(offsets_[id]);
  std::uint16_t size = 0;
  std::memcpy(&size, p, sizeof size);
  return {p + sizeof size, size};
}

std::uint32_t NameTable::find(std::string_view wanted) const {
  return slots_.find(hash(wanted), [&](std::uint32_t id) { return text(id) == wanted; });
}

std::uint32_t NameTable::intern(std::string_view wanted) {
  if (const std::uint32_t found = find(wanted); found != kNone) {
    return found;
  }
  std::string stored(2, '\0');
  const auto size = static_cast<std::uint16_t>(wanted.size());
  std::memcpy(stored.data(), &size, sizeof size);
  stored.append(wanted);
  offsets_.push_back(arena_.add(stored.data(), stored.size()));
  const auto id = static_cast<std::uint32_t>(offsets_.size() - 1);
  slots_.insert(hash(wanted), id, [&](std::uint32_t other) { return hash(text(other)); });
  return id;
}

std::optional<LotNames::Code> LotNames::find_code(std::string_view name) const {
  if (name.size() > kNameMax) {
    return std::nullopt;
  }
  Code code;
  if (code_uuid(name, code)) {
    return code;
  }
  const std::size_t digits = digits_at_end(name);
  if (digits == 0) {
    return code_plain(name);
  }
  const std::uint32_t prefix = prefixes_.find(name.substr(0, name.size() - digits));
  if (prefix == NameTable::kNone) {
    return std::nullopt;
  }
  return code_digits(prefix, name.substr(name.size() - digits));
}

LotNames::Code LotNames::code(std::string_view name) {
  Code code;
  if (code_uuid(name, code)) {
    return code;
  }
  const std::size_t digits = digits_at_end(name);
  if (digits == 0) {
    return code_plain(name);
  }
  const std::uint32_t prefix = prefixes_.intern(name.substr(0, name.size() - digits));
  return code_digits(prefix, name.substr(name.size() - digits));
}

std::uint64_t LotNames::hash_at(std::uint32_t offset) const {
  const char* p = arena_.at(offset);
  return hash_bytes(p, code_size(p), key_);
}

bool LotNames::equals(std::uint32_t offset, const Code& code) const {
  // A code's first bytes give its size, so equal bytes up to code.size are the whole of both; a
  // shorter stored code differs before its own end.
  const char* p = arena_.at(offset);
  return *p == code.bytes[0] && code_size(p) == code.size &&
         std::memcmp(p, code.bytes.data(), code.size) == 0;
}

void LotNames::append_to(std::uint32_t offset, std::string& out) const {
  const char* p = arena_.at(offset);
  const auto form = static_cast<unsigned char>(*p++);
  if (form < kUuid) {
    out.append(p, form);
    return;
  }
  if (form == kUuid) {
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), p, bytes.size());
    p += 16;
    out.append(base::Uuid{bytes}.text()).append(1, '.').append(std::to_string(get_varint(p)));
    return;
  }
  out.append(prefixes_.text(static_cast<std::uint32_t>(get_varint(p))));
  const std::size_t digits = form - kDigits;
  std::uint64_t n = 0;
  for (std::size_t i = kWidth[digits]; i-- > 0;) {
    n = (n << 8U) | static_cast<unsigned char>(p[i]);
  }
  const std::size_t begin = out.size();
  out.append(digits, '0');
  for (std::size_t i = digits; i-- > 0; n /= 10) {
    out[begin + i] = static_cast<char>('0' + n % 10);
  }
}

}  // namespace huan::trace
