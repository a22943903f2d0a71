// SPDX-License-Identifier: Apache-2.0
#include "zones.hpp"

#include <algorithm>

#include "timing.hpp"

namespace huan::routing {

namespace {

std::uint64_t key_of(Index a, Index b) { return (std::uint64_t{a} << 32U) | b; }

}  // namespace

ZoneMap::ZoneMap(const Problem& problem, const Zone& zone)
    : problem_(&problem), outline_(zone.rings) {
  for (const Window& window : zone.open) {
    if (!open_.empty() && window.from <= open_.back().to) {
      open_.back().to = std::max(open_.back().to, window.to);
    } else {
      open_.push_back(window);
    }
  }
  inside_.assign(problem.places.size(), 0);
  for (std::size_t i = 0; i < inside_.size() && !outline_.empty(); ++i) {
    inside_[i] = outline_.holds(problem.places[i]) ? 1 : 0;
  }
  for (const Index place : zone.places) {
    inside_[place] = 1;
  }
  ways_.reserve(zone.ways.size());
  for (const auto& [from, to] : zone.ways) {
    ways_.push_back(key_of(from, to));
  }
  std::sort(ways_.begin(), ways_.end());
}

void ZoneMap::add_parts(Index a, Index b, bool straight, std::vector<Part>& parts) const {
  const std::size_t places = problem_->places.size();
  if (a >= places || b >= places || a == b) {
    return;
  }
  if (std::binary_search(ways_.begin(), ways_.end(), key_of(a, b))) {
    parts.push_back({0, 1});
    return;
  }
  const Place& from = problem_->places[a];
  const Place& to = problem_->places[b];
  if (!straight || !outline_.near(from, to)) {
    return;
  }
  std::vector<double> cuts{0, 1};
  outline_.add_cuts(from, to, cuts);
  std::sort(cuts.begin(), cuts.end());
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    const double middle = (cuts[i] + cuts[i + 1]) / 2;
    if (cuts[i] < cuts[i + 1] &&
        outline_.holds({from.x + middle * (to.x - from.x), from.y + middle * (to.y - from.y)})) {
      parts.push_back({cuts[i], cuts[i + 1]});
    }
  }
}

double ZoneMap::missed(double from, double to) const {
  double least = kForever;
  for (const Window& window : open_) {
    least = std::min(least, std::max(to, window.from + (to - from)) - window.to);
  }
  return std::max(0.0, least);
}

double ZoneMap::shift(double from, double to, double& until) const {
  for (const Window& window : open_) {
    if (from >= window.from - kSlack && to <= window.to + kSlack) {
      until = window.to;
      return 0;
    }
    if (window.from > from && to - from <= window.to - window.from + kSlack) {
      until = window.to;
      return window.from - from;
    }
  }
  return kForever;
}

}  // namespace huan::routing
