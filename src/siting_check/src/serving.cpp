// SPDX-License-Identifier: Apache-2.0
#include "serving.hpp"

#include <algorithm>
#include <numeric>

#include "measure.hpp"

namespace huan::siting_check {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Answer;
using siting_problem::Kind;
using siting_problem::kNobody;
using siting_problem::Portion;

constexpr double kWhole = 1e-7;     ///< the parts of a customer come to 1, but for rounding
constexpr double kRoomLeft = 1e-9;  ///< relative, of parts

Error broken(std::string at, std::string detail) {
  return {ErrorCode::wrong_answer, std::move(at), std::move(detail)};
}

/// Every customer in parts; whole ones in one.
base::Result<std::vector<Portion>> portions_of(const Problem& problem, const Answer& answer) {
  if (answer.assignment.size() != problem.customer_count) {
    return broken("assignment", "one for each customer is needed");
  }
  if (!answer.portions.empty() && !problem.split) {
    return broken("portions", "nobody may be split");
  }
  std::vector<double> sum(problem.customer_count, 0.0);
  for (std::size_t k = 0; k < answer.portions.size(); ++k) {
    const Portion& one = answer.portions[k];
    if (one.customer >= problem.customer_count || !(one.share > 0) || !(one.share <= 1 + kWhole)) {
      return broken("portions " + std::to_string(k), "is no part of a customer");
    }
    sum[one.customer] += one.share;
  }
  std::vector<Portion> all = answer.portions;
  for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
    if (sum[u] == 0) {
      all.push_back({u, answer.assignment[u], 1});
    } else if (std::abs(sum[u] - 1) > kWhole) {
      return broken("portions",
                    "of customer " + std::to_string(u + 1) + " come to " + std::to_string(sum[u]));
    }
  }
  return all;
}

double opening_of(const Problem& problem, const Answer& answer, std::size_t k) {
  const std::uint32_t j = answer.facilities[k];
  if (!problem.sizes.empty()) {
    return problem.sizes[j][answer.sizes[k]].cost;
  }
  return problem.kind == Kind::facility && !problem.cost.empty() ? problem.cost[j] : 0;
}

base::Result<void> check_sizes(const Problem& problem, const Answer& answer,
                               const std::vector<double>& load) {
  const bool sized = !problem.sizes.empty();
  if (answer.sizes.size() != (sized ? answer.facilities.size() : 0)) {
    return broken("sizes", "one for each facility is needed where candidates have sizes");
  }
  for (std::size_t k = 0; k < answer.facilities.size(); ++k) {
    const std::uint32_t j = answer.facilities[k];
    if (sized && answer.sizes[k] >= problem.sizes[j].size()) {
      return broken("sizes " + std::to_string(k), "is no size of it");
    }
    const bool holds = sized || (!problem.capacity.empty() && !problem.demand.empty());
    const double most =
        sized ? problem.sizes[j][answer.sizes[k]].capacity : (holds ? problem.capacity[j] : 0);
    if (holds && load[j] > most * (1 + (problem.split ? kRoomLeft : 1e-12))) {
      return broken("facility " + std::to_string(j + 1),
                    "holds " + std::to_string(load[j]) + " of " + std::to_string(most));
    }
  }
  return {};
}

}  // namespace

