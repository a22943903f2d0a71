// SPDX-License-Identifier: Apache-2.0
// Statistics: sums over the roll-ups, which are kept in the transaction of each event: by day and
// place, by month and district, by month and operator. Which of them answers is the adapter's
// choice; the figures are the same.
//
//   StatisticsQuery query;
//   query.by = {Axis::month, Axis::material};
//   query.flows = {"receive"};
//   reading.statistics("130100", query, [&](const StatisticsRow& row) { …; return true; });
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "huan/base/time.hpp"
#include "huan/store/rows.hpp"

namespace huan::store {

enum class Axis : std::uint8_t { day, month, district, place, operator_id, material, flow, cls };

/// Empty lists and names mean any. Days are inclusive.
struct StatisticsQuery {
  std::vector<Axis> by{};
  std::optional<base::Day> from{};
  std::optional<base::Day> to{};
  std::vector<std::string> materials{};  ///< leaves
  std::vector<std::string> flows{};
  std::vector<std::string> classes{};
  std::vector<std::string> places{};
  std::string district{};
  std::string place{};
  std::string operator_id{};
  RowScope scope{};  ///< of district, operator and place as they were at each event
};

/// Fields that are not asked for by `by` stay empty. Rows come in binary order of the axes as
/// they were named.
struct StatisticsRow {
  base::Day day;  ///< of the month its first day
  std::string district;
  std::string place;
  std::string operator_id;
  std::string material;
  std::string flow;
  std::string cls;
  std::int64_t mass_g{0};
  std::int64_t pieces{0};
  std::int64_t money_fen{0};
  std::int64_t count{0};
};

}  // namespace huan::store
