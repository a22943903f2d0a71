// SPDX-License-Identifier: Apache-2.0
#include "model.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "weights.hpp"

namespace huan::routing {

namespace {

constexpr double kOpenPairPenalty = 100;
/// Below kForever, so that what is reached never is refused even by a shift without an end.
constexpr double kEndOfTime = 1000 * kTimeMax;
constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max() / 4;

Site site_of(Index place, double service, const std::vector<Window>& windows) {
  Site site;
  site.place = place;
  site.service = service;
  if (!windows.empty()) {
    site.from = windows.front().from;
    site.to = windows.back().to;
    site.windows = windows.size() > 1 ? &windows : nullptr;
  }
  return site;
}

std::vector<std::int64_t> padded(const Load& load, std::size_t dims, std::int64_t fill) {
  std::vector<std::int64_t> numbers(dims, fill);
  std::copy(load.begin(), load.end(), numbers.begin());
  return numbers;
}

bool positive(std::int64_t amount) { return amount > 0; }

bool keeps_materials_apart(const Problem& p) {
  return std::any_of(p.facilities.begin(), p.facilities.end(),
                     [](const Facility& facility) { return !facility.materials.empty(); });
}

/// Deliveries stay on board at a facility that does not reload them.
bool brings_past_facilities(const Problem& p) {
  const bool passes = std::any_of(p.facilities.begin(), p.facilities.end(),
                                  [](const Facility& facility) { return !facility.reloads; });
  return passes && std::any_of(p.stops.begin(), p.stops.end(), [](const Stop& stop) {
           return std::any_of(stop.delivery.begin(), stop.delivery.end(), positive);
         });
}

bool keeps_to_reference(const Problem& p) {
  return std::any_of(p.objective.goals.begin(), p.objective.goals.end(),
                     [](const GoalWeight& goal) { return goal.goal == Goal::stability; });
}

bool has_all(const std::vector<std::string>& have, const std::vector<std::string>& need) {
  return std::all_of(need.begin(), need.end(), [&](const std::string& skill) {
    return std::find(have.begin(), have.end(), skill) != have.end();
  });
}

}  // namespace

Model::Model(const Problem& p, const Options& options, const Deadline& until)
    : problem(&p), deadline(until) {
  dims = std::max<std::size_t>(1, p.dimensions.size());
  const bool open_ends = std::any_of(
      p.vehicles.begin(), p.vehicles.end(),
      [](const Vehicle& vehicle) { return vehicle.start == kNone || vehicle.end == kNone; });
  const double table_seconds = options.iterations ? kForever : options.seconds / 4;
  ways.reserve(p.ways.size());
  for (const Travel& travel : p.ways) {
    ways.push_back(std::make_unique<Ways>(p, travel, open_ends, table_seconds));
  }
  add_zones();
  add_visits();
  add_slots();
  add_demands();
  add_allowed();
  add_pairs();
  add_homes();
  note_given(options);
  weigh();
  note_features();
}

/// Visits are numbered along their places, so that what is near is near in all lists by visit.
void Model::add_visits() {
  const Problem& p = *problem;
  std::vector<Index> order(p.stops.size());
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Index a, Index b) { return p.stops[a].place < p.stops[b].place; });
  sites.reserve(p.stops.size());
  add_day_rules();
  first_visits.resize(p.stops.size());
  end_visits.resize(p.stops.size());
  for (const Index stop : order) {
    first_visits[stop] = static_cast<int>(sites.size());
    add_visits_of(stop);
    end_visits[stop] = static_cast<int>(sites.size());
    stop_of.resize(sites.size(), stop);
    optional.resize(sites.size(), p.stops[stop].prize ? 1 : 0);
  }
  if (!dues.empty()) {
    dues.resize(sites.size());
  }
  facilities.reserve(p.facilities.size());
  for (const Facility& facility : p.facilities) {
    facilities.push_back(site_of(facility.place, facility.service_s, facility.windows));
  }
}

/// Both stops of a pair are visited on the same days.
void Model::add_day_rules() {
  day_rules.resize(problem->stops.size());
  for (std::size_t i = 0; i < problem->stops.size(); ++i) {
    if (!has_forecast(problem->stops[i])) {
      day_rules[i] = DayRule(problem->stops[i].visits, problem->days);
    }
  }
  for (const Pair& pair : problem->pairs) {
    if (auto rule = DayRule::both(day_rules[pair.pickup], day_rules[pair.delivery])) {
      day_rules[pair.pickup] = *rule;
      day_rules[pair.delivery] = std::move(*rule);
    }
  }
}

