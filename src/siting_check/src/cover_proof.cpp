// SPDX-License-Identifier: Apache-2.0
#include "cover_proof.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "measure.hpp"

namespace huan::siting_check {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Link;
using siting_problem::Proof;
using siting_problem::ProofNode;

constexpr double kGivenOfCover = 1e-9;  ///< relative: what rounding to the safe side may cost
constexpr double kGivenOfWholeCost = 5e-7;
constexpr long double kHairOfRest = 1e-12L;  ///< of what may stay uncovered

enum class Said : std::uint8_t { nothing, closed, open };

struct Assumed {
  std::uint32_t node{0};
  std::vector<Said> said;  ///< by candidate
};

class CoverFollower {
 public:
  CoverFollower(const Problem& links, const Proof& proof) : links_(links), proof_(proof) {
    bool whole = true;
    for (std::uint32_t j = 0; j < links.candidate_count; ++j) {
      whole = whole && cost(j) == std::floor(cost(j));
    }
    const double given = kGivenOfCover * std::abs(proof.bound);
    floor_ = proof.bound - (whole ? std::min(given, kGivenOfWholeCost) : given);
    bound_ = whole ? std::ceil(floor_) : floor_;
    long double all = 0;
    for (std::uint32_t i = 0; i < links.customer_count; ++i) {
      all += links.weight_of(i);
    }
    rest_ =
        links.share < 1 ? (1 - static_cast<long double>(links.share)) * all * (1 + kHairOfRest) : 0;
  }

  base::Result<Proven> run();

 private:
  struct Priced {
    long double value{0};
    std::vector<long double> reduced;  ///< of what is neither open nor closed
    bool none{false};                  ///< too much weight has too few candidates left
  };
  [[nodiscard]] double cost(std::uint32_t j) const {
    return links_.cost.empty() ? 1 : links_.cost[j];
  }
  base::Result<void> check_node(std::uint32_t at) const;
  [[nodiscard]] Priced price(const Assumed& one) const;
  [[nodiscard]] long double most_left_out(const std::vector<long double>& worth) const;
  void conclude(Assumed& one, const Priced& priced) const;
  void push_cases(std::vector<Assumed>& open, Assumed one) const;

  const Problem& links_;
  const Proof& proof_;
  double floor_{0};  ///< what every case has to reach
  double bound_{0};
  long double rest_{0};  ///< weight that may stay uncovered
};

base::Result<void> CoverFollower::check_node(std::uint32_t at) const {
  const ProofNode& node = proof_.nodes[at];
  const std::string place = "proof node " + std::to_string(at);
  const bool fits = node.multipliers.size() == links_.customer_count &&
                    std::all_of(node.multipliers.begin(), node.multipliers.end(),
                                [](double one) { return one >= 0 && std::isfinite(one); });
  if (!fits) {
    return Error{ErrorCode::wrong_answer, place,
                 "a multiplier not below 0 is needed for each customer"};
  }
  // Cases point forward only, so that following them ends.
  const auto backward = [&](std::uint32_t next) {
    return next != 0 && (next <= at || next >= proof_.nodes.size());
  };
  if (backward(node.when_open) || backward(node.when_closed)) {
    return Error{ErrorCode::wrong_answer, place, "names a case that is not behind it"};
  }
  if (node.branch != siting_problem::kNobody && node.branch >= links_.candidate_count) {
    return Error{ErrorCode::wrong_answer, place, "branches on what is no candidate"};
  }
  return {};
}

// From above: a part of the last customer fills the rest up.
long double CoverFollower::most_left_out(const std::vector<long double>& worth) const {
  if (rest_ <= 0) {
    return 0;
  }
  std::vector<std::uint32_t> order(worth.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return worth[a] * links_.weight_of(b) > worth[b] * links_.weight_of(a);
  });
  long double left = rest_;
  long double sum = 0;
  for (const std::uint32_t i : order) {
    const long double w = links_.weight_of(i);
    sum += w <= left ? worth[i] : worth[i] * (left / w);
    left -= w;
    if (left <= 0) {
      break;
    }
  }
  return sum * (1 + kHairOfRest);
}

