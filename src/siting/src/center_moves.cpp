// SPDX-License-Identifier: Apache-2.0
#include "center_moves.hpp"

#include <algorithm>
#include <limits>

namespace huan::siting {
namespace {

constexpr double kRim = 0.25;  ///< of the squared distance of a facility's farthest

constexpr int kSteps = 1'000;
constexpr std::size_t kCore = 24;
constexpr double kHairOfBall = 1e-4;  ///< of its squared radius

}  // namespace

const Spot& farthest_of(const std::vector<Spot>& spots, const Spot& from) {
  return *std::max_element(spots.begin(), spots.end(), [&](const Spot& a, const Spot& b) {
    return squared(a, from) < squared(b, from);
  });
}

// That of a few of them (Badoiu and Clarkson 2003), to which the farthest joins until it is no
// farther than these.
Spot middle_of(const std::vector<Spot>& spots) {
  std::vector<Spot> core{farthest_of(spots, spots.front())};
  Spot middle = core.front();
  double radius = 0;
  while (core.size() < kCore) {
    const Spot& next = farthest_of(spots, middle);
    if (squared(next, middle) <= radius * (1 + kHairOfBall)) {
      break;
    }
    core.push_back(next);
    for (int step = 1; step <= kSteps; ++step) {
      const Spot& farthest = farthest_of(core, middle);
      for (std::size_t k = 0; k < middle.size(); ++k) {
        middle[k] += (farthest[k] - middle[k]) / (step + 1);
      }
    }
    radius = squared(farthest_of(core, middle), middle);
  }
  return middle;
}

Farthest::Farthest(const Space& space)
    : space_(space),
      tree_(space.customer_tree()),
      away_(space.customers(), std::numeric_limits<double>::infinity()),
      widest_(tree_.nodes().size(), std::numeric_limits<double>::infinity()) {}

Farthest::Farthest(const Space& space, const std::vector<std::uint32_t>& facilities)
    : Farthest(space) {
  for (const std::uint32_t j : facilities) {
    add(space.candidate_spot(j));
  }
}

std::uint32_t Farthest::farthest() const {
  std::uint32_t at = 0;
  while (tree_.nodes()[at].right != 0) {
    at = widest_[at + 1] == widest_[at] ? at + 1 : tree_.nodes()[at].right;
  }
  std::uint32_t k = tree_.nodes()[at].begin;
  while (away_[k] != widest_[at]) {
    ++k;
  }
  return tree_.order()[k];
}

std::vector<std::uint32_t> Farthest::beyond(double radius) const {
  std::vector<std::uint32_t> out;
  for (std::size_t k = 0; k < away_.size(); ++k) {
    if (space_.metric(away_[k]) >= radius) {
      out.push_back(tree_.order()[k]);
    }
  }
  return out;
}

void Farthest::update(const Spot& spot, std::uint32_t at) {
  if (tree_.away(spot, at) >= widest_[at]) {
    return;
  }
  const KdTree::Node& node = tree_.nodes()[at];
  if (node.right != 0) {
    update(spot, at + 1);
    update(spot, node.right);
    widest_[at] = std::max(widest_[at + 1], widest_[node.right]);
    return;
  }
  widest_[at] = 0;
  for (std::uint32_t k = node.begin; k < node.end; ++k) {
    away_[k] = std::min(away_[k], squared(spot, tree_.sorted()[k]));
    widest_[at] = std::max(widest_[at], away_[k]);
  }
}

std::uint32_t nearest_in(const KdTree& tree, const Spot& spot) {
  std::uint32_t best = kNone;
  double least = std::numeric_limits<double>::infinity();
  tree.walk(
      spot, [&](std::uint32_t, double away) { return away < least; },
      [&](std::uint32_t k, double apart) {
        if (apart < least) {
          least = apart;
          best = k;
        }
      });
  return best;
}

std::uint32_t Middles::nearest_free(const Spot& spot, const std::vector<std::uint8_t>& open) const {
  std::uint32_t best = kNone;
  double least = std::numeric_limits<double>::infinity();
  space_.candidate_tree().walk(
      spot, [&](std::uint32_t, double away) { return away < least; },
      [&](std::uint32_t j, double apart) {
        if (apart < least && open[j] == 0 && !problem_.is_forbidden(j)) {
          least = apart;
          best = j;
        }
      });
  return best;
}

void Middles::move(std::vector<std::uint32_t>& facilities,
                   const std::vector<std::vector<Spot>>& served) const {
  std::vector<std::uint8_t> open(problem_.candidate_count, 0);
  for (const std::uint32_t j : facilities) {
    open[j] = 1;
  }
  for (std::size_t k = 0; k < facilities.size(); ++k) {
    if (served[k].empty() || problem_.is_required(facilities[k])) {
      continue;
    }
    open[facilities[k]] = 0;
    facilities[k] = nearest_free(middle_of(served[k]), open);
    open[facilities[k]] = 1;
  }
}

void Middles::move(std::vector<std::uint32_t>& facilities,
                   const std::vector<std::uint32_t>& customers) const {
  std::vector<Spot> spots;
  spots.reserve(facilities.size());
  for (const std::uint32_t j : facilities) {
    spots.push_back(space_.candidate_spot(j));
  }
  const KdTree tree(spots);
  std::vector<std::vector<Spot>> served(facilities.size());
  for (const std::uint32_t u : customers) {
    served[nearest_in(tree, space_.customer_spot(u))].push_back(space_.customer_spot(u));
  }
  move(facilities, served);
}

double Middles::draw_together(std::vector<std::uint32_t>& facilities,
                              const std::vector<std::uint32_t>& customers) const {
  std::vector<Spot> spots;
  spots.reserve(facilities.size());
  for (const std::uint32_t j : facilities) {
    spots.push_back(space_.candidate_spot(j));
  }
  const KdTree tree(spots);
  std::vector<std::uint32_t> owner(customers.size());
  std::vector<double> away(customers.size());
  std::vector<double> widest(facilities.size(), 0.0);
  for (std::size_t k = 0; k < customers.size(); ++k) {
    const Spot& spot = space_.customer_spot(customers[k]);
    owner[k] = nearest_in(tree, spot);
    away[k] = squared(spots[owner[k]], spot);
    widest[owner[k]] = std::max(widest[owner[k]], away[k]);
  }
  std::vector<std::vector<Spot>> rim(facilities.size());
  for (std::size_t k = 0; k < customers.size(); ++k) {
    if (away[k] >= kRim * widest[owner[k]]) {
      rim[owner[k]].push_back(space_.customer_spot(customers[k]));
    }
  }
  move(facilities, rim);
  return space_.metric(*std::max_element(widest.begin(), widest.end()));
}

}  // namespace huan::siting
