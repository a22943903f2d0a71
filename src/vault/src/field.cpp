// SPDX-License-Identifier: Apache-2.0
#include "huan/vault/field.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "huan/base/text.hpp"
#include "huan/registry/identifiers.hpp"

namespace huan::vault {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::array<std::string_view, kFieldCount> kNames{
    "name",         "phone",     "address", "id_number", "other_document",
    "bank_account", "bank_name", "email",   "contact",   "name_en"};
constexpr std::size_t kBytesMax = 400;
constexpr std::size_t kCiphersMin = 8;  // shorter numbers show nothing at all

bool all_of(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

Error refuse(Field field, std::string_view why) {
  return Error{ErrorCode::bad_field, "/" + std::string{name(field)}, std::string{why}};
}

/// Where each character of UTF-8 text begins, and its end.
std::vector<std::size_t> boundaries(std::string_view text) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
      out.push_back(i);
    }
  }
  out.push_back(text.size());
  return out;
}

std::string ends(std::string_view text, std::size_t head, std::size_t tail) {
  return std::string{text.substr(0, head)} + std::string(text.size() - head - tail, '*') +
         std::string{text.substr(text.size() - tail)};
}

/// As people write numbers in tables: 6222 0210 …, 1101051949…x.
void close_up(std::string& text) {
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') {
      c = static_cast<char>(c - 'a' + 'A');
    }
  }
}

std::string masked_name(std::string_view value) {
  const auto at = boundaries(value);
  const std::size_t count = at.size() - 1;
  return count < 2 ? "*" : std::string{value.substr(0, at[1])} + std::string(count - 1, '*');
}

std::string masked_address(std::string_view value) {
  constexpr std::size_t kShown = 6;  // province and city, not the door
  const auto at = boundaries(value);
  const std::size_t count = at.size() - 1;
  return count <= 2 * kShown ? "****" : std::string{value.substr(0, at[kShown])} + "****";
}

}  // namespace

std::string_view name(Field field) noexcept { return kNames[static_cast<std::size_t>(field)]; }

std::optional<Field> field_from(std::string_view text) noexcept {
  const auto found = std::find(kNames.begin(), kNames.end(), text);
  if (found == kNames.end()) {
    return std::nullopt;
  }
  return static_cast<Field>(found - kNames.begin());
}

base::Result<std::string> checked(Field field, std::string_view value, base::Day today) {
  std::string text{value};
  if (field == Field::id_number || field == Field::bank_account) {
    close_up(text);
  }
  if (text.empty() || text.size() > kBytesMax) {
    return refuse(field, "text of 1 to 400 bytes is expected");
  }
  if (!base::is_clean_utf8(text)) {
    return Error{ErrorCode::bad_text, "/" + std::string{name(field)}, "UTF-8 without NUL"};
  }
  if (field == Field::phone &&
      (text.size() < 5 || text.size() > 24 || !all_of(text, "0123456789+- "))) {
    return refuse(field, "5 to 24 digits, with +, - and spaces, are expected");
  }
  if (field == Field::bank_account && (text.size() < 8 || text.size() > 34 ||
                                       !all_of(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))) {
    return refuse(field, "8 to 34 digits and letters are expected");
  }
  if (field == Field::email && text.find('@') == std::string::npos) {
    return refuse(field, "an address with @ is expected");
  }
  if (field == Field::id_number) {
    if (auto good = registry::check_id_number(text, today); !good) {
      return std::move(good).error().within("/id_number");
    }
  }
  return text;
}

std::string masked(Field field, std::string_view value) {
  switch (field) {
    case Field::name:
    case Field::contact:
    case Field::name_en:
      return masked_name(value);
    case Field::address:
      return masked_address(value);
    case Field::bank_name:
      return std::string{value};  // says nothing about a person by itself
    case Field::phone:
      return value.size() < kCiphersMin ? "****"
             : value.size() < 11        ? ends(value, 2, 2)
                                        : ends(value, 3, 4);
    case Field::id_number:
      return value.size() == 18 ? ends(value, 4, 4) : "****";
    case Field::bank_account:
      return value.size() < kCiphersMin ? "****"
                                        : "****" + std::string{value.substr(value.size() - 4)};
    case Field::other_document:
      return "****";
    case Field::email: {
      const auto at = value.find('@');
      return at == std::string_view::npos ? "****" : "****" + std::string{value.substr(at)};
    }
  }
  return "****";
}

}  // namespace huan::vault
