// SPDX-License-Identifier: Apache-2.0
#include "arcs.hpp"

#include <algorithm>

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

}  // namespace huan::siting
