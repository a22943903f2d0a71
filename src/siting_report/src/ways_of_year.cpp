// SPDX-License-Identifier: Apache-2.0
#include "ways_of_year.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numbers>
#include <numeric>

namespace huan::siting_report {
namespace {

using siting_problem::kNobody;
using siting_problem::RuleKind;

constexpr double kSameLoad = 1 + 1e-9;  // as the checker lets sums of one order pass for another

std::array<double, 3> spot_of(const siting_problem::Point& point) {
  const double north = point.y * std::numbers::pi / 180;
  const double east = point.x * std::numbers::pi / 180;
  return {std::cos(north) * std::cos(east), std::cos(north) * std::sin(east), std::sin(north)};
}

}  // namespace

WaysOfYear::WaysOfYear(const Network& network, const NetworkPlan& whole)
    : network_(network),
      whole_(whole),
      materials_(network.materials.size()),
      of_tier_(network.tiers.size()),
      mass_(network.sites.size() * materials_, 0),
      households_of_(network.sites.size(), 0),
      room_(network.sites.size(), std::numeric_limits<double>::infinity()) {
  double more = std::numeric_limits<double>::infinity();
  for (const auto& rule : network.rules) {
    more = rule.kind == RuleKind::capacity ? 1 + rule.eased : more;
  }
  spots_.reserve(network.sites.size());
  for (std::size_t j = 0; j < network.sites.size(); ++j) {
    const auto& site = network.sites[j];
    spots_.push_back(spot_of(site.at));
    if (site.capacity > 0 && std::isfinite(more)) {
      room_[j] = site.capacity * more * kSameLoad;
    }
  }
  for (const std::uint32_t site : whole.open) {
    of_tier_[network.sites[site].tier].push_back(site);
  }
  for (std::size_t h = 0; h < whole.served.size(); ++h) {
    const std::uint32_t leaf = whole.served[h];
    if (leaf == kNobody) {
      continue;
    }
    households_of_[leaf] += network.homes[h].households;
    for (std::size_t m = 0; m < materials_; ++m) {
      mass_[leaf * materials_ + m] += network.mass[h * materials_ + m];
    }
  }
  clear();
}

void WaysOfYear::clear() {
  now_.load.assign(network_.sites.size(), 0);
  now_.next.assign(network_.sites.size(), kNobody);
  now_.ship.assign(network_.sites.size() * materials_, kNobody);
  now_.carries.assign(network_.sites.size(), 0);
  now_.households = 0;
}

double WaysOfYear::need(std::uint32_t leaf) const {
  const auto* from = &mass_[leaf * materials_];
  return std::accumulate(from, from + materials_, 0.0);
}

bool WaysOfYear::has_room(std::uint32_t site, double tonnes) const {
  return now_.load[site] + tonnes <= room_[site];
}

double WaysOfYear::nearness(std::uint32_t a, std::uint32_t b) const {
  return std::inner_product(spots_[a].begin(), spots_[a].end(), spots_[b].begin(), 0.0);
}

bool WaysOfYear::carry(std::uint32_t leaf, const std::vector<std::uint8_t>& open,
                       bool as_in_whole) {
  std::vector<Step> steps;
  if (!has_room(leaf, need(leaf)) || !way_from(leaf, {leaf, open, as_in_whole}, steps)) {
    return false;
  }
  now_.load[leaf] += need(leaf);
  for (const Step& step : steps) {
    if (step.material == kNobody) {
      now_.next[step.from] = step.to;
      now_.load[step.to] += need(leaf);
    } else {
      now_.ship[step.from * materials_ + step.material] = step.to;
      now_.load[step.to] += need(leaf, step.material);
    }
  }
  now_.carries[leaf] = 1;
  now_.households += households_of_[leaf];
  return true;
}

/// Steps from a site that itself has room.
bool WaysOfYear::way_from(std::uint32_t site, const Load& load, std::vector<Step>& steps) const {
  const std::size_t tier = network_.sites[site].tier;
  if (tier + 1 >= network_.tiers.size()) {
    return true;
  }
  if (tier + 2 == network_.tiers.size()) {
    return ends_from(site, load, steps);
  }
  if (now_.next[site] != kNobody) {
    return way_over(site, now_.next[site], load, steps);
  }
  const std::uint32_t planned = whole_.next[site];
  if (planned != kNobody && way_over(site, planned, load, steps)) {
    return true;
  }
  return !load.as_in_whole && way_by_nearest(site, load, steps);
}

bool WaysOfYear::way_over(std::uint32_t site, std::uint32_t to, const Load& load,
                          std::vector<Step>& steps) const {
  if (load.open[to] == 0 || !has_room(to, need(load.leaf))) {
    return false;
  }
  const std::size_t before = steps.size();
  steps.push_back({site, to, kNobody});
  if (way_from(to, load, steps)) {
    return true;
  }
  steps.resize(before);
  return false;
}

bool WaysOfYear::way_by_nearest(std::uint32_t site, const Load& load,
                                std::vector<Step>& steps) const {
  std::size_t tier = network_.sites[site].tier + 1;
  if (network_.tiers[tier].optional && tier + 2 < network_.tiers.size()) {
    ++tier;
  }
  std::vector<std::pair<double, std::uint32_t>> open;
  for (const std::uint32_t to : of_tier_[tier]) {
    if (load.open[to] != 0 && has_room(to, need(load.leaf))) {
      open.emplace_back(-nearness(site, to), to);
    }
  }
  // Mostly the nearest is it; the others are put in order only when they are asked for.
  for (std::size_t tried = 0; tried < open.size(); ++tried) {
    const auto begin = open.begin() + static_cast<std::ptrdiff_t>(tried);
    if (tried == 0) {
      std::iter_swap(begin, std::min_element(begin, open.end()));
    } else if (tried == 1) {
      std::sort(begin, open.end());
    }
    if (way_over(site, open[tried].second, load, steps)) {
      return true;
    }
  }
  return false;
}

bool WaysOfYear::ends_from(std::uint32_t site, const Load& load, std::vector<Step>& steps) const {
  const std::size_t before = steps.size();
  for (std::uint32_t m = 0; m < materials_; ++m) {
    if (need(load.leaf, m) <= 0) {
      continue;
    }
    const std::uint32_t to = end_of(site, m, load);
    if (to == kNobody) {
      steps.resize(before);
      return false;
    }
    steps.push_back({site, to, m});
  }
  for (std::size_t k = before; k < steps.size(); ++k) {
    double tonnes = 0;
    for (std::size_t other = before; other < steps.size(); ++other) {
      tonnes += steps[other].to == steps[k].to ? need(load.leaf, steps[other].material) : 0;
    }
    if (!has_room(steps[k].to, tonnes)) {
      steps.resize(before);
      return false;
    }
  }
  return true;
}

std::uint32_t WaysOfYear::end_of(std::uint32_t site, std::size_t material, const Load& load) const {
  const std::uint32_t used = now_.ship[site * materials_ + material];
  if (used != kNobody) {
    return used;
  }
  const double tonnes = need(load.leaf, material);
  const std::uint32_t planned = whole_.ship[site * materials_ + material];
  if (planned != kNobody && load.open[planned] != 0 && has_room(planned, tonnes)) {
    return planned;
  }
  std::uint32_t best = kNobody;
  for (const std::uint32_t to : of_tier_.back()) {
    const bool takes = ((network_.sites[to].takes >> material) & 1U) != 0;
    if (!load.as_in_whole && takes && load.open[to] != 0 && has_room(to, tonnes) &&
        (best == kNobody || nearness(site, to) > nearness(site, best))) {
      best = to;
    }
  }
  return best;
}

NetworkPlan WaysOfYear::plan(const std::vector<std::uint8_t>& open) const {
  NetworkPlan now;
  now.served.assign(network_.homes.size(), kNobody);
  for (std::size_t h = 0; h < now.served.size(); ++h) {
    const std::uint32_t leaf = whole_.served[h];
    if (leaf != kNobody && carries(leaf)) {
      now.served[h] = leaf;
    }
  }
  std::copy_if(whole_.open.begin(), whole_.open.end(), std::back_inserter(now.open),
               [&](std::uint32_t site) { return open[site] != 0; });
  now.next = now_.next;
  now.ship = now_.ship;
  return now;
}

}  // namespace huan::siting_report
