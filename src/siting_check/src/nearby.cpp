// SPDX-License-Identifier: Apache-2.0
#include "nearby.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace huan::siting_check {
namespace {

using siting_problem::Metric;

constexpr double kWider = 1 + 1e-9;
constexpr double kDegree = std::numbers::pi / 180;
constexpr double kHalfTurn = 180;
constexpr double kInStrip = 4;  ///< candidates in a square of a strip's width, about

}  // namespace

Nearby::Nearby(const siting_problem::Problem& problem)
    : problem_(problem),
      sphere_(problem.metric == Metric::great_circle),
      order_(problem.candidate_count) {
  const auto& points = problem.candidates;
  const auto across = [&](std::uint32_t j) { return sphere_ ? points[j].y : points[j].x; };
  const auto along = [&](std::uint32_t j) { return sphere_ ? points[j].x : points[j].y; };
  std::iota(order_.begin(), order_.end(), 0U);
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return across(a) != across(b) ? across(a) < across(b) : a < b;
  });
  const auto count = static_cast<std::size_t>(
      1 + std::sqrt(static_cast<double>(problem.candidate_count) / kInStrip));
  low_ = order_.empty() ? 0 : across(order_.front());
  const double high = order_.empty() ? 0 : across(order_.back());
  width_ = high > low_ ? (high - low_) / static_cast<double>(count) : 1;
  strips_.resize(count + 1);
  std::size_t at = 0;
  for (std::size_t s = 0; s < strips_.size(); ++s) {
    strips_[s].begin = at;
    while (at < order_.size() && strip_of(across(order_[at])) == s) {
      ++at;
    }
    strips_[s].end = at;
    std::sort(order_.begin() + static_cast<std::ptrdiff_t>(strips_[s].begin),
              order_.begin() + static_cast<std::ptrdiff_t>(at),
              [&](std::uint32_t a, std::uint32_t b) { return along(a) < along(b); });
  }
  along_.reserve(order_.size());
  for (const std::uint32_t j : order_) {
    along_.push_back(along(j));
  }
}

std::size_t Nearby::strip_of(double across) const {
  const double place = (across - low_) / width_;
  const double most = static_cast<double>(strips_.size() - 1);
  return static_cast<std::size_t>(std::clamp(place, 0.0, most));
}

std::size_t Nearby::lower(const Strip& strip, double from) const {
  const auto begin = along_.begin() + static_cast<std::ptrdiff_t>(strip.begin);
  const auto end = along_.begin() + static_cast<std::ptrdiff_t>(strip.end);
  return static_cast<std::size_t>(std::lower_bound(begin, end, from) - along_.begin());
}

Nearby::Reach Nearby::reach_of(std::uint32_t customer, double distance) const {
  const siting_problem::Point& at = problem_.customers[customer];
  const double plain = distance / problem_.detour;
  const double everywhere = std::numeric_limits<double>::infinity();
  Reach reach;
  if (!sphere_) {
    const double wide = (plain + (problem_.metric == Metric::planar_floor ? 1 : 0)) * kWider +
                        1e-9 * (std::abs(at.x) + std::abs(at.y));
    reach.first = strip_of(at.x - wide);
    reach.last = strip_of(at.x + wide);
    reach.from = at.y - wide;
    reach.to = at.y + wide;
    return reach;
  }
  const double angle = plain / siting_problem::kEarthRadiusM * kWider + 1e-9;
  const double degrees = angle / kDegree;
  reach.first = strip_of(at.y - degrees);
  reach.last = strip_of(at.y + degrees);
  reach.from = -everywhere;
  reach.to = everywhere;
  // Meridians draw together; beside a pole or the date line the whole strip is looked at.
  const double level = std::cos(at.y * kDegree);
  if (angle < std::numbers::pi / 2 && std::sin(angle) < level) {
    const double wide = std::asin(std::sin(angle) / level) / kDegree * kWider + 1e-9;
    if (at.x - wide > -kHalfTurn && at.x + wide < kHalfTurn) {
      reach.from = at.x - wide;
      reach.to = at.x + wide;
    }
  }
  return reach;
}

}  // namespace huan::siting_check