base::Result<Served> served(const Problem& problem, const Answer& answer,
                            const std::vector<std::uint8_t>& open) {
  HUAN_TRY(portions, portions_of(problem, answer));
  Served out;
  out.load.assign(problem.candidate_count, 0.0);
  long double ways = 0;
  for (const Portion& one : portions) {
    const std::string at = "assignment " + std::to_string(one.customer);
    if (one.candidate == kNobody || one.candidate >= problem.candidate_count ||
        open[one.candidate] == 0) {
      return broken(at, "is no open facility");
    }
    const double d = distance(problem, one.candidate, one.customer);
    if (!std::isfinite(d)) {
      return broken(at, "cannot be reached");
    }
    if (beyond_reach(problem, d)) {
      return broken(at, "is " + std::to_string(d) + " away");
    }
    ways += static_cast<long double>(problem.weight_of(one.customer)) * d * one.share;
    if (!problem.demand.empty()) {
      out.load[one.candidate] += one.share * problem.demand[one.customer];
    }
  }
  out.ways = static_cast<double>(ways);
  if (problem.kind != Kind::pmedian) {
    HUAN_CHECK(check_sizes(problem, answer, out.load));
  }
  for (std::size_t k = 0; k < answer.facilities.size(); ++k) {
    out.opening += opening_of(problem, answer, k);
  }
  return out;
}

double inequality(const Problem& problem, const Answer& answer) {
  struct One {
    double distance{0};
    double weight{0};
  };
  std::vector<One> all;
  all.reserve(problem.customer_count);
  for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
    all.push_back({distance(problem, answer.assignment[u], u), problem.weight_of(u)});
  }
  std::sort(all.begin(), all.end(),
            [](const One& a, const One& b) { return a.distance < b.distance; });
  // All pairs, nearest first: each is farther than the weight before it by its distance, less the
  // ways of those.
  long double weight = 0;
  long double ways = 0;
  long double apart = 0;
  for (const One& one : all) {
    apart += static_cast<long double>(one.weight) *
             (static_cast<long double>(one.distance) * weight - ways);
    weight += static_cast<long double>(one.weight);
    ways += static_cast<long double>(one.weight) * static_cast<long double>(one.distance);
  }
  return ways > 0 ? static_cast<double>(apart / (weight * ways)) : 0;
}

namespace {

/// From above: what the customers that may stay uncovered come to.
double most_left_out(const Problem& links, const std::vector<double>& u) {
  if (links.share >= 1) {
    return 0;
  }
  double all = 0;
  std::vector<std::uint32_t> order(links.customer_count);
  std::iota(order.begin(), order.end(), 0U);
  for (const std::uint32_t i : order) {
    all = up(all + links.weight_of(i));
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return u[a] / links.weight_of(a) > u[b] / links.weight_of(b);
  });
  double left = up((1 - links.share) * all * (1 + 1e-9));
  double sum = 0;
  for (const std::uint32_t i : order) {
    if (left <= 0) {
      break;
    }
    const double w = links.weight_of(i);
    const double worth = up(static_cast<double>(links.times) * u[i]);
    sum = up(sum + (w <= left ? worth : up(up(left / w) * worth)));
    left = up(left - w);
  }
  return up(sum * (1 + 1e-13));
}

}  // namespace

// Multipliers of the rows, and what each candidate then costs less, rounded down all the way.
base::Result<double> cover_bound(const Problem& links, const siting_problem::Proof& proof) {
  const std::vector<double>& u = proof.nodes.front().multipliers;
  if (u.size() != links.customer_count) {
    return broken("proof node 0", "a multiplier for each customer is needed");
  }
  double sum = -most_left_out(links, u);
  for (const double one : u) {
    if (!(one >= 0) || !std::isfinite(one)) {
      return broken("proof node 0", "a multiplier is below 0");
    }
    sum = down(sum + down(static_cast<double>(links.times) * one));
  }
  std::vector<double> reduced(links.candidate_count);
  for (std::uint32_t j = 0; j < links.candidate_count; ++j) {
    reduced[j] = links.cost.empty() ? 1 : links.cost[j];
  }
  for (const siting_problem::Link& link : links.links) {
    reduced[link.candidate] = down(reduced[link.candidate] - u[link.customer]);
  }
  for (std::uint32_t j = 0; j < links.candidate_count; ++j) {
    if (links.is_required(j) || (!links.is_forbidden(j) && reduced[j] < 0)) {
      sum = down(sum + reduced[j]);
    }
  }
  return sum;
}

}  // namespace huan::siting_check