CoverFollower::Priced CoverFollower::price(const Assumed& one) const {
  const std::vector<double>& u = proof_.nodes[one.node].multipliers;
  std::vector<std::int64_t> lack(links_.customer_count, links_.times);
  std::vector<std::int64_t> free(links_.customer_count, 0);
  for (const Link& link : links_.links) {
    lack[link.customer] -= one.said[link.candidate] == Said::open ? 1 : 0;
    free[link.customer] += one.said[link.candidate] == Said::nothing ? 1 : 0;
  }
  Priced priced;
  long double lost = 0;
  std::vector<long double> worth(links_.customer_count, 0);
  for (std::uint32_t i = 0; i < links_.customer_count; ++i) {
    if (lack[i] > 0) {
      lost += free[i] < lack[i] ? links_.weight_of(i) : 0;
      worth[i] = static_cast<long double>(lack[i]) * u[i];
    }
  }
  priced.none = lost > rest_;
  priced.reduced.resize(links_.candidate_count);
  for (std::uint32_t j = 0; j < links_.candidate_count; ++j) {
    priced.reduced[j] = cost(j);
    priced.value += one.said[j] == Said::open ? cost(j) : 0;
  }
  for (const Link& link : links_.links) {
    if (lack[link.customer] > 0) {
      priced.reduced[link.candidate] = down(priced.reduced[link.candidate] - u[link.customer]);
    }
  }
  priced.value = std::accumulate(worth.begin(), worth.end(), priced.value) - most_left_out(worth);
  for (std::uint32_t j = 0; j < links_.candidate_count; ++j) {
    if (one.said[j] == Said::nothing) {
      priced.value = down(priced.value + std::min(priced.reduced[j], 0.0L));
    }
  }
  return priced;
}

// What would bring the bound to the floor stays closed (or open): nothing below the floor is lost.
void CoverFollower::conclude(Assumed& one, const Priced& priced) const {
  for (std::uint32_t j = 0; j < links_.candidate_count; ++j) {
    if (one.said[j] == Said::nothing &&
        down(priced.value + std::abs(priced.reduced[j])) >= floor_) {
      one.said[j] = priced.reduced[j] < 0 ? Said::open : Said::closed;
    }
  }
}

void CoverFollower::push_cases(std::vector<Assumed>& open, Assumed one) const {
  const ProofNode& node = proof_.nodes[one.node];
  if (node.branch == siting_problem::kNobody) {
    one.node = node.when_open;
    open.push_back(std::move(one));
    return;
  }
  const Said before = one.said[node.branch];
  if (before != Said::open) {
    Assumed closed = one;
    closed.said[node.branch] = Said::closed;
    closed.node = node.when_closed;
    open.push_back(std::move(closed));
  }
  if (before != Said::closed) {
    one.said[node.branch] = Said::open;
    one.node = node.when_open;
    open.push_back(std::move(one));
  }
}

base::Result<Proven> CoverFollower::run() {
  Assumed whole;
  for (std::uint32_t j = 0; j < links_.candidate_count; ++j) {
    whole.said.push_back(links_.is_required(j)
                             ? Said::open
                             : (links_.is_forbidden(j) ? Said::closed : Said::nothing));
  }
  Proven proven{bound_, 0};
  std::vector<Assumed> open;
  open.push_back(std::move(whole));
  while (!open.empty()) {
    Assumed one = std::move(open.back());
    open.pop_back();
    HUAN_CHECK(check_node(one.node));
    ++proven.cases;
    const Priced priced = price(one);
    if (priced.none || priced.value >= floor_) {
      continue;
    }
    const ProofNode& node = proof_.nodes[one.node];
    const bool branches = node.branch != siting_problem::kNobody;
    if (node.when_open == 0 || (branches && node.when_closed == 0)) {
      return Error{ErrorCode::wrong_answer, "proof node " + std::to_string(one.node),
                   "gives " + std::to_string(static_cast<double>(priced.value)) + ", not " +
                       std::to_string(floor_)};
    }
    conclude(one, priced);
    push_cases(open, std::move(one));
  }
  return proven;
}

}  // namespace

base::Result<Proven> follow_cover_cases(const Problem& links, const Proof& proof) {
  if (!std::isfinite(proof.bound) || proof.nodes.empty()) {
    return Error{ErrorCode::wrong_answer, "proof", "is empty"};
  }
  return CoverFollower(links, proof).run();
}

}  // namespace huan::siting_check
