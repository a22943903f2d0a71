// SPDX-License-Identifier: Apache-2.0
#include "building_order.hpp"

#include <algorithm>
#include <utility>

#include "huan/siting_problem/answer.hpp"

namespace huan::siting_report {
namespace {

using siting_problem::kNobody;

struct Group {
  double money{0};
  double households{0};
  std::uint32_t first{0};  ///< the site that stands above all others of the group
  std::vector<std::uint32_t> sites;
};

/// More households for the money; what costs nothing and serves somebody before everything else.
bool better(const Group& a, const Group& b) {
  return a.households * b.money > b.households * a.money;
}

/// As std::push_heap has it: the best at the top; among equals the one with the lower number.
bool below(const Group& a, const Group& b) {
  if (better(a, b) || better(b, a)) {
    return better(b, a);
  }
  return a.first > b.first;
}

using Heap = std::vector<Group>;

Group pop(Heap& heap) {
  std::pop_heap(heap.begin(), heap.end(), below);
  Group top = std::move(heap.back());
  heap.pop_back();
  return top;
}

void push(Heap& heap, Group group) {
  heap.push_back(std::move(group));
  std::push_heap(heap.begin(), heap.end(), below);
}

void pour(Heap& into, Heap& from) {
  if (into.size() < from.size()) {
    into.swap(from);
  }
  for (Group& group : from) {
    push(into, std::move(group));
  }
  from.clear();
}

/// Sites so that each stands after all that stand above it.
std::vector<std::uint32_t> from_the_top(const std::vector<std::uint32_t>& above) {
  std::vector<std::vector<std::uint32_t>> under(above.size());
  std::vector<std::uint32_t> order;
  order.reserve(above.size());
  for (std::uint32_t site = 0; site < above.size(); ++site) {
    if (above[site] == kNobody) {
      order.push_back(site);
    } else {
      under[above[site]].push_back(site);
    }
  }
  for (std::size_t k = 0; k < order.size(); ++k) {
    order.insert(order.end(), under[order[k]].begin(), under[order[k]].end());
  }
  return order;
}

}  // namespace

std::vector<std::vector<std::uint32_t>> building_order(const Tree& tree) {
  std::vector<Heap> heaps(tree.above.size());  // groups below a site, itself not yet in one
  Heap roots;
  const std::vector<std::uint32_t> order = from_the_top(tree.above);
  for (auto at = order.rbegin(); at != order.rend(); ++at) {
    const std::uint32_t site = *at;
    Heap& heap = heaps[site];
    Group group{tree.money[site], tree.households[site], site, {site}};
    while (!heap.empty() && !better(group, heap.front())) {  // equals, too: they stay behind it
      Group next = pop(heap);
      group.money += next.money;
      group.households += next.households;
      group.sites.insert(group.sites.end(), next.sites.begin(), next.sites.end());
    }
    if (group.money > 0 || group.households > 0) {
      push(heap, std::move(group));
    }
    pour(tree.above[site] == kNobody ? roots : heaps[tree.above[site]], heap);
  }
  std::vector<std::vector<std::uint32_t>> groups;
  groups.reserve(roots.size());
  while (!roots.empty()) {
    groups.push_back(pop(roots).sites);
    std::sort(groups.back().begin(), groups.back().end());
  }
  return groups;
}

}  // namespace huan::siting_report