void Model::add_visits_of(Index number) {
  const Stop& stop = problem->stops[number];
  Site site = site_of(stop.place, stop.service_s, stop.windows);
  site.setup = stop.setup_s;
  site.release = stop.release_s;
  if (has_forecast(stop)) {
    periodic = true;
    add_foreseen(stop, site);
    return;
  }
  const DayRule& rule = day_rules[number];
  periodic = periodic || !rule.free();
  sites.insert(sites.end(), rule.most(), site);
}

void Model::add_foreseen(const Stop& stop, const Site& site) {
  dues.resize(sites.size());
  for (Due& due : dues_of(*problem, stop.visits)) {
    due.load.resize(problem->dimensions.size(), 0);
    dues.push_back(std::move(due));
    sites.push_back(site);
  }
}

void Model::add_zones() {
  zones.reserve(problem->zones.size());
  for (const Zone& zone : problem->zones) {
    zones.push_back(std::make_unique<ZoneMap>(*problem, zone));
  }
}

void Model::add_homes() {
  homes.resize(problem->stops.size());
  for (const GivenRoute& route : problem->reference) {
    for (const GivenVisit& visit : route.visits) {
      if (visit.stop != kNone) {
        homes[visit.stop].push_back(route.vehicle);
      }
    }
  }
}

/// Rules of the shift that ask for more than the earliest times.
void Model::note_rules(Slot& slot) const {
  const std::string& own = problem->vehicles[slot.vehicle].vehicle_class;
  for (std::size_t z = 0; z < zones.size(); ++z) {
    const auto& exempt = problem->zones[z].exempt;
    if (!zones[z]->open().empty() && std::find(exempt.begin(), exempt.end(), own) == exempt.end()) {
      slot.zones.push_back(zones[z].get());
    }
  }
  for (const Break& rest : *slot.breaks) {
    slot.rests_by_work = slot.rests_by_work || rest.after_work_s > 0;
    slot.loads_at_rest = slot.loads_at_rest || !rest.load_max.empty();
  }
  slot.watched = !slot.zones.empty() || slot.rests_by_work || slot.loads_at_rest;
  slot.detours = !slot.zones.empty() && slot.ways->has_detours();
}

bool Model::same_type(const Slot& a, const Slot& b) const {
  const Vehicle& v = problem->vehicles[a.vehicle];
  const Vehicle& w = problem->vehicles[b.vehicle];
  if (keeps_to_reference(*problem)) {
    return false;
  }
  return a.day == b.day && v.shifts[a.shift] == w.shifts[b.shift] && v.ways == w.ways &&
         v.travel_factor == w.travel_factor && v.service_factor == w.service_factor &&
         v.capacity == w.capacity && v.start_load == w.start_load && v.start == w.start &&
         v.end == w.end && v.costs == w.costs && v.caps == w.caps && v.skills == w.skills &&
         v.unloads == w.unloads && v.empty_at_end == w.empty_at_end &&
         v.facilities == w.facilities && v.vehicle_class == w.vehicle_class;
}

void Model::add_slots() {
  const Problem& p = *problem;
  const auto nowhere = static_cast<Index>(p.places.size());
  std::vector<std::vector<Index>> lists(p.vehicles.size());  // stops that name the vehicle
  for (std::size_t i = 0; i < p.stops.size(); ++i) {
    for (const Index vehicle : p.stops[i].vehicles) {
      lists[vehicle].push_back(static_cast<Index>(i));
    }
  }
  for (std::size_t v = 0; v < p.vehicles.size(); ++v) {
    const Vehicle& vehicle = p.vehicles[v];
    for (std::size_t s = 0; s < vehicle.shifts.size(); ++s) {
      Slot slot;
      slot.vehicle = static_cast<Index>(v);
      slot.shift = static_cast<Index>(s);
      slot.day = vehicle.shifts[s].day;
      slot.start = vehicle.start == kNone ? nowhere : vehicle.start;
      slot.end = vehicle.end == kNone ? nowhere : vehicle.end;
      slot.open = vehicle.shifts[s].window.from;
      slot.close = std::min(vehicle.shifts[s].window.to, kEndOfTime);
      slot.travel_factor = vehicle.travel_factor;
      slot.service_factor = vehicle.service_factor;
      slot.ways = ways[vehicle.ways].get();
      slot.caps = &vehicle.caps;
      slot.breaks = &vehicle.shifts[s].breaks;
      slot.unloads = vehicle.unloads && !p.facilities.empty();
      slot.empty_at_end = vehicle.empty_at_end;
      slot.duration_max = vehicle.caps.duration_max_s + vehicle.caps.overtime_max_s;
      slot.capped = vehicle.caps.distance_max < kForever || vehicle.caps.travel_max_s < kForever ||
                    vehicle.caps.unloads_max != kNone;
      note_rules(slot);
      const auto match = std::find_if(
          slots_of_type.begin(), slots_of_type.end(), [&](const std::vector<int>& group) {
            const Slot& other = slots[static_cast<std::size_t>(group.front())];
            return same_type(slot, other) && lists[slot.vehicle] == lists[other.vehicle];
          });
      slot.type = static_cast<int>(match - slots_of_type.begin());
      if (match == slots_of_type.end()) {
        slots_of_type.emplace_back();
      }
      slots_of_type[static_cast<std::size_t>(slot.type)].push_back(static_cast<int>(slots.size()));
      slots.push_back(std::move(slot));
    }
  }
  types = slots_of_type.size();
}

