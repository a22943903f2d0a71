// SPDX-License-Identifier: Apache-2.0
#include "huan/siting_check/check.hpp"

#include <algorithm>

#include "capacity_proof.hpp"
#include "center_proof.hpp"
#include "center_rows.hpp"
#include "cover_proof.hpp"
#include "measure.hpp"
#include "proof.hpp"
#include "serving.hpp"

namespace huan::siting_check {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Answer;
using siting_problem::Kind;
using siting_problem::kNobody;
using siting_problem::Status;

constexpr double kHair = 1e-9;
constexpr double kSame = 1e-8;  ///< relative: two sums of the same things

Error wrong(std::string at, std::string detail) {
  return {ErrorCode::wrong_answer, std::move(at), std::move(detail)};
}

bool near(double a, double b) {
  return std::abs(a - b) <= kSame * std::max({std::abs(a), std::abs(b), 1e-3});
}

/// Which candidates are open.
base::Result<std::vector<std::uint8_t>> check_facilities(const Problem& problem,
                                                         const Answer& answer) {
  std::vector<std::uint8_t> open(problem.candidate_count, 0);
  for (std::size_t k = 0; k < answer.facilities.size(); ++k) {
    const std::uint32_t j = answer.facilities[k];
    const std::string at = "facilities " + std::to_string(k);
    if (j >= problem.candidate_count) {
      return wrong(at, "is no candidate");
    }
    if (open[j] != 0) {
      return wrong(at, "stands twice");
    }
    if (problem.is_forbidden(j)) {
      return wrong(at, "is forbidden");
    }
    open[j] = 1;
  }
  for (std::uint32_t j = 0; j < problem.candidate_count; ++j) {
    if (problem.is_required(j) && open[j] == 0) {
      return wrong("facilities", "candidate " + std::to_string(j + 1) + " is required");
    }
  }
  const bool any =
      problem.kind == Kind::cover || (problem.kind == Kind::facility && problem.p == 0);
  if (!any && static_cast<std::int64_t>(answer.facilities.size()) != problem.p) {
    return wrong("facilities", std::to_string(problem.p) + " are asked for");
  }
  return open;
}

base::Result<void> check_order(const Answer& answer) {
  if (answer.lower > answer.upper && !near(answer.lower, answer.upper)) {
    return wrong("lower", "is above upper");
  }
  if (answer.status == Status::optimal && !near(answer.lower, answer.upper)) {
    return wrong("status", "says optimal, but the ends differ");
  }
  return {};
}

base::Result<void> check_ends(const Answer& answer, double bound) {
  HUAN_CHECK(check_order(answer));
  if (answer.lower > bound && !near(answer.lower, bound)) {
    return wrong("lower", "the proof gives " + std::to_string(bound));
  }
  return {};
}

base::Result<Found> check_median(const Problem& problem, const Answer& answer) {
  HUAN_TRY(open, check_facilities(problem, answer));
  HUAN_TRY(plan, served(problem, answer, open));
  const double value = plan.ways;
  if (!near(value, answer.upper)) {
    return wrong("upper", "the plan's value is " + std::to_string(value));
  }
  if (const double gini = problem.gini < 1 ? inequality(problem, answer) : 0;
      gini > problem.gini + kHair) {
    return wrong("assignment", "the Gini coefficient is " + std::to_string(gini));
  }
  Found found;
  found.value = value;
  if (answer.proof.nodes.empty()) {
    HUAN_CHECK(check_order(answer));
    return found;
  }
  HUAN_TRY(proven, follow(problem, answer.proof, std::numeric_limits<double>::infinity()));
  found.has_proof = true;
  found.cases = proven.cases;
  found.bound = whole_valued(problem) ? std::ceil(proven.bound) : proven.bound;
  HUAN_CHECK(check_ends(answer, found.bound));
  return found;
}

/// Every customer with the facility that it is said to be covered by; the weight that is covered.
base::Result<double> covered_weight(const Problem& problem, const Answer& answer,
                                    const std::vector<std::uint8_t>& open) {
  if (answer.assignment.size() != problem.customer_count) {
    return wrong("assignment", "one for each customer is needed");
  }
  long double sum = 0;
  const double radius =
      problem.metric == siting_problem::Metric::listed ? 0.5 : problem.radius * (1 + kSame);
  for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
    const std::uint32_t j = answer.assignment[u];
    const std::string at = "assignment " + std::to_string(u);
    if (j == kNobody) {
      continue;
    }
    if (j >= problem.candidate_count || open[j] == 0) {
      return wrong(at, "is no open facility");
    }
    if (!(distance(problem, j, u) <= radius)) {
      return wrong(at, "is not within the radius");
    }
    sum += static_cast<long double>(problem.weight_of(u));
  }
  return static_cast<double>(sum);
}

