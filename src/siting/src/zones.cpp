// SPDX-License-Identifier: Apache-2.0
#include "zones.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace huan::siting {
namespace {

using siting_problem::Point;

constexpr double kRadianOf = std::numbers::pi / 180;
constexpr double kDegreeM = siting_problem::kEarthRadiusM * kRadianOf;
constexpr double kBandsMost = 4'096;
constexpr double kHairM = 1e-6;

/// Of a point to the origin, along the stretch between two others.
double apart_squared(const Point& a, const Point& b) {
  const Point along{b.x - a.x, b.y - a.y};
  const double length = along.x * along.x + along.y * along.y;
  const double part =
      length > 0 ? std::clamp(-(a.x * along.x + a.y * along.y) / length, 0.0, 1.0) : 0;
  const Point foot{a.x + part * along.x, a.y + part * along.y};
  return foot.x * foot.x + foot.y * foot.y;
}

}  // namespace

ZoneBands::ZoneBands(const siting_problem::Network& network, std::string_view kind, double metres)
    : metres_(metres + kHairM) {
  for (std::uint32_t z = 0; z < network.zones.size(); ++z) {
    if (kind.empty() || network.zones[z].kind == kind) {
      add(network.zones[z], z);
    }
  }
  if (edges_.empty()) {
    return;
  }
  double high = -kDegreeM;
  low_ = kDegreeM;
  for (const Edge& edge : edges_) {
    low_ = std::min({low_, edge.from.y, edge.to.y});
    high = std::max({high, edge.from.y, edge.to.y});
  }
  const double pad = metres_ / kDegreeM;
  low_ -= pad;
  high += pad;
  height_ = std::max({2 * pad, (high - low_) / kBandsMost, 1e-9});
  bands_.resize(static_cast<std::size_t>((high - low_) / height_) + 1);
  for (std::uint32_t e = 0; e < edges_.size(); ++e) {
    const auto [bottom, top] = std::minmax(edges_[e].from.y, edges_[e].to.y);
    for (std::size_t b = band(bottom - pad); b <= band(top + pad); ++b) {
      bands_[b].push_back(e);
    }
  }
}

void ZoneBands::add(const siting_problem::Zone& zone, std::uint32_t number) {
  for (const auto& line : zone.lines) {
    for (std::size_t k = 0; k < line.size(); ++k) {
      const bool closes = zone.filled && k + 1 == line.size();
      if (k + 1 < line.size() || closes || line.size() == 1) {
        edges_.push_back({line[k], line[(k + 1) % line.size()], number, zone.filled});
      }
    }
  }
}

std::size_t ZoneBands::band(double latitude) const {
  const double at =
      std::clamp((latitude - low_) / height_, 0.0, static_cast<double>(bands_.size()) - 1);
  return static_cast<std::size_t>(at);
}

bool ZoneBands::near(const Point& site) const {
  if (bands_.empty() || site.y < low_ ||
      site.y > low_ + height_ * static_cast<double>(bands_.size())) {
    return false;
  }
  const double shrink = std::cos(site.y * kRadianOf);
  const auto plane = [&](const Point& point) {
    return Point{(point.x - site.x) * shrink * kDegreeM, (point.y - site.y) * kDegreeM};
  };
  std::vector<std::uint32_t> crossed;
  for (const std::uint32_t e : bands_[band(site.y)]) {
    const Edge& edge = edges_[e];
    const Point a = plane(edge.from);
    const Point b = plane(edge.to);
    if (apart_squared(a, b) <= metres_ * metres_) {
      return true;
    }
    if (edge.filled && (a.y > 0) != (b.y > 0) && a.x - a.y * (b.x - a.x) / (b.y - a.y) > 0) {
      crossed.push_back(edge.zone);
    }
  }
  std::sort(crossed.begin(), crossed.end());
  for (std::size_t k = 0; k < crossed.size();) {
    const auto [first, last] = std::equal_range(crossed.begin(), crossed.end(), crossed[k]);
    if ((last - first) % 2 != 0) {
      return true;
    }
    k = static_cast<std::size_t>(last - crossed.begin());
  }
  return false;
}

}  // namespace huan::siting
