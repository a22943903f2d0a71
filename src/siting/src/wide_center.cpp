// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "center.hpp"
#include "center_lattice.hpp"
#include "center_moves.hpp"
#include "center_repair.hpp"
#include "close_center.hpp"
#include "coverage.hpp"
#include "random.hpp"
#include "space.hpp"

namespace huan::siting {
namespace {

using siting_problem::Answer;
using siting_problem::Problem;

constexpr double kHairOfRadius = 1e-9;
constexpr std::size_t kFewRows = 150;
constexpr std::size_t kRowsForFacility = 12;
constexpr std::size_t kMoreForFacility = 2;  ///< of those whom a plan leaves too far away
constexpr std::size_t kRowsToClose = 4;      ///< for a facility, to begin with
constexpr std::size_t kFewDiffer = 2'500;    ///< candidates that cases are tried for
constexpr std::int64_t kTrialRounds = 2'000;
constexpr double kTrialShare = 0.3;  ///< of the time that is left
constexpr int kRounds = 16;          ///< of moving every facility to its middle
constexpr int kLook = 8;             ///< rounds between two looks at everybody
constexpr double kOuter = 0.9;       ///< of the largest distance: who is that far counts
constexpr int kSettling = 30;        ///< rounds with everybody
constexpr int kIdleOfSettling = 3;
constexpr std::size_t kSampleForFacility = 150;
constexpr int kSettlingOfSample = 4;
constexpr int kWaysOfLattice = 4;
constexpr double kLatticeShare = 0.25;  ///< of the limits
constexpr double kRepairShare = 0.5;    ///< the same, to the end of mending
constexpr double kNear = 2e-3;          ///< relative: ends that near are not told apart any more

class WideCenter {
 public:
  WideCenter(const Problem& problem, Budget& budget)
      : problem_(problem),
        budget_(budget),
        space_(problem),
        middles_(problem, space_),
        is_row_(problem.customer_count, 0) {}

  Answer run();

 private:
  void begin();
  bool take(const std::vector<std::uint32_t>& facilities);
  void more_rows();
  bool recentre(std::vector<std::uint32_t> facilities);
  bool settle(std::vector<std::uint32_t> facilities, double share = 1);
  void lay_lattice();
  [[nodiscard]] std::vector<std::uint32_t> snapped(const std::vector<Spot>& spots) const;
  bool raise();
  bool add_row(std::uint32_t customer);
  enum class Found { plan, proof, nothing };
  [[nodiscard]] Problem links_of_rows(double radius, std::vector<std::uint32_t>& kept) const;
  Found try_below(double radius);
  void assign();

