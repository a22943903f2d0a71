// SPDX-License-Identifier: Apache-2.0
#include "proof.hpp"

#include <algorithm>
#include <optional>

#include "measure.hpp"
#include "nearby.hpp"

namespace huan::siting_check {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Metric;
using siting_problem::Proof;
using siting_problem::ProofNode;

constexpr double kGiven = 1e-9;       ///< relative: what rounding to the safe side may cost
constexpr double kGivenWhole = 5e-7;  ///< of whole values: a bound just over one rounds up
constexpr std::size_t kFewFree = 64;  ///< are all looked at

// What is said of a candidate.
constexpr std::uint8_t kFree = 0;
constexpr std::uint8_t kClosed = 1;
constexpr std::uint8_t kOpen = 2;

/// What is assumed in one case.
struct Case {
  std::uint32_t node{0};
  std::vector<std::uint8_t> said;  ///< by candidate
  std::vector<double> ceiling;     ///< by customer: distance to what is open
};

class Follower {
 public:
  /// `radius`: of what covers, when that is what counts; below 0: it is not.
  Follower(const Problem& problem, const Proof& proof, double radius)
      : problem_(problem), proof_(proof), radius_(radius) {
    const double given = kGiven * std::abs(proof.bound);
    floor_ = proof.bound - (whole_values() ? std::min(given, kGivenWhole) : given);
    if (on_points()) {
      nearby_.emplace(problem);
    }
  }

  base::Result<Proven> run(double ceiling);

 private:
  struct Priced {
    long double bound{0};
    std::vector<std::uint32_t> rank;  ///< free candidates, by rho
    std::vector<long double> rho;
    std::size_t left{0};  ///< how many of them open
    bool none{false};     ///< too few are free: nothing falls into this case
  };

  [[nodiscard]] bool on_points() const {
    return problem_.metric != Metric::table && problem_.metric != Metric::listed;
  }
  [[nodiscard]] bool whole_values() const {
    if (radius_ < 0) {
      return whole_valued(problem_);
    }
    Problem covers;
    covers.metric = Metric::listed;
    covers.weight = problem_.weight;
    return whole_valued(covers);
  }
  [[nodiscard]] double below(std::uint32_t candidate, std::uint32_t customer) const {
    if (radius_ < 0) {
      return distance_below(problem_, candidate, customer);
    }
    return distance(problem_, candidate, customer) <= radius_ ? 0 : 1;
  }
  base::Result<void> check_node(const ProofNode& node, std::uint32_t at) const;
  [[nodiscard]] Priced price(const Case& one) const;
  void gather(const Case& one, std::vector<long double>& rho,
              const std::vector<std::uint32_t>& free) const;
  void open(Case& one, std::uint32_t candidate) const;
  void conclude(Case& one, const Priced& priced) const;
  void push_cases(std::vector<Case>& open_cases, Case one) const;

