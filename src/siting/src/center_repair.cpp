// SPDX-License-Identifier: Apache-2.0
#include "center_repair.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace huan::siting {
namespace {

constexpr double kFirstStep = 0.02;  ///< of the radius
constexpr double kLastStep = 5e-4;
constexpr int kRoundsOfRepair = 600;
constexpr int kIdleOfRepair = 100;        ///< rounds that leave no fewer holes
constexpr double kStaleTree = 1.25;       ///< facilities have moved since
constexpr std::uint32_t kRestLeast = 10;  ///< moves until a facility moves again in vain
constexpr std::uint32_t kRestMore = 20;

}  // namespace

CenterRepair::CenterRepair(const siting_problem::Problem& problem, const Space& space,
                           Budget& budget)
    : problem_(problem),
      space_(space),
      budget_(budget),
      middles_(problem, space),
      random_(budget.seed()) {}

void CenterRepair::count(const Spot& spot, int by) {
  space_.customer_tree().walk(
      spot, [this](std::uint32_t, double away) { return away <= limit_; },
      [&](std::uint32_t u, double apart) {
        if (apart > limit_) {
          return;
        }
        if (by > 0 && times_[u]++ == 0) {
          const std::uint32_t last = holes_.back();
          holes_[hole_at_[u]] = last;
          hole_at_[last] = hole_at_[u];
          holes_.pop_back();
        } else if (by < 0 && --times_[u] == 0) {
          hole_at_[u] = static_cast<std::uint32_t>(holes_.size());
          holes_.push_back(u);
        }
      });
}

void CenterRepair::begin(double radius) {
  const double spots = space_.spot_radius(radius);
  limit_ = spots * spots;
  times_.assign(space_.customers(), 0);
  holes_ = space_.customer_tree().order();
  hole_at_.resize(holes_.size());
  for (std::uint32_t k = 0; k < holes_.size(); ++k) {
    hole_at_[holes_[k]] = k;
  }
  rests_.assign(facilities_.size(), 0);
  moves_ = 0;
  open_.assign(problem_.candidate_count, 0);
  for (const std::uint32_t j : facilities_) {
    open_[j] = 1;
    count(space_.candidate_spot(j), 1);
  }
}

// Whom nobody else serves.
std::vector<Spot> CenterRepair::only_by(std::size_t place) const {
  std::vector<Spot> out;
  space_.customer_tree().walk(
      space_.candidate_spot(facilities_[place]),
      [this](std::uint32_t, double away) { return away <= limit_; },
      [&](std::uint32_t u, double apart) {
        if (apart <= limit_ && times_[u] == 1) {
          out.push_back(space_.customer_spot(u));
        }
      });
  return out;
}

void CenterRepair::move(std::size_t place, const Spot& to) {
  const std::uint32_t from = facilities_[place];
  open_[from] = 0;
  const std::uint32_t best = middles_.nearest_free(to, open_);
  open_[best] = 1;
  if (best == from) {
    return;
  }
  facilities_[place] = best;
  count(space_.candidate_spot(best), 1);
  count(space_.candidate_spot(from), -1);
}

void CenterRepair::mend(std::uint32_t customer) {
  struct Way {
    double wide{0};
    std::size_t place{0};
    Spot to{};
  };
  const Spot& spot = space_.customer_spot(customer);
  std::vector<Way> ways;
  const double near = kStaleTree * 4 * limit_;
  tree_.walk(
      spot, [&](std::uint32_t, double away) { return away <= near; },
      [&](std::uint32_t place, double apart) {
        if (apart > near || problem_.is_required(facilities_[place])) {
          return;
        }
        std::vector<Spot> served = only_by(place);
        served.push_back(spot);
        const Spot to = middle_of(served);
        ways.push_back({squared(farthest_of(served, to), to), place, to});
      });
  if (ways.empty()) {
    return;
  }
  std::sort(ways.begin(), ways.end(), [](const Way& a, const Way& b) {
    return a.wide != b.wide ? a.wide < b.wide : a.place < b.place;
  });
  std::size_t pick = 0;
  if (ways[0].wide > limit_) {
    while (pick + 1 < ways.size() && rests_[ways[pick].place] > moves_) {
      ++pick;
    }
    pick = rests_[ways[pick].place] > moves_ ? 0 : pick;
  }
  rests_[ways[pick].place] = moves_ + kRestLeast + random_.below(kRestMore);
  ++moves_;
  move(ways[pick].place, ways[pick].to);
}

bool CenterRepair::reach(double radius, double share) {
  begin(radius);
  std::size_t fewest = holes_.size();
  for (int round = 0, idle = 0; round < kRoundsOfRepair && idle < kIdleOfRepair; ++round) {
    if (holes_.empty()) {
      return true;
    }
    std::vector<Spot> spots;
    spots.reserve(facilities_.size());
    for (const std::uint32_t j : facilities_) {
      spots.push_back(space_.candidate_spot(j));
    }
    tree_ = KdTree(spots);
    std::vector<std::uint32_t> todo = holes_;
    for (std::size_t k = todo.size(); k > 1; --k) {
      std::swap(todo[k - 1], todo[random_.below(static_cast<std::uint32_t>(k))]);
    }
    for (const std::uint32_t u : todo) {
      if (times_[u] == 0 && budget_.in_time()) {
        mend(u);
      }
    }
    idle = holes_.size() < fewest ? 0 : idle + 1;
    fewest = std::min(fewest, holes_.size());
    if (!budget_.spend() || budget_.share() >= share) {
      break;
    }
  }
  return holes_.empty();
}

double CenterRepair::run(std::vector<std::uint32_t>& facilities, double share) {
  double widest = space_.metric(Farthest(space_, facilities).widest());
  double step = kFirstStep;
  while (step >= kLastStep && widest > 0 && budget_.look() && budget_.share() < share) {
    facilities_ = facilities;
    if (!reach(widest * (1 - step), share)) {
      step /= 2;
      continue;
    }
    facilities = facilities_;
    widest = space_.metric(Farthest(space_, facilities).widest());
  }
  return widest;
}

}  // namespace huan::siting
