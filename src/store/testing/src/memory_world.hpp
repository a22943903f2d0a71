// SPDX-License-Identifier: Apache-2.0
// All that a memory store keeps: a value that can be copied.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "huan/store/store.hpp"

namespace huan::store::testing {

using Names = std::pair<std::string, std::string>;
using AccountKey = std::tuple<ledger::AccountKind, std::string, std::string, ledger::Unit>;
/// day, place, operator, district, material, flow, class
using DayKey = std::tuple<std::int32_t, std::string, std::string, std::string, std::string,
                          std::string, std::string>;
/// first day of the month, district, material, flow, class
using MonthKey = std::tuple<std::int32_t, std::string, std::string, std::string, std::string>;

/// first day of the month, operator, district, material, flow, class
using OperatorKey =
    std::tuple<std::int32_t, std::string, std::string, std::string, std::string, std::string>;

struct Sums {
  std::int64_t mass_g{0};
  std::int64_t pieces{0};
  std::int64_t money_fen{0};
  std::int64_t count{0};
  void add(const Sums& other);
};

struct CityTables {
  std::map<Seq, Record> records;
  std::map<base::Uuid, Seq> ids;
  std::map<Seq, Seq> superseded;
  std::map<Seq, std::vector<ledger::Leg>> legs;
  std::map<Names, LotRow> lots;  ///< lot, place
  std::map<std::string, ShipmentRow> shipments;
  std::map<Names, ledger::LineState> lines;  ///< shipment, line
  std::map<std::string, ledger::RunState> runs;
  std::map<AccountKey, std::int64_t> balances;
  std::map<std::string, ItemRow> items;
  std::map<Seq, std::vector<ledger::ItemMove>> moves;
  std::map<std::pair<std::string, std::int64_t>, Seq> tickets;
  std::map<DayKey, Sums> days;
  std::map<MonthKey, Sums> months;
  std::map<OperatorKey, Sums> operators;
  std::map<std::tuple<std::string, std::string, std::int64_t>, RegistryRow> registry;
  std::map<int, std::string> log_state;  ///< one row, 0
  std::map<std::pair<std::int32_t, std::uint64_t>, std::string> tiles;
  std::map<std::uint64_t, CheckpointRow> checkpoints;
  std::map<Digest, FileRow> files;
};

struct World {
  std::map<std::string, CityTables> tables;
  std::map<std::string, CityRow> cities;
  std::map<Digest, TokenRow> tokens;
  std::map<std::string, AccountRow> accounts;
  std::map<Names, std::string> settings;  ///< city, key

  [[nodiscard]] const CityTables& of(City city) const;  ///< empty tables for a city without any
};

}  // namespace huan::store::testing
