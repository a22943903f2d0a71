// SPDX-License-Identifier: Apache-2.0
// Maximal cover as a p-median whose distances are 0 (covered) and 1 (not): the least weight that
// stays uncovered.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "coverage.hpp"
#include "median.hpp"
#include "random.hpp"

namespace huan::siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Answer;
using siting_problem::Metric;
using siting_problem::Problem;

constexpr double kRoundingOfSums = 1e-6;

MedianTask task_of(const Problem& problem, const Space& space, const std::vector<double>& weight) {
  return {space,
          weight,
          static_cast<std::uint32_t>(problem.p),
          problem.required,
          problem.forbidden,
          whole(weight)};
}

std::vector<std::uint32_t> assigned(const Problem& problem, const Space& space,
                                    const std::vector<double>& weight,
                                    const std::vector<std::uint32_t>& facilities) {
  SwapSearch search(space, weight, {});
  search.set_open(facilities);
  std::vector<std::uint32_t> out(problem.customer_count);
  for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
    out[u] = search.nearest(u);
  }
  return out;
}

/// Customers whom the same candidates cover are one, with their weight together.
struct Alike {
  Problem links;
  std::vector<double> weight;
  std::vector<std::uint32_t> group;  ///< by customer; kNone: nobody covers it
};

Alike alike(const Problem& problem, const std::vector<double>& weight) {
  struct Row {
    std::uint64_t key{0};
    std::size_t begin{0};
    std::size_t end{0};
    std::uint32_t customer{0};
  };
  const auto& links = problem.links;
  std::vector<std::uint64_t> sign(problem.candidate_count);
  Random random(1);
  for (std::uint64_t& one : sign) {
    one = random.next();
  }
  std::vector<Row> rows;
  for (std::size_t k = 0; k < links.size();) {
    Row row{0, k, k, links[k].customer};
    for (; row.end < links.size() && links[row.end].customer == row.customer; ++row.end) {
      row.key += sign[links[row.end].candidate];
    }
    k = row.end;
    rows.push_back(row);
  }
  const auto order = [&](const Row& a, const Row& b) {
    if (a.key != b.key) {
      return a.key < b.key;
    }
    const auto less = [](const siting_problem::Link& x, const siting_problem::Link& y) {
      return x.candidate < y.candidate;
    };
    const auto at = [&](std::size_t k) { return links.begin() + static_cast<std::ptrdiff_t>(k); };
    return std::lexicographical_compare(at(a.begin), at(a.end), at(b.begin), at(b.end), less);
  };
  std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    return order(a, b) || (!order(b, a) && a.customer < b.customer);
  });
  Alike out;
  out.links.kind = problem.kind;
  out.links.metric = Metric::listed;
  out.links.candidate_count = problem.candidate_count;
  out.group.assign(problem.customer_count, kNone);
  for (std::size_t k = 0; k < rows.size(); ++k) {
    if (k == 0 || order(rows[k - 1], rows[k])) {
      for (std::size_t l = rows[k].begin; l < rows[k].end; ++l) {
        out.links.links.push_back(
            {links[l].candidate, static_cast<std::uint32_t>(out.weight.size())});
      }
      out.weight.push_back(0);
    }
    out.group[rows[k].customer] = static_cast<std::uint32_t>(out.weight.size()) - 1;
    out.weight.back() += weight[rows[k].customer];
  }
  out.links.customer_count = static_cast<std::uint32_t>(out.weight.size());
  return out;
}

/// Multipliers are for a unit of weight, so that all of a group have the same; who is covered by
/// nobody counts in full.
void give_back(siting_problem::Proof& proof, const Alike& groups, double uncovered) {
  for (siting_problem::ProofNode& node : proof.nodes) {
    std::vector<double> multipliers(groups.group.size(), 1.0);
    for (std::size_t u = 0; u < multipliers.size(); ++u) {
      if (groups.group[u] != kNone) {
        multipliers[u] = node.multipliers[groups.group[u]];
      }
    }
    node.multipliers = std::move(multipliers);
  }
  proof.bound += uncovered;
}

/// The multipliers of a plan before, for groups.
Beginning grouped(const Beginning& begin, const Alike& groups) {
  Beginning out{begin.facilities, {}, begin.near};
  if (!begin.multipliers.empty()) {
    out.multipliers.assign(groups.weight.size(), 0);
    for (std::size_t u = 0; u < groups.group.size(); ++u) {
      if (groups.group[u] != kNone) {
        out.multipliers[groups.group[u]] = begin.multipliers[u];
      }
    }
  }
  return out;
}

}  // namespace

base::Result<Answer> solve_max_cover(const Problem& problem, Budget& budget,
                                     const Beginning* begin) {
  if (problem.metric != Metric::listed && !(problem.radius > 0)) {
    return Error{ErrorCode::bad_problem, "radius", "how far a site covers: has to be over 0"};
  }
  constexpr std::size_t kListed = 12'000'000;  // pairs; above, they are looked up again and again
  auto links = linked(problem, {problem.radius, false, kListed});
  const bool listed = links.has_value() || problem.metric == Metric::table;
  if (!links && listed) {
    links = linked(problem, {problem.radius, false});
  }
  if (!links && listed) {
    return links.error();
  }
  const std::vector<double> weight = weights(problem);
  const double all = std::accumulate(weight.begin(), weight.end(), 0.0);
  const Alike groups = listed ? alike(*links, weight) : Alike{};
  if (listed && groups.weight.empty()) {
    return Error{ErrorCode::unreachable_point, customer_name(problem, 0),
                 "no candidate that may open covers anybody"};
  }
  const Space space = listed ? Space::of_links(groups.links) : Space::covering(problem);
  MedianTask task = task_of(problem, space, listed ? groups.weight : weight);
  const Beginning of_groups = begin != nullptr && listed ? grouped(*begin, groups) : Beginning{};
  task.begin = begin != nullptr && listed ? &of_groups : begin;
  MedianPlan plan = solve_median(task, budget);
  if (listed) {
    double apart = 0;
    for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
      apart += groups.group[u] == kNone ? weight[u] : 0;
    }
    give_back(plan.proof, groups, apart);
    plan.upper += apart;
    plan.lower += apart;
  }
  Answer answer;
  answer.lower = all - plan.upper;
  answer.upper = plan.proven ? answer.lower : all - plan.lower;
  if (whole(weight)) {
    answer.upper = std::floor(answer.upper + kRoundingOfSums);
  }
  answer.assignment = listed ? assigned(groups.links, space, groups.weight, plan.facilities)
                             : assigned(problem, space, weight, plan.facilities);
  if (listed) {
    std::vector<std::uint32_t> by_group = std::move(answer.assignment);
    answer.assignment.assign(problem.customer_count, siting_problem::kNobody);
    for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
      if (groups.group[u] != kNone) {
        answer.assignment[u] = by_group[groups.group[u]];
      }
    }
  }
  answer.facilities = std::move(plan.facilities);
  answer.proof = std::move(plan.proof);
  end(answer, budget, plan.proven || answer.upper == answer.lower);
  return answer;
}

}  // namespace huan::siting
