// SPDX-License-Identifier: Apache-2.0
#include "patterns.hpp"

#include <algorithm>
#include <numeric>

namespace huan::routing {

namespace {

using Pattern = std::vector<std::uint32_t>;
using Marks = std::vector<std::uint8_t>;

bool has_all_kept(const Pattern& pattern, const Marks& kept) {
  const auto among =
      std::count_if(pattern.begin(), pattern.end(), [&](std::uint32_t day) { return kept[day]; });
  return among == std::count_if(kept.begin(), kept.end(), [](auto mark) { return mark != 0; });
}

/// For each day, the first from which on no kept day lies between the two.
std::vector<std::uint32_t> kept_before(const Marks& kept) {
  std::vector<std::uint32_t> last(kept.size(), 0);
  for (std::uint32_t day = 1; day < kept.size(); ++day) {
    last[day] = kept[day - 1] != 0 ? day - 1 : last[day - 1];
  }
  return last;
}

}  // namespace

std::vector<Pattern> given_patterns(const Visits& visits) {
  std::vector<Pattern> found;
  std::copy_if(visits.patterns.begin(), visits.patterns.end(), std::back_inserter(found),
               [&](const Pattern& pattern) {
                 return std::all_of(pattern.begin(), pattern.end(), [&](std::uint32_t day) {
                   return visits.days.empty() || std::find(visits.days.begin(), visits.days.end(),
                                                           day) != visits.days.end();
                 });
               });
  return found;
}

std::uint32_t least_visits(const Visits& visits) {
  std::size_t least = visits.patterns.empty() ? visits.times : kNone;
  for (const Pattern& pattern : visits.patterns) {
    least = std::min(least, pattern.size());
  }
  return static_cast<std::uint32_t>(least);
}

DayRule::DayRule(const Visits& visits, std::uint32_t days) {
  chosen_ = !visits.patterns.empty();
  if (!chosen_ && visits.times == 1 && visits.days.empty()) {
    return;
  }
  times_ = least_visits(visits);
  gap_min_ = visits.gap_days_min;
  gap_max_ = visits.gap_days_max != 0 ? visits.gap_days_max : days;
  patterns_ = given_patterns(visits);
  allowed_.assign(days, visits.days.empty() ? 1 : 0);
  for (const std::uint32_t day : visits.days) {
    allowed_[day] = 1;
  }
}

std::optional<DayRule> DayRule::both(const DayRule& a, const DayRule& b) {
  if (a.free() || b.free()) {
    DayRule rule = a.free() ? b : a;
    if (!rule.chosen_ && rule.times_ > 1) {  // one stop once, the other more often
      rule.chosen_ = true;
    }
    rule.patterns_.erase(std::remove_if(rule.patterns_.begin(), rule.patterns_.end(),
                                        [](const Pattern& one) { return one.size() != 1; }),
                         rule.patterns_.end());
    rule.times_ = std::min(rule.times_, 1U);
    return rule;
  }
  const bool same = a.chosen_ == b.chosen_ && a.patterns_ == b.patterns_ && a.times_ == b.times_ &&
                    a.gap_min_ == b.gap_min_ && a.gap_max_ == b.gap_max_ &&
                    a.allowed_ == b.allowed_;
  if (same) {
    return a;
  }
  auto these = a.listed();
  auto those = b.listed();
  if (!these || !those) {
    return std::nullopt;
  }
  DayRule rule = a;
  rule.chosen_ = true;
  rule.patterns_.clear();
  std::sort(these->begin(), these->end());
  std::sort(those->begin(), those->end());
  std::set_intersection(these->begin(), these->end(), those->begin(), those->end(),
                        std::back_inserter(rule.patterns_));
  for (const Pattern& pattern : rule.patterns_) {
    rule.times_ = std::min(rule.times_, static_cast<std::uint32_t>(pattern.size()));
  }
  return rule;
}

/// All days that keep to the rule, or nullopt if there are very many.
std::optional<std::vector<Pattern>> DayRule::listed() const {
  if (chosen_) {
    return patterns_;
  }
  std::vector<Pattern> open{{}};
  for (std::uint32_t count = 0; count < times_; ++count) {
    std::vector<Pattern> longer;
    for (const Pattern& pattern : open) {
      const std::uint32_t from = pattern.empty() ? 0 : pattern.back() + gap_min_;
      const std::size_t to = pattern.empty() ? allowed_.size() : pattern.back() + gap_max_ + 1;
      for (std::uint32_t day = from; day < std::min(to, allowed_.size()); ++day) {
        if (allowed_[day] != 0) {
          longer.push_back(pattern);
          longer.back().push_back(day);
        }
      }
      if (longer.size() > kPatternsMax) {
        return std::nullopt;
      }
    }
    open = std::move(longer);
  }
  return open;
}

bool DayRule::too_large() const {
  return chosen_ ? patterns_.size() > kPatternsMax
                 : std::size_t{times_} * allowed_.size() *
                           std::min<std::size_t>(gap_max_, allowed_.size()) >
                       kDayStepsMax;
}

bool DayRule::possible(const Marks& kept) const {
  return free() || cheapest(std::vector<double>(allowed_.size(), 0), kept).cost < kForever;
}

std::uint32_t DayRule::most() const {
  std::size_t most = chosen_ ? 0 : std::max(1U, times_);
  for (const Pattern& pattern : patterns_) {
    most = std::max(most, pattern.size());
  }
  return static_cast<std::uint32_t>(most);
}

std::uint32_t DayRule::least(const Marks& kept) const {
  std::size_t least = kNone;
  for (const Pattern& pattern : patterns_) {
    least = has_all_kept(pattern, kept) ? std::min(least, pattern.size()) : least;
  }
  return least == kNone ? times_ : static_cast<std::uint32_t>(least);
}

Marks DayRule::open_days(const Marks& kept) const {
  if (!chosen_) {
    return allowed_;
  }
  Marks open(allowed_.size(), 0);
  for (const Pattern& pattern : patterns_) {
    if (has_all_kept(pattern, kept)) {
      std::for_each(pattern.begin(), pattern.end(), [&](std::uint32_t day) { open[day] = 1; });
    }
  }
  return open;
}

DayRule::Choice DayRule::cheapest(const std::vector<double>& costs, const Marks& kept) const {
  return chosen_ ? cheapest_pattern(costs, kept) : cheapest_chain(costs, kept);
}

DayRule::Choice DayRule::cheapest_pattern(const std::vector<double>& costs,
                                          const Marks& kept) const {
  Choice best;
  const Pattern* chosen = nullptr;
  for (const Pattern& pattern : patterns_) {
    const double sum =
        std::accumulate(pattern.begin(), pattern.end(), 0.0,
                        [&](double so_far, std::uint32_t day) { return so_far + costs[day]; });
    if (sum < best.cost && has_all_kept(pattern, kept)) {
      best.cost = sum;
      chosen = &pattern;
    }
  }
  best.days = chosen != nullptr ? *chosen : Pattern{};
  return best;
}

/// By day of the last visit so far, one visit after the other (dynamic programming).
DayRule::Choice DayRule::cheapest_chain(const std::vector<double>& costs, const Marks& kept) const {
  const std::size_t days = allowed_.size();
  const std::vector<std::uint32_t> barrier = kept_before(kept);
  const auto first_kept =
      static_cast<std::size_t>(std::find(kept.begin(), kept.end(), 1) - kept.begin());
  std::vector<double> sums(days * times_, kForever);
  std::vector<std::uint32_t> before(days * times_, 0);
  const auto priced = [&](std::size_t day) { return allowed_[day] != 0 && costs[day] < kForever; };
  for (std::size_t day = 0; day < days && day <= first_kept; ++day) {
    sums[day] = priced(day) ? costs[day] : kForever;
  }
  for (std::size_t count = 1; count < times_; ++count) {
    const double* last = &sums[(count - 1) * days];
    for (std::size_t day = gap_min_; day < days; ++day) {
      const std::size_t from =
          std::max<std::size_t>(barrier[day], day > gap_max_ ? day - gap_max_ : 0);
      const std::size_t at = count * days + day;
      for (std::size_t other = from; priced(day) && other + gap_min_ <= day; ++other) {
        if (last[other] + costs[day] < sums[at]) {
          sums[at] = last[other] + costs[day];
          before[at] = static_cast<std::uint32_t>(other);
        }
      }
    }
  }
  std::size_t last_kept = days;
  while (last_kept > 0 && kept[last_kept - 1] == 0) {
    --last_kept;
  }
  Choice best;
  std::size_t end = 0;
  for (std::size_t day = last_kept == 0 ? 0 : last_kept - 1; day < days; ++day) {
    const double sum = sums[(times_ - 1) * days + day];
    if (sum < best.cost) {
      best.cost = sum;
      end = day;
    }
  }
  for (std::size_t count = times_; best.cost < kForever && count-- > 0;) {
    best.days.push_back(static_cast<std::uint32_t>(end));
    end = before[count * days + end];
  }
  std::reverse(best.days.begin(), best.days.end());
  return best;
}

}  // namespace huan::routing
