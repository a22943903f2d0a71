// SPDX-License-Identifier: Apache-2.0
// The last stage of verify: holds the legs that follow from the records against those that are
// kept, and gathers from them the statistics and the trace graph. It runs in a thread of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "batch_queue.hpp"
#include "findings.hpp"
#include "flow_feed.hpp"
#include "huan/ledger/fold_book.hpp"
#include "huan/ledger/posting.hpp"
#include "huan/store/store.hpp"

namespace huan::app {

struct Posted {
  store::Seq seq{0};
  ledger::EventType type{};
  ledger::EventType replacement{ledger::EventType::correct};  ///< of a correction; that for a void
  ledger::Posting posting;
};

struct Sums {
  std::int64_t mass_g{0};
  std::int64_t pieces{0};
  std::int64_t money_fen{0};
  std::int64_t count{0};
  bool seen{false};
  Sums* month{nullptr};  ///< of a day's
  void add(const ledger::RollupDelta& delta);
  [[nodiscard]] bool zero() const {
    return mass_g == 0 && pieces == 0 && money_fen == 0 && count == 0;
  }
};

using SumTable = ledger::FoldBook::Table<Sums>;

/// One text for all that names a row of statistics. A row by month names no place and no operator.
void rollup_key(std::string& key, base::Day day, std::initializer_list<std::string_view> names);

class LegStage {
 public:
  /// `graph`: nullptr when nobody asks for shares. Legs of records up to `last`.
  LegStage(store::Reading& reading, std::string city, store::Seq last, trace::Graph* graph,
           Findings& findings);

  void run(BatchQueue<Posted>& in);
  /// After run().
  [[nodiscard]] SumTable& days() { return days_; }
  [[nodiscard]] SumTable& months() { return months_; }

 private:
  void check_sums(const Posted& posted);
  void check_legs(const std::vector<Posted>& batch);
  void fold_rollups(const ledger::Posting& posting);
  Sums& day(const ledger::RollupDelta& delta);
  void gather_flows(const Posted& posted);
  void flush_flows();
  void belongs_to_none(store::Seq seq);

  store::Reading& reading_;
  std::string city_;
  store::Seq last_;
  Findings& findings_;
  SumTable days_;
  SumTable months_;
  std::string key_;
  store::Seq legs_until_{0};  ///< that were read
  std::optional<FlowFeed> flows_;
};

}  // namespace huan::app
