// SPDX-License-Identifier: Apache-2.0
#include "huan/store/rows.hpp"

namespace huan::store {

Record::Record(const RecordView& from)
    : seq(from.seq),
      id(from.id),
      klass(from.klass),
      type(from.type),
      key(from.key),
      time(from.time),
      recorded_at(from.recorded_at),
      supersedes(from.supersedes),
      place(from.place),
      operator_id(from.operator_id),
      district(from.district),
      leaf(from.leaf),
      body(from.body) {}

RecordView Record::view() const {
  return {seq,        id,    klass,       type,     key,  time, recorded_at,
          supersedes, place, operator_id, district, leaf, body};
}

std::int64_t RowScope::district_digits() const {
  constexpr std::int64_t kWhole = 1'000'000;
  const auto size = static_cast<std::int64_t>(district.size());
  const bool digits = district.find_first_not_of("0123456789") == std::string::npos;
  return digits && (size == 6 || size == 9 || size == 12) ? size : kWhole;
}

bool RowScope::holds_district(std::string_view code) const {
  return district.empty() ||
         code.substr(0, static_cast<std::size_t>(district_digits())) == district;
}

bool in_scope(const RowScope& scope, const RegistryRow& row, std::string_view party_district) {
  const bool own = scope.party.empty() || row.party == scope.party ||
                   (row.kind == "party" && row.key == scope.party);
  return own && (scope.place.empty() || row.key == scope.place) &&
         scope.holds_district(row.district.empty() ? party_district : row.district);
}

std::pair<std::string_view, std::string_view> Page::parts() const {
  const std::string_view key = after;
  const auto space = key.find(' ');
  if (space == std::string_view::npos) {
    return {key, {}};
  }
  return {key.substr(0, space), key.substr(space + 1)};
}

}  // namespace huan::store