void Model::add_demands() {
  const Problem& p = *problem;
  bool picks = false;
  bool brings = false;
  for (const Stop& stop : p.stops) {
    picks = picks || has_forecast(stop) ||
            std::any_of(stop.pickup.begin(), stop.pickup.end(), positive);
    brings = brings || std::any_of(stop.delivery.begin(), stop.delivery.end(), positive);
  }
  mixed = picks && brings;
  // Each of the two kinds of load fits by itself in whatever fits together: pickups and deliveries
  // are two dimensions to the search, and the exact test sees how they follow each other.
  const std::size_t width = dims;  // as the problem has them
  dims = mixed ? 2 * width : width;
  demands.reserve(sites.size() * dims);
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const Stop& stop = p.stops[stop_of[i]];
    const auto pickup = padded(this->pickup(static_cast<int>(i)), width, 0);
    const auto delivery = padded(stop.delivery, width, 0);
    const auto& first = brings && !mixed ? delivery : pickup;
    demands.insert(demands.end(), first.begin(), first.end());
    if (mixed) {
      demands.insert(demands.end(), delivery.begin(), delivery.end());
    }
  }
  capacities.reserve(slots.size() * dims);
  load_caps.reserve(slots.size() * dims);
  for (const Slot& slot : slots) {
    const auto capacity = padded(p.vehicles[slot.vehicle].capacity, width, kNoLimit);
    const auto cap = padded(slot.caps->load_max, width, kNoLimit);
    for (std::size_t copy = 0; copy < dims / width; ++copy) {
      capacities.insert(capacities.end(), capacity.begin(), capacity.end());
      load_caps.insert(load_caps.end(), cap.begin(), cap.end());
    }
  }
}

void Model::add_allowed() {
  const Problem& p = *problem;
  for (std::size_t t = 0; t < types; ++t) {
    const Slot& slot = slots[static_cast<std::size_t>(slots_of_type[t].front())];
    const std::vector<Index>& chosen = p.vehicles[slot.vehicle].facilities;
    unload_at.emplace_back();
    for (std::size_t f = 0; slot.unloads && f < facilities.size(); ++f) {
      if (chosen.empty() || std::find(chosen.begin(), chosen.end(), f) != chosen.end()) {
        unload_at.back().push_back(static_cast<Index>(f));
      }
    }
  }
  const bool free = std::all_of(p.stops.begin(), p.stops.end(), [](const Stop& stop) {
    return stop.vehicles.empty() && stop.skills.empty();
  });
  if (free) {
    return;
  }
  allowed.assign(sites.size() * types, 0);
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const Stop& stop = p.stops[stop_of[i]];
    for (std::size_t t = 0; t < types; ++t) {
      const Index v = slots[static_cast<std::size_t>(slots_of_type[t].front())].vehicle;
      const bool listed =
          stop.vehicles.empty() ||
          std::find(stop.vehicles.begin(), stop.vehicles.end(), v) != stop.vehicles.end();
      allowed[i * types + t] = listed && has_all(p.vehicles[v].skills, stop.skills) ? 1 : 0;
    }
  }
}

/// What one of the two may not use, the other may not either.
void Model::add_pairs() {
  if (problem->pairs.empty()) {
    return;
  }
  mates.assign(sites.size(), -1);
  left.assign(sites.size(), 0);
  goods.assign(sites.size(), nullptr);
  for (const Pair& pair : problem->pairs) {
    const auto from = static_cast<std::size_t>(first_visit(pair.pickup));
    const auto to = static_cast<std::size_t>(first_visit(pair.delivery));
    const auto end = static_cast<std::size_t>(end_visit(pair.pickup));
    for (std::size_t k = 0; from + k < end; ++k) {
      add_mates(pair, from + k, to + k);
    }
  }
}

