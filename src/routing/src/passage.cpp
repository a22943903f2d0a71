// SPDX-License-Identifier: Apache-2.0
#include "passage.hpp"

#include <algorithm>
#include <utility>

namespace huan::routing {

namespace {

constexpr std::size_t kLabelsMax = 24;  ///< of one stage
constexpr int kOpenings = 4;            ///< of the zones around a place, tried one after another
constexpr int kShifts = 64;
constexpr std::size_t kKnownMax = 20'000;  ///< ways whose parts in zones are kept
constexpr std::size_t kLooksInOne = 64;    ///< at windows, for one step of the deadline's

bool within(const Load& board, const Load& most) {
  for (std::size_t d = 0; d < most.size(); ++d) {
    if (d < board.size() && board[d] > most[d]) {
      return false;
    }
  }
  return true;
}

}  // namespace

/// Of one look at all the parts of a course, in the deadline's measure.
std::int64_t Passage::work_of(const Course& course) const {
  std::int64_t work = 1;
  for (std::size_t z = 0; z < course.parts.size(); ++z) {
    const std::size_t looks = course.parts[z].size() * slot_->zones[z]->open().size();
    work += static_cast<std::int64_t>(1 + looks / kLooksInOne);
  }
  return work;
}

double Passage::run(const Slot& slot, const std::vector<Stage>& stages, double depart) {
  slot_ = &slot;
  stages_ = &stages;
  labels_.clear();
  first_.assign(1, 0);
  missed_ = kForever;
  extra_ = 0;
  begin(depart);
  for (std::size_t k = 1; k < stages.size(); ++k) {
    const std::size_t from = first_.back();
    const std::size_t to = labels_.size();
    first_.push_back(to);
    chart(k);
    for (std::size_t label = from; label < to; ++label) {
      extend(static_cast<int>(label), k, straight_);
    }
    for (std::size_t label = from; label < to && round_.detour != nullptr; ++label) {
      extend(static_cast<int>(label), k, round_);
    }
    if (k + 1 < stages.size()) {
      rest_at(k);
    }
  }
  int best = -1;
  std::pair<double, double> least{kForever, kForever};
  for (std::size_t i = first_.back(); i < labels_.size(); ++i) {
    const Label& label = labels_[i];
    const double cost = label.extra + slot.per_duration * label.arrival;
    const std::pair price{detours_ == Detours::earliest ? 0 : cost, label.arrival};
    if (label.breaks == static_cast<int>(slot.breaks->size()) && price < least) {
      best = static_cast<int>(i);
      least = price;
    }
  }
  if (best < 0) {
    return kForever;
  }
  trace(best);
  return least.second;
}

/// Of the straight way; kept, since the same ways are asked for again and again.
const Passage::Inside& Passage::parts_of(Index from, Index to) {
  if (known_ways_ != slot_->ways || known_in_ != slot_->zones || known_.size() >= kKnownMax) {
    known_.clear();
    known_in_ = slot_->zones;
    known_ways_ = slot_->ways;
  }
  const auto [at, added] = known_.try_emplace((std::uint64_t{from} << 32U) | to);
  if (added) {
    at->second.resize(known_in_.size());
    for (std::size_t z = 0; z < known_in_.size(); ++z) {
      known_in_[z]->add_parts(from, to, slot_->ways->straight(), at->second[z]);
    }
  }
  return at->second;
}

/// The ways to the stage, with their parts in zones.
void Passage::chart(std::size_t stage) {
  const Index from = (*stages_)[stage - 1].place;
  const Index to = (*stages_)[stage].place;
  straight_.work = slot_->ways->time(from, to) * slot_->travel_factor;
  straight_.parts = parts_of(from, to);
  const bool inside = std::any_of(straight_.parts.begin(), straight_.parts.end(),
                                  [](const auto& parts) { return !parts.empty(); });
  const bool may = inside && slot_->detours && detours_ != Detours::none;
  round_.detour = may ? slot_->ways->detour(from, to) : nullptr;
  if (round_.detour == nullptr) {
    return;
  }
  round_.work = round_.detour->duration_s * slot_->travel_factor;
  round_.extra = slot_->per_distance * (round_.detour->distance - slot_->ways->distance(from, to)) +
                 slot_->per_travel * (round_.work - straight_.work);
  round_.parts.assign(slot_->zones.size(), {});
  for (std::size_t z = 0; z < slot_->zones.size(); ++z) {
    const ZoneMap& zone = *slot_->zones[z];
    if (!straight_.parts[z].empty() && (zone.holds(from) || zone.holds(to))) {
      round_.parts[z].push_back({0, 1});
    }
  }
}

void Passage::begin(double depart) {
  Label label;
  label.ready = std::max(depart, stages_->front().release);
  for (int round = 0; round < kShifts; ++round) {
    double later = 0;
    label.stay = kForever;
    for (const ZoneMap* zone : slot_->zones) {
      if (zone->holds(stages_->front().place)) {
        double until = kForever;
        later = std::max(later, zone->shift(label.ready, label.ready, until));
        label.stay = std::min(label.stay, until);
      }
    }
    if (later == kForever) {
      missed_ = 0;
      return;
    }
    if (later <= 0) {
      label.since = label.arrival = label.begin = label.ready;
      labels_.push_back(label);
      return;
    }
    label.ready += later;
  }
}

double Passage::work_max(int breaks) const {
  const auto& list = *slot_->breaks;
  const auto next = static_cast<std::size_t>(breaks);
  return next < list.size() && list[next].after_work_s > 0 ? list[next].after_work_s : kForever;
}

void Passage::extend(int parent, std::size_t stage, const Course& course) {
  const Label from = labels_[static_cast<std::size_t>(parent)];
  double arrive_min = -kForever;
  for (int opening = 0; opening < kOpenings; ++opening) {
    Label label;
    label.parent = parent;
    label.breaks = from.breaks;
    label.extra = from.extra + course.extra;
    label.detour = course.detour;
    if (!reach(from, stage, course, arrive_min, label)) {
      return;
    }
    label.since = stage == 1 ? from.ready + label.hold : from.since;
    if (label.ready - label.since <= work_max(label.breaks) + kSlack) {
      add(label, first_.back());
    }
    if (label.stay == kForever) {
      return;
    }
    arrive_min = label.stay + 1e-3;
  }
}

/// Leaves as soon as the zones on the way and around the next stage let it, to be there no sooner
/// than `arrive_min`.
bool Passage::reach(const Label& from, std::size_t stage, const Course& course, double arrive_min,
                    Label& label) {
  if (deadline_ != nullptr && deadline_->passed_after(work_of(course))) {
    return false;
  }
  const Stage& here = (*stages_)[stage];
  double leave = from.ready;
  for (int round = 0; round < kShifts; ++round) {
    if (leave > from.stay + kSlack) {
      missed_ = std::min(missed_, leave - from.stay);
      return false;
    }
    const double way = slot_->ways->stretched(course.work, leave);
    label.arrival = leave + way;
    label.begin = here.site != nullptr ? begin_at(*here.site, label.arrival) : label.arrival;
    if (!(label.begin < kForever) || label.arrival > slot_->close + kSlack) {
      return false;
    }
    label.ready = std::max(label.begin + here.setup + here.service, here.release);
    double later = std::max(arrive_min - label.arrival, put_off(course, leave, way));
    later = std::max(later, settle(stage, label, label.stay));
    if (later == kForever) {
      return false;
    }
    if (later <= 0) {
      label.hold = leave - from.ready;
      return true;
    }
    leave += std::max(later, 1e-9);
  }
  return false;
}

/// How much later it has to leave for the zones on the way to be open.
double Passage::put_off(const Course& course, double leave, double way) {
  double later = 0;
  for (std::size_t z = 0; z < course.parts.size(); ++z) {
    for (const Part& part : course.parts[z]) {
      double until = kForever;
      const double enter = leave + part.from * way;
      const double out = leave + part.to * way;
      const double shift = slot_->zones[z]->shift(enter, out, until);
      if (shift == kForever) {
        missed_ = std::min(missed_, slot_->zones[z]->missed(enter, out));
      }
      later = std::max(later, shift);
    }
  }
  return later;
}

/// How much later it has to arrive so that it may stand there until it is ready.
double Passage::settle(std::size_t stage, const Label& label, double& stay) {
  double later = 0;
  stay = kForever;
  for (const ZoneMap* zone : slot_->zones) {
    if (!zone->holds((*stages_)[stage].place)) {
      continue;
    }
    double until = kForever;
    double shift = zone->shift(label.arrival, label.ready, until);
    if (shift == kForever) {  // a wait inside may be what is too long for any opening
      for (const Window& window : zone->open()) {
        if (window.from > label.arrival) {
          shift = window.from - label.arrival;
          break;
        }
      }
      missed_ = std::min(missed_, zone->missed(label.arrival, label.ready));
    }
    later = std::max(later, shift);
    stay = std::min(stay, until);
  }
  return later;
}

void Passage::rest_at(std::size_t stage) {
  const Load* board = (*stages_)[stage].board;
  for (std::size_t i = first_.back(); i < labels_.size(); ++i) {
    const Label from = labels_[i];
    if (from.breaks == static_cast<int>(slot_->breaks->size())) {
      continue;
    }
    const Break& rest = (*slot_->breaks)[static_cast<std::size_t>(from.breaks)];
    const double begin = break_begin(rest, from.ready);
    if (begin - from.since > work_max(from.breaks) + kSlack ||
        !(begin + rest.duration_s <= from.stay + kSlack) ||
        (board != nullptr && !within(*board, rest.load_max))) {
      continue;
    }
    Label label = from;
    label.parent = static_cast<int>(i);
    label.rested = true;
    label.hold = 0;
    label.ready = label.since = begin + rest.duration_s;
    ++label.breaks;
    add(label, first_.back());
  }
}

void Passage::add(const Label& label, std::size_t first) {
  if (!(label.ready < kForever) || labels_.size() - first >= kLabelsMax) {
    return;
  }
  for (std::size_t i = first; i < labels_.size(); ++i) {
    const Label& other = labels_[i];
    if (other.breaks == label.breaks && other.ready <= label.ready && other.since >= label.since &&
        other.stay >= label.stay && other.extra <= label.extra) {
      return;
    }
  }
  labels_.push_back(label);
}

void Passage::trace(int label) {
  times_.assign(stages_->size(), Times{});
  extra_ = labels_[static_cast<std::size_t>(label)].extra;
  std::size_t stage = stages_->size() - 1;
  while (label >= 0) {
    const Label& here = labels_[static_cast<std::size_t>(label)];
    Times& times = times_[stage];
    if (here.rested) {
      ++times.breaks_after;
    } else {
      times.arrival = here.arrival;
      times.begin = here.begin;
      times.detour = here.detour;
      times.breaks_before = here.breaks;
      if (stage > 0) {
        Times& before = times_[--stage];
        before.hold = here.hold;
        before.leaves = labels_[static_cast<std::size_t>(here.parent)].ready + here.hold;
      }
    }
    label = here.parent;
  }
  departure_ = times_.front().leaves;
}

}  // namespace huan::routing
