// SPDX-License-Identifier: Apache-2.0
#include "median.hpp"

#include <cmath>
#include <numeric>

#include "gathering.hpp"

namespace huan::siting {
namespace {

constexpr double kListReach = 1.4;   ///< lists go so far beyond the second facility
constexpr double kGuessReach = 1.3;  ///< or so far beyond what a guess says
constexpr double kWideReach = 3;     ///< and so far before cases, if whole lists are too much
constexpr std::size_t kWholeMax = 3'000'000;
constexpr std::size_t kArcsMax = 70'000'000;
constexpr double kStartShare = 0.25;        ///< of the limits, for the first descent
constexpr std::uint32_t kFewest = 4'000;    ///< points, seen from farther away
constexpr std::uint32_t kForFacility = 12;  ///< and for each facility
constexpr std::uint32_t kCoarser = 5;       ///< so many points make one, seen from farther away
constexpr std::uint32_t kFiner = 3;         ///< fewer for one are not worth the while
constexpr std::int64_t kAfarRounds = 1'200;
constexpr double kAfarShare = 0.4;      ///< of the time that is left
constexpr double kRefreshesLeft = 3.5;  ///< two on the way, and one for the assignment at the end
constexpr int kRootRounds = 900;
constexpr int kUnlistedPatience = 2;  ///< rounds are dear without lists
constexpr int kTryRounds = 25;
constexpr double kRoundingOfMany = 1e-9;  ///< what a sum over many customers may be rounded off by
constexpr std::size_t kEnumerable = 400;  ///< candidates above which cases are not tried first

class Median {
 public:
  Median(const MedianTask& task, Budget& budget)
      : task_(task),
        budget_(budget),
        random_(budget.seed()),
        search_(task.space, task.weight, task.required) {}

  MedianPlan run();

 private:
  void start();
  void take_former(std::vector<std::uint32_t>& first);
  void fill(std::vector<std::uint32_t>& first) const;
  [[nodiscard]] std::vector<std::uint32_t> from_afar();
  void list(bool whole);
  [[nodiscard]] bool listable(const std::vector<double>& radius) const;
  void raise(int rounds);
  bool shrink();
  void shake(int rounds);
  void shake_once();
  void keep();
  bool finish(std::int64_t cases_max);
  [[nodiscard]] bool settled() const {
    return plan_.upper <= task_.good_enough || plan_.lower >= cutoff();
  }
  [[nodiscard]] double cutoff() const {
    return task_.integral ? plan_.upper - 1 + 1e-6 : plan_.upper * (1 - 1e-10) - task_.gap_enough;
  }
  void set_lower(double value);
  [[nodiscard]] std::vector<std::uint32_t> shuffled();

