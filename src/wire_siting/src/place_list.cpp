// SPDX-License-Identifier: Apache-2.0
#include "place_list.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "huan/base/text_map.hpp"
#include "huan/registry/coordinates.hpp"

namespace huan::wire_siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Point;
using siting_problem::Problem;

constexpr double kDegree = 1e7;     ///< units of registry::Degrees
constexpr double kArcticFrom = 73;  ///< nobody's station lies north of it,
constexpr double kChinaFrom = 3;    ///< and latitudes of China are longitudes far from it
constexpr double kChinaTo = 54;

base::Result<Point> on_earth(const Place& place, registry::Datum datum) {
  const double longitude = *place.x;
  const double latitude = *place.y;
  const bool outside = std::abs(longitude) > 180 || std::abs(latitude) > 90;
  if (outside || (latitude >= kArcticFrom && longitude >= kChinaFrom && longitude <= kChinaTo)) {
    return Error{ErrorCode::bad_coordinates, place.at,
                 "longitude and latitude seem swapped: longitude comes first"};
  }
  const registry::Degrees given{static_cast<std::int32_t>(std::lround(latitude * kDegree)),
                                static_cast<std::int32_t>(std::lround(longitude * kDegree))};
  const auto location = registry::make_location(given, datum);
  if (!location) {
    return Error{ErrorCode::bad_coordinates, place.at, location.error().detail};
  }
  if (datum != registry::Datum::gcj02) {
    return Point{longitude, latitude};
  }
  return Point{location->at.lng_e7 / kDegree, location->at.lat_e7 / kDegree};
}

base::Result<registry::Datum> datum_of(const Ground& ground) {
  if (ground.datum.empty()) {
    return registry::Datum::wgs84;
  }
  std::string plain;
  for (const char c : ground.datum) {
    if (c != '-' && c != '_' && c != ' ') {
      plain.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
  }
  if (const auto datum = registry::datum_from(plain)) {
    return *datum;
  }
  return Error{ErrorCode::bad_coordinates, "datum", "WGS-84, CGCS2000 or GCJ-02 is expected"};
}

base::Result<void> check_doubles(const std::vector<Point>& points,
                                 const std::vector<std::string>& at) {
  std::vector<std::uint32_t> order(points.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto key = [&](std::uint32_t k) { return std::tuple{points[k].x, points[k].y, k}; };
    return key(a) < key(b);
  });
  for (std::size_t k = 1; k < order.size(); ++k) {
    const Point& a = points[order[k - 1]];
    const Point& b = points[order[k]];
    if (a.x == b.x && a.y == b.y) {
      return Error{ErrorCode::duplicate_point, at[order[k]],
                   "stands where " + at[order[k - 1]] + " stands"};
    }
  }
  return {};
}

/// Fills one vector for all of a side, or leaves it empty when nobody has the value.
base::Result<std::vector<double>> column(const std::vector<Place>& places,
                                         const std::vector<std::uint32_t>& side,
                                         std::optional<double> Place::* member, const char* what) {
  std::vector<double> values;
  for (const std::uint32_t k : side) {
    if ((places[k].*member).has_value()) {
      values.push_back(*(places[k].*member));
    }
  }
  if (!values.empty() && values.size() != side.size()) {
    const auto missing = std::find_if(side.begin(), side.end(), [&](std::uint32_t k) {
      return !(places[k].*member).has_value();
    });
    return Error{ErrorCode::bad_field, places[*missing].at,
                 std::string{what} + " is missing, which others have"};
  }
  return values;
}

struct Sides {
  std::vector<std::uint32_t> customers;
  std::vector<std::uint32_t> candidates;
};

base::Result<Sides> sides_of(const std::vector<Place>& places) {
  Sides sides;
  base::TextMap<std::string> ids;
  for (std::uint32_t k = 0; k < places.size(); ++k) {
    const Place& place = places[k];
    if (!place.id.empty()) {
      const auto [there, fresh] = ids.emplace(place.id, place.at);
      if (!fresh) {
        return Error{ErrorCode::duplicate_point, place.at, "has the id of " + there->second};
      }
    }
    const bool both = place.role.empty() || place.role == "both";
    if (!both && place.role != "customer" && place.role != "candidate") {
      return Error{ErrorCode::bad_field, place.at, "role is customer, candidate or both"};
    }
    if (both || place.role == "customer") {
      sides.customers.push_back(k);
    }
    if (both || place.role == "candidate") {
      sides.candidates.push_back(k);
    }
  }
  return sides;
}

