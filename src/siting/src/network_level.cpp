// SPDX-License-Identifier: Apache-2.0
#include "network_level.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

namespace huan::siting {
namespace {

constexpr double kUnserved = 1e9;  ///< yuan: more than any way, so that everybody is served first
constexpr double kPays = 1e-9;     ///< share of the cost that an exchange has to bring
constexpr double kUnmarked = -1;
constexpr std::size_t kPartners = 12;  ///< candidates that an open one is exchanged with

struct Near {
  double apart;
  std::uint32_t index;
  bool operator<(const Near& other) const {
    return apart != other.apart ? apart < other.apart : index < other.index;
  }
};

std::vector<Near> nearest_of(const KdTree& tree, const Spot& from, std::size_t most, double limit) {
  std::vector<Near> heap;
  heap.reserve(most + 1);
  const auto full = [&] { return heap.size() >= most; };
  tree.walk(
      from,
      [&](std::uint32_t, double away) {
        return away <= limit && (!full() || away <= heap.front().apart);
      },
      [&](std::uint32_t index, double apart) {
        if (apart > limit || (full() && !(Near{apart, index} < heap.front()))) {
          return;
        }
        heap.push_back({apart, index});
        std::push_heap(heap.begin(), heap.end());
        if (heap.size() > most) {
          std::pop_heap(heap.begin(), heap.end());
          heap.pop_back();
        }
      });
  std::sort(heap.begin(), heap.end());
  return heap;
}

}  // namespace

Onward::Onward(const Ground& ground, const std::vector<std::uint32_t>& sites,
               std::vector<double> after, double rate)
    : ground_(&ground), sites_(sites), after_(std::move(after)), rate_(rate) {
  std::vector<Spot> spots;
  spots.reserve(sites_.size());
  for (const std::uint32_t j : sites_) {
    spots.push_back(ground.site_spots[j]);
  }
  tree_ = KdTree(spots);
}

std::vector<Onward::Way> Onward::some(const Spot& from, std::size_t most) const {
  std::vector<Way> ways;
  if (sites_.empty()) {
    return ways;
  }
  ways.reserve(most);
  for (const Near& near : nearest_of(tree_, from, most, 5)) {
    ways.push_back({sites_[near.index],
                    rate_ * ground_->metres_of(near.apart) / kMetresPerKm + after_[near.index]});
  }
  std::stable_sort(ways.begin(), ways.end(),
                   [](const Way& a, const Way& b) { return a.cost < b.cost; });
  return ways;
}

Onward::Way Onward::best(const Spot& from) const {
  constexpr std::size_t kFew = 16;
  const std::vector<Way> ways = some(from, kFew);
  return ways.empty() ? Way{kNobody, kUnserved} : ways.front();
}

Level::Level(const Ground& ground, const Customers& customers, Given given)
    : ground_(ground),
      customers_(customers),
      given_(std::move(given)),
      sites_(ground.sites[given_.tier]),
      candidate_(ground.network.sites.size(), kNobody),
      of_customer_(customers.spots.size()),
      of_candidate_(sites_.size()),
      open_(sites_.size(), 0),
      clients_(sites_.size()),
      served_(customers.spots.size()),
      count_(ground.groups.size(), 0),
      mark_(customers.spots.size(), kUnmarked) {
  for (std::uint32_t j = 0; j < sites_.size(); ++j) {
    candidate_[sites_[j]] = j;
  }
  link(given_.nearest);
}

double Level::cost(std::uint32_t customer, std::uint32_t candidate) const {
  const std::uint32_t site = sites_[candidate];
  const double metres = ground_.metres(customers_.spots[customer], ground_.site_spots[site]);
  return customers_.mass[customer] *
         (customers_.rate[customer] * metres / kMetresPerKm + given_.after[site]);
}

void Level::link(std::size_t nearest) {
  std::vector<Spot> spots;
  spots.reserve(sites_.size());
  for (const std::uint32_t site : sites_) {
    spots.push_back(ground_.site_spots[site]);
  }
  const KdTree tree(spots);
  const double reach = given_.tier == 0 ? ground_.network.tiers[0].reach_m : 0;
  const double chord = reach > 0 ? ground_.chord(reach) : 3;
  for (std::uint32_t c = 0; c < of_customer_.size() && !sites_.empty(); ++c) {
    const auto near = nearest_of(tree, customers_.spots[c], nearest, chord * chord);
    of_customer_[c].reserve(near.size());
    for (const Near& one : near) {
      of_customer_[c].push_back({one.index, cost(c, one.index)});
    }
    std::sort(of_customer_[c].begin(), of_customer_[c].end(), [](const Arc& a, const Arc& b) {
      return a.cost != b.cost ? a.cost < b.cost : a.other < b.other;
    });
    for (const Arc& arc : of_customer_[c]) {
      of_candidate_[arc.other].push_back({c, arc.cost});
    }
  }
}

// Over all open sites: for who lies far from everything.
void Level::serve_from_all(std::uint32_t customer) {
  Served& served = served_[customer];
  for (std::uint32_t j = 0; j < sites_.size(); ++j) {
    if (open_[j] == 0) {
      continue;
    }
    const double here = cost(customer, j);
    if (here < served.first) {
      served.second = served.first;
      served.then = served.by;
      served.first = here;
      served.by = j;
    } else if (served.by != j && here < served.second) {
      served.second = here;
      served.then = j;
    }
  }
}

void Level::serve(std::uint32_t customer) {
  Served& served = served_[customer];
  const std::uint32_t before = served.by;
  const double mass = customers_.mass[customer];
  const double none = customers_.pass_by.empty() ? kUnserved : mass * customers_.pass_by[customer];
  served = {kNobody, kNobody, none, none};
  int found = 0;
  for (const Arc& arc : of_customer_[customer]) {
    if (open_[arc.other] == 0) {
      continue;
    }
    if (arc.cost >= served.second) {
      break;
    }
    if (found++ == 0 && arc.cost < served.first) {
      served = {arc.other, kNobody, arc.cost, none};
    } else {
      served.second = arc.cost;
      served.then = arc.other;
      break;
    }
  }
  const bool limited = given_.tier == 0 && ground_.network.tiers[0].reach_m > 0;
  if (found < 2 && !limited && customers_.pass_by.empty() &&
      of_customer_[customer].size() < sites_.size()) {
    serve_from_all(customer);
  }
  if (served.by == before) {
    return;
  }
  if (before != kNobody) {
    auto& left = clients_[before];
    const auto there = std::find(left.begin(), left.end(), customer);
    if (there != left.end()) {
      *there = left.back();
      left.pop_back();
    }
  }
  if (served.by != kNobody) {
    clients_[served.by].push_back(customer);
  }
}

void Level::set(std::uint32_t candidate, bool open) {
  open_[candidate] = open ? 1 : 0;
  for (const std::uint32_t g : ground_.groups_of[sites_[candidate]]) {
    count_[g] += open ? 1 : -1;
  }
  if (open) {
    for (const Arc& arc : of_candidate_[candidate]) {
      if (arc.cost < served_[arc.other].second) {
        serve(arc.other);
      }
    }
    return;
  }
  std::vector<std::uint32_t> left;
  left.swap(clients_[candidate]);
  for (const std::uint32_t customer : left) {
    if (served_[customer].by == candidate) {
      serve(customer);
    }
  }
  for (const Arc& arc : of_candidate_[candidate]) {
    if (arc.cost <= served_[arc.other].second) {
      serve(arc.other);
    }
  }
  // Who lies too far away to be linked to it may still have it next to the nearest.
  for (std::uint32_t customer = 0; customer < served_.size(); ++customer) {
    if (served_[customer].then == candidate) {
      serve(customer);
    }
  }
}

double Level::gain_of_opening(std::uint32_t candidate) const {
  double gain = -given_.price[sites_[candidate]];
  for (const Arc& arc : of_candidate_[candidate]) {
    gain += std::max(0.0, served_[arc.other].first - arc.cost);
  }
  return gain;
}

double Level::gain_of_closing(std::uint32_t candidate) const {
  double gain = given_.price[sites_[candidate]];
  for (const std::uint32_t customer : clients_[candidate]) {
    const Served& served = served_[customer];
    gain -= served.by == candidate ? served.second - served.first : 0;
  }
  return gain;
}

double Level::gain_of_exchange(std::uint32_t out, std::uint32_t in) {
  double gain = given_.price[sites_[out]] - given_.price[sites_[in]];
  for (const Arc& arc : of_candidate_[in]) {
    const Served& served = served_[arc.other];
    mark_[arc.other] = arc.cost;
    marked_.push_back(arc.other);
    if (served.by != out) {
      gain += std::max(0.0, served.first - arc.cost);
    }
  }
  for (const std::uint32_t customer : clients_[out]) {
    const Served& served = served_[customer];
    if (served.by == out) {
      const double other =
          mark_[customer] == kUnmarked ? served.second : std::min(served.second, mark_[customer]);
      gain += served.first - other;
    }
  }
  for (const std::uint32_t customer : marked_) {
    mark_[customer] = kUnmarked;
  }
  marked_.clear();
  return gain;
}

bool Level::may_open(std::uint32_t candidate, std::uint32_t instead_of) const {
  for (const std::uint32_t g : ground_.groups_of[sites_[candidate]]) {
    if (!ground_.groups[g].most || count_[g] < ground_.groups[g].bound) {
      continue;
    }
    if (instead_of == kNobody) {
      return false;
    }
    const auto& leaves = ground_.groups_of[sites_[instead_of]];
    if (std::find(leaves.begin(), leaves.end(), g) == leaves.end()) {
      return false;
    }
  }
  return true;
}

bool Level::may_close(std::uint32_t candidate, std::uint32_t for_this) const {
  if (ground_.must[sites_[candidate]] != 0) {
    return false;
  }
  for (const std::uint32_t g : ground_.groups_of[sites_[candidate]]) {
    if (ground_.groups[g].most || count_[g] > ground_.groups[g].bound) {
      continue;
    }
    if (for_this == kNobody) {
      return false;
    }
    const auto& comes = ground_.groups_of[sites_[for_this]];
    if (std::find(comes.begin(), comes.end(), g) == comes.end()) {
      return false;
    }
  }
  return true;
}

// Cheap for the rules that it helps with; without any, what it saves.
double Level::eagerness(std::uint32_t candidate, std::int64_t* unmet) const {
  *unmet = 0;
  for (const std::uint32_t g : ground_.groups_of[sites_[candidate]]) {
    *unmet += !ground_.groups[g].most && count_[g] < ground_.groups[g].bound ? 1 : 0;
  }
  const double gain = gain_of_opening(candidate);
  return *unmet > 0 && gain < 0 ? gain / static_cast<double>(*unmet) : gain;
}

// Gains only fall while sites open, so the best of the heap whose gain is still true is the best.
void Level::satisfy_rules() {
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry> heap;
  std::int64_t unmet = 0;
  for (std::uint32_t j = 0; j < sites_.size(); ++j) {
    if (open_[j] == 0) {
      heap.emplace(eagerness(j, &unmet), j);
    }
  }
  while (!heap.empty()) {
    const auto [claimed, j] = heap.top();
    heap.pop();
    if (open_[j] != 0 || !may_open(j, kNobody)) {
      continue;
    }
    const double now = eagerness(j, &unmet);
    if (unmet == 0 && now <= 0) {
      continue;
    }
    if (now < claimed - kPays * (1 + std::abs(claimed))) {
      heap.emplace(now, j);
      continue;
    }
    set(j, true);
  }
}

void Level::begin(const std::vector<std::uint32_t>& open) {
  for (std::uint32_t c = 0; c < served_.size(); ++c) {
    const double none =
        customers_.pass_by.empty() ? kUnserved : customers_.mass[c] * customers_.pass_by[c];
    served_[c] = {kNobody, kNobody, none, none};
  }
  for (std::uint32_t j = 0; j < sites_.size(); ++j) {
    if (ground_.must[sites_[j]] != 0) {
      set(j, true);
    }
  }
  for (const std::uint32_t site : open) {
    const std::uint32_t j = candidate_[site];
    if (j != kNobody && open_[j] == 0 && may_open(j, kNobody)) {
      set(j, true);
    }
  }
  serve_the_far();
  satisfy_rules();
  serve_the_far();
}

// Who has none of the nearest candidates open is served by what is open at all.
void Level::serve_the_far() {
  const bool any = std::any_of(open_.begin(), open_.end(), [](auto one) { return one != 0; });
  for (std::uint32_t c = 0; any && c < served_.size(); ++c) {
    if (served_[c].by == kNobody) {
      serve(c);
    }
  }
}

bool Level::exchange_best(std::uint32_t candidate, std::vector<std::uint32_t>& again) {
  // Partners: the candidates that its own customers would like best.
  std::vector<std::uint32_t> partners;
  for (const std::uint32_t customer : clients_[candidate]) {
    if (served_[customer].by != candidate) {
      continue;
    }
    std::size_t seen = 0;
    for (const Arc& arc : of_customer_[customer]) {
      if (open_[arc.other] == 0) {
        partners.push_back(arc.other);
        if (++seen == kPartners / 4) {
          break;
        }
      }
    }
  }
  std::sort(partners.begin(), partners.end());
  partners.erase(std::unique(partners.begin(), partners.end()), partners.end());
  double best = kPays * (1 + given_.price[sites_[candidate]]);
  std::uint32_t with = kNobody;
  for (const std::uint32_t partner : partners) {
    const double gain = gain_of_exchange(candidate, partner);
    if (gain > best && may_open(partner, candidate) && may_close(candidate, partner)) {
      best = gain;
      with = partner;
    }
  }
  if (with == kNobody) {
    return false;
  }
  set(with, true);
  set(candidate, false);
  again.push_back(with);
  for (const Arc& arc : of_candidate_[with]) {
    if (served_[arc.other].by != kNobody) {
      again.push_back(served_[arc.other].by);
    }
  }
  return true;
}

bool Level::look_at(std::uint32_t candidate, std::vector<std::uint32_t>& again) {
  if (open_[candidate] == 0) {
    if (gain_of_opening(candidate) > kPays && may_open(candidate, kNobody)) {
      set(candidate, true);
      again.push_back(candidate);
      return true;
    }
    return false;
  }
  if (gain_of_closing(candidate) > kPays && may_close(candidate, kNobody)) {
    for (const std::uint32_t customer : clients_[candidate]) {
      for (const Arc& arc : of_customer_[customer]) {
        again.push_back(arc.other);
      }
    }
    set(candidate, false);
    return true;
  }
  return exchange_best(candidate, again);
}

void Level::improve(Budget& budget, const std::vector<std::uint32_t>& first) {
  std::vector<std::uint32_t> queue;
  std::vector<std::uint8_t> waits(sites_.size(), 0);
  const auto wait = [&](std::uint32_t j) {
    if (waits[j] == 0) {
      waits[j] = 1;
      queue.push_back(j);
    }
  };
  if (first.empty()) {
    for (std::uint32_t j = 0; j < sites_.size(); ++j) {
      wait(j);
    }
  }
  for (const std::uint32_t site : first) {
    if (candidate_[site] != kNobody) {
      wait(candidate_[site]);
    }
  }
  std::vector<std::uint32_t> again;
  for (std::size_t k = 0; k < queue.size(); ++k) {
    const std::uint32_t j = queue[k];
    waits[j] = 0;
    if (!budget.spend()) {
      return;
    }
    again.clear();
    look_at(j, again);
    for (const std::uint32_t other : again) {
      wait(other);
    }
  }
}

std::vector<std::uint32_t> Level::open() const {
  std::vector<std::uint32_t> out;
  for (std::uint32_t j = 0; j < sites_.size(); ++j) {
    if (open_[j] != 0) {
      out.push_back(sites_[j]);
    }
  }
  return out;
}

bool Level::serves_all() const {
  for (std::size_t c = 0; c < served_.size(); ++c) {
    if (served_[c].by == kNobody && customers_.pass_by.empty()) {
      return false;
    }
  }
  return true;
}

}  // namespace huan::siting