double all_weight(const Problem& problem) {
  long double sum = 0;
  for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
    sum += static_cast<long double>(problem.weight_of(u));
  }
  return static_cast<double>(sum);
}

base::Result<Found> check_max_cover(const Problem& problem, const Answer& answer) {
  HUAN_TRY(open, check_facilities(problem, answer));
  HUAN_TRY(value, covered_weight(problem, answer, open));
  if (!near(value, answer.lower)) {
    return wrong("lower", "the plan covers " + std::to_string(value));
  }
  const double all = all_weight(problem);
  Found found;
  found.value = value;
  found.bound = all;
  if (!answer.proof.nodes.empty()) {
    const bool on_points = problem.metric != siting_problem::Metric::listed &&
                           problem.metric != siting_problem::Metric::table;
    const double radius = problem.radius * (1 + kSame);
    Problem links;
    if (!on_points) {
      links = linked(problem, radius);
    }
    links.metric = siting_problem::Metric::listed;
    links.weight = problem.weight;
    HUAN_TRY(proven, on_points ? follow_cover(problem, answer.proof, radius)
                               : follow(links, answer.proof, 1));
    found.has_proof = true;
    found.cases = proven.cases;
    found.bound = all - (whole_valued(links) ? std::ceil(proven.bound) : proven.bound);
  }
  HUAN_CHECK(check_order(answer));
  if (answer.upper < found.bound && !near(answer.upper, found.bound)) {
    return wrong("upper", "the proof gives " + std::to_string(found.bound));
  }
  return found;
}

base::Result<Found> check_capacitated(const Problem& problem, const Answer& answer) {
  HUAN_TRY(open, check_facilities(problem, answer));
  HUAN_TRY(plan, served(problem, answer, open));
  const double value = plan.ways + plan.opening;
  if (!near(value, answer.upper)) {
    return wrong("upper", "the plan's value is " + std::to_string(value));
  }
  Found found;
  found.value = value;
  if (!answer.proof.nodes.empty()) {
    HUAN_TRY(bound, capacity_bound(problem, answer.proof));
    found.has_proof = true;
    found.cases = 1;
    const bool whole = whole_valued(problem) && problem.kind == Kind::capacitated;
    found.bound = whole ? std::ceil(bound - kHair * std::max(1.0, bound)) : bound;
  }
  HUAN_CHECK(check_ends(answer, found.bound));
  return found;
}

/// Weight of who is covered as often as asked, from the facilities alone.
double covered_times(const Problem& links, const std::vector<std::uint8_t>& open) {
  std::vector<std::int64_t> times(links.customer_count, 0);
  for (const siting_problem::Link& link : links.links) {
    times[link.customer] += open[link.candidate];
  }
  long double sum = 0;
  for (std::uint32_t u = 0; u < links.customer_count; ++u) {
    sum += times[u] >= links.times ? static_cast<long double>(links.weight_of(u)) : 0;
  }
  return static_cast<double>(sum);
}

