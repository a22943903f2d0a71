// SPDX-License-Identifier: Apache-2.0
// A cover part by part: the small ones first, each with its share of what may still be spent, and
// those that stay unproven again with what is left.
#include <algorithm>
#include <numeric>

#include "cover_rows.hpp"
#include "partial_cover.hpp"
#include "set_cover.hpp"

namespace huan::siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Answer;
using siting_problem::kNobody;
using siting_problem::Metric;
using siting_problem::Problem;
using siting_problem::Status;

constexpr double kTooLate = 0.9;  ///< of the limits: too little is left to begin again

/// One customer: its cheapest candidate, and the multiplier that says so.
Answer alone(const Problem& links) {
  Answer answer;
  const auto least = std::min_element(links.cost.begin(), links.cost.end());
  answer.facilities = {static_cast<std::uint32_t>(least - links.cost.begin())};
  answer.upper = answer.lower = answer.proof.bound = *least;
  answer.proof.nodes.resize(1);
  answer.proof.nodes[0].multipliers = {*least};
  answer.status = Status::optimal;
  answer.stop = siting_problem::Stop::proven;
  return answer;
}

class PartsOfCover {
 public:
  PartsOfCover(const NeededCover& needed, Budget& budget)
      : needed_(needed), budget_(budget), answers_(needed.parts.size()) {}

  void run() {
    std::vector<std::size_t> open(answers_.size());
    std::iota(open.begin(), open.end(), std::size_t{0});
    solve(open);
    while (!open.empty() && budget_.look() && budget_.share() < kTooLate) {
      solve(open);
    }
  }
  [[nodiscard]] std::vector<Answer>& answers() { return answers_; }

 private:
  /// Leaves what is not proven in `open`.
  void solve(std::vector<std::size_t>& open) {
    double left = 0;
    for (const std::size_t k : open) {
      left += size(k);
    }
    std::vector<std::size_t> unproven;
    for (const std::size_t k : open) {
      const CoverPart& part = needed_.parts[k];
      if (part.customer.size() == 1) {
        answers_[k] = alone(part.links);
      } else {
        solve_one(k, std::min(1.0, size(k) / left));
      }
      left -= size(k);
      if (answers_[k].status != Status::optimal) {
        unproven.push_back(k);
      }
    }
    open = std::move(unproven);
  }

  [[nodiscard]] double size(std::size_t k) const {
    return static_cast<double>(needed_.parts[k].links.links.size());
  }

  void solve_one(std::size_t k, double share) {
    const auto iterations = static_cast<double>(budget_.left());
    Limits limits = budget_.part(
        iterations > 0 ? std::max<std::int64_t>(1, static_cast<std::int64_t>(share * iterations))
                       : 0,
        share);
    limits.share = [this](double) { budget_.look(); };
    Budget own(limits);
    Answer now = SetCover(needed_.parts[k].links, own).run();
    budget_.took(own.iterations());
    Answer& best = answers_[k];
    const bool first = best.facilities.empty();
    if (!first && best.upper <= now.upper) {
      now.facilities = best.facilities;
      now.upper = best.upper;
    }
    if (!first && best.lower >= now.lower) {
      now.lower = best.lower;
      now.proof = std::move(best.proof);
    }
    best = std::move(now);
  }

  const NeededCover& needed_;
  Budget& budget_;
  std::vector<Answer> answers_;
};

/// One proof of those of the parts.
void put_together(const NeededCover& needed, std::vector<Answer>& answers, Answer& out) {
  bool proven = true;
  out.proof.dominated = needed.dominated;
  for (std::size_t k = 0; k < answers.size(); ++k) {
    const CoverPart& part = needed.parts[k];
    Answer& one = answers[k];
    for (const std::uint32_t j : one.facilities) {
      out.facilities.push_back(part.candidate[j]);
    }
    for (siting_problem::ProofNode& node : one.proof.nodes) {
      if (node.branch != kNobody) {
        node.branch = part.candidate[node.branch];
      }
    }
    out.upper += one.upper;
    out.lower += one.lower;
    out.proof.bound += one.lower;
    if (one.status != Status::optimal) {
      out.stop = one.stop;
      proven = false;
    }
    out.proof.parts.push_back({part.customer, std::move(one.proof.nodes), one.proof.bound});
  }
  out.lower = proven ? out.upper : std::min(out.lower, out.upper);
  if (proven) {
    out.stop = siting_problem::Stop::proven;
  }
  out.status =
      proven ? Status::optimal
             : (out.stop == siting_problem::Stop::seconds ? Status::time_limit : Status::feasible);
}

}  // namespace

base::Result<Answer> solve_cover(const Problem& problem, Budget& budget) {
  if (problem.metric != Metric::listed && !(problem.radius > 0)) {
    return Error{ErrorCode::bad_problem, "radius", "how far a site covers: has to be over 0"};
  }
  if (problem.times > 1 || problem.share < 1) {
    return solve_partial_cover(problem, budget);
  }
  bool narrowly = false;
  Within within{problem.radius, false};
  within.narrowly = &narrowly;
  HUAN_TRY(links, linked(problem, within));
  if (const std::uint32_t u = unreachable(links); u != kNobody) {
    return Error{ErrorCode::unreachable_point, customer_name(problem, u),
                 "no candidate that may open covers it"};
  }
  // Where a distance is the radius but for a hair, who leaves would depend on how it is rounded.
  const NeededCover needed = needed_cover(links, !narrowly);
  PartsOfCover parts(needed, budget);
  parts.run();
  Answer answer;
  const std::vector<double> cost = opening_costs(problem);
  for (std::uint32_t j = 0; j < problem.candidate_count; ++j) {
    if (problem.is_required(j)) {
      answer.facilities.push_back(j);
      answer.upper += cost[j];
    }
  }
  answer.lower = answer.proof.bound = answer.upper;
  put_together(needed, parts.answers(), answer);
  answer.iterations = budget.iterations();
  std::sort(answer.facilities.begin(), answer.facilities.end());
  std::vector<std::uint8_t> open(problem.candidate_count, 0);
  for (const std::uint32_t j : answer.facilities) {
    open[j] = 1;
  }
  answer.assignment.assign(problem.customer_count, kNobody);
  for (const auto& link : links.links) {
    if (open[link.candidate] != 0 && answer.assignment[link.customer] == kNobody) {
      answer.assignment[link.customer] = link.candidate;
    }
  }
  return answer;
}

}  // namespace huan::siting
