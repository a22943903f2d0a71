// SPDX-License-Identifier: Apache-2.0
#include "arcs.hpp"

#include <algorithm>
#include <limits>

namespace huan::siting {

Arcs near_arcs(const Space& space, const std::vector<std::uint8_t>& allowed,
               const std::vector<double>& radius) {
  Arcs arcs;
  std::vector<std::uint32_t> place(space.candidates(), kNone);
  for (std::uint32_t j = 0; j < space.candidates(); ++j) {
    if (allowed[j] != 0) {
      place[j] = static_cast<std::uint32_t>(arcs.candidates.size());
      arcs.candidates.push_back(j);
    }
  }
  arcs.ceiling.assign(space.customers(), space.far());
  arcs.limit = radius;
  arcs.start.reserve(std::size_t{space.customers()} + 1);
  arcs.start.push_back(0);
  std::vector<std::pair<double, std::uint32_t>> row;
  for (std::uint32_t u = 0; u < space.customers(); ++u) {
    row.clear();
    space.near(u, radius[u], [&](std::uint32_t j, double d) {
      if (place[j] != kNone) {
        row.emplace_back(d, place[j]);
      }
    });
    std::sort(row.begin(), row.end());
    for (const auto& [d, j] : row) {
      arcs.candidate.push_back(j);
      arcs.distance.push_back(d);
    }
    arcs.start.push_back(arcs.candidate.size());
  }
  return arcs;
}

Arcs unlisted_arcs(const Space& space, const std::vector<std::uint8_t>& allowed) {
  Arcs arcs = near_arcs(space, allowed, std::vector<double>(space.customers(), 0.0));
  arcs.unlisted = &space;
  arcs.limit.assign(space.customers(), std::numeric_limits<double>::infinity());
  arcs.place.assign(space.candidates(), kNone);
  for (std::uint32_t k = 0; k < arcs.candidates.size(); ++k) {
    arcs.place[arcs.candidates[k]] = k;
  }
  return arcs;
}

Arcs reduced(const Arcs& arcs, const std::vector<std::uint8_t>& decided) {
  Arcs out;
  out.p = arcs.p;
  out.ceiling = arcs.ceiling;
  out.limit = arcs.limit;
  out.opened = arcs.opened;
  std::vector<std::uint32_t> place(arcs.candidates.size(), kNone);
  for (std::uint32_t j = 0; j < arcs.candidates.size(); ++j) {
    if (decided[j] == 0) {
      place[j] = static_cast<std::uint32_t>(out.candidates.size());
      out.candidates.push_back(arcs.candidates[j]);
    } else if (decided[j] == 2) {
      out.opened.push_back(arcs.candidates[j]);
      --out.p;
    }
  }
  out.start.reserve(arcs.start.size());
  out.start.push_back(0);
  for (std::uint32_t u = 0; u < arcs.customers(); ++u) {
    for (std::uint64_t k = arcs.start[u]; k < arcs.start[u + 1]; ++k) {
      const std::uint32_t j = arcs.candidate[k];
      if (arcs.distance[k] >= out.ceiling[u]) {
        break;
      }
      if (decided[j] == 2) {
        out.ceiling[u] = arcs.distance[k];
        break;
      }
      if (place[j] != kNone) {
        out.candidate.push_back(place[j]);
        out.distance.push_back(arcs.distance[k]);
      }
    }
    out.start.push_back(out.candidate.size());
  }
  return out;
}

Arcs nearest_arcs(const Space& space, const siting_problem::Problem& problem, std::size_t count) {
  const std::uint32_t m = problem.candidate_count;
  std::vector<double> radius(problem.customer_count, std::numeric_limits<double>::infinity());
  std::vector<double> heap;
  for (std::uint32_t u = 0; u < problem.customer_count && count < m; ++u) {
    heap.clear();
    double limit = std::numeric_limits<double>::infinity();
    space.candidate_tree().walk(
        space.customer_spot(u), [&](std::uint32_t, double away) { return away <= limit; },
        [&](std::uint32_t, double apart) {
          if (heap.size() < count || apart < heap.front()) {
            heap.push_back(apart);
            std::push_heap(heap.begin(), heap.end());
            if (heap.size() > count) {
              std::pop_heap(heap.begin(), heap.end());
              heap.pop_back();
              limit = heap.front();
            }
          }
        });
    radius[u] = space.metric(heap.front()) * (1 + 1e-9) + 1e-9;
  }
  std::vector<std::uint8_t> allowed(m, 1);
  for (std::uint32_t j = 0; j < m; ++j) {
    allowed[j] = problem.is_forbidden(j) ? 0 : 1;
  }
  Arcs arcs = near_arcs(space, allowed, radius);
  arcs.p = static_cast<std::uint32_t>(problem.p);
  return arcs;
}

}  // namespace huan::siting
