// SPDX-License-Identifier: Apache-2.0
#include "network_rules.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "measure.hpp"

namespace huan::siting_check {
namespace {

using siting_problem::Area;
using siting_problem::Point;
using siting_problem::Rule;
using siting_problem::RuleKind;
using siting_problem::Site;
using siting_problem::Standing;
using siting_problem::Who;

constexpr double kMetresOfDegree = siting_problem::kEarthRadiusM * std::numbers::pi / 180;

bool counts(Who who, bool urban) { return who == Who::everyone || urban == (who == Who::urban); }

std::uint32_t where(Area area, std::uint32_t district, std::uint32_t street,
                    std::uint32_t community) {
  if (area == Area::all) {
    return 0;
  }
  return area == Area::district ? district : (area == Area::street ? street : community);
}

std::size_t size_of(Area area, const Network& network) {
  if (area == Area::all) {
    return 1;
  }
  return area == Area::district
             ? network.districts.size()
             : (area == Area::street ? network.streets.size() : network.communities.size());
}

/// The flat distance from `at` to the stretch between two corners, by the angle at each end.
double to_stretch(const Point& at, const Point& a, const Point& b) {
  const double east = kMetresOfDegree * std::cos(at.y * std::numbers::pi / 180);
  const double ax = (a.x - at.x) * east;
  const double ay = (a.y - at.y) * kMetresOfDegree;
  const double bx = (b.x - at.x) * east;
  const double by = (b.y - at.y) * kMetresOfDegree;
  const double side = std::hypot(bx - ax, by - ay);
  const bool before = ax * (bx - ax) + ay * (by - ay) >= 0;
  const bool behind = bx * (ax - bx) + by * (ay - by) >= 0;
  if (side <= 0 || before || behind) {
    return std::min(std::hypot(ax, ay), std::hypot(bx, by));
  }
  return std::abs(ax * by - ay * bx) / side;
}

/// How often the edges of a ring go round the point.
bool goes_round(const std::vector<Point>& ring, const Point& at) {
  bool odd = false;
  for (std::size_t k = 0; k < ring.size(); ++k) {
    const Point& a = ring[k];
    const Point& b = ring[(k + 1) % ring.size()];
    if ((a.y > at.y) != (b.y > at.y)) {
      const double crossing = a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x);
      odd = odd != (crossing > at.x);
    }
  }
  return odd;
}

bool too_near(const siting_problem::Zone& zone, const Point& at, double metres) {
  bool inside = false;
  const double far = metres / kMetresOfDegree + 1e-9;
  for (const auto& line : zone.lines) {
    const auto [low, high] = std::minmax_element(
        line.begin(), line.end(), [](const Point& a, const Point& b) { return a.y < b.y; });
    if (line.empty() || low->y - far > at.y || high->y + far < at.y) {
      continue;
    }
    inside = inside != (zone.filled && goes_round(line, at));
    for (std::size_t k = 0; k < line.size(); ++k) {
      const bool joined = zone.filled || k + 1 < line.size();
      if (to_stretch(at, line[k], line[joined ? (k + 1) % line.size() : k]) <= metres) {
        return true;
      }
    }
  }
  return inside;
}

}  // namespace

Strips::Strips(std::vector<Point> points) : order_(points.size()) {
  std::iota(order_.begin(), order_.end(), 0U);
  std::sort(order_.begin(), order_.end(),
            [&](std::uint32_t a, std::uint32_t b) { return points[a].y < points[b].y; });
  sorted_.reserve(points.size());
  for (const std::uint32_t k : order_) {
    sorted_.push_back(points[k]);
  }
}

double Strips::straight(const Point& a, const Point& b) { return on_sphere(a, b); }

std::pair<std::size_t, std::size_t> Strips::band(double latitude, double metres) const {
  const double degrees = metres / kMetresOfDegree * (1 + 1e-9) + 1e-9;
  const auto low = std::partition_point(sorted_.begin(), sorted_.end(), [&](const Point& point) {
    return point.y < latitude - degrees;
  });
  const auto high = std::partition_point(
      low, sorted_.end(), [&](const Point& point) { return point.y <= latitude + degrees; });
  return {static_cast<std::size_t>(low - sorted_.begin()),
          static_cast<std::size_t>(high - sorted_.begin())};
}

double Strips::nearest(const Point& from) const {
  double best = std::numeric_limits<double>::infinity();
  const auto middle = std::partition_point(sorted_.begin(), sorted_.end(),
                                           [&](const Point& point) { return point.y < from.y; });
  for (auto at = middle; at != sorted_.end() && (at->y - from.y) * kMetresOfDegree <= best; ++at) {
    best = std::min(best, straight(from, *at));
  }
  for (auto at = middle;
       at != sorted_.begin() && (from.y - std::prev(at)->y) * kMetresOfDegree <= best; --at) {
    best = std::min(best, straight(from, *std::prev(at)));
  }
  return best;
}