void Model::add_mates(const Pair& pair, std::size_t from, std::size_t to) {
  mates[from] = static_cast<int>(to);
  mates[to] = static_cast<int>(from);
  left[to] = 1;
  goods[from] = &pair.load;
  goods[to] = &pair.load;
  for (std::size_t t = 0; !allowed.empty() && t < types; ++t) {
    const bool both = allowed[from * types + t] != 0 && allowed[to * types + t] != 0;
    allowed[from * types + t] = both ? 1 : 0;
    allowed[to * types + t] = both ? 1 : 0;
  }
}

void Model::weigh() {
  const Weights weights = weights_of(*problem);
  fewest_vehicles = weights.vehicles_before_ways;
  compactness = weights.compactness;
  stability = weights.stability;
  balance = weights.balance;
  duration_matters = balance > 0;
  for (Slot& slot : slots) {
    const VehicleCosts& costs = problem->vehicles[slot.vehicle].costs;
    const double driving = slot.ways->has_costs() ? 0 : weights.cost;  // else the matrix says it
    slot.per_distance = weights.distance + driving * costs.per_distance;
    slot.per_travel = weights.travel + driving * costs.per_travel_hour / 3600;
    slot.per_given = slot.ways->has_costs() ? weights.cost : 0;
    slot.seconds_per_distance = slot.travel_factor * slot.ways->seconds_per_distance();
    if (slot.ways->straight() && !slot.detours) {  // a detour may be quick and long
      slot.per_distance += slot.per_travel * slot.seconds_per_distance;
      slot.per_travel = 0;
    }
    slot.seconds_per_distance *= slot.ways->quickest();
    slot.per_duration = weights.time + weights.cost * costs.per_hour / 3600;
    slot.per_overtime = weights.cost * costs.per_overtime_hour / 3600;
    slot.fixed = weights.vehicles + weights.cost * costs.fixed;
    duration_matters = duration_matters || slot.per_duration > 0 || slot.per_overtime > 0;
    uniform = uniform && slot.per_travel == 0 && slot.per_given == 0 &&
              slot.per_distance == slots.front().per_distance && slot.ways == slots.front().ways &&
              slot.travel_factor == slots.front().travel_factor;
  }
  double longest = 1;
  for (const Slot& slot : slots) {
    longest = std::max(longest, slot.fixed);
  }
  const double reach = weights.reach + longest;
  penalties.reserve(sites.size());
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const Stop& stop = problem->stops[stop_of[i]];
    penalties.push_back(stop.prize ? *stop.prize * weights.prizes
                                   : reach * (1 + static_cast<double>(stop.priority)));
    const int other = mate(static_cast<int>(i));
    if (other >= 0 && open_pickup(other)) {
      penalties.back() *= kOpenPairPenalty;  // goods on board have to be left
    }
    if (foreseen(static_cast<int>(i))) {
      penalties.back() *= least_visits(stop.visits);
    }
  }
}

void Model::note_features() {
  bool several = false;  // windows at one site
  const auto note = [&](const Site& site) {
    timed = timed || site.to < kForever || site.from > 0;
    exact = exact || site.setup > 0;
    released = released || site.release > 0;
    several = several || site.windows != nullptr;
  };
  std::for_each(sites.begin(), sites.end(), note);
  std::for_each(facilities.begin(), facilities.end(), note);
  exact = exact || keeps_materials_apart(*problem);
  for (const Facility& facility : problem->facilities) {
    rooms = rooms || !facility.capacity_per_day.empty();
  }
  exact = exact || rooms || brings_past_facilities(*problem);
  bool measured = duration_matters;
  for (const Slot& slot : slots) {
    timed = timed || slot.close < kEndOfTime || !slot.breaks->empty() || slot.ways->holed();
    states = std::max(states, slot.breaks->size() + 1);
    exact = exact || slot.capped || slot.watched || slot.ways->timed();
    detours = detours || slot.detours;
    measured = measured || slot.duration_max < kForever;
  }
  exact = exact || released || mixed || !mates.empty();
  timed = timed || released;
  spans = measured && !exact && !several && states == 1;
  exact = exact || (measured && !spans);
}

}  // namespace huan::routing
