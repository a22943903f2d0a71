// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "memory_reading.hpp"

namespace huan::store::testing {

namespace {

StatisticsRow with_sums(StatisticsRow row, const Sums& sums) {
  row.mass_g = sums.mass_g;
  row.pieces = sums.pieces;
  row.money_fen = sums.money_fen;
  row.count = sums.count;
  return row;
}

StatisticsRow of_day(const DayKey& key, const Sums& sums) {
  StatisticsRow row;
  std::tie(row.day.n, row.place, row.operator_id, row.district, row.material, row.flow, row.cls) =
      key;
  return with_sums(row, sums);
}

bool one_of(const std::vector<std::string>& wanted, const std::string& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

bool is(const std::string& wanted, const std::string& value) {
  return wanted.empty() || wanted == value;
}

bool wanted(const StatisticsQuery& query, const StatisticsRow& row) {
  return (!query.from || row.day >= *query.from) && (!query.to || row.day <= *query.to) &&
         one_of(query.materials, row.material) && one_of(query.flows, row.flow) &&
         one_of(query.classes, row.cls) && one_of(query.places, row.place) &&
         is(query.district, row.district) && is(query.place, row.place) &&
         is(query.operator_id, row.operator_id) && is(query.scope.place, row.place) &&
         is(query.scope.party, row.operator_id) && query.scope.holds_district(row.district);
}

/// A value of an axis that sorts as it should: numbers before texts do not meet on one axis.
using Part = std::pair<std::int32_t, std::string>;

Part part(Axis axis, const StatisticsRow& row) {
  switch (axis) {
    case Axis::day:
      return {row.day.n, ""};
    case Axis::month: {
      auto civil = base::civil_of(row.day);
      civil.day = 1;
      return {base::day_of(civil).n, ""};
    }
    case Axis::district:
      return {0, row.district};
    case Axis::place:
      return {0, row.place};
    case Axis::operator_id:
      return {0, row.operator_id};
    case Axis::material:
      return {0, row.material};
    case Axis::flow:
      return {0, row.flow};
    case Axis::cls:
      return {0, row.cls};
  }
  return {};
}

StatisticsRow row_of(const std::vector<Axis>& by, const std::vector<Part>& parts) {
  StatisticsRow row;
  for (std::size_t i = 0; i < by.size(); ++i) {
    const auto& [number, text] = parts[i];
    switch (by[i]) {
      case Axis::day:
        row.day.n = number;
        break;
      case Axis::month:
        if (std::find(by.begin(), by.end(), Axis::day) == by.end()) {
          row.day.n = number;
        }
        break;
      case Axis::district:
        row.district = text;
        break;
      case Axis::place:
        row.place = text;
        break;
      case Axis::operator_id:
        row.operator_id = text;
        break;
      case Axis::material:
        row.material = text;
        break;
      case Axis::flow:
        row.flow = text;
        break;
      case Axis::cls:
        row.cls = text;
        break;
    }
  }
  return row;
}

}  // namespace

void MemoryReading::statistics(City city, const StatisticsQuery& query,
                               const Visit<StatisticsRow>& visit) {
  std::map<std::vector<Part>, Sums> groups;
  for (const auto& [key, sums] : world_->of(city).days) {
    const auto row = of_day(key, sums);
    if (wanted(query, row)) {
      std::vector<Part> parts;
      parts.reserve(query.by.size());
      for (const auto axis : query.by) {
        parts.push_back(part(axis, row));
      }
      groups[parts].add(sums);
    }
  }
  for (const auto& [parts, sums] : groups) {
    if (!visit(with_sums(row_of(query.by, parts), sums))) {
      return;
    }
  }
}

void MemoryReading::rollup_days(City city, const Visit<StatisticsRow>& visit) {
  for (const auto& [key, sums] : world_->of(city).days) {
    if (!visit(of_day(key, sums))) {
      return;
    }
  }
}

void MemoryReading::rollup_months(City city, const Visit<StatisticsRow>& visit) {
  for (const auto& [key, sums] : world_->of(city).months) {
    StatisticsRow row;
    std::tie(row.day.n, row.district, row.material, row.flow, row.cls) = key;
    if (!visit(with_sums(row, sums))) {
      return;
    }
  }
}

void MemoryReading::rollup_operators(City city, const Visit<StatisticsRow>& visit) {
  for (const auto& [key, sums] : world_->of(city).operators) {
    StatisticsRow row;
    std::tie(row.day.n, row.operator_id, row.district, row.material, row.flow, row.cls) = key;
    if (!visit(with_sums(row, sums))) {
      return;
    }
  }
}

}  // namespace huan::store::testing
