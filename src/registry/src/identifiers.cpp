// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/identifiers.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace huan::registry {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::string_view kUsccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::array<int, 17> kUsccWeights{1,  3,  9,  27, 19, 26, 16, 17, 20,
                                           29, 25, 13, 8,  24, 10, 30, 28};
constexpr std::array<int, 8> kOrganisationWeights{3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::array<int, 17> kCitizenWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::string_view kCitizenChecks = "10X98765432";
constexpr std::array<int, 17> kVinWeights{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};

Error refuse(std::string detail) { return Error{ErrorCode::bad_identifier, {}, std::move(detail)}; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
int digit(char c) { return c - '0'; }
bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

/// 0–9, then A = 10 … Z = 35: the values of GB 11714.
int organisation_value(char c) { return is_digit(c) ? digit(c) : c - 'A' + 10; }

char organisation_check(std::string_view first_eight) {
  int sum = 0;
  for (std::size_t i = 0; i < kOrganisationWeights.size(); ++i) {
    sum += organisation_value(first_eight[i]) * kOrganisationWeights[i];
  }
  const int check = 11 - sum % 11;
  return check == 11 ? '0' : check == 10 ? 'X' : static_cast<char>('0' + check);
}

int division_province(std::string_view code) { return digit(code[0]) * 10 + digit(code[1]); }

bool is_province(int code) {
  return (code >= 11 && code <= 15) || (code >= 21 && code <= 23) || (code >= 31 && code <= 37) ||
         (code >= 41 && code <= 46) || (code >= 50 && code <= 54) || (code >= 61 && code <= 65) ||
         code == 71 || code == 81 || code == 82;
}

/// Letters of a VIN count as on a telephone keypad without I, O, Q; 0 for a letter that must not
/// occur.
int vin_value(char c) {
  if (is_digit(c)) {
    return digit(c);
  }
  constexpr std::string_view kValues = "12345678012345070923456789";  // A … Z
  return digit(kValues[static_cast<std::size_t>(c - 'A')]);
}

bool is_vin_character(char c) {
  return is_digit(c) || (is_upper(c) && c != 'I' && c != 'O' && c != 'Q');
}

std::vector<std::string_view> characters(std::string_view utf8) {
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    out.push_back(utf8.substr(i, size));
    i += size;
  }
  return out;
}

bool is_one_of(std::string_view character, std::string_view set) {
  const auto members = characters(set);
  return std::find(members.begin(), members.end(), character) != members.end();
}

bool is_plate_body(std::string_view character) {
  return character.size() == 1 && character != "I" && character != "O" &&
         (is_digit(character[0]) || is_upper(character[0]));
}

/// New-energy plates: a family letter stands first (small vehicles) or last (large ones), digits
/// elsewhere.
bool is_new_energy_body(const std::vector<std::string_view>& body) {
  const auto digit_at = [&](std::size_t i) { return body[i].size() == 1 && is_digit(body[i][0]); };
  const auto letter_at = [&](std::size_t i) { return body[i].size() == 1 && is_upper(body[i][0]); };
  const bool middle = digit_at(2) && digit_at(3) && digit_at(4);
  return middle && ((letter_at(0) && digit_at(5)) || (letter_at(5) && digit_at(0) && digit_at(1)));
}

bool is_mobile_number(std::string_view eleven) {
  return eleven[0] == '1' && eleven[1] >= '3' && eleven[1] <= '9' && all_digits(eleven);
}

}  // namespace

Result<void> check_uscc(std::string_view code) {
  if (code.size() != 18) {
    return refuse("a unified social credit code has 18 characters");
  }
  int sum = 0;
  for (std::size_t i = 0; i < kUsccWeights.size(); ++i) {
    const auto value = kUsccAlphabet.find(code[i]);
    if (value == std::string_view::npos) {
      return refuse("a unified social credit code has digits and capitals without I, O, S, V, Z");
    }
    sum += static_cast<int>(value) * kUsccWeights[i];
  }
  const auto expected = kUsccAlphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
  if (code[17] != expected) {
    return refuse("the last character of the unified social credit code does not fit the others");
  }
  if (code[16] != organisation_check(code.substr(8, 8))) {
    return refuse(
        "the organisation code inside the unified social credit code (characters 9 to 17) fails "
        "its check");
  }
  return {};
}

Result<void> check_id_number(std::string_view number, base::Day today) {
  const bool formed = number.size() == 18 && all_digits(number.substr(0, 17)) &&
                      (is_digit(number[17]) || number[17] == 'X');
  if (!formed) {
    return refuse("an identity number has 17 digits and a digit or X");
  }
  const std::string date{number.substr(6, 4)};
  const auto born = base::parse_day(date + "-" + std::string{number.substr(10, 2)} + "-" +
                                    std::string{number.substr(12, 2)});
  if (!born || *born > today) {
    return refuse("the date of birth in the identity number is not a date in the past");
  }
  int sum = 0;
  for (std::size_t i = 0; i < kCitizenWeights.size(); ++i) {
    sum += digit(number[i]) * kCitizenWeights[i];
  }
  if (number[17] != kCitizenChecks[static_cast<std::size_t>(sum % 11)]) {
    return refuse("the last character of the identity number does not fit the others");
  }
  return {};
}

Result<void> check_division(std::string_view code) {
  if (code.size() != 6 || !all_digits(code) || !is_province(division_province(code))) {
    return refuse("an administrative division code has six digits and begins with a province");
  }
  return {};
}

Result<void> check_vin(std::string_view vin) {
  if (vin.size() != 17 || !std::all_of(vin.begin(), vin.end(), is_vin_character)) {
    return refuse("a vehicle identification number has 17 digits and capitals without I, O, Q");
  }
  int sum = 0;
  for (std::size_t i = 0; i < kVinWeights.size(); ++i) {
    sum += vin_value(vin[i]) * kVinWeights[i];
  }
  const char expected = sum % 11 == 10 ? 'X' : static_cast<char>('0' + sum % 11);
  if (vin[8] != expected) {
    return refuse(
        "the ninth character of the vehicle identification number does not fit the others");
  }
  return {};
}

std::optional<std::string> plate_warning(std::string_view plate) {
  const auto marks = characters(plate);
  if (marks.size() != 7 && marks.size() != 8) {
    return "a plate has seven characters, of new-energy vehicles eight";
  }
  if (!is_one_of(marks[0], "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使")) {
    return "a plate begins with its province";
  }
  if (marks[1].size() != 1 || !is_upper(marks[1][0]) || marks[1] == "I") {
    return "the second character of a plate is the letter of its issuing office";
  }
  const std::vector<std::string_view> body(marks.begin() + 2, marks.end());
  if (marks.size() == 8) {
    return is_new_energy_body(body)
               ? std::nullopt
               : std::optional<std::string>{"not the form of a new-energy plate"};
  }
  const bool front = std::all_of(body.begin(), body.end() - 1, is_plate_body);
  if (!front || !(is_plate_body(body.back()) || is_one_of(body.back(), "警学挂港澳使领"))) {
    return "after its first two characters a plate has digits and letters without I and O";
  }
  return std::nullopt;
}

bool holds_personal_number(std::string_view text, base::Day today) {
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && (is_digit(text[end]) || (text[end] == 'X' && end - i == 17))) {
      ++end;
    }
    const auto run = text.substr(i, end - i);
    if ((run.size() == 11 && is_mobile_number(run)) ||
        (run.size() == 18 && check_id_number(run, today))) {
      return true;
    }
    i = end;
  }
  return false;
}

}  // namespace huan::registry
