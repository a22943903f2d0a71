// SPDX-License-Identifier: Apache-2.0
#include "spatial_order.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

namespace huan::routing {

namespace {

constexpr std::uint32_t kSide = 1U << 16U;

/// How far along the curve through a square of kSide the cell is.
std::uint64_t along(std::uint32_t x, std::uint32_t y) {
  std::uint64_t distance = 0;
  for (std::uint32_t half = kSide / 2; half > 0; half /= 2) {
    const std::uint32_t right = (x & half) != 0 ? 1 : 0;
    const std::uint32_t upper = (y & half) != 0 ? 1 : 0;
    distance += std::uint64_t{half} * half * ((3 * right) ^ upper);
    if (upper == 0) {
      if (right == 1) {
        x = kSide - 1 - x;
        y = kSide - 1 - y;
      }
      std::swap(x, y);
    }
  }
  return distance;
}

}  // namespace

bool SpatialOrder::suits(const Problem& problem) {
  return std::none_of(problem.ways.begin(), problem.ways.end(),
                      [](const Travel& travel) { return travel.metric == Metric::matrix; });
}

SpatialOrder::SpatialOrder(const Problem& problem) {
  Place low{kForever, kForever};
  Place high{-kForever, -kForever};
  for (const Place& place : problem.places) {
    low = {std::min(low.x, place.x), std::min(low.y, place.y)};
    high = {std::max(high.x, place.x), std::max(high.y, place.y)};
  }
  const double side = std::max({high.x - low.x, high.y - low.y, 1e-9});
  const auto cell = [&](double offset) {
    return std::min(static_cast<std::uint32_t>(offset / side * kSide), kSide - 1);
  };
  std::vector<std::pair<std::uint64_t, Index>> keyed;
  keyed.reserve(problem.places.size());
  for (const Place& place : problem.places) {
    keyed.emplace_back(along(cell(place.x - low.x), cell(place.y - low.y)),
                       static_cast<Index>(keyed.size()));
  }
  std::sort(keyed.begin(), keyed.end());
  rank_.resize(keyed.size());
  for (const auto& [key, place] : keyed) {
    rank_[place] = static_cast<Index>(given_.size());
    given_.push_back(place);
  }
}

Problem SpatialOrder::ordered(const Problem& problem) const {
  Problem made = problem;
  const auto move = [&](Index& place) { place = place == kNone ? kNone : rank_[place]; };
  for (std::size_t rank = 0; rank < given_.size(); ++rank) {
    made.places[rank] = problem.places[given_[rank]];
  }
  for (Stop& stop : made.stops) {
    move(stop.place);
  }
  for (Facility& facility : made.facilities) {
    move(facility.place);
  }
  for (Vehicle& vehicle : made.vehicles) {
    move(vehicle.start);
    move(vehicle.end);
  }
  for (Travel& travel : made.ways) {
    for (Detour& detour : travel.detours) {
      move(detour.from);
      move(detour.to);
    }
    std::sort(travel.detours.begin(), travel.detours.end(), [](const Detour& a, const Detour& b) {
      return std::pair{a.from, a.to} < std::pair{b.from, b.to};
    });
  }
  for (Zone& zone : made.zones) {
    std::for_each(zone.places.begin(), zone.places.end(), move);
    for (auto& [from, to] : zone.ways) {
      move(from);
      move(to);
    }
  }
  return made;
}

void SpatialOrder::restore(Plan& plan) const {
  for (Route& route : plan.routes) {
    for (Step& step : route.steps) {
      step.place = step.place == kNone ? kNone : given_[step.place];
    }
  }
}

}  // namespace huan::routing