base::Result<Found> check_cover(const Problem& problem, const Answer& answer) {
  HUAN_TRY(open, check_facilities(problem, answer));
  HUAN_TRY(covered, covered_weight(problem, answer, open));
  const Problem links = linked(problem, problem.radius * (1 + kSame));
  const double times = problem.times > 1 ? covered_times(links, open) : covered;
  const double wanted = problem.share * all_weight(problem);
  if (std::min(covered, times) < wanted && !near(std::min(covered, times), wanted)) {
    return wrong("assignment", problem.times == 1 && problem.share == 1
                                   ? "not everybody is covered"
                                   : "covered are " + std::to_string(std::min(covered, times)) +
                                         " of " + std::to_string(wanted));
  }
  Found found;
  bool whole_costs = true;
  for (std::uint32_t j = 0; j < problem.candidate_count; ++j) {
    const double cost = problem.cost.empty() ? 1 : problem.cost[j];
    whole_costs = whole_costs && cost == std::floor(cost);
    found.value += open[j] != 0 ? cost : 0;
  }
  if (!near(found.value, answer.upper)) {
    return wrong("upper", "the plan costs " + std::to_string(found.value));
  }
  if (answer.proof.nodes.empty() && answer.proof.bound > 0) {
    HUAN_TRY(proven, follow_cover_parts(links, answer.proof));
    found.has_proof = true;
    found.cases = proven.cases;
    found.bound = proven.bound;
  } else if (!answer.proof.nodes.empty()) {
    found.has_proof = true;
    if (answer.proof.nodes.size() > 1) {
      HUAN_TRY(proven, follow_cover_cases(links, answer.proof));
      found.cases = proven.cases;
      found.bound = proven.bound;
    } else {
      HUAN_TRY(bound, cover_bound(links, answer.proof));
      found.cases = 1;
      // A bound that rounding took under a whole number by a hair still stands for it.
      found.bound = whole_costs ? std::ceil(bound - kHair * std::max(1.0, bound)) : bound;
    }
  }
  HUAN_CHECK(check_ends(answer, found.bound));
  return found;
}

base::Result<Found> check_center(const Problem& problem, const Answer& answer) {
  HUAN_TRY(open, check_facilities(problem, answer));
  Found found;
  for (std::uint32_t u = 0; u < answer.assignment.size(); ++u) {
    const std::uint32_t j = answer.assignment[u];
    if (j == kNobody || j >= problem.candidate_count || open[j] == 0) {
      return wrong("assignment " + std::to_string(u), "is no open facility");
    }
    found.value = std::max(found.value, distance(problem, j, u));
  }
  if (answer.assignment.size() != problem.customer_count) {
    return wrong("assignment", "one for each customer is needed");
  }
  if (!near(found.value, answer.upper)) {
    return wrong("upper", "the farthest is " + std::to_string(found.value));
  }
  const bool by_rows = !answer.proof.parts.empty();
  if (answer.lower > 0 && (by_rows || !answer.proof.nodes.empty())) {
    // Somebody stays without a facility nearer than `lower`.
    const double below = std::nextafter(answer.lower * (1 - kHair), 0.0);
    HUAN_TRY(proven, by_rows ? follow_center_rows(problem, answer.proof, below)
                             : center_bound(problem, answer.proof, below));
    found.has_proof = true;
    found.cases = proven.cases;
    found.bound = proven.bound > 0 ? answer.lower : 0;
  }
  HUAN_CHECK(check_ends(answer, found.bound));
  return found;
}

}  // namespace

base::Result<Found> check(const Problem& problem, const Answer& answer) {
  if (problem.kind == Kind::capacitated && (problem.demand.size() != problem.customer_count ||
                                            problem.capacity.size() != problem.candidate_count)) {
    return Error{ErrorCode::bad_problem, "capacity", "demands and capacities are needed"};
  }
  const bool on_points = problem.metric != siting_problem::Metric::table &&
                         problem.metric != siting_problem::Metric::listed;
  if (!on_points && (problem.kind == Kind::capacitated || problem.kind == Kind::facility)) {
    return Error{ErrorCode::not_supported, "metric", "capacities with a table of distances"};
  }
  if (!std::isfinite(answer.upper) || !std::isfinite(answer.lower)) {
    return wrong("upper", "both ends have to be numbers");
  }
  switch (problem.kind) {
    case Kind::pmedian:
      return check_median(problem, answer);
    case Kind::capacitated:
    case Kind::facility:
      return check_capacitated(problem, answer);
    case Kind::cover:
      return check_cover(problem, answer);
    case Kind::maxcover:
      return check_max_cover(problem, answer);
    case Kind::pcenter:
      return check_center(problem, answer);
    default:
      return Error{ErrorCode::not_supported, "problem", std::string{name(problem.kind)}};
  }
}

}  // namespace huan::siting_check
