// SPDX-License-Identifier: Apache-2.0
#include "leg_stage.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "huan/base/error.hpp"

namespace huan::app {
namespace {

bool same(const store::LegView& kept, const ledger::Leg& leg) {
  return kept.kind == leg.account.kind && kept.a == leg.account.a && kept.b == leg.account.b &&
         kept.unit == leg.unit && kept.amount == leg.amount && kept.material == leg.material &&
         kept.cls == leg.cls && kept.day == leg.day;
}

void add_to(RollupSums::Row& row, const ledger::RollupDelta& delta) {
  row.mass_g += delta.mass_g;
  row.pieces += delta.pieces;
  row.money_fen += delta.money_fen;
  row.count += delta.count;
}

}  // namespace

LegStage::LegStage(store::Reading& reading, std::string city, store::Seq last, trace::Graph* graph,
                   Findings& findings)
    : reading_(reading), city_(std::move(city)), last_(last), findings_(findings) {
  if (graph != nullptr) {
    flows_.emplace(*graph, true);
  }
}

void LegStage::check_sums(const Posted& posted) {
  std::array<std::int64_t, 4> sums{};
  for (const ledger::Leg& leg : posted.posting.legs) {
    sums.at(static_cast<std::size_t>(leg.unit)) += leg.amount;
  }
  if (std::any_of(sums.begin(), sums.end(), [](std::int64_t sum) { return sum != 0; })) {
    findings_.add(posted.seq, "legs do not sum to zero");
  }
}

void LegStage::belongs_to_none(store::Seq seq) {
  findings_.add(seq, "legs are kept that belong to no event");
}

/// Walks the kept legs beside those that follow; both stand in the order of records.
void LegStage::check_legs(const std::vector<Posted>& batch) {
  const store::Seq after = std::exchange(legs_until_, batch.back().seq);
  auto at = batch.begin();
  std::size_t n = 0;  // legs of *at met so far
  bool equal = true;
  const auto leave = [&] {
    if (!equal || n != at->posting.legs.size()) {
      findings_.add(at->seq, "the legs kept differ from those that follow from the records");
    }
    ++at;
    n = 0;
    equal = true;
  };
  store::Seq stray = 0;
  reading_.legs(city_, {after, legs_until_}, [&](const store::LegView& kept) {
    while (at->seq < kept.seq) {
      leave();
    }
    if (kept.seq < at->seq) {
      if (std::exchange(stray, kept.seq) != kept.seq) {
        belongs_to_none(kept.seq);
      }
      return true;
    }
    equal = equal && n < at->posting.legs.size() && same(kept, at->posting.legs[n]);
    ++n;
    return true;
  });
  while (at != batch.end()) {
    leave();
  }
}

void LegStage::fold_rollups(const ledger::Posting& posting) {
  for (const ledger::RollupDelta& delta : posting.rollups) {
    RollupSums::Row& day =
        days_[days_.row(delta.day, {delta.district, delta.place, delta.operator_id, delta.material,
                                    delta.flow, delta.cls})];
    if (day.month == RollupSums::kNone) {
      base::Civil month = base::civil_of(delta.day);
      month.day = 1;
      const base::Day first = base::day_of(month);
      day.month =
          months_.row(first, {delta.district, "", "", delta.material, delta.flow, delta.cls});
      day.operators = operators_.row(
          first, {delta.district, "", delta.operator_id, delta.material, delta.flow, delta.cls});
    }
    add_to(day, delta);
    add_to(months_[day.month], delta);
    add_to(operators_[day.operators], delta);
  }
}

void LegStage::gather_flows(const Posted& posted) {
  flows_->begin(posted.seq, posted.type, posted.replacement, posted.posting.supersedes);
  for (const ledger::Leg& leg : posted.posting.legs) {
    if (leg.unit == ledger::Unit::mass) {
      flows_->leg(leg.account.kind, leg.account.a, leg.account.b, leg.cls, leg.amount);
    }
  }
}

/// What cannot be traced follows from what was found before, or is a finding of its own.
void LegStage::flush_flows() {
  if (auto appended = flows_->flush(); !appended) {
    findings_.add(0, "trace: " + base::describe(appended.error(), base::Language::en));
    flows_.reset();
  }
}

void LegStage::run(BatchQueue<Posted>& in, Spare<Posted>& spare) {
  while (auto batch = in.pop()) {
    if (batch->empty()) {
      continue;
    }
    check_legs(*batch);
    for (const Posted& posted : *batch) {
      check_sums(posted);
      fold_rollups(posted.posting);
      if (flows_) {
        gather_flows(posted);
      }
    }
    if (flows_) {
      flush_flows();
    }
    spare.give(std::move(*batch));
  }
  if (in.cancelled()) {
    return;
  }
  const auto stray = [&](const store::LegView& kept) {
    belongs_to_none(kept.seq);
    return !findings_.full();
  };
  reading_.legs(city_, {legs_until_, last_}, stray);
  // Records that came meanwhile have legs behind the last of ours; behind the last of all are none.
  reading_.legs(city_, {reading_.last(city_).seq, UINT64_MAX}, stray);
}

}  // namespace huan::app
