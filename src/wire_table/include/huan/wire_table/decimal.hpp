// SPDX-License-Identifier: Apache-2.0
// Numbers as people write them in tables, kept exact. A Decimal is mantissa / 10^scale with at most
// 18 digits; it becomes whole grams, fen or pieces by one multiplication with an exact factor and
// one rounding, half away from zero. Guarantees: no floating point; what is not clearly one number
// is refused. It does not guess a decimal comma: `1,234` is one thousand two hundred and
// thirty-four, `12,5` is refused.
//
//   parse_decimal("１，２３４.5")              -> 12345 / 10^1
//   to_whole({2622, 1}, {90718474, 2})       -> 237863839      (262.2 short tons in grams)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "huan/base/result.hpp"

namespace huan::wire_table {

struct Decimal {
  std::int64_t mantissa{0};
  std::int32_t scale{0};  ///< 0–18
  friend bool operator==(const Decimal&, const Decimal&) = default;
};

/// Full-width letters, digits and punctuation become ASCII, every kind of space becomes ' ', both
/// ends are trimmed.
[[nodiscard]] std::string narrow(std::string_view text);
[[nodiscard]] bool is_blank(std::string_view text);

/// Digits with an optional sign, thousands separators in well-formed groups of three, one decimal
/// point; no exponent. Errors: bad_number.
[[nodiscard]] base::Result<Decimal> parse_decimal(std::string_view text);

/// value × factor rounded half away from zero. Errors: bad_number when it does not fit 2⁵³−1.
[[nodiscard]] base::Result<std::int64_t> to_whole(Decimal value, Decimal factor);
/// value × multiply / divide, only when it is whole (1,850 yuan a tonne is 185 fen a kg). Errors:
/// bad_number.
[[nodiscard]] base::Result<std::int64_t> to_exact(Decimal value, std::int64_t multiply,
                                                  std::int64_t divide);

enum class Dimension { mass, money, price, count };

/// A unit as a table states it: how many grams, fen, fen per kg (or per piece) or pieces one of it
/// is.
struct Unit {
  Dimension dimension{Dimension::mass};
  Decimal factor{1, 0};
  std::int64_t divide{1};  ///< price only: 1 yuan a tonne = factor 100 / divide 1000 fen a kg
  bool per_piece{false};   ///< price only
};

/// `kg`, `公斤`, `t`, `吨`, `斤`, `g`, `lb`, `元`, `万元`, `元/吨`, `元/kg`, `件`, or an exact
/// factor: `907184.74 g`. `ton` alone is not known: it has three meanings.
[[nodiscard]] std::optional<Unit> unit_named(std::string_view text);

/// A number with an optional unit behind it or a currency sign before it: "3.5吨", "¥12.50". The
/// cell's own unit wins.
struct Amount {
  Decimal value;
  std::optional<Unit> unit;
};
[[nodiscard]] base::Result<Amount> parse_amount(std::string_view text);

}  // namespace huan::wire_table
