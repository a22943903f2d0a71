// SPDX-License-Identifier: Apache-2.0
#include "huan/siting/reach.hpp"

#include <algorithm>
#include <iterator>

#include "network_ground.hpp"

namespace huan::siting {
namespace {

Reach rows_of(const Network& network, const std::vector<std::uint8_t>& reached) {
  Reach out;
  std::vector<ReachRow> rows(2 * network.districts.size());
  for (std::uint32_t h = 0; h < network.homes.size(); ++h) {
    const auto& home = network.homes[h];
    ReachRow& row = rows[2 * home.district + (home.urban ? 0 : 1)];
    row.district = home.district;
    row.urban = home.urban;
    row.households += home.households;
    row.people += home.people;
    if (reached[h] != 0) {
      row.households_reached += home.households;
      row.people_reached += home.people;
    } else {
      out.gaps.push_back(h);
    }
  }
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(out.rows),
               [](const ReachRow& row) { return row.households > 0; });
  return out;
}

}  // namespace

Reach reach_of(const Network& network, const std::vector<siting_problem::Point>& places,
               double metres) {
  const Ground ground(network);
  std::vector<Spot> spots;
  spots.reserve(places.size());
  for (const auto& place : places) {
    spots.push_back(spot_of(place));
  }
  const KdTree tree(spots);
  std::vector<std::uint8_t> reached(network.homes.size(), 0);
  std::vector<double> nearest(network.homes.size(), -1);
  constexpr double kFarthest = 5;  // squared chords of the unit sphere end at 4
  for (std::size_t h = 0; h < reached.size() && !spots.empty(); ++h) {
    double best = kFarthest;
    tree.walk(
        ground.home_spots[h], [&](std::uint32_t, double away) { return away < best; },
        [&](std::uint32_t, double apart) { best = std::min(best, apart); });
    nearest[h] = ground.metres_of(best);
    reached[h] = nearest[h] <= metres ? 1 : 0;
  }
  Reach out = rows_of(network, reached);
  out.nearest_metres = std::move(nearest);
  return out;
}

Reach reach_of(const Network& network, const siting_problem::NetworkPlan& plan) {
  std::vector<std::uint8_t> reached(network.homes.size(), 0);
  for (std::size_t h = 0; h < reached.size() && h < plan.served.size(); ++h) {
    reached[h] = plan.served[h] != kNobody ? 1 : 0;
  }
  return rows_of(network, reached);
}

}  // namespace huan::siting
