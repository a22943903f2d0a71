// SPDX-License-Identifier: Apache-2.0
// Whom of the absent a round tries again. Where a fleet cannot serve everybody there are hundreds,
// and few of them can gain by what the round changes: those near to what was taken out. The others
// wait for their turn, which comes at random.
#include <algorithm>
#include <iterator>

#include "search.hpp"
#include "tuning.hpp"

namespace huan::routing {

/// Visits that are put back together are known by one: of a pair the pickup, of a stop the first.
int Search::first_of(int visit) const {
  const int lead = model_->leaves(visit) ? model_->mate(visit) : visit;
  return model_->first_visit(model_->stop_of[static_cast<std::size_t>(lead)]);
}

/// Of what was absent before the round, as many as are worth their time stay among the absent.
void Search::set_aside(std::size_t older) {
  if (older <= kTriedAgain) {
    return;
  }
  const auto turn = [&](int visit) -> std::int64_t& {
    return turn_in_[static_cast<std::size_t>(first_of(visit))];
  };
  for (const int visit : removed_) {
    turn(visit) = iterations_;
  }
  choose_near();
  for (std::size_t k = 0; k < kTriedAnyway; ++k) {
    const int visit = absent_before_[static_cast<std::size_t>(
        random_.below(static_cast<int>(absent_before_.size())))];
    turn(visit) = iterations_;
    tried_[static_cast<std::size_t>(visit)] = 0;
  }
  const auto now = [&](int visit) {
    const bool open = model_->leaves(visit) && tours_.node(model_->mate(visit)).route != kNowhere;
    return open || turn(visit) == iterations_;
  };
  const auto rest = std::stable_partition(absent_.begin(), absent_.end(), now);
  waiting_.assign(rest, absent_.end());
  absent_.erase(rest, absent_.end());
}

/// Absent visits near to what was taken out, the nearest first.
void Search::choose_near() {
  std::size_t left = kTriedAgain;
  for (std::size_t rank = 0; rank < kNearAgain; ++rank) {
    for (const int visit : removed_) {
      const auto near = neighbours_.of(visit);
      if (rank >= near.size() || tours_.node(near[rank]).route != kNowhere) {
        continue;
      }
      std::int64_t& turn = turn_in_[static_cast<std::size_t>(first_of(near[rank]))];
      left -= turn == iterations_ ? 0 : 1;
      turn = iterations_;
      if (left == 0) {
        return;
      }
    }
  }
}

}  // namespace huan::routing
