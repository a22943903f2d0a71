// SPDX-License-Identifier: Apache-2.0
#include "equity.hpp"

#include <algorithm>
#include <numeric>

#include "coverage.hpp"
#include "random.hpp"
#include "swap_search.hpp"

namespace huan::siting {
namespace {

using siting_problem::Answer;

constexpr int kSteps = 24;    ///< of the emphasis on who is far
constexpr int kRankings = 3;  ///< ranks change with the plan
constexpr double kLeastEmphasis = 1.0 / 16;
constexpr double kGrowth = 1.6;
constexpr double kFloor = 0.02;  ///< of a weight: nobody counts for nothing
constexpr double kHairOfGini = 1e-12;
constexpr std::uint32_t kTries = 4'000;
constexpr std::uint32_t kTriesOfEach = 60;  ///< exchanges of a candidate, at most
constexpr double kFewPlans = 5'000;         ///< are all looked at

class Equity {
 public:
  Equity(const Problem& problem, const Space& space, Budget& budget)
      : problem_(problem),
        space_(space),
        budget_(budget),
        random_(budget.seed()),
        weight_(weights(problem)),
        distance_(problem.customer_count) {}

  base::Result<void> run(Answer& answer);

 private:
  /// Of the facilities of a search; its cost too.
  double look(const SwapSearch& search);
  void keep(const SwapSearch& search);
  bool emphasize(const std::vector<std::uint32_t>& from, double emphasis);
  void bring_down();
  [[nodiscard]] bool few_plans() const;
  void look_at_all();
  [[nodiscard]] std::vector<std::uint32_t> pool();