std::vector<std::uint8_t> fixed_sites(const Network& network) {
  const bool kept = std::any_of(network.rules.begin(), network.rules.end(),
                                [](const Rule& rule) { return rule.kind == RuleKind::kept; });
  std::vector<std::uint8_t> fixed;
  fixed.reserve(network.sites.size());
  for (const Site& site : network.sites) {
    const bool stays = kept && site.standing == Standing::existing;
    fixed.push_back(site.standing == Standing::required || stays ? 1 : 0);
  }
  return fixed;
}

std::vector<std::uint8_t> barred_sites(const Network& network) {
  std::vector<std::uint8_t> barred(network.sites.size(), 0);
  std::vector<Point> homes;
  homes.reserve(network.homes.size());
  for (const auto& home : network.homes) {
    homes.push_back(home.at);
  }
  const Strips strips(homes);
  for (std::size_t j = 0; j < network.sites.size(); ++j) {
    const Site& site = network.sites[j];
    if (site.standing == Standing::forbidden) {
      barred[j] = 1;
    }
    if (site.standing == Standing::existing || site.standing == Standing::closable) {
      continue;
    }
    for (const Rule& rule : network.rules) {
      if (rule.kind == RuleKind::away_from_homes && rule.tier == site.tier) {
        strips.within(site.at, rule.metres, [&](std::uint32_t, double) { barred[j] = 1; });
      }
      if (rule.kind == RuleKind::away_from_zones && rule.tier == site.tier && barred[j] == 0) {
        const bool near =
            std::any_of(network.zones.begin(), network.zones.end(), [&](const auto& zone) {
              return (rule.zone.empty() || zone.kind == rule.zone) &&
                     too_near(zone, site.at, rule.metres);
            });
        barred[j] = near ? 1 : 0;
      }
    }
  }
  return barred;
}

Asked asked_by(const Network& network, std::uint32_t index,
               const std::vector<std::uint8_t>& barred) {
  const Rule& rule = network.rules[index];
  Asked asked;
  asked.sites.assign(size_of(rule.area, network), rule.sites);
  asked.counting.resize(asked.sites.size());
  std::vector<double> households(asked.sites.size(), 0);
  std::vector<double> streets(asked.sites.size(), 0);
  for (const auto& home : network.homes) {
    if (counts(rule.who, home.urban)) {
      households[where(rule.area, home.district, home.street, home.community)] += home.households;
    }
  }
  if (rule.area != Area::community) {
    for (std::uint32_t s = 0; s < network.streets.size(); ++s) {
      streets[where(rule.area, network.district_of_street[s], s, 0)] += 1;
    }
  }
  for (std::size_t a = 0; a < asked.sites.size(); ++a) {
    if (rule.households_per_site > 0) {
      asked.sites[a] = std::max(asked.sites[a], households[a] / rule.households_per_site);
    }
    if (rule.streets_per_site > 0) {
      asked.sites[a] = std::max(asked.sites[a], streets[a] / rule.streets_per_site);
    }
    const double eased = rule.kind == RuleKind::at_most ? -rule.eased : rule.eased;
    asked.sites[a] = std::ceil(std::max(0.0, asked.sites[a] - eased) - 1e-9);
  }
  for (std::uint32_t j = 0; j < network.sites.size(); ++j) {
    const Site& site = network.sites[j];
    if (barred[j] != 0 || site.tier != rule.tier || !counts(rule.who, site.urban)) {
      continue;
    }
    asked.counting[where(rule.area, site.district, site.street, site.community)].push_back(j);
    for (const siting_problem::Pair& pair : network.neighbours) {
      if (rule.neighbours && (pair.a == site.district || pair.b == site.district)) {
        asked.counting[pair.a == site.district ? pair.b : pair.a].push_back(j);
      }
    }
  }
  return asked;
}

Cover cover_of(const Network& network, std::uint32_t index) {
  const Rule& rule = network.rules[index];
  Cover cover;
  cover.households.assign(size_of(rule.area, network), 0);
  cover.homes.resize(cover.households.size());
  for (std::uint32_t h = 0; h < network.homes.size(); ++h) {
    const auto& home = network.homes[h];
    if (counts(rule.who, home.urban)) {
      const std::uint32_t a = where(rule.area, home.district, home.street, home.community);
      cover.households[a] += home.households * rule.share;
      cover.homes[a].push_back(h);
    }
  }
  return cover;
}

}  // namespace huan::siting_check
