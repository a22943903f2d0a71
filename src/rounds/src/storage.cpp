// SPDX-License-Identifier: Apache-2.0
#include "huan/rounds/storage.hpp"

#include <algorithm>

namespace huan::rounds {
namespace {

/// inflow × part / whole, where whole > 0; masses are below 10^12 and a day has 86,400 seconds.
std::int64_t part_of(base::Mass inflow, std::int64_t part, std::int64_t whole) {
  return inflow.count() / whole * part + inflow.count() % whole * part / whole;
}

void judge_mass(const Holding& holding, const When& when, std::int64_t begin_g,
                std::int64_t begin_s, Need& need) {
  if (!holding.limit) {
    return;
  }
  const std::int64_t limit = holding.limit->count();
  const std::int64_t tomorrow = need.expected.count() + holding.inflow.count();
  if (begin_g > limit) {
    need.mass = Urgency::exceeded;
  } else if (need.expected.count() > limit) {
    need.mass = Urgency::today;
    const std::int64_t open_s = when.to_s - when.from_s;
    const std::int64_t until = (limit - begin_g) * open_s / holding.inflow.count();
    need.by_s = static_cast<std::int32_t>(std::min<std::int64_t>(begin_s + until, when.to_s));
  } else if (tomorrow > limit) {
    need.mass = Urgency::tomorrow;
  }
}

}  // namespace

Need need_on(const Holding& holding, const When& when) {
  Need need;
  const std::int64_t open_s = std::max<std::int64_t>(when.to_s - when.from_s, 1);
  const std::int64_t now_s =
      when.days_ahead == 0
          ? std::clamp<std::int64_t>(when.now_s, when.from_s, std::max(when.from_s, when.to_s))
          : when.from_s;
  const std::int64_t begin_g =
      holding.stock.count() + holding.inflow.count() * std::max(when.days_ahead, 0);
  need.expected = base::Mass{begin_g + part_of(holding.inflow, when.to_s - now_s, open_s)};
  judge_mass(holding, when, begin_g, now_s, need);
  if (holding.days_max && holding.oldest_days && holding.stock.count() > 0) {
    need.age = *holding.oldest_days > *holding.days_max    ? Urgency::exceeded
               : *holding.oldest_days == *holding.days_max ? Urgency::today
                                                           : Urgency::none;
  }
  return need;
}

}  // namespace huan::rounds
