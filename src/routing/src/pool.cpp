// SPDX-License-Identifier: Apache-2.0
#include "pool.hpp"

#include <algorithm>
#include <utility>

#include "random.hpp"

namespace huan::routing {

namespace {

constexpr int kMostVisits = 1200;
constexpr std::size_t kMostRoutes = 20'000;
constexpr std::size_t kMostCodes = 600'000;
constexpr double kCheaper = 1e-7;

}  // namespace

Pool::Pool(const Model& model)
    : model_(&model),
      open_(!model.periodic && !model.frozen && !model.rooms && model.balance <= 0 &&
            model.visits() > 1 && model.visits() <= kMostVisits) {
  Random random(1);
  keys_.resize(open_ ? static_cast<std::size_t>(model.visits()) : 0);
  std::generate(keys_.begin(), keys_.end(), [&] { return random.next(); });
}

void Pool::note(const Tours& tours, int route) {
  if (tours.empty(route)) {
    return;
  }
  const int type = model_->slots[static_cast<std::size_t>(route)].type;
  std::uint64_t key = static_cast<std::uint64_t>(type) * 0x9e3779b97f4a7c15ULL;
  std::uint32_t count = 0;
  for (int i = tours.node(tours.start(route)).next; i != tours.end(route); i = tours.node(i).next) {
    key += tours.is_visit(i) ? keys_[static_cast<std::size_t>(i)] : 0;
    ++count;
  }
  const Entry entry{.first = static_cast<std::uint32_t>(codes_.size()),
                    .count = count,
                    .type = type,
                    .cost = tours.route_cost(route)};
  const auto known = at_.find(key);
  if (known == at_.end() || entry.cost < entries_[known->second].cost - kCheaper) {
    keep(key, entry, tours, route);
  }
}

void Pool::keep(std::uint64_t key, const Entry& entry, const Tours& tours, int route) {
  for (int i = tours.node(tours.start(route)).next; i != tours.end(route); i = tours.node(i).next) {
    codes_.push_back(tours.is_visit(i) ? i : -1 - static_cast<int>(tours.node(i).facility));
  }
  const auto [at, added] = at_.try_emplace(key, static_cast<std::uint32_t>(entries_.size()));
  if (added) {
    entries_.push_back(entry);
    entry_keys_.push_back(key);
  } else {
    entries_[at->second] = entry;
  }
  if (entries_.size() >= kMostRoutes || codes_.size() >= kMostCodes) {
    forget_older();
  }
}

void Pool::forget_older() {
  const std::vector<Entry> entries = std::exchange(entries_, {});
  const std::vector<std::uint64_t> keys = std::exchange(entry_keys_, {});
  const std::vector<Code> codes = std::exchange(codes_, {});
  at_.clear();
  for (std::size_t k = entries.size() / 2; k < entries.size(); ++k) {
    Entry entry = entries[k];
    const auto begin = codes.begin() + entry.first;
    entry.first = static_cast<std::uint32_t>(codes_.size());
    codes_.insert(codes_.end(), begin, begin + entry.count);
    at_.emplace(keys[k], static_cast<std::uint32_t>(entries_.size()));
    entries_.push_back(entry);
    entry_keys_.push_back(keys[k]);
  }
}

Columns Pool::columns(const Solution& best) {
  Columns columns;
  columns.rows = static_cast<std::size_t>(model_->visits());
  std::vector<int> visits;
  for (const Entry& entry : entries_) {
    visits.clear();
    for (std::uint32_t k = entry.first; k < entry.first + entry.count; ++k) {
      if (codes_[k] >= 0) {
        visits.push_back(codes_[k]);
      }
    }
    columns.add(entry.cost, entry.type, visits);
  }
  std::vector<std::uint8_t> may_stay = model_->optional;
  for (const int visit : best.absent) {
    may_stay[static_cast<std::size_t>(visit)] = 1;
  }
  for (int visit = 0; visit < model_->visits(); ++visit) {
    const int mate = model_->mate(visit);
    if (may_stay[static_cast<std::size_t>(visit)] == 0 || model_->leaves(visit)) {
      continue;
    }
    visits.assign(1, visit);
    double penalty = model_->penalties[static_cast<std::size_t>(visit)];
    if (mate != kNowhere) {  // both or none
      visits.push_back(mate);
      penalty += model_->penalties[static_cast<std::size_t>(mate)];
    }
    columns.add(penalty, -1, visits);
  }
  for (const auto& slots : model_->slots_of_type) {
    columns.limit.push_back(static_cast<int>(slots.size()));
  }
  return columns;
}

std::optional<Solution> Pool::recombined(const Solution& best, std::int64_t work) {
  const Columns all = columns(best);
  const auto chosen = partition(all, best.cost - kCheaper, work);
  if (!chosen) {
    return std::nullopt;
  }
  auto made = assigned(*chosen, best);
  if (made) {
    made->cost = 0;
    for (const std::uint32_t column : *chosen) {
      made->cost += all.cost[column];
    }
  }
  return made;
}

/// Slots in use come first, so that those given up stay empty.
std::optional<Solution> Pool::assigned(std::span<const std::uint32_t> chosen,
                                       const Solution& best) const {
  std::vector<std::vector<int>> slots = model_->slots_of_type;
  for (auto& of_type : slots) {
    std::stable_partition(of_type.begin(), of_type.end(), [&](int slot) {
      return !best.routes[static_cast<std::size_t>(slot)].empty();
    });
  }
  std::vector<std::size_t> next(slots.size(), 0);
  Solution made;
  made.routes.resize(best.routes.size());
  std::vector<std::uint8_t> served(static_cast<std::size_t>(model_->visits()), 0);
  for (const std::uint32_t column : chosen) {
    if (column >= entries_.size()) {
      continue;
    }
    const Entry& entry = entries_[column];
    const auto type = static_cast<std::size_t>(entry.type);
    if (next[type] >= slots[type].size()) {
      return std::nullopt;
    }
    auto& route = made.routes[static_cast<std::size_t>(slots[type][next[type]++])];
    route.assign(codes_.begin() + entry.first, codes_.begin() + entry.first + entry.count);
    for (const Code code : route) {
      if (code >= 0) {
        served[static_cast<std::size_t>(code)] = 1;
      }
    }
  }
  for (int visit = 0; visit < model_->visits(); ++visit) {
    if (served[static_cast<std::size_t>(visit)] == 0) {
      made.absent.push_back(visit);
    }
  }
  return made;
}

}  // namespace huan::routing
