// SPDX-License-Identifier: Apache-2.0
// An indicator 指标: a figure that a jurisdiction signed up to, as data. Its unit, base, targets,
// deadline and responsible units are as the document states them, or absent with the reason; where
// the document contradicts itself both readings are kept. Its formula is a named measure over the
// ledger's roll-ups or the registry, a ratio of two, a growth on a base, or a value that is
// declared with evidence. Values are whole numbers of the dimension's smallest unit (pieces, grams,
// parts per million, fen); Unit says how they are written.
//
//   unit_from("万吨")          // mass, 10^10 g each: 149.45 万吨 = 1'494'500'000'000
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"

namespace huan::indicators {

enum class Dimension : std::uint8_t {
  count,     ///< pieces, places, firms
  mass,      ///< grams
  rate,      ///< grams a year
  ratio,     ///< parts per million
  money,     ///< fen
  statement  ///< a text is met or not: "issued", "all branches"
};
[[nodiscard]] std::string_view name(Dimension dimension) noexcept;

struct Unit {
  std::string text;  ///< as written: 个, 家, 万个, %, 万吨, 亿元
  Dimension dimension{Dimension::count};
  std::int64_t factor{1};  ///< smallest units in one: 万吨 = 10^10
};
/// Units that documents write: 个 家 处 部 项 台 辆 只 万个 万只 % 吨 万吨 亿吨 吨/年 万吨/年
/// 亿吨/年 元 万元 亿元; "" for statements.
[[nodiscard]] std::optional<Unit> unit_from(std::string_view text);
/// "149.45" in a unit to smallest units; nullopt when it is no decimal number, not whole there or
/// out of range.
[[nodiscard]] std::optional<std::int64_t> parse_amount(std::string_view decimal, const Unit& unit);
/// The shortest exact decimal, without the unit: "149.45".
[[nodiscard]] std::string format_amount(std::int64_t value, const Unit& unit);

/// As stated. A bare number ("达到 60%", "500") is kept as bare and judged as at_least.
enum class Comparator : std::uint8_t { bare, at_least, more_than, at_most, less_than };
[[nodiscard]] std::string_view name(Comparator comparator) noexcept;  ///< "=", ">=", ">", …
[[nodiscard]] std::optional<Comparator> comparator_from(std::string_view text) noexcept;

struct Base {
  std::optional<std::int64_t> value;
  std::string text;  ///< a textual base: "起草中"
  std::int32_t year{0};
  std::string reason;  ///< why there is none; empty when there is one
};

/// What the target's number is about.
enum class TargetKind : std::uint8_t {
  level,       ///< the value at the deadline
  every_year,  ///< asked anew of each year: "+100 a year"
  cumulative   ///< since the indicator's `counts_from`
};
[[nodiscard]] std::string_view name(TargetKind kind) noexcept;
[[nodiscard]] std::optional<TargetKind> target_kind_from(std::string_view text) noexcept;

struct Target {
  std::optional<std::int64_t> value;  ///< absent: textual
  std::string text;                   ///< textual target, paraphrased
  Comparator comparator{Comparator::bare};
  TargetKind kind{TargetKind::level};
  std::optional<base::Day> deadline;  ///< included; absent: not stated
};

/// Another reading where a document contradicts itself. Absent figures are as in the indicator.
struct Reading {
  std::string clause;
  std::string note;
  std::optional<std::int64_t> base;
  std::optional<std::int64_t> target;
  std::optional<Comparator> comparator;
};

enum class MeasureSource : std::uint8_t {
  ledger,    ///< sums over the roll-ups
  registry,  ///< counts and sums over what is on record
  declared   ///< entered with evidence, for the indicator's own id or for `declared`
};
[[nodiscard]] std::string_view name(MeasureSource source) noexcept;
[[nodiscard]] std::optional<MeasureSource> measure_source_from(std::string_view text) noexcept;

/// What of a roll-up row or of a registered thing is summed.
enum class Quantity : std::uint8_t {
  mass,                ///< ledger
  pieces,              ///< ledger
  money,               ///< ledger
  events,              ///< ledger
  number,              ///< registry: how many
  output,              ///< registry: sum of stated output a year, as a rate
  area,                ///< registry: sum of stated areas, m2 as a count
  communities_served,  ///< registry: communities and villages with a matching place
  communities          ///< registry: all of them
};
[[nodiscard]] std::string_view name(Quantity quantity) noexcept;
[[nodiscard]] std::optional<Quantity> quantity_from(std::string_view text) noexcept;

enum class Surroundings : std::uint8_t { any, urban, rural };
[[nodiscard]] std::string_view name(Surroundings surroundings) noexcept;
[[nodiscard]] std::optional<Surroundings> surroundings_from(std::string_view text) noexcept;

/// Filters: empty lists mean any.
struct Measure {
  MeasureSource source{MeasureSource::declared};
  Quantity quantity{Quantity::mass};
  // ledger
  std::vector<std::string> flows;      ///< "receive", "accept", "in", "out", "sell", …
  std::vector<std::string> materials;  ///< codes of branches or leaves
  std::string scheme;                  ///< with `items`: what counts under them in that scheme
  std::vector<std::string> items;
  std::vector<std::string> classes;      ///< origins, destinations or methods
  std::vector<std::string> not_classes;  ///< left out; a trailing `*` matches the rest
  // both
  std::vector<std::string> districts;    ///< codes
  std::vector<std::string> place_kinds;  ///< of the place that the row or record is of
  std::vector<std::string> forms;
  // registry
  std::string of;  ///< "places", "parties", "assets"; empty: places
  std::vector<std::string> party_kinds;
  std::vector<std::string> asset_kinds;
  std::vector<std::string> titles;          ///< in force on the day
  std::vector<std::string> qualifications;  ///< in force on the day
  std::vector<std::string> takes;           ///< places that take this material
  Surroundings surroundings{Surroundings::any};
  // declared
  std::string declared;  ///< name of the declared series; empty: the indicator's id
};

/// Over which time a ledger measure is summed for a value on a day.
enum class Window : std::uint8_t {
  calendar_year,      ///< the day's year so far; at its end the year's value
  trailing_year,      ///< the 12 whole months before the day's month
  since_counts_from,  ///< for cumulative targets
  as_of               ///< registry counts and declared levels
};
[[nodiscard]] std::string_view name(Window window) noexcept;
[[nodiscard]] std::optional<Window> window_from(std::string_view text) noexcept;

enum class Shape : std::uint8_t {
  level,  ///< the measure
  ratio,  ///< measure ÷ denominator, ppm
  growth  ///< (measure − base) ÷ base, ppm; the base is `growth_base` or entered as declared
};
[[nodiscard]] std::string_view name(Shape shape) noexcept;
[[nodiscard]] std::optional<Shape> shape_from(std::string_view text) noexcept;

struct Formula {
  Shape shape{Shape::level};
  Measure measure;
  std::optional<Measure> denominator;       ///< of a ratio
  std::optional<std::int64_t> growth_base;  ///< of a growth, where the document states it
  Window window{Window::as_of};
  std::optional<base::Day> counts_from;  ///< of since_counts_from
};

struct Indicator {
  std::string id;      ///< unique in the pack and its parents: "shijiazhuang.10"
  std::string number;  ///< as printed; empty outside a table
  std::string zh;
  std::string en;
  Unit unit;
  Base base;
  std::vector<Target> targets;  ///< by deadline
  std::vector<std::string> responsible;
  std::string responsible_reason;  ///< "not stated" and why; empty when there are units
  std::string clause;
  std::string source;
  bool table{false};  ///< stands in the document's table
  std::vector<Reading> readings;
  Formula formula;
  std::string note;
  std::optional<base::Day> from;  ///< the plan's term, both days included
  std::optional<base::Day> to;
  bool inherited{false};
};

/// Can it be computed? Fields fitting their source, a ratio with a denominator that is not the
/// constant nothing, a growth base over zero, a deadline not before the plan's beginning, targets
/// by deadline. bad_pack; `at` is "formula/denominator" from the indicator's root.
[[nodiscard]] base::Result<void> validate(const Indicator& indicator);

}  // namespace huan::indicators
