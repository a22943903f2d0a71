// SPDX-License-Identifier: Apache-2.0
#include "forecast.hpp"

#include <algorithm>
#include <set>

#include "patterns.hpp"

namespace huan::routing {

namespace {

std::int64_t number_at(const Load& load, std::size_t d) { return d < load.size() ? load[d] : 0; }

/// What stands there on a day.
Load grown(const Problem& problem, const Visits& visits, std::int64_t day, std::int64_t last) {
  Load load(problem.dimensions.size(), 0);
  for (std::size_t d = 0; d < load.size(); ++d) {
    load[d] = last < 0 ? number_at(visits.stored, d) + day * number_at(visits.growth, d)
                       : (day - last) * number_at(visits.growth, d);
  }
  return load;
}

bool has_room(const Visits& visits, const Load& load) {
  for (std::size_t d = 0; d < load.size(); ++d) {
    if (load[d] > kLoadMax || (d < visits.limit.size() && load[d] > visits.limit[d])) {
      return false;
    }
  }
  return true;
}

/// Each two visits that follow each other in some pattern.
std::vector<Due> dues_of_patterns(const Problem& problem, const Visits& visits) {
  std::set<std::pair<std::uint32_t, std::int32_t>> steps;
  for (const auto& pattern : given_patterns(visits)) {
    std::int32_t last = -1;
    for (const std::uint32_t day : pattern) {
      steps.emplace(day, last);
      last = static_cast<std::int32_t>(day);
    }
  }
  std::vector<Due> dues;
  for (const auto& [day, last] : steps) {
    Load load = grown(problem, visits, day, last);
    if (has_room(visits, load)) {
      dues.push_back({day, last, std::move(load)});
    }
  }
  return dues;
}

bool gap_fits(const Visits& visits, std::int64_t gap) {
  return gap >= visits.gap_days_min && (visits.gap_days_max == 0 || gap <= visits.gap_days_max);
}

}  // namespace

std::vector<Due> dues_of(const Problem& problem, const Visits& visits) {
  if (!visits.patterns.empty()) {
    return dues_of_patterns(problem, visits);
  }
  std::vector<std::int64_t> days;
  for (std::uint32_t day = 0; day < problem.days; ++day) {
    if (visits.days.empty() ||
        std::find(visits.days.begin(), visits.days.end(), day) != visits.days.end()) {
      days.push_back(day);
    }
  }
  std::vector<Due> dues;
  for (const std::int64_t day : days) {
    for (std::int64_t last = -1; last < day; ++last) {
      const bool reached = last < 0 || (std::binary_search(days.begin(), days.end(), last) &&
                                        gap_fits(visits, day - last));
      if (!reached) {
        continue;
      }
      Load load = grown(problem, visits, day, last);
      if (has_room(visits, load)) {
        dues.push_back(
            {static_cast<std::uint32_t>(day), static_cast<std::int32_t>(last), std::move(load)});
      }
    }
  }
  return dues;
}

bool lasts(const Problem& problem, const Visits& visits, std::uint32_t day) {
  return visits.limit.empty() ||
         has_room(visits, grown(problem, visits, std::int64_t{problem.days} - 1, day));
}

std::vector<std::size_t> dues_on(const std::vector<std::uint32_t>& pattern,
                                 std::span<const Due> dues) {
  std::vector<std::size_t> found;
  std::int32_t last = -1;
  for (const std::uint32_t day : pattern) {
    const auto due = std::find_if(dues.begin(), dues.end(), [&](const Due& one) {
      return one.day == day && one.last == last;
    });
    if (due == dues.end()) {
      return {};
    }
    found.push_back(static_cast<std::size_t>(due - dues.begin()));
    last = static_cast<std::int32_t>(day);
  }
  return found;
}

bool some_days_do(const Problem& problem, const Visits& visits, const std::vector<Due>& dues) {
  if (!visits.patterns.empty()) {
    const auto patterns = given_patterns(visits);
    return std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) {
      return lasts(problem, visits, pattern.back()) && !dues_on(pattern, dues).empty();
    });
  }
  std::vector<std::uint32_t> most(problem.days, 0);  // visits up to and on the day
  for (const Due& due : dues) {
    const std::uint32_t before = due.last < 0 ? 0 : most[static_cast<std::size_t>(due.last)];
    if (due.last < 0 || before > 0) {
      most[due.day] = std::max(most[due.day], before + 1);
    }
  }
  for (std::uint32_t day = 0; day < problem.days; ++day) {
    if (most[day] >= std::max(1U, visits.times) && lasts(problem, visits, day)) {
      return true;
    }
  }
  return false;
}

}  // namespace huan::routing
