// SPDX-License-Identifier: Apache-2.0
// Upper tiers are few sites that cost much, and each is good only together with the others: one is
// opened or closed by force, what stands above the homes' own tiers is searched again around it,
// and what comes out is kept when the whole plan is cheaper.
#include <algorithm>

#include "network_search.hpp"

namespace huan::siting {
namespace {

constexpr std::size_t kShaken = 3'000;  ///< candidates of a tier that is looked at so
constexpr std::size_t kTriesMost = 160;
constexpr double kForce = 1e13;  ///< yuan: closed or open whatever it costs
constexpr std::size_t kAroundShaken = 24;
constexpr int kRepeats = 2;

}  // namespace

std::uint32_t NetworkSearch::lowest_shaken() const {
  auto from = static_cast<std::uint32_t>(ground_.tiers() - 1);
  while (from > 1 && ground_.sites[from - 1].size() <= kShaken) {
    --from;
  }
  return from;
}

// Open ones first, the dearest before others; then closed ones in any order.
std::vector<std::uint32_t> NetworkSearch::worth_shaking(std::uint32_t from, Random& random) const {
  std::vector<std::uint32_t> open;
  std::vector<std::uint32_t> closed;
  for (std::uint32_t tier = from; tier + 1 < ground_.tiers(); ++tier) {
    const auto& now = best_.open[tier];
    for (const std::uint32_t site : ground_.sites[tier]) {
      const bool is_open = std::binary_search(now.begin(), now.end(), site);
      if (ground_.must[site] == 0) {
        (is_open ? open : closed).push_back(site);
      }
    }
  }
  std::stable_sort(open.begin(), open.end(), [&](std::uint32_t a, std::uint32_t b) {
    return ground_.network.sites[a].cost > ground_.network.sites[b].cost;
  });
  for (std::size_t k = closed.size(); k > 1; --k) {
    std::swap(closed[k - 1], closed[random.below(static_cast<std::uint32_t>(k))]);
  }
  std::stable_sort(closed.begin(), closed.end(), [&](std::uint32_t a, std::uint32_t b) {
    return ground_.network.sites[a].cost > ground_.network.sites[b].cost;
  });
  open.insert(open.end(), closed.begin(), closed.end());
  if (open.size() > kTriesMost) {
    open.resize(kTriesMost);
  }
  return open;
}

// One tier alone, with those beside it as they are: what a pass over all tiers makes worse as a
// whole may hide what one of them makes better.
void NetworkSearch::polish() {
  constexpr int kRoundsOfPolish = 4;
  bool better = best_broken_ <= 0;
  for (int round = 0; better && round < kRoundsOfPolish && budget_.look(); ++round) {
    better = false;
    for (auto tier = static_cast<std::uint32_t>(ground_.tiers() - 1); tier-- > 0;) {
      // Closing does not see that what stays open may be full; opening alone cannot go wrong there.
      for (const bool only_open : {true, false}) {
        now_ = best_;
        flow_ = best_flow_;
        only_open_ = only_open;
        search_tier(tier);
        better = keep_if_better() || better;
      }
    }
  }
  only_open_ = false;
  now_ = best_;
  flow_ = best_flow_;
}

void NetworkSearch::search_tier(std::uint32_t tier) {
  std::vector<std::vector<double>> after(ground_.tiers());
  for (auto k = static_cast<std::uint32_t>(after.size()); k-- > tier;) {
    after[k] = costs_after(ground_, now_, after, k, ground_.sites[k]);
  }
  improve_tier(tier, after, kAroundShaken);
  const Flow below = std::move(flow_);
  flow_ = flow_of(ground_, now_, {&below, tier});
}

void NetworkSearch::shake() {
  const std::uint32_t from = lowest_shaken();
  if (from + 1 >= ground_.tiers() || best_broken_ > 0) {
    return;
  }
  now_ = best_;
  flow_ = best_flow_;
  forced_.assign(ground_.network.sites.size(), 0);
  Random random(budget_.seed());
  for (const std::uint32_t site : worth_shaking(from, random)) {
    if (!budget_.look()) {
      break;
    }
    shake_once(site, from);
  }
  forced_.clear();
  polish();
}

bool NetworkSearch::shake_once(std::uint32_t site, std::uint32_t from) {
  const auto& open = now_.open[ground_.network.sites[site].tier];
  forced_[site] = std::binary_search(open.begin(), open.end(), site) ? kForce : -kForce;
  search_above(from);
  forced_[site] = 0;
  bool better = keep_if_better();
  for (int k = 1; k < kRepeats; ++k) {
    search_above(from);
    better = keep_if_better() || better;
  }
  now_ = best_;
  flow_ = best_flow_;
  return better;
}

void NetworkSearch::search_above(std::uint32_t from) {
  std::vector<std::vector<double>> after(ground_.tiers());
  const auto last = static_cast<std::uint32_t>(after.size() - 1);
  after[last] = costs_after(ground_, now_, after, last, ground_.sites[last]);
  for (auto tier = last; tier-- > from;) {
    after[tier] = costs_after(ground_, now_, after, tier, ground_.sites[tier]);
    improve_tier(tier, after, kAroundShaken);
  }
  const Flow below = std::move(flow_);
  flow_ = flow_of(ground_, now_, {&below, from});
}

}  // namespace huan::siting
