// SPDX-License-Identifier: Apache-2.0
#include "huan/norms/fact.hpp"

#include <algorithm>
#include <array>

#include "name_table.hpp"

namespace huan::norms {
namespace {

constexpr std::array<std::string_view, 7> kSubjects{"district",   "place",    "vehicle", "person",
                                                    "enterprise", "shipment", "scale"};
constexpr std::array<std::string_view, 4> kTypes{"yes_no", "amount", "text", "day"};
constexpr std::array<std::string_view, 5> kOrigins{"registry", "ledger", "geometry", "record",
                                                   "evidence"};

/// Units of one dimension differ by whole factors of its smallest.
enum class Dimension : std::uint8_t {
  none,
  count,
  household,
  share,
  length,
  area,
  mass,
  rate,
  day,
  year,
  money,
  piece
};

struct UnitInfo {
  std::string_view name;
  Dimension dimension;
  std::int64_t factor;
};

constexpr std::array<UnitInfo, 19> kUnits{{{"", Dimension::none, 1},
                                           {"count", Dimension::count, 1},
                                           {"household", Dimension::household, 1},
                                           {"ppm", Dimension::share, 1},
                                           {"%", Dimension::share, 10'000},
                                           {"m", Dimension::length, 1},
                                           {"km", Dimension::length, 1'000},
                                           {"m2", Dimension::area, 1},
                                           {"ha", Dimension::area, 10'000},
                                           {"g", Dimension::mass, 1},
                                           {"kg", Dimension::mass, 1'000},
                                           {"t", Dimension::mass, 1'000'000},
                                           {"t/y", Dimension::rate, 1},
                                           {"10kt/y", Dimension::rate, 10'000},
                                           {"day", Dimension::day, 1},
                                           {"year", Dimension::year, 1},
                                           {"fen", Dimension::money, 1},
                                           {"yuan", Dimension::money, 100},
                                           {"piece", Dimension::piece, 1}}};

const UnitInfo& info(Unit unit) noexcept { return kUnits.at(static_cast<std::size_t>(unit)); }

bool is_fact_name(std::string_view text) noexcept {
  constexpr std::size_t kNameMax = 80;
  if (text.empty() || text.size() > kNameMax || text.back() == '.') {
    return false;
  }
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
}

bool name_before(const FactType& type, std::string_view name) noexcept { return type.name < name; }

const FactType* exact(std::span<const FactType> types, std::string_view name) noexcept {
  const auto at = std::lower_bound(types.begin(), types.end(), name, name_before);
  return at != types.end() && at->name == name ? &*at : nullptr;
}

}  // namespace

std::string_view name(SubjectKind kind) noexcept {
  return kSubjects.at(static_cast<std::size_t>(kind));
}
std::optional<SubjectKind> subject_kind_from(std::string_view text) noexcept {
  return enumerator<SubjectKind>(kSubjects, text);
}
std::string_view name(ValueType type) noexcept { return kTypes.at(static_cast<std::size_t>(type)); }
std::optional<ValueType> value_type_from(std::string_view text) noexcept {
  return enumerator<ValueType>(kTypes, text);
}
ValueType type_of(const Value& value) noexcept { return static_cast<ValueType>(value.index()); }
std::string_view name(Origin origin) noexcept {
  return kOrigins.at(static_cast<std::size_t>(origin));
}
std::optional<Origin> origin_from(std::string_view text) noexcept {
  return enumerator<Origin>(kOrigins, text);
}

std::string_view name(Unit unit) noexcept { return info(unit).name; }

std::optional<Unit> unit_from(std::string_view text) noexcept {
  for (std::size_t i = 0; i < kUnits.size(); ++i) {
    if (kUnits.at(i).name == text) {
      return static_cast<Unit>(i);
    }
  }
  return std::nullopt;
}

std::optional<std::int64_t> convert(std::int64_t amount, Unit from, Unit to) noexcept {
  const UnitInfo& source = info(from);
  const UnitInfo& target = info(to);
  std::int64_t smallest = 0;
  if (source.dimension != target.dimension ||
      __builtin_mul_overflow(amount, source.factor, &smallest) || smallest % target.factor != 0) {
    return std::nullopt;
  }
  return smallest / target.factor;
}

FactTable FactTable::known() {
  FactTable table;
  table.types_ = {
#define HUAN_FACT(fact, subject, type, unit, origin, zh, en) \
  FactType{fact, SubjectKind::subject, ValueType::type, Unit::unit, Origin::origin, zh, en},
#include "huan/norms/known_facts.inc"
#undef HUAN_FACT
  };
  std::ranges::sort(table.types_, {}, &FactType::name);
  return table;
}

base::Result<void> FactTable::declare(FactType type) {
  const std::string prefix = std::string(norms::name(type.subject)) + '.';
  if (!is_fact_name(type.name) || !type.name.starts_with(prefix) || type.name == prefix) {
    return base::Error{
        base::ErrorCode::bad_pack, "name",
        "a fact's name is `" + prefix + "` and lower-case letters, digits, `_`, `.`"};
  }
  if (type.origin != Origin::record && type.origin != Origin::evidence) {
    return base::Error{base::ErrorCode::bad_pack, "origin",
                       type.name + ": a pack's own fact is a record or evidence"};
  }
  if (find(type.name) != nullptr) {
    return base::Error{base::ErrorCode::bad_pack, "name", type.name + " is known already"};
  }
  const auto at = std::lower_bound(types_.begin(), types_.end(), type.name, name_before);
  types_.insert(at, std::move(type));
  return {};
}

const FactType* FactTable::find(std::string_view name) const noexcept {
  if (const FactType* type = exact(types_, name)) {
    return type;
  }
  // `place.takes.paper.occ` is of `place.takes.*`: the star stands for the rest of the name.
  const std::size_t first = name.find('.');
  const std::size_t second = first == std::string_view::npos ? first : name.find('.', first + 1);
  if (second == std::string_view::npos || second + 1 >= name.size() ||
      name.substr(second + 1).find('*') != std::string_view::npos) {
    return nullptr;
  }
  for (const FactType& type : types_) {
    if (type.name.size() == second + 2 && type.name.back() == '*' &&
        name.starts_with(std::string_view(type.name).substr(0, second + 1))) {
      return &type;
    }
  }
  return nullptr;
}

}  // namespace huan::norms