  const Problem& problem_;
  Budget& budget_;
  Space space_;
  Middles middles_;
  std::vector<std::uint8_t> is_row_;
  std::vector<std::uint32_t> rows_;  ///< customers that stand for all
  Answer answer_;
};

bool WideCenter::add_row(std::uint32_t customer) {
  if (is_row_[customer] != 0) {
    return false;
  }
  is_row_[customer] = 1;
  rows_.push_back(customer);
  return true;
}

bool WideCenter::take(const std::vector<std::uint32_t>& facilities) {
  const double widest = space_.metric(Farthest(space_, facilities).widest());
  if (!answer_.facilities.empty() && widest >= answer_.upper) {
    return false;
  }
  answer_.facilities = facilities;
  answer_.upper = widest;
  return true;
}

// Those whom the plan serves from farthest away count from now on, too.
void WideCenter::more_rows() {
  const Farthest farthest(space_, answer_.facilities);
  const std::vector<std::uint32_t> left = farthest.beyond(kOuter * answer_.upper);
  const std::size_t most = std::max(kFewRows, kMoreForFacility * answer_.facilities.size());
  const std::size_t step = 1 + left.size() / most;
  add_row(farthest.farthest());
  for (std::size_t k = 0; k < left.size(); k += step) {
    add_row(left[k]);
  }
}

// Everybody's rims; the best on the way is kept.
bool WideCenter::settle(std::vector<std::uint32_t> facilities, double share) {
  bool better = false;
  for (int round = 0, idle = 0;
       round < kSettling && idle < kIdleOfSettling && budget_.share() < share && budget_.spend();
       ++round) {
    std::vector<std::uint32_t> before = facilities;
    const double farthest = middles_.draw_together(facilities, space_.customer_tree().order());
    ++idle;
    if (farthest < answer_.upper) {
      idle = answer_.upper - farthest > kNear * answer_.upper ? 0 : idle;
      answer_.facilities = std::move(before);
      answer_.upper = farthest;
      better = true;
    }
  }
  return better;
}

// A lattice in the way that serves a sample of all best, with what is over for the farthest.
void WideCenter::lay_lattice() {
  const auto p = static_cast<std::size_t>(problem_.p);
  if (std::any_of(problem_.required.begin(), problem_.required.end(),
                  [](std::uint8_t one) { return one != 0; })) {
    return;
  }
  std::vector<std::uint32_t> sample;
  const std::vector<std::uint32_t>& all = space_.customer_tree().order();
  const std::size_t step = 1 + all.size() / (kSampleForFacility * p);
  for (std::size_t k = 0; k < all.size(); k += step) {
    sample.push_back(all[k]);
  }
  const CenterLattice lattice(space_, sample);
  std::vector<std::uint32_t> best;
  double least = std::numeric_limits<double>::infinity();
  for (int way = 0; way < kWaysOfLattice && budget_.share() < kLatticeShare && budget_.spend();
       ++way) {
    std::vector<std::uint32_t> facilities = snapped(lattice.lay(way, p));
    for (int round = 0; round < kSettlingOfSample; ++round) {
      const std::vector<std::uint32_t> before = facilities;
      const double farthest = middles_.draw_together(facilities, sample);
      if (farthest < least) {
        least = farthest;
        best = before;
      }
    }
  }
  if (!best.empty()) {
    settle(best, kLatticeShare);
  }
  std::vector<std::uint32_t> mended = answer_.facilities;
  CenterRepair(problem_, space_, budget_).run(mended, kRepairShare);
  take(mended);
}

// The candidates nearest to spots; those that are left over to the farthest.
std::vector<std::uint32_t> WideCenter::snapped(const std::vector<Spot>& spots) const {
  std::vector<std::uint32_t> facilities;
  std::vector<std::uint8_t> open(problem_.candidate_count, 0);
  const auto add = [&](const Spot& spot) {
    const std::uint32_t j = middles_.nearest_free(spot, open);
    if (j != kNone) {
      open[j] = 1;
      facilities.push_back(j);
    }
    return j;
  };
  for (const Spot& spot : spots) {
    add(spot);
  }
  Farthest farthest(space_, facilities);
  while (facilities.size() < static_cast<std::size_t>(problem_.p)) {
    const std::uint32_t j = add(space_.customer_spot(farthest.farthest()));
    if (j == kNone) {
      break;
    }
    farthest.add(space_.candidate_spot(j));
  }
  return facilities;
}

// Each facility to the middle of the rows that it serves; then the others serve other rows.
bool WideCenter::recentre(std::vector<std::uint32_t> facilities) {
  bool better = take(facilities);
  for (int round = 0; round < kRounds && budget_.spend(); ++round) {
    middles_.move(facilities, rows_);
    better = (round % kLook == kLook - 1 && take(facilities)) || better;
  }
  return better;
}

// The farthest from all before, again and again; where the first p of them are, a plan.
void WideCenter::begin() {
  const auto p = static_cast<std::size_t>(problem_.p);
  std::vector<std::uint32_t> facilities;
  std::vector<std::uint8_t> open(problem_.candidate_count, 0);
  for (std::uint32_t j = 0; j < problem_.candidate_count; ++j) {
    if (problem_.is_required(j)) {
      open[j] = 1;
      facilities.push_back(j);
    }
  }
  Farthest farthest(space_, facilities);
  if (facilities.empty()) {
    farthest.add(space_.customer_spot(0));
  }
  const std::size_t most =
      std::min<std::size_t>(problem_.customer_count, std::max(kFewRows, kRowsForFacility * p));
  while (rows_.size() < most && farthest.widest() > 0) {
    const std::uint32_t u = farthest.farthest();
    add_row(u);
    farthest.add(space_.customer_spot(u));
    if (facilities.size() == p) {
      continue;
    }
    const std::uint32_t best = middles_.nearest_free(space_.customer_spot(u), open);
    if (best != kNone) {
      open[best] = 1;
      facilities.push_back(best);
    }
  }
  fill(facilities, problem_);
  take(facilities);
}

// Candidates that are near to the same rows are one; which is the first of them.
Problem WideCenter::links_of_rows(double radius, std::vector<std::uint32_t>& kept) const {
  std::vector<std::uint64_t> mark(problem_.candidate_count, 0);
  Random random(1);
  for (const std::uint32_t u : rows_) {
    const std::uint64_t key = random.next();
    space_.near(u, radius, [&](std::uint32_t j, double) { mark[j] += key; });
  }
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  kept.clear();
  for (std::uint32_t j = 0; j < problem_.candidate_count; ++j) {
    if (problem_.is_required(j)) {
      kept.push_back(j);
    } else if (mark[j] != 0 && !problem_.is_forbidden(j)) {
      order.emplace_back(mark[j], j);
    }
  }
  std::sort(order.begin(), order.end());
  for (std::size_t k = 0; k < order.size(); ++k) {
    if (k == 0 || order[k].first != order[k - 1].first) {
      kept.push_back(order[k].second);
    }
  }
  std::sort(kept.begin(), kept.end());
  // Too few differ: any others make up the number.
  for (std::uint32_t j = 0; kept.size() < static_cast<std::size_t>(problem_.p); ++j) {
    if (!problem_.is_forbidden(j) && !std::binary_search(kept.begin(), kept.end(), j)) {
      kept.insert(std::lower_bound(kept.begin(), kept.end(), j), j);
    }
  }
  std::vector<std::uint32_t> place(problem_.candidate_count, kNone);
  Problem links;
  links.kind = problem_.kind;
  links.metric = Metric::listed;
  links.p = problem_.p;
  links.customer_count = static_cast<std::uint32_t>(rows_.size());
  links.candidate_count = static_cast<std::uint32_t>(kept.size());
  for (std::uint32_t k = 0; k < kept.size(); ++k) {
    place[kept[k]] = k;
    if (!problem_.required.empty()) {
      links.required.push_back(problem_.required[kept[k]]);
    }
  }
  for (std::uint32_t r = 0; r < rows_.size(); ++r) {
    const auto first = static_cast<std::ptrdiff_t>(links.links.size());
    space_.near(rows_[r], radius, [&](std::uint32_t j, double) {
      if (place[j] != kNone) {
        links.links.push_back({place[j], r});
      }
    });
    std::sort(links.links.begin() + first, links.links.end(),
              [](const auto& a, const auto& b) { return a.candidate < b.candidate; });
  }
  return links;
}

WideCenter::Found WideCenter::try_below(double radius) {
  const double below = std::nextafter(radius * (1 - kHairOfRadius), 0.0);
  std::vector<std::uint32_t> kept;
  const Problem links = links_of_rows(below, kept);
  const Limits few = budget_.part(kTrialRounds, kTrialShare);
  Budget little(few);
  Trial trial = try_links(links, little, kept.size() <= kFewDiffer);
  budget_.spend();
  if (!trial.facilities.empty()) {
    std::vector<std::uint32_t> facilities;
    facilities.reserve(trial.facilities.size());
    for (const std::uint32_t k : trial.facilities) {
      facilities.push_back(kept[k]);
    }
    recentre(std::move(facilities));
    return Found::plan;
  }
  if (trial.proof.nodes.empty()) {
    return Found::nothing;
  }
  for (siting_problem::ProofNode& node : trial.proof.nodes) {
    std::vector<double> multipliers(problem_.customer_count, 0.0);
    for (std::size_t r = 0; r < node.multipliers.size(); ++r) {
      multipliers[rows_[r]] = node.multipliers[r];
    }
    node.multipliers = std::move(multipliers);
    if (node.branch != siting_problem::kNobody) {
      node.branch = kept[node.branch];
    }
  }
  answer_.proof = std::move(trial.proof);
  return Found::proof;
}

// Up to the largest radius that these rows rule out; true when there is more than before.
bool WideCenter::raise() {
  const double before = answer_.lower;
  double high = answer_.upper;
  bool first = before > 0;  // a little more than before, or nothing
  while (high - answer_.lower > kNear * answer_.upper && budget_.look()) {
    const double radius =
        first ? std::min(high, answer_.lower * (1 + kNear)) : (answer_.lower + high) / 2;
    if (try_below(radius) == Found::proof) {
      answer_.lower = radius;
    } else if (first) {
      return false;
    } else {
      high = radius;
    }
    first = false;
    high = std::min(high, answer_.upper);
  }
  if (high == answer_.upper && answer_.lower < high && budget_.look() &&
      try_below(high) == Found::proof) {
    answer_.lower = high;
  }
  return answer_.lower > before;
}

void WideCenter::assign() {
  std::sort(answer_.facilities.begin(), answer_.facilities.end());
  std::vector<Spot> spots;
  spots.reserve(answer_.facilities.size());
  for (const std::uint32_t j : answer_.facilities) {
    spots.push_back(space_.candidate_spot(j));
  }
  const KdTree tree(spots);
  answer_.assignment.resize(problem_.customer_count);
  for (std::uint32_t u = 0; u < problem_.customer_count; ++u) {
    answer_.assignment[u] = answer_.facilities[nearest_in(tree, space_.customer_spot(u))];
  }
}

Answer WideCenter::run() {
  begin();
  lay_lattice();
  bool going = true;
  if (problem_.p <= CloseCenter::kFacilitiesMost) {
    recentre(answer_.facilities);
    settle(answer_.facilities);
    const std::size_t first = std::min(rows_.size(), kRowsToClose * answer_.facilities.size());
    rows_.resize(first);
    CloseCenter(problem_, space_, budget_, answer_, rows_).run();
    going = false;
  }
  while (going && answer_.lower < answer_.upper && budget_.look()) {
    going = recentre(answer_.facilities);
    more_rows();
    going = recentre(answer_.facilities) || going;
    going = settle(answer_.facilities) || going;
    going = raise() || going;
    more_rows();
  }
  assign();
  end(answer_, budget_, answer_.lower >= answer_.upper);
  return std::move(answer_);
}

}  // namespace

Answer wide_center(const Problem& problem, Budget& budget) {
  return WideCenter(problem, budget).run();
}

}  // namespace huan::siting