  const MedianTask& task_;
  Budget& budget_;
  Random random_;
  SwapSearch search_;
  MedianPlan plan_;
  Arcs arcs_;
  Bound bound_;
  std::vector<siting_problem::ProofNode> chain_;
  std::vector<std::uint8_t> allowed_;
  std::vector<std::uint32_t> active_;
  std::vector<double> first_multipliers_;  ///< from farther away; may be empty
};

std::vector<std::uint32_t> Median::shuffled() {
  std::vector<std::uint32_t> out;
  for (std::uint32_t j = 0; j < allowed_.size(); ++j) {
    if (allowed_[j] != 0) {
      out.push_back(j);
    }
  }
  for (std::size_t k = out.size(); k > 1; --k) {
    std::swap(out[k - 1], out[random_.below(static_cast<std::uint32_t>(k))]);
  }
  return out;
}

void Median::keep() {
  if (search_.cost() < plan_.upper) {
    plan_.upper = search_.cost();
    plan_.facilities = search_.facilities();
  }
}

// The same seen from farther away, solved with little work, gives facilities to begin with and
// multipliers.
std::vector<std::uint32_t> Median::from_afar() {
  const std::uint32_t n = task_.space.customers();
  const std::uint32_t least = std::max(kFewest, kForFacility * task_.p);
  if (!task_.space.on_points() || !task_.required.empty() || n < kFiner * least ||
      active_.size() < std::size_t{kFiner} * least) {
    return {};
  }
  const Gather gather{std::max(least, n / kCoarser),
                      std::max(least, static_cast<std::uint32_t>(active_.size()) / kCoarser)};
  const Gathering coarse = gathered(task_.space, task_.weight, allowed_, gather);
  const Limits few = budget_.part(kAfarRounds, kAfarShare);
  Budget little(few);
  const MedianPlan plan = Median({coarse.space, coarse.weight, task_.p, {}, {}}, little).run();
  if (!plan.proof.nodes.empty()) {
    first_multipliers_ = spread(task_.space, coarse.space, plan.proof.nodes.back().multipliers);
  }
  std::vector<std::uint32_t> facilities;
  facilities.reserve(plan.facilities.size());
  for (const std::uint32_t j : plan.facilities) {
    facilities.push_back(coarse.candidates[j]);
  }
  return facilities;
}

// What stood and may stay. Whatever else has to open comes in its place: the plan as it stood says
// which of its facilities can best be spared.
void Median::take_former(std::vector<std::uint32_t>& first) {
  std::vector<std::uint32_t> stood;
  for (const std::uint32_t j : task_.begin->facilities) {
    if (allowed_[j] != 0 && std::find(stood.begin(), stood.end(), j) == stood.end()) {
      stood.push_back(j);
    }
  }
  std::vector<std::uint32_t> missing;
  for (const std::uint32_t j : first) {
    if (std::find(stood.begin(), stood.end(), j) == stood.end()) {
      missing.push_back(j);
    }
  }
  std::stable_partition(stood.begin(), stood.end(), [&](std::uint32_t j) {
    return std::find(first.begin(), first.end(), j) != first.end();
  });
  stood.resize(std::min<std::size_t>(stood.size(), task_.p));
  while (stood.size() < task_.p && !missing.empty()) {
    stood.push_back(missing.back());
    missing.pop_back();
  }
  first = std::move(stood);
  if (missing.empty()) {
    return;
  }
  search_.set_open(first);
  for (const std::uint32_t j : missing) {
    search_.put_in(j);
  }
  first = search_.facilities();
}

void Median::fill(std::vector<std::uint32_t>& first) const {
  std::vector<std::uint8_t> taken(allowed_.size(), 0);
  for (const std::uint32_t j : first) {
    taken[j] = 1;
  }
  const auto take = [&](const std::vector<std::uint32_t>& candidates) {
    for (const std::uint32_t j : candidates) {
      if (first.size() < task_.p && allowed_[j] != 0 && taken[j] == 0) {
        taken[j] = 1;
        first.push_back(j);
      }
    }
  };
  if (task_.begin != nullptr) {
    take(task_.begin->near);
  }
  take(active_);
}

void Median::start() {
  allowed_.assign(task_.space.candidates(), 1);
  std::vector<std::uint32_t> first;
  for (std::uint32_t j = 0; j < allowed_.size(); ++j) {
    if (!task_.forbidden.empty() && task_.forbidden[j] != 0) {
      allowed_[j] = 0;
    }
    if (!task_.required.empty() && task_.required[j] != 0) {
      first.push_back(j);
    }
  }
  active_ = shuffled();
  if (task_.begin != nullptr) {
    take_former(first);
    first_multipliers_ = task_.begin->multipliers;
  } else if (first.empty()) {
    first = from_afar();
  }
  fill(first);
  const double before = budget_.elapsed();
  search_.set_open(first);
  budget_.reserve(kRefreshesLeft * (budget_.elapsed() - before));
  plan_.upper = std::numeric_limits<double>::infinity();
  keep();
  const auto go_on = [&] { return budget_.share() < kStartShare && budget_.in_time(); };
  if (task_.begin != nullptr) {
    std::vector<std::uint32_t> near = task_.begin->near;
    std::erase_if(near, [&](std::uint32_t j) { return allowed_[j] == 0; });
    if (!near.empty()) {
      search_.descend(near, go_on);
    }
  }
  search_.descend(active_, go_on);
  search_.refresh();
  keep();
}

// Lists for what may still open: as far as the duals may need them, or whole once that is little.
void Median::list(bool whole) {
  search_.set_open(plan_.facilities);
  const std::uint32_t n = task_.space.customers();
  std::vector<double> radius(n, task_.space.far());
  std::vector<double> nu(n);
  const bool first = bound_.multipliers.empty();
  const bool all = whole && std::size_t{n} * active_.size() <= kWholeMax;
  for (std::uint32_t u = 0; u < n; ++u) {
    const double d1 = search_.nearest_distance(u);
    const double d2 = std::min(search_.second_distance(u), task_.space.far());
    const double second = std::isfinite(d2) ? d2 : 2 * d1 + 1;
    nu[u] = (d1 + second) / 2;
    if (!all && !std::isfinite(task_.space.far())) {
      radius[u] = (whole ? kWideReach : kListReach) * second + 1e-9;
      if (!first) {
        radius[u] = std::max(radius[u], 1.1 * bound_.multipliers[u]);
      } else if (!first_multipliers_.empty()) {
        radius[u] = std::min(radius[u], kGuessReach * first_multipliers_[u]);
      }
    }
  }
  const bool fits = listable(radius);
  arcs_ = fits ? near_arcs(task_.space, allowed_, radius) : unlisted_arcs(task_.space, allowed_);
  arcs_.p = task_.p;
  std::vector<std::uint8_t> decided(arcs_.candidates.size(), 0);
  bool any = false;
  // Without lists nothing can be said to be open: the bound is of any p that may, which holds, too.
  for (std::size_t j = 0; fits && j < decided.size(); ++j) {
    if (!task_.required.empty() && task_.required[arcs_.candidates[j]] != 0) {
      decided[j] = 2;
      any = true;
    }
  }
  if (any) {
    arcs_ = reduced(arcs_, decided);
  }
  Relaxation relaxation(arcs_, task_.weight,
                        [&] { return first || budget_.in_time(); });  // without one, no bound
  if (first && !first_multipliers_.empty()) {
    nu = std::move(first_multipliers_);
  }
  Bound again = relaxation.evaluate(first ? std::move(nu) : bound_.multipliers);
  if (relaxation.broken_off()) {
    return;
  }
  bound_ = std::move(again);
  set_lower(bound_.value);
}

// From every so many-th customer.
bool Median::listable(const std::vector<double>& radius) const {
  const std::uint32_t n = task_.space.customers();
  if (!task_.space.on_points() || std::size_t{n} * active_.size() <= kArcsMax) {
    return true;
  }
  constexpr std::uint32_t kLooksOfMedian = 400;
  const std::uint32_t step = std::max(1U, n / kLooksOfMedian);
  std::size_t seen = 0;
  for (std::uint32_t u = 0; u < n; u += step) {
    task_.space.near(u, radius[u], [&](std::uint32_t j, double) { seen += allowed_[j]; });
  }
  return seen * step <= kArcsMax;
}

void Median::set_lower(double value) {
  plan_.lower = std::min(std::max(plan_.lower, value), plan_.upper);
}

void Median::raise(int rounds) {
  if (!budget_.in_time()) {
    return;  // what the lists and the bound are of may be apart
  }
  Relaxation relaxation(arcs_, task_.weight, [&] { return budget_.in_time(); });
  Climb climb;
  climb.upper = plan_.upper;
  climb.enough = cutoff();
  climb.rounds = rounds;
  if (arcs_.unlisted != nullptr) {
    climb.patience = kUnlistedPatience;
  }
  relaxation.climb(bound_, climb, [&](const Bound&) { return budget_.spend(); });
  set_lower(bound_.value);
}

// Candidates that the bound rules out leave; true when the lists should be made again.
bool Median::shrink() {
  std::vector<std::uint8_t> decided;
  decide(arcs_, bound_, cutoff(), decided);
  std::size_t closed = 0;
  for (std::size_t j = 0; j < decided.size(); ++j) {
    if (decided[j] == 1) {
      allowed_[arcs_.candidates[j]] = 0;
      ++closed;
    }
  }
  if (closed == 0) {
    return false;
  }
  siting_problem::ProofNode node;
  node.multipliers = bound_.multipliers;
  chain_.push_back(std::move(node));
  active_ = shuffled();
  return closed * 20 > decided.size();
}

// A few exchanges near one customer that do not pay, and what descending from there gives.
void Median::shake_once() {
  const std::uint32_t n = task_.space.customers();
  std::vector<SwapSearch::Swap> made;
  const double before = search_.cost();
  std::vector<std::uint32_t> pool;
  std::uint32_t customer = random_.below(n);
  const std::uint32_t times = 1 + random_.below(3);
  const auto row = [&](std::uint32_t u) { return std::pair{arcs_.start[u], arcs_.start[u + 1]}; };
  for (std::uint32_t k = 0; k < times; ++k) {
    const auto [begin, end] = row(customer);
    for (auto at = begin; at < end; ++at) {
      pool.push_back(arcs_.candidates[arcs_.candidate[at]]);
    }
    if (begin == end) {
      customer = random_.below(n);
      continue;
    }
    const auto pick = begin + random_.below(static_cast<std::uint32_t>(end - begin));
    const std::uint32_t in = arcs_.candidates[arcs_.candidate[pick]];
    if (search_.is_open(in)) {
      continue;
    }
    const SwapSearch::Swap swap = search_.best_for(in);
    if (swap.out == kNone) {
      continue;
    }
    search_.apply(swap);
    made.push_back(swap);
    const std::uint32_t other = random_.below(n);
    customer = search_.nearest(other) == in ? other : customer;
  }
  std::sort(pool.begin(), pool.end());
  pool.erase(std::unique(pool.begin(), pool.end()), pool.end());
  for (std::size_t k = pool.size(); k > 1; --k) {
    std::swap(pool[k - 1], pool[random_.below(static_cast<std::uint32_t>(k))]);
  }
  if (!pool.empty()) {
    search_.descend(pool, made, [&] { return budget_.in_time(); });
  }
  if (search_.cost() < plan_.upper - search_.slack()) {
    search_.refresh();
    keep();
  } else if (search_.cost() > before + search_.slack()) {
    for (std::size_t k = made.size(); k-- > 0;) {
      search_.apply({made[k].out, made[k].in, 0});
    }
  }
}

void Median::shake(int rounds) {
  search_.set_open(plan_.facilities);
  for (int k = 0; k < rounds && budget_.spend(); ++k) {
    if (k % 64 == 63) {
      search_.refresh();
    }
    shake_once();
  }
}

bool Median::finish(std::int64_t cases_max) {
  list(true);
  Enumeration enumeration{task_, budget_, search_, plan_, active_};
  enumeration.cases_max = cases_max;
  enumeration.nodes = chain_;
  for (std::size_t k = 0; k < enumeration.nodes.size(); ++k) {
    enumeration.nodes[k].when_open = static_cast<std::uint32_t>(k + 1);
  }
  if (!enumeration.explore(arcs_, bound_, 0)) {
    return false;
  }
  plan_.lower = std::min(enumeration.cutoff(), plan_.upper);
  plan_.proven = true;
  plan_.proof.nodes = std::move(enumeration.nodes);
  return true;
}

MedianPlan Median::run() {
  start();
  list(false);
  raise(kRootRounds);
  for (int round = 0; round < kTryRounds && !settled() && budget_.look(); ++round) {
    try_chosen(search_, arcs_, bound_, active_, task_, plan_, budget_);
    const bool changed = shrink();
    if (!budget_.in_time()) {
      break;
    }
    shake(static_cast<int>(std::min<std::size_t>(400, active_.size())));
    if (!budget_.in_time()) {
      break;
    }
    if (changed || shrink()) {
      list(active_.size() <= 2'000);
      raise(kRootRounds / 3);
    }
    if (!budget_.in_time()) {
      break;
    }
    const bool few = active_.size() <= kEnumerable + task_.p || std::isfinite(task_.high_enough);
    if (few && finish(2'000 << round)) {
      break;
    }
  }
  while (!settled() && !plan_.proven && budget_.look()) {
    shake(200);
    if (!budget_.in_time()) {
      break;
    }
    shrink();
    list(active_.size() <= 2'000);
    raise(kRootRounds / 6);
  }
  if (!plan_.proven) {
    siting_problem::ProofNode node;
    node.multipliers = bound_.multipliers;
    chain_.push_back(std::move(node));
    for (std::size_t k = 0; k + 1 < chain_.size(); ++k) {
      chain_[k].when_open = static_cast<std::uint32_t>(k + 1);
    }
    plan_.proof.nodes = std::move(chain_);
    plan_.proven = plan_.lower >= cutoff();
    if (!plan_.proven) {
      plan_.lower *= 1 - kRoundingOfMany;
    }
  }
  // What was ruled out on the way was so at the cutoff.
  plan_.proof.bound = plan_.proven ? std::min(plan_.lower, cutoff()) : plan_.lower;
  std::sort(plan_.facilities.begin(), plan_.facilities.end());
  return std::move(plan_);
}

}  // namespace

MedianPlan solve_median(const MedianTask& task, Budget& budget) {
  return Median(task, budget).run();
}

}  // namespace huan::siting