  const Problem& problem_;
  const Proof& proof_;
  double radius_{-1};
  double floor_{0};  ///< what every case has to reach
  std::optional<Nearby> nearby_;
};

base::Result<void> Follower::check_node(const ProofNode& node, std::uint32_t at) const {
  const std::string place = "proof node " + std::to_string(at);
  if (node.multipliers.size() != problem_.customer_count) {
    return Error{ErrorCode::wrong_answer, place, "a multiplier for each customer is needed"};
  }
  for (const double multiplier : node.multipliers) {
    if (!(multiplier >= 0) || !std::isfinite(multiplier)) {
      return Error{ErrorCode::wrong_answer, place, "a multiplier is below 0"};
    }
  }
  // Cases point forward only, so that following them ends.
  const auto backward = [&](std::uint32_t next) {
    return next != 0 && (next <= at || next >= proof_.nodes.size());
  };
  if (backward(node.when_open) || backward(node.when_closed)) {
    return Error{ErrorCode::wrong_answer, place, "names a case that is not behind it"};
  }
  const bool branches = node.branch != siting_problem::kNobody;
  if (branches && node.branch >= problem_.candidate_count) {
    return Error{ErrorCode::wrong_answer, place, "branches on what is no candidate"};
  }
  return {};
}

void Follower::open(Case& one, std::uint32_t candidate) const {
  one.said[candidate] = kOpen;
  for (std::uint32_t u = 0; u < problem_.customer_count; ++u) {
    one.ceiling[u] = std::min(one.ceiling[u], below(candidate, u));
  }
}

// Adds up, from below, what each free candidate would save against the multipliers.
void Follower::gather(const Case& one, std::vector<long double>& rho,
                      const std::vector<std::uint32_t>& free) const {
  const std::vector<double>& multipliers = proof_.nodes[one.node].multipliers;
  const auto add = [&](std::uint32_t j, std::uint32_t u, double nu) {
    const double d = below(j, u);
    if (d < nu) {
      rho[j] = down(rho[j] + down(problem_.weight_of(u) * down(static_cast<long double>(d) - nu)));
    }
  };
  const bool strips = nearby_.has_value() && free.size() > kFewFree;
  for (std::uint32_t u = 0; u < problem_.customer_count; ++u) {
    const double nu = std::min(multipliers[u], one.ceiling[u]);
    if (problem_.metric == Metric::listed || nu <= 0) {
      continue;
    }
    if (!strips) {
      for (const std::uint32_t j : free) {
        add(j, u, nu);
      }
      continue;
    }
    nearby_->each(u, radius_ < 0 ? nu : radius_, [&](std::uint32_t j) {
      if (one.said[j] == kFree) {
        add(j, u, nu);
      }
    });
  }
  if (problem_.metric == Metric::listed) {
    for (const siting_problem::Link& link : problem_.links) {
      const double nu = std::min(multipliers[link.customer], one.ceiling[link.customer]);
      if (one.said[link.candidate] == kFree && nu > 0) {
        rho[link.candidate] = down(rho[link.candidate] - up(static_cast<long double>(nu) *
                                                            problem_.weight_of(link.customer)));
      }
    }
  }
}

Follower::Priced Follower::price(const Case& one) const {
  Priced priced;
  std::int64_t opened = 0;
  for (std::uint32_t j = 0; j < problem_.candidate_count; ++j) {
    if (one.said[j] == kFree) {
      priced.rank.push_back(j);
    }
    opened += one.said[j] == kOpen ? 1 : 0;
  }
  const std::int64_t left = problem_.p - opened;
  priced.none = left < 0 || left > static_cast<std::int64_t>(priced.rank.size());
  if (priced.none) {
    return priced;
  }
  priced.left = static_cast<std::size_t>(left);
  priced.rho.assign(problem_.candidate_count, 0);
  gather(one, priced.rho, priced.rank);
  std::sort(priced.rank.begin(), priced.rank.end(), [&](std::uint32_t a, std::uint32_t b) {
    return priced.rho[a] != priced.rho[b] ? priced.rho[a] < priced.rho[b] : a < b;
  });
  const std::vector<double>& multipliers = proof_.nodes[one.node].multipliers;
  long double sum = 0;
  for (std::uint32_t u = 0; u < problem_.customer_count; ++u) {
    const long double nu = std::min(multipliers[u], one.ceiling[u]);
    sum = down(sum + down(problem_.weight_of(u) * nu));
  }
  for (std::size_t k = 0; k < priced.left; ++k) {
    sum = down(sum + priced.rho[priced.rank[k]]);
  }
  priced.bound = sum;
  return priced;
}

// A candidate that would bring the bound to the floor stays closed (or open): nothing below the
// floor is lost.
void Follower::conclude(Case& one, const Priced& priced) const {
  const std::size_t left = priced.left;
  const std::size_t free = priced.rank.size();
  for (std::size_t k = 0; k < free; ++k) {
    const std::uint32_t j = priced.rank[k];
    if (k >= left) {
      const bool lost = left == 0 || down(down(priced.bound + priced.rho[j]) -
                                          priced.rho[priced.rank[left - 1]]) >= floor_;
      if (lost) {
        one.said[j] = kClosed;
      }
    } else if (left == free ||
               down(down(priced.bound - priced.rho[j]) + priced.rho[priced.rank[left]]) >= floor_) {
      open(one, j);
    }
  }
}

void Follower::push_cases(std::vector<Case>& open_cases, Case one) const {
  const ProofNode& node = proof_.nodes[one.node];
  if (node.branch == siting_problem::kNobody) {
    one.node = node.when_open;
    open_cases.push_back(std::move(one));
    return;
  }
  const std::uint8_t before = one.said[node.branch];
  if (before != kOpen) {
    Case closed = one;
    closed.said[node.branch] = kClosed;
    closed.node = node.when_closed;
    open_cases.push_back(std::move(closed));
  }
  if (before != kClosed) {
    if (before == kFree) {
      open(one, node.branch);
    }
    one.node = node.when_open;
    open_cases.push_back(std::move(one));
  }
}

base::Result<Proven> Follower::run(double ceiling) {
  Case whole;
  whole.said.assign(problem_.candidate_count, kFree);
  whole.ceiling.assign(problem_.customer_count, ceiling);
  for (std::uint32_t j = 0; j < problem_.candidate_count; ++j) {
    if (problem_.is_forbidden(j)) {
      whole.said[j] = kClosed;
    } else if (problem_.is_required(j)) {
      open(whole, j);
    }
  }
  std::vector<Case> open_cases;
  open_cases.push_back(std::move(whole));
  Proven proven{floor_, 0};
  while (!open_cases.empty()) {
    Case one = std::move(open_cases.back());
    open_cases.pop_back();
    const std::uint32_t at = one.node;
    const ProofNode& node = proof_.nodes[at];
    HUAN_CHECK(check_node(node, at));
    ++proven.cases;
    const Priced priced = price(one);
    // No plan is worth less than 0.
    if (priced.none || std::max(priced.bound, 0.0L) >= floor_) {
      continue;
    }
    const bool branches = node.branch != siting_problem::kNobody;
    if (node.when_open == 0 || (branches && node.when_closed == 0)) {
      return Error{ErrorCode::wrong_answer, "proof node " + std::to_string(at),
                   "gives " + std::to_string(static_cast<double>(priced.bound)) + ", not " +
                       std::to_string(floor_)};
    }
    conclude(one, priced);
    push_cases(open_cases, std::move(one));
  }
  return proven;
}

}  // namespace

base::Result<Proven> follow(const Problem& problem, const Proof& proof, double ceiling) {
  if (!std::isfinite(proof.bound) || proof.nodes.empty()) {
    return Error{ErrorCode::wrong_answer, "proof", "is empty"};
  }
  return Follower(problem, proof, -1).run(ceiling);
}

base::Result<Proven> follow_cover(const Problem& problem, const Proof& proof, double radius) {
  if (!std::isfinite(proof.bound) || proof.nodes.empty()) {
    return Error{ErrorCode::wrong_answer, "proof", "is empty"};
  }
  return Follower(problem, proof, radius).run(1);
}

}  // namespace huan::siting_check
