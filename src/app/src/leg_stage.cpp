// SPDX-License-Identifier: Apache-2.0
#include "leg_stage.hpp"

#include <algorithm>
#include <array>

#include "huan/base/error.hpp"

namespace huan::app {
namespace {

constexpr store::Seq kStretch = 4'096;  // records whose legs are read ahead

bool same(const ledger::Leg& a, const ledger::Leg& b) {
  return a.account == b.account && a.unit == b.unit && a.amount == b.amount &&
         a.material == b.material && a.cls == b.cls && a.day == b.day;
}

void add_to(SumTable& table, std::string_view key, const ledger::RollupDelta& delta) {
  auto found = table.find(key);
  if (found == table.end()) {
    found = table.emplace(std::string{key}, Sums{}).first;
  }
  Sums& sums = found->second;
  sums.mass_g += delta.mass_g;
  sums.pieces += delta.pieces;
  sums.money_fen += delta.money_fen;
  sums.count += delta.count;
}

}  // namespace

void rollup_key(std::string& key, base::Day day, std::initializer_list<std::string_view> names) {
  key = std::to_string(day.n);
  for (const std::string_view name : names) {
    key.append("|").append(name);
  }
}

LegStage::LegStage(store::Reading& reading, std::string city, store::Seq last, trace::Graph* graph,
                   Findings& findings)
    : reading_(reading), city_(std::move(city)), last_(last), findings_(findings) {
  if (graph != nullptr) {
    flows_.emplace(*graph);
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

void LegStage::load_legs(store::Seq seq) {
  if (seq <= legs_until_) {
    return;
  }
  const store::Seq after = legs_until_;
  legs_until_ = std::min(last_, seq + kStretch - 1);
  reading_.legs(city_, {after, legs_until_}, [&](const store::LegView& view) {
    if (legs_.empty() || legs_.back().seq != view.seq) {
      legs_.push_back({view.seq, {}});
    }
    ledger::Account account{view.kind, std::string{view.a}, std::string{view.b}};
    legs_.back().legs.push_back({std::move(account), view.unit, view.amount,
                                 std::string{view.material}, view.cls, view.day});
    return true;
  });
}

void LegStage::belongs_to_none(store::Seq seq) {
  findings_.add(seq, "legs are kept that belong to no event");
}

void LegStage::check_legs(const Posted& posted) {
  load_legs(posted.seq);
  while (!legs_.empty() && legs_.front().seq < posted.seq) {
    belongs_to_none(legs_.front().seq);
    legs_.pop_front();
  }
  static const std::vector<ledger::Leg> kNone;
  const bool there = !legs_.empty() && legs_.front().seq == posted.seq;
  const std::vector<ledger::Leg>& kept = there ? legs_.front().legs : kNone;
  const std::vector<ledger::Leg>& follow = posted.posting.legs;
  if (!std::equal(kept.begin(), kept.end(), follow.begin(), follow.end(), same)) {
    findings_.add(posted.seq, "the legs kept differ from those that follow from the records");
  }
  if (there) {
    legs_.pop_front();
  }
}

void LegStage::fold_rollups(const ledger::Posting& posting) {
  for (const ledger::RollupDelta& d : posting.rollups) {
    rollup_key(key_, d.day, {d.district, d.place, d.operator_id, d.material, d.flow, d.cls});
    add_to(days_, key_, d);
    base::Civil month = base::civil_of(d.day);
    month.day = 1;
    rollup_key(key_, base::day_of(month), {d.district, d.material, d.flow, d.cls});
    add_to(months_, key_, d);
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

void LegStage::check(const Posted& posted) {
  check_sums(posted);
  check_legs(posted);
  fold_rollups(posted.posting);
  if (flows_) {
    gather_flows(posted);
  }
}

void LegStage::run(BatchQueue<Posted>& in) {
  while (const auto batch = in.pop()) {
    for (const Posted& posted : *batch) {
      check(posted);
    }
    if (flows_) {
      flush_flows();
    }
  }
  if (in.cancelled()) {
    return;
  }
  load_legs(last_);
  for (const KeptLegs& left : legs_) {
    belongs_to_none(left.seq);
  }
  // Records that came meanwhile have legs behind the last of ours; behind the last of all are none.
  const store::SeqRange beyond{reading_.last(city_).seq, UINT64_MAX};
  reading_.legs(city_, beyond, [&](const store::LegView& view) {
    belongs_to_none(view.seq);
    return !findings_.full();
  });
}

}  // namespace huan::app
