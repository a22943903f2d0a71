// SPDX-License-Identifier: Apache-2.0
// The last stage of verify: holds the legs that follow from the records against those that are
// kept, and gathers from them the statistics and the trace graph. It runs in a thread of its own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "batch_queue.hpp"
#include "findings.hpp"
#include "flow_feed.hpp"
#include "huan/ledger/event.hpp"
#include "huan/ledger/posting.hpp"
#include "huan/store/store.hpp"
#include "rollup_sums.hpp"
#include "spare.hpp"

namespace huan::app {

struct Posted {
  store::Seq seq{0};
  ledger::EventType type{};
  ledger::EventType replacement{ledger::EventType::correct};  ///< of a correction; that for a void
  ledger::Posting posting;
};

class LegStage {
 public:
  /// `graph`: nullptr when nobody asks for shares. Legs of records up to `last`.
  LegStage(store::Reading& reading, std::string city, store::Seq last, trace::Graph* graph,
           Findings& findings);

  /// What was compared goes to `spare`.
  void run(BatchQueue<Posted>& in, Spare<Posted>& spare);
  /// After run().
  [[nodiscard]] RollupSums& days() { return days_; }
  [[nodiscard]] RollupSums& months() { return months_; }
  [[nodiscard]] RollupSums& operators() { return operators_; }

 private:
  void check_sums(const Posted& posted);
  void check_legs(const std::vector<Posted>& batch);
  void fold_rollups(const ledger::Posting& posting);
  void gather_flows(const Posted& posted);
  void flush_flows();
  void belongs_to_none(store::Seq seq);

  store::Reading& reading_;
  std::string city_;
  store::Seq last_;
  Findings& findings_;
  RollupSums days_;
  RollupSums months_;
  RollupSums operators_;
  store::Seq legs_until_{0};  ///< that were read
  std::optional<FlowFeed> flows_;
};

}  // namespace huan::app
