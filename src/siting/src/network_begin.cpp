// SPDX-License-Identifier: Apache-2.0
// Where the search begins: which homes are served, and what of the last tier is open.
#include <algorithm>

#include "network_search.hpp"

namespace huan::siting {

using siting_problem::Standing;

double NetworkSearch::typical_cost() const {
  std::vector<double> costs;
  costs.reserve(ground_.sites[0].size());
  for (const std::uint32_t site : ground_.sites[0]) {
    costs.push_back(ground_.network.sites[site].cost);
  }
  if (costs.empty()) {
    return 0;
  }
  const auto middle = costs.begin() + static_cast<std::ptrdiff_t>(costs.size() / 2);
  std::nth_element(costs.begin(), middle, costs.end());
  return *middle;
}

bool NetworkSearch::some_may_be_left() const {
  return std::any_of(now_.homes.begin(), now_.homes.end(), [](auto one) { return one == 0; });
}

// The cheapest homes for each household; what turned out to be too many goes again.
void NetworkSearch::choose_homes(const std::vector<double>& each) {
  const auto& homes = ground_.network.homes;
  now_.homes.assign(homes.size(), 0);
  std::vector<double> have(ground_.shares.size(), 0);
  const auto take = [&](std::uint32_t h, bool in) {
    now_.homes[h] = in ? 1 : 0;
    for (const std::uint32_t s : ground_.shares_of[h]) {
      have[s] += in ? homes[h].households : -homes[h].households;
    }
  };
  const auto enough = [&](std::size_t s, double without) {
    return have[s] - without >= ground_.shares[s].households * (1 - 1e-12);
  };
  std::vector<std::uint32_t> order;
  for (std::size_t s = 0; s < ground_.shares.size(); ++s) {
    order = ground_.shares[s].homes;
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return each[a] * homes[b].households < each[b] * homes[a].households;
    });
    for (const std::uint32_t h : order) {
      if (!enough(s, 0) && now_.homes[h] == 0) {
        take(h, true);
      }
    }
    for (auto h = order.rbegin(); h != order.rend(); ++h) {
      const auto& in = ground_.shares_of[*h];
      if (now_.homes[*h] != 0 && std::all_of(in.begin(), in.end(), [&](std::uint32_t t) {
            return t > s || enough(t, homes[*h].households);
          })) {
        take(*h, false);
      }
    }
  }
}

// The dearest homes go that no share needs.
void NetworkSearch::spare_homes(const std::vector<double>& each) {
  const auto& homes = ground_.network.homes;
  std::vector<double> have(ground_.shares.size(), 0);
  std::vector<std::uint32_t> order;
  for (std::uint32_t h = 0; h < homes.size(); ++h) {
    if (now_.homes[h] != 0) {
      order.push_back(h);
      for (const std::uint32_t s : ground_.shares_of[h]) {
        have[s] += homes[h].households;
      }
    }
  }
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return each[a] * homes[b].households > each[b] * homes[a].households;
  });
  for (const std::uint32_t h : order) {
    const auto& in = ground_.shares_of[h];
    const bool spare = std::all_of(in.begin(), in.end(), [&](std::uint32_t s) {
      return have[s] - homes[h].households >= ground_.shares[s].households * (1 - 1e-12);
    });
    if (spare) {
      now_.homes[h] = 0;
      for (const std::uint32_t s : in) {
        have[s] -= homes[h].households;
      }
    }
  }
}

// The last tier stands mostly already: all that costs nothing more, and of the others the
// cheapest that a material or a rule still needs.
void NetworkSearch::open_last() {
  const auto& sites = ground_.network.sites;
  now_.open.assign(ground_.tiers(), {});
  auto& open = now_.open.back();
  std::vector<std::uint32_t> order = ground_.sites.back();
  const auto there = [&](std::uint32_t j) {
    return ground_.must[j] != 0 || sites[j].standing == Standing::existing ||
           sites[j].standing == Standing::closable || sites[j].cost <= 0;
  };
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return there(a) != there(b) ? there(a) : sites[a].cost < sites[b].cost;
  });
  std::uint64_t taken = 0;
  std::vector<std::int64_t> count(ground_.groups.size(), 0);
  for (const std::uint32_t j : order) {
    const auto& groups = ground_.groups_of[j];
    const bool asked = std::any_of(groups.begin(), groups.end(), [&](std::uint32_t g) {
      return !ground_.groups[g].most && count[g] < ground_.groups[g].bound;
    });
    if (there(j) || asked || (sites[j].takes & ~taken & all_materials()) != 0) {
      open.push_back(j);
      taken |= sites[j].takes;
      for (const std::uint32_t g : groups) {
        ++count[g];
      }
    }
  }
  std::sort(open.begin(), open.end());
}

std::uint64_t NetworkSearch::all_materials() const {
  const std::size_t n = ground_.mix.size();
  return n >= siting_problem::kMaterialsMax ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1;
}

}  // namespace huan::siting
