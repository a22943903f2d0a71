// SPDX-License-Identifier: Apache-2.0
// Puts what the real thing keeps into the words of Model::dump().
#pragma once

#include "huan/ledger/posting.hpp"
#include "model.hpp"

namespace huan::auditor {

/// Sums of legs and roll-ups, as they come by.
class Sums {
 public:
  /// Empty, or what is wrong with the legs of one record.
  [[nodiscard]] static std::string unbalanced(const std::vector<ledger::Leg>& legs);
  void add(const ledger::Leg& leg);
  void add(const ledger::RollupDelta& row);
  void add_day(const std::string& day_key, const ledger::RollupDelta& row);
  void add_month(const std::string& month_key, const ledger::RollupDelta& row);
  void write(Dump& dump) const;
  /// The first kept account below zero; empty when there is none.
  [[nodiscard]] std::string negative() const;

 private:
  struct Figures {
    std::int64_t mass{0}, pieces{0}, money{0}, count{0};
  };
  void add_row(const std::string& key, const ledger::RollupDelta& row);
  std::map<std::string, std::int64_t> accounts_;
  std::map<std::string, std::int64_t> kept_accounts_;
  std::map<std::string, Figures> rows_;
};

[[nodiscard]] std::string describe(const ledger::Account& account, ledger::Unit unit);
void describe_lot(const ledger::LotState& lot, bool current, Dump& dump);
void describe_line(const std::string& shipment, const ledger::LineState& line, Dump& dump);
void describe_shipment(const std::string& id, const ledger::ShipmentState& state, Dump& dump);
void describe_run(const std::string& id, const ledger::RunState& state, Dump& dump);

}  // namespace huan::auditor
