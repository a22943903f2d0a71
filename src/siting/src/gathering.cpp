// SPDX-License-Identifier: Apache-2.0
#include "gathering.hpp"

#include <array>

namespace huan::siting {
namespace {

constexpr std::size_t kNeighbours = 5;  ///< gathered customers that a multiplier is drawn from

/// The places in `order()` of disjoint parts of a tree that hold `most` points or fewer.
std::vector<std::pair<std::uint32_t, std::uint32_t>> parts(const KdTree& tree, double most) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
  std::vector<std::uint32_t> stack{0};
  while (!stack.empty()) {
    const std::uint32_t at = stack.back();
    stack.pop_back();
    const KdTree::Node& node = tree.nodes()[at];
    if (node.begin == node.end) {
      continue;
    }
    if (node.end - node.begin <= most) {
      out.emplace_back(node.begin, node.end);
    } else if (node.right != 0) {
      stack.push_back(node.right);
      stack.push_back(at + 1);
    } else {
      const auto step = std::max(1U, static_cast<std::uint32_t>(most));
      for (std::uint32_t k = node.begin; k < node.end; k += step) {
        out.emplace_back(k, std::min(node.end, k + step));
      }
    }
  }
  return out;
}

Spot scaled(const Spot& spot, double by) { return {spot[0] * by, spot[1] * by, spot[2] * by}; }

Spot sum_of(const Spot& a, const Spot& b) { return {a[0] + b[0], a[1] + b[1], a[2] + b[2]}; }

/// Upwards from the ground below a spot, and how far above it the spot is.
std::pair<Spot, double> height(const Spot& spot, bool sphere) {
  if (!sphere) {
    return {{0, 0, 1}, spot[2]};
  }
  const double length = std::sqrt(squared(spot, {0, 0, 0}));
  return {scaled(spot, 1 / length), std::max(0.0, length - siting_problem::kEarthRadiusM)};
}

}  // namespace

Gathering gathered(const Space& space, const std::vector<double>& weight,
                   const std::vector<std::uint8_t>& allowed, const Gather& gather) {
  std::vector<Spot> customers;
  std::vector<double> heavy;
  const KdTree& tree = space.customer_tree();
  for (const auto& [begin, end] : parts(tree, 1.0 * space.customers() / gather.customers)) {
    Spot middle{};
    double sum = 0;
    for (std::uint32_t k = begin; k < end; ++k) {
      const double w = weight[tree.order()[k]];
      middle = sum_of(middle, scaled(tree.sorted()[k], w));
      sum += w;
    }
    middle = scaled(middle, 1 / sum);
    double square = 0;
    for (std::uint32_t k = begin; k < end; ++k) {
      square += weight[tree.order()[k]] * squared(tree.sorted()[k], middle);
    }
    const auto [up, above] = height(middle, space.on_sphere());
    const double raised = space.is_covering() ? above : std::sqrt(above * above + square / sum);
    customers.push_back(sum_of(middle, scaled(up, raised - above)));
    heavy.push_back(sum);
  }
  std::vector<std::uint32_t> candidates;
  std::vector<Spot> spots;
  const KdTree& others = space.candidate_tree();
  for (const auto& [begin, end] : parts(others, 1.0 * space.candidates() / gather.candidates)) {
    Spot middle{};
    for (std::uint32_t k = begin; k < end; ++k) {
      middle = sum_of(middle, scaled(others.sorted()[k], 1.0 / (end - begin)));
    }
    std::uint32_t best = kNone;
    double least = std::numeric_limits<double>::infinity();
    for (std::uint32_t k = begin; k < end; ++k) {
      const double away = squared(others.sorted()[k], middle);
      if (allowed[others.order()[k]] != 0 && away < least) {
        least = away;
        best = k;
      }
    }
    if (best != kNone) {
      candidates.push_back(others.order()[best]);
      spots.push_back(others.sorted()[best]);
    }
  }
  return {space.on_spots(std::move(customers), std::move(spots)), std::move(heavy),
          std::move(candidates)};
}

std::vector<double> spread(const Space& fine, const Space& coarse,
                           const std::vector<double>& multipliers) {
  std::vector<double> out(fine.customers());
  std::array<std::pair<double, std::uint32_t>, kNeighbours> near;
  for (std::uint32_t u = 0; u < fine.customers(); ++u) {
    near.fill({std::numeric_limits<double>::infinity(), kNone});
    coarse.customer_tree().walk(
        fine.customer_spot(u), [&](std::uint32_t, double away) { return away < near.back().first; },
        [&](std::uint32_t k, double apart) {
          std::pair<double, std::uint32_t> one{apart, k};
          for (auto& slot : near) {
            if (one < slot) {
              std::swap(one, slot);
            }
          }
        });
    double sum = 0;
    double all = 0;
    for (const auto& [apart, k] : near) {
      if (k != kNone) {
        const double share = 1 / (apart + 1e-9 + 0.25 * near.front().first);
        sum += share * multipliers[k];
        all += share;
      }
    }
    out[u] = sum / all;
  }
  return out;
}

}  // namespace huan::siting
