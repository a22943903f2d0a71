// SPDX-License-Identifier: Apache-2.0
#include "huan/siting_check/check.hpp"

#include <algorithm>

#include "measure.hpp"
#include "proof.hpp"

namespace huan::siting_check {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Answer;
using siting_problem::Kind;
using siting_problem::kNobody;
using siting_problem::Status;

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
  if (problem.kind != Kind::cover &&
      static_cast<std::int64_t>(answer.facilities.size()) != problem.p) {
    return wrong("facilities", std::to_string(problem.p) + " are asked for");
  }
  return open;
}

base::Result<double> sum_of_distances(const Problem& problem, const Answer& answer,
                                      const std::vector<std::uint8_t>& open) {
  if (answer.assignment.size() != problem.customer_count) {
    return wrong("assignment", "one for each customer is needed");
  }
  long double sum = 0;
  for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
    const std::uint32_t j = answer.assignment[u];
    const std::string at = "assignment " + std::to_string(u);
    if (j == kNobody || j >= problem.candidate_count || open[j] == 0) {
      return wrong(at, "is no open facility");
    }
    const double d = distance(problem, j, u);
    if (!std::isfinite(d)) {
      return wrong(at, "cannot be reached");
    }
    sum += static_cast<long double>(problem.weight_of(u)) * d;
  }
  return static_cast<double>(sum);
}

base::Result<void> check_ends(const Answer& answer, double bound) {
  if (answer.lower > answer.upper && !near(answer.lower, answer.upper)) {
    return wrong("lower", "is above upper");
  }
  if (answer.status == Status::optimal && !near(answer.lower, answer.upper)) {
    return wrong("status", "says optimal, but the ends differ");
  }
  if (answer.lower > bound && !near(answer.lower, bound)) {
    return wrong("lower", "the proof gives " + std::to_string(bound));
  }
  return {};
}

base::Result<Found> check_median(const Problem& problem, const Answer& answer) {
  HUAN_TRY(open, check_facilities(problem, answer));
  HUAN_TRY(value, sum_of_distances(problem, answer, open));
  if (!near(value, answer.upper)) {
    return wrong("upper", "the plan's value is " + std::to_string(value));
  }
  Found found;
  found.value = value;
  if (answer.proof.nodes.empty()) {
    // Distances are not negative: 0 needs no proof.
    HUAN_CHECK(check_ends(answer, 0));
    return found;
  }
  HUAN_TRY(proven, follow(problem, answer.proof, std::numeric_limits<double>::infinity()));
  found.has_proof = true;
  found.cases = proven.cases;
  found.bound = whole_valued(problem) ? std::ceil(proven.bound) : proven.bound;
  HUAN_CHECK(check_ends(answer, found.bound));
  return found;
}

}  // namespace

base::Result<Found> check(const Problem& problem, const Answer& answer) {
  if (!std::isfinite(answer.upper) || !std::isfinite(answer.lower)) {
    return wrong("upper", "both ends have to be numbers");
  }
  switch (problem.kind) {
    case Kind::pmedian:
      return check_median(problem, answer);
    default:
      return Error{ErrorCode::not_supported, "problem", std::string{name(problem.kind)}};
  }
}

}  // namespace huan::siting_check
