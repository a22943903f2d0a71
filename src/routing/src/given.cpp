// SPDX-License-Identifier: Apache-2.0
// The plan in force as the search reads it: which visits stand for what it says.
#include <algorithm>

#include "model.hpp"

namespace huan::routing {

/// The visit of a stop with a forecast that a given plan makes on the day; -1 if it cannot be.
int Model::due_on(const Options& options, Index stop, std::uint32_t day) const {
  std::int32_t last = -1;
  int here = 0;
  for (const GivenRoute& route : options.start) {
    const std::uint32_t on = problem->vehicles[route.vehicle].shifts[route.shift].day;
    for (const GivenVisit& visit : route.visits) {
      if (visit.stop == stop) {
        here += on == day ? 1 : 0;
        last = on < day ? std::max(last, static_cast<std::int32_t>(on)) : last;
      }
    }
  }
  for (int visit = first_visit(stop); here == 1 && visit < end_visit(stop); ++visit) {
    const Due& due = dues[static_cast<std::size_t>(visit)];
    if (due.day == day && due.last == last) {
      return visit;
    }
  }
  return -1;
}

/// The stop's visit that stands for one more of a given plan: of a pair, the one whose other half
/// the route has; otherwise the first that is not taken. -1 if there is none.
int Model::next_of(Index stop, const std::vector<int>& route,
                   const std::vector<std::uint8_t>& taken) const {
  int first = -1;
  for (int visit = end_visit(stop); visit-- > first_visit(stop);) {
    if (taken[static_cast<std::size_t>(visit)] != 0) {
      continue;
    }
    const int other = leaves(visit) ? mate(visit) : -1;
    if (other >= 0 && std::find(route.begin(), route.end(), other) != route.end()) {
      return visit;
    }
    first = visit;
  }
  return first;
}

void Model::note_given(const Options& options) {
  given.resize(slots.size());
  frozen_codes.resize(slots.size());
  std::vector<std::uint8_t> taken(sites.size(), 0);
  for (const GivenRoute& route : options.start) {
    const auto slot = std::find_if(slots.begin(), slots.end(), [&](const Slot& candidate) {
      return candidate.vehicle == route.vehicle && candidate.shift == route.shift;
    });
    const auto number = static_cast<std::size_t>(slot - slots.begin());
    for (std::size_t k = 0; k < route.visits.size(); ++k) {
      const GivenVisit& visit = route.visits[k];
      if (visit.facility != kNone) {
        given[number].push_back(-1 - static_cast<int>(visit.facility));
      } else if (has_forecast(problem->stops[visit.stop])) {
        const int visit_number = due_on(options, visit.stop, slot->day);
        if (visit_number < 0) {
          continue;
        }
        given[number].push_back(visit_number);
      } else if (const int one = next_of(visit.stop, given[number], taken); one >= 0) {
        given[number].push_back(one);
        taken[static_cast<std::size_t>(one)] = 1;
      } else {
        continue;  // given once too often
      }
      frozen_codes[number] += k < route.frozen ? 1 : 0;
    }
    frozen = frozen || frozen_codes[number] > 0;
    begun.resize(frozen ? sites.size() : 0);
    for (int k = 0; k < frozen_codes[number]; ++k) {
      const int code = given[number][static_cast<std::size_t>(k)];
      if (code >= 0) {
        begun[static_cast<std::size_t>(code)] = 1;
      }
    }
  }
}

}  // namespace huan::routing
