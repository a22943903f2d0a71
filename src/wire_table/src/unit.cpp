// SPDX-License-Identifier: Apache-2.0
// Names of units, and the folding of full-width text that every name and number goes through first.
#include <algorithm>
#include <array>

#include "huan/wire_table/decimal.hpp"

namespace huan::wire_table {
namespace {

struct Named {
  std::string_view name;
  Unit unit;
};

constexpr Unit mass(std::int64_t mantissa, std::int32_t scale = 0) {
  return Unit{Dimension::mass, Decimal{mantissa, scale}, 1, false};
}
constexpr Unit money(std::int64_t fen) { return Unit{Dimension::money, Decimal{fen, 0}, 1, false}; }

constexpr std::array kBase{
    Named{"g", mass(1)},
    Named{"克", mass(1)},
    Named{"kg", mass(1'000)},
    Named{"kgs", mass(1'000)},
    Named{"公斤", mass(1'000)},
    Named{"千克", mass(1'000)},
    Named{"t", mass(1'000'000)},
    Named{"吨", mass(1'000'000)},
    Named{"公吨", mass(1'000'000)},
    Named{"tonne", mass(1'000'000)},
    Named{"tonnes", mass(1'000'000)},
    Named{"万吨", mass(10'000'000'000)},
    Named{"斤", mass(500)},
    Named{"市斤", mass(500)},
    Named{"两", mass(50)},
    Named{"lb", mass(45'359'237, 5)},
    Named{"short ton", mass(90'718'474, 2)},
    Named{"short tons", mass(90'718'474, 2)},
    Named{"元", money(100)},
    Named{"¥", money(100)},
    Named{"yuan", money(100)},
    Named{"cny", money(100)},
    Named{"rmb", money(100)},
    Named{"角", money(10)},
    Named{"分", money(1)},
    Named{"fen", money(1)},
    Named{"万元", money(1'000'000)},
    Named{"件", {Dimension::count, {1, 0}, 1, false}},
    Named{"台", {Dimension::count, {1, 0}, 1, false}},
    Named{"个", {Dimension::count, {1, 0}, 1, false}},
    Named{"只", {Dimension::count, {1, 0}, 1, false}},
    Named{"辆", {Dimension::count, {1, 0}, 1, false}},
    Named{"pcs", {Dimension::count, {1, 0}, 1, false}},
    Named{"pieces", {Dimension::count, {1, 0}, 1, false}},
};

std::optional<Unit> base_unit(std::string_view name) {
  const auto* found =
      std::find_if(kBase.begin(), kBase.end(), [&](const Named& n) { return n.name == name; });
  return found == kBase.end() ? std::nullopt : std::optional{found->unit};
}

/// Money over mass or pieces: the factor of money, divided by the kilograms of the unit below the
/// line.
std::optional<Unit> price_unit(std::string_view above, std::string_view below) {
  const auto top = base_unit(above);
  const auto bottom = base_unit(below);
  if (!top || !bottom || top->dimension != Dimension::money) {
    return std::nullopt;
  }
  Unit out{Dimension::price, top->factor, 1, bottom->dimension == Dimension::count};
  if (bottom->dimension == Dimension::mass && bottom->factor.scale == 0) {
    // fen per unit × 1000 / grams per unit = fen per kg
    out.factor.mantissa *= 1'000;
    out.divide = bottom->factor.mantissa;
    return out;
  }
  return out.per_piece ? std::optional{out} : std::nullopt;
}

/// "907184.74 g": an exact number of a known unit.
std::optional<Unit> factor_unit(std::string_view text) {
  const std::size_t end = text.find_first_not_of("0123456789.,");
  if (end == 0 || end == std::string_view::npos) {
    return std::nullopt;
  }
  const auto number = parse_decimal(text.substr(0, end));
  const std::size_t name = text.find_first_not_of(' ', end);
  const auto unit = name == std::string_view::npos ? std::nullopt : base_unit(text.substr(name));
  if (!number || !unit || unit->factor != Decimal{1, 0} || number->mantissa <= 0) {
    return std::nullopt;
  }
  return Unit{unit->dimension, *number, 1, false};
}

/// ASCII for the full-width code point whose three bytes are EF BC 81 … EF BD 9E, 0 for anything
/// else.
char ascii_of(std::string_view three) {
  const auto byte = [&](std::size_t i) {
    return static_cast<unsigned>(static_cast<unsigned char>(three[i]));
  };
  if (three.size() < 3 || byte(0) != 0xEF || (byte(1) != 0xBC && byte(1) != 0xBD)) {
    return 0;
  }
  const unsigned point = 0xF000U | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
  return point >= 0xFF01 && point <= 0xFF5E ? static_cast<char>(point - 0xFEE0) : '\0';
}

/// Length in bytes of the space at the front of `text`, 0 when it is none: ideographic, no-break,
/// narrow ones.
std::size_t space_length(std::string_view text) {
  constexpr std::array<std::string_view, 6> kSpaces{"\u3000", "\u00A0", "\u2009",
                                                    "\u202F", "\uFEFF", "\u2003"};
  for (const std::string_view space : kSpaces) {
    if (text.starts_with(space)) {
      return space.size();
    }
  }
  return !text.empty() && (text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r')) ? 1 : 0;
}

}  // namespace

std::string narrow(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    if (const std::size_t space = space_length(rest); space > 0) {
      out.push_back(' ');
      i += space;
    } else if (const char ascii = ascii_of(rest.substr(0, 3)); ascii != 0) {
      out.push_back(ascii);
      i += 3;
    } else if (rest.starts_with("\u2212")) {
      out.push_back('-');
      i += 3;
    } else {
      out.push_back(text[i++]);
    }
  }
  const std::size_t first = out.find_first_not_of(' ');
  if (first == std::string::npos) {
    return {};
  }
  return out.substr(first, out.find_last_not_of(' ') - first + 1);
}

bool is_blank(std::string_view text) {
  while (!text.empty()) {
    const std::size_t space = space_length(text);
    if (space == 0) {
      return false;
    }
    text.remove_prefix(space);
  }
  return true;
}

std::optional<Unit> unit_named(std::string_view text) {
  std::string name = narrow(text);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (const auto found = base_unit(name)) {
    return found;
  }
  if (const std::size_t slash = name.find('/'); slash != std::string::npos) {
    return price_unit(std::string_view{name}.substr(0, slash),
                      std::string_view{name}.substr(slash + 1));
  }
  return factor_unit(name);
}

}  // namespace huan::wire_table