base::Result<void> set_sizes(Problem& problem, const std::vector<Place>& places,
                             const std::vector<std::uint32_t>& candidates) {
  const bool any = std::any_of(candidates.begin(), candidates.end(),
                               [&](std::uint32_t k) { return !places[k].sizes.empty(); });
  if (!any || problem.kind != siting_problem::Kind::facility) {
    return {};
  }
  problem.sizes.reserve(candidates.size());
  for (std::size_t j = 0; j < candidates.size(); ++j) {
    const Place& place = places[candidates[j]];
    if (!place.sizes.empty()) {
      problem.sizes.push_back(place.sizes);
    } else if (!problem.capacity.empty() && !problem.cost.empty()) {
      problem.sizes.push_back({{problem.capacity[j], problem.cost[j]}});
    } else {
      return Error{ErrorCode::bad_field, place.at, "sizes are missing, which others have"};
    }
  }
  problem.capacity.clear();
  problem.cost.clear();
  return {};
}

base::Result<void> set_flags(Problem& problem, const std::vector<Place>& places,
                             const std::vector<std::uint32_t>& candidates) {
  for (std::size_t j = 0; j < candidates.size(); ++j) {
    const Place& place = places[candidates[j]];
    const bool required = place.status == "required" || place.status == "existing";
    if (!place.status.empty() && !required && place.status != "forbidden") {
      return Error{ErrorCode::bad_field, place.at, "status is required, existing or forbidden"};
    }
    if (!place.status.empty()) {
      auto& flags = required ? problem.required : problem.forbidden;
      flags.resize(candidates.size(), 0);
      flags[j] = 1;
    }
  }
  return {};
}

}  // namespace

base::Result<Problem> problem_of(std::vector<Place> places, const Ground& ground,
                                 const ReadOptions& options) {
  HUAN_TRY(datum, datum_of(ground));
  std::vector<Point> points;
  points.reserve(places.size());
  for (std::size_t k = 0; k < places.size(); ++k) {
    const Place& place = places[k];
    if (!place.x || !place.y) {
      return Error{ErrorCode::bad_coordinates, place.at, "coordinates are missing"};
    }
    Point point{*place.x, *place.y};
    if (ground.on_earth) {
      HUAN_TRY(moved, on_earth(place, datum));
      point = moved;
    }
    points.push_back(point);
  }
  HUAN_TRY(sides, sides_of(places));
  Problem problem;
  problem.kind = options.kind;
  problem.metric =
      ground.on_earth ? siting_problem::Metric::great_circle : siting_problem::Metric::planar;
  problem.p = options.p.value_or(0);
  problem.radius = options.radius;
  problem.detour = options.detour;
  std::vector<std::string> at;
  const auto take = [&](const std::vector<std::uint32_t>& side, std::vector<Point>& into,
                        std::vector<std::string>& ids) {
    at.clear();
    for (const std::uint32_t k : side) {
      into.push_back(points[k]);
      ids.push_back(places[k].id.empty() ? std::to_string(k + 1) : places[k].id);
      at.push_back(places[k].at);
    }
    return check_doubles(into, at);
  };
  HUAN_CHECK(take(sides.customers, problem.customers, problem.customer_ids));
  HUAN_CHECK(take(sides.candidates, problem.candidates, problem.candidate_ids));
  problem.customer_count = static_cast<std::uint32_t>(problem.customers.size());
  problem.candidate_count = static_cast<std::uint32_t>(problem.candidates.size());
  HUAN_TRY(weight, column(places, sides.customers, &Place::weight, "weight"));
  HUAN_TRY(demand, column(places, sides.customers, &Place::demand, "demand"));
  HUAN_TRY(capacity, column(places, sides.candidates, &Place::capacity, "capacity"));
  HUAN_TRY(cost, column(places, sides.candidates, &Place::cost, "cost"));
  problem.weight = weight.empty() ? demand : std::move(weight);
  problem.demand = std::move(demand);
  problem.capacity = std::move(capacity);
  problem.cost = std::move(cost);
  HUAN_CHECK(set_sizes(problem, places, sides.candidates));
  HUAN_CHECK(set_flags(problem, places, sides.candidates));
  return problem;
}

}  // namespace huan::wire_siting
