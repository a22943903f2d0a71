// SPDX-License-Identifier: Apache-2.0
#include "gathered_prices.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace huan::siting {
namespace {

constexpr double kWide =
    0.15;  ///< of the way to its centre is the size of a box that counts as one
constexpr double kHair = 1 - 4e-9;  ///< radii of spots are a hair too wide
constexpr double kMetres = 4e-6;

}  // namespace

bool GatheredPrices::fits(const Space& space) {
  return space.on_points() && space.is_convex() && !std::isfinite(space.reach()) &&
         !space.is_covering();
}

GatheredPrices::GatheredPrices(const Space& space, const std::vector<double>& weight)
    : space_(space), boxes_(space.customer_tree().nodes().size()) {
  const KdTree& tree = space.customer_tree();
  weight_.reserve(weight.size());
  for (const std::uint32_t u : tree.order()) {
    weight_.push_back(weight[u]);
  }
  nu_.resize(weight.size());
  limit_.resize(weight.size());
  for (std::size_t at = 0; at < boxes_.size(); ++at) {
    const KdTree::Node& node = tree.nodes()[at];
    Box& box = boxes_[at];
    for (std::uint32_t k = node.begin; k < node.end; ++k) {
      box.weight += weight_[k];
      for (std::size_t axis = 0; axis < 3; ++axis) {
        box.centre[axis] += weight_[k] * tree.sorted()[k][axis];
      }
    }
    double square = 0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      box.centre[axis] /= box.weight;
      const double most =
          std::max(node.high[axis] - box.centre[axis], box.centre[axis] - node.low[axis]);
      square += most * most;
    }
    box.size = std::sqrt(square);
  }
}

void GatheredPrices::set(const std::vector<double>& multipliers) {
  const KdTree& tree = space_.customer_tree();
  for (std::size_t k = 0; k < nu_.size(); ++k) {
    nu_[k] = multipliers[tree.order()[k]];
    const double radius = space_.spot_radius(nu_[k]);
    limit_[k] = radius * radius;
  }
  for (std::size_t at = boxes_.size(); at-- > 0;) {
    const KdTree::Node& node = tree.nodes()[at];
    Box& box = boxes_[at];
    if (node.right != 0) {
      const Box& left = boxes_[at + 1];
      const Box& right = boxes_[node.right];
      box.paid = left.paid + right.paid;
      box.all_within = std::min(left.all_within, right.all_within);
      box.none_beyond = std::max(left.none_beyond, right.none_beyond);
      continue;
    }
    box.paid = 0;
    box.none_beyond = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::uint32_t k = node.begin; k < node.end; ++k) {
      box.paid += weight_[k] * nu_[k];
      box.none_beyond = std::max(box.none_beyond, limit_[k]);
      least = std::min(least, limit_[k]);
    }
    box.all_within = std::sqrt(least) * kHair - kMetres;
  }
}

double GatheredPrices::rho(std::uint32_t candidate) const {
  const KdTree& tree = space_.customer_tree();
  const Spot& from = space_.candidate_spot(candidate);
  double sum = 0;
  std::array<std::uint32_t, 64> stack{};
  std::size_t depth = 0;
  stack[depth++] = 0;
  while (depth > 0) {
    const std::uint32_t at = stack[--depth];
    const Box& box = boxes_[at];
    const double square = squared(from, box.centre);
    const double apart = std::sqrt(square);
    if (apart + box.size <= box.all_within && box.size <= kWide * apart) {
      sum += box.weight * space_.way(square) - box.paid;
      continue;
    }
    if (tree.away(from, at) > box.none_beyond) {
      continue;
    }
    const KdTree::Node& node = tree.nodes()[at];
    if (node.right != 0) {
      stack[depth++] = node.right;
      stack[depth++] = at + 1;
      continue;
    }
    for (std::uint32_t k = node.begin; k < node.end; ++k) {
      const double far = squared(from, tree.sorted()[k]);
      if (far <= limit_[k]) {
        sum += weight_[k] * std::min(0.0, space_.way(far) - nu_[k]);
      }
    }
  }
  return sum;
}

}  // namespace huan::siting