  const Problem& problem_;
  const Space& space_;
  Budget& budget_;
  Random random_;
  std::vector<double> weight_;
  std::vector<double> distance_;
  std::vector<double> above_;
  std::vector<std::uint32_t> last_;
  std::vector<std::uint32_t> best_;
  double cost_{0};
  double best_cost_{std::numeric_limits<double>::infinity()};
  double least_{1};  ///< Gini coefficient that was seen
};

double Equity::look(const SwapSearch& search) {
  cost_ = 0;
  for (std::uint32_t u = 0; u < distance_.size(); ++u) {
    distance_[u] = search.nearest_distance(u);
    cost_ += weight_[u] * distance_[u];
  }
  const double gini = gini_of(weight_, distance_, &above_);
  least_ = std::min(least_, gini);
  return gini;
}

void Equity::keep(const SwapSearch& search) {
  if (cost_ < best_cost_ * (1 - 1e-12)) {
    best_cost_ = cost_;
    best_ = search.facilities();
  }
}

std::vector<std::uint32_t> Equity::pool() {
  std::vector<std::uint32_t> out;
  out.reserve(problem_.candidate_count);
  for (std::uint32_t j = 0; j < problem_.candidate_count; ++j) {
    if (!problem_.is_forbidden(j)) {
      out.push_back(j);
    }
  }
  for (std::size_t k = out.size(); k > 1; --k) {
    std::swap(out[k - 1], out[random_.below(static_cast<std::uint32_t>(k))]);
  }
  return out;
}

// The coefficient is the sum of w * d * (2 * above - 1) over that of w * d: with the ranks as they
// are, keeping it is a weight of each customer in the sum of distances. True when it is kept.
bool Equity::emphasize(const std::vector<std::uint32_t>& from, double emphasis) {
  last_ = from;
  bool kept = false;
  for (int pass = 0; pass < kRankings && budget_.look(); ++pass) {
    SwapSearch now(space_, weight_, problem_.required);
    now.set_open(last_);
    look(now);
    std::vector<double> tilted(weight_.size());
    for (std::size_t u = 0; u < tilted.size(); ++u) {
      tilted[u] = weight_[u] * std::max(kFloor, 1 + emphasis * (2 * above_[u] - 1 - problem_.gini));
    }
    SwapSearch search(space_, tilted, problem_.required);
    search.set_open(last_);
    search.descend(pool(), [this] { return budget_.in_time(); });
    budget_.spend();
    const std::vector<std::uint32_t> before = last_;
    last_ = search.facilities();
    if (look(search) <= problem_.gini * (1 - kHairOfGini)) {
      kept = true;
      keep(search);
    }
    if (last_ == before) {
      break;
    }
  }
  return kept;
}

// Exchanges that shorten the ways and keep the coefficient.
void Equity::bring_down() {
  SwapSearch search(space_, weight_, problem_.required);
  search.set_open(best_);
  const std::vector<std::uint32_t> order = pool();
  const auto most = std::max<std::size_t>(kTries, kTriesOfEach * order.size());
  std::size_t since = 0;
  for (std::size_t k = 0; k < most && since < order.size() && budget_.spend(); ++k) {
    ++since;
    const std::uint32_t in = order[k % order.size()];
    if (search.is_open(in)) {
      continue;
    }
    const SwapSearch::Swap swap = search.best_for(in);
    if (swap.out == kNone || swap.profit <= search.slack()) {
      continue;
    }
    search.apply(swap);
    if (look(search) <= problem_.gini * (1 - kHairOfGini) && cost_ < best_cost_) {
      keep(search);
      since = 0;
    } else {
      search.apply({swap.out, swap.in, 0});
    }
  }
}

bool Equity::few_plans() const {
  double plans = 1;
  for (std::int64_t k = 0; k < problem_.p; ++k) {
    plans *= static_cast<double>(problem_.candidate_count - k) / static_cast<double>(k + 1);
    if (plans > kFewPlans) {
      return false;
    }
  }
  return true;
}

void Equity::look_at_all() {
  SwapSearch search(space_, weight_, problem_.required);
  std::vector<std::uint8_t> open(problem_.candidate_count, 0);
  std::fill_n(open.begin(), problem_.p, std::uint8_t{1});
  do {
    std::vector<std::uint32_t> facilities;
    bool may = true;
    for (std::uint32_t j = 0; j < open.size(); ++j) {
      may = may && (open[j] != 0 ? !problem_.is_forbidden(j) : !problem_.is_required(j));
      if (open[j] != 0) {
        facilities.push_back(j);
      }
    }
    if (may) {
      search.set_open(facilities);
      if (look(search) <= problem_.gini * (1 + kHairOfGini)) {
        keep(search);
      }
    }
  } while (std::prev_permutation(open.begin(), open.end()) && budget_.in_time());
}

base::Result<void> Equity::run(Answer& answer) {
  SwapSearch search(space_, weight_, problem_.required);
  search.set_open(answer.facilities);
  if (look(search) <= problem_.gini) {
    end(answer, budget_, answer.status == siting_problem::Status::optimal);
    return {};
  }
  double low = 0;
  double high = kLeastEmphasis;
  std::vector<std::uint32_t> from = answer.facilities;
  if (few_plans()) {
    look_at_all();
  }
  for (int step = 0; step < kSteps && budget_.look() && !few_plans(); ++step) {
    const double emphasis = std::isfinite(best_cost_) ? (low + high) / 2 : high;
    if (emphasize(from, emphasis)) {
      high = emphasis;
    } else if (std::isfinite(best_cost_)) {
      low = emphasis;
    } else {
      from = last_;
      low = high;
      high *= kGrowth;
    }
  }
  if (best_.empty()) {
    return base::Error{
        base::ErrorCode::bad_problem, "gini",
        (few_plans() ? "no plan keeps it; the most equal one has "
                     : "no plan was found that keeps it; the most equal one seen has ") +
            std::to_string(least_)};
  }
  bring_down();
  answer.facilities = best_;
  std::sort(answer.facilities.begin(), answer.facilities.end());
  answer.upper = best_cost_;
  answer.lower = std::min(answer.lower, answer.upper);
  end(answer, budget_, answer.upper - answer.lower <= 1e-10 * answer.upper);
  return {};
}

}  // namespace

double gini_of(const std::vector<double>& weight, const std::vector<double>& distance,
               std::vector<double>* above) {
  std::vector<std::uint32_t> order(distance.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return distance[a] != distance[b] ? distance[a] < distance[b] : a < b;
  });
  const double all = std::accumulate(weight.begin(), weight.end(), 0.0);
  if (above != nullptr) {
    above->assign(distance.size(), 0.0);
  }
  double sum = 0;
  double tilted = 0;
  double below = 0;
  for (std::size_t k = 0; k < order.size();) {
    const double d = distance[order[k]];
    double same = 0;
    std::size_t end = k;
    while (end < order.size() && distance[order[end]] == d) {
      same += weight[order[end++]];
    }
    const double share = (below + same / 2) / all;
    for (; k < end; ++k) {
      if (above != nullptr) {
        (*above)[order[k]] = share;
      }
    }
    sum += same * d;
    tilted += same * d * (2 * share - 1);
    below += same;
  }
  return sum > 0 ? std::max(0.0, tilted / sum) : 0;
}

base::Result<void> make_equal(const Problem& problem, const Space& space, Answer& answer,
                              Budget& budget) {
  return Equity(problem, space, budget).run(answer);
}

}  // namespace huan::siting
