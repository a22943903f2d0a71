// SPDX-License-Identifier: Apache-2.0
#include "huan/rounds/assemble.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <set>

#include "huan/registry/fields.hpp"

namespace huan::rounds {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using routing::Index;
using routing::StepType;

constexpr double kDegree = 1e7;
constexpr double kPercent = 100;
constexpr double kMetresPerSecond = 3.6;  // km/h to m/s
constexpr std::uint32_t kFirst = 100;     // what is on board is unloaded whatever else
constexpr std::size_t kVehiclesMax = 20'000;
constexpr std::size_t kNameMax = 120;
constexpr std::string_view kUnload = "u:";
constexpr std::array<std::string_view, 16> kReasons{
    "no_vehicle",  "skills", "capacity", "fleet_capacity", "windows",  "duration",
    "distance",    "travel", "stops",    "load_cap",       "facility", "zone",
    "unreachable", "days",   "prize",    "search"};

/// Places of the problem, one for each spot.
class Places {
 public:
  explicit Places(routing::Problem& problem) : problem_(problem) {}
  Index of(const Spot& spot) {
    const auto [found, is_new] = known_.try_emplace(std::pair(spot.lat_e7, spot.lng_e7),
                                                    static_cast<Index>(problem_.places.size()));
    if (is_new) {
      problem_.places.push_back({spot.lng_e7 / kDegree, spot.lat_e7 / kDegree});
    }
    return found->second;
  }

 private:
  routing::Problem& problem_;
  std::map<std::pair<std::int32_t, std::int32_t>, Index> known_;
};

std::int32_t service_of(const Rule& rule, StopKind kind) {
  return kind == StopKind::station ? rule.station_s : rule.order_s;
}

std::map<std::string, std::vector<Index>> trucks_by_party(const Work& work) {
  std::map<std::string, std::vector<Index>> trucks;
  for (std::size_t i = 0; i < work.trucks.size(); ++i) {
    trucks[work.trucks[i].party].push_back(static_cast<Index>(i));
  }
  return trucks;
}

void add_stops(const Work& work, Places& places, routing::Problem& problem) {
  const auto trucks = trucks_by_party(work);
  problem.stops.reserve(work.stops.size() + work.trucks.size());
  for (const Stop& stop : work.stops) {
    routing::Stop one;
    one.id = stop.id;
    one.place = places.of(stop.at);
    one.pickup = {stop.mass.count()};
    one.service_s = service_of(work.rule, stop.kind);
    one.windows = {{static_cast<double>(stop.from_s), static_cast<double>(stop.to_s)}};
    one.priority = static_cast<std::uint32_t>(stop.priority);
    if (const auto own = trucks.find(stop.party); !stop.party.empty() && own != trucks.end()) {
      one.vehicles = own->second;
    }
    problem.stops.push_back(std::move(one));
  }
}

void add_trucks(const Work& work, Places& places, Assembled& day) {
  day.problem.vehicles.reserve(work.trucks.size());
  for (std::size_t i = 0; i < work.trucks.size(); ++i) {
    const Truck& truck = work.trucks[i];
    routing::Vehicle one;
    one.id = truck.id;
    one.capacity = {truck.capacity.count()};
    one.start = places.of(truck.start);
    one.end = places.of(truck.depot);
    one.shifts = {routing::Shift{
        0, {static_cast<double>(truck.from_s), static_cast<double>(truck.to_s)}, {}}};
    one.unloads = true;
    one.empty_at_end = true;
    day.problem.vehicles.push_back(std::move(one));
    if (truck.carried.count() > 0) {
      routing::Stop load;
      load.id = "carried:" + truck.id;
      load.place = places.of(truck.start);
      load.pickup = {truck.carried.count()};
      load.windows = {{static_cast<double>(truck.from_s), static_cast<double>(truck.from_s)}};
      load.priority = kFirst;
      load.vehicles = {static_cast<Index>(i)};
      day.carried.emplace_back(i, static_cast<Index>(day.problem.stops.size()));
      day.problem.stops.push_back(std::move(load));
    }
  }
}

/// A zone of the rule, or the whole city where none is drawn, as one zone of the problem for each
/// set of hours that vehicles have there; its vehicles are the classes that it does not exempt.
class Zones {
 public:
  Zones(const Work& work, routing::Problem& problem) : work_(work), problem_(problem) {}

  void add() {
    const std::size_t count = std::max<std::size_t>(work_.rule.zones.size(), 1);
    std::vector<std::vector<std::vector<Hours>>> open(count);  // by zone and truck
    for (std::size_t z = 0; z < count; ++z) {
      for (const Truck& truck : work_.trucks) {
        open[z].push_back(work_.rule.zones.empty() ? hours_anywhere(truck.permit)
                                                   : hours_in(work_.rule.zones[z], truck.permit));
      }
    }
    name_classes(open);
    for (std::size_t z = 0; z < count; ++z) {
      add_zone(z, open[z]);
    }
  }

 private:
  /// Trucks with the same hours in every zone are of one class.
  void name_classes(const std::vector<std::vector<std::vector<Hours>>>& open) {
    std::map<std::vector<std::vector<Hours>>, std::string> classes;
    for (std::size_t i = 0; i < work_.trucks.size(); ++i) {
      std::vector<std::vector<Hours>> own;
      own.reserve(open.size());
      for (const auto& zone : open) {
        own.push_back(zone[i]);
      }
      const auto [one, is_new] =
          classes.try_emplace(std::move(own), "c" + std::to_string(classes.size()));
      problem_.vehicles[i].vehicle_class = one->second;
    }
  }

  void add_zone(std::size_t number, const std::vector<std::vector<Hours>>& open) {
    std::map<std::vector<Hours>, std::set<std::string>> groups;
    std::set<std::string> all;
    for (std::size_t i = 0; i < open.size(); ++i) {
      groups[open[i]].insert(problem_.vehicles[i].vehicle_class);
      all.insert(problem_.vehicles[i].vehicle_class);
    }
    for (const auto& [hours, bound] : groups) {
      if (hours == std::vector<Hours>{kAllDay}) {
        continue;
      }
      routing::Zone zone;
      zone.id = work_.rule.zones.empty() ? "city" : work_.rule.zones[number].id;
      for (const Hours& one : hours) {
        zone.open.push_back({static_cast<double>(one.from_s), static_cast<double>(one.to_s)});
      }
      if (hours.empty()) {
        zone.open.push_back({0, 0});
      }
      std::ranges::set_difference(all, bound, std::back_inserter(zone.exempt));
      zone.places = places_in(number);
      problem_.zones.push_back(std::move(zone));
    }
  }

  [[nodiscard]] std::vector<Index> places_in(std::size_t number) const {
    std::set<Index> inside;
    const auto add = [&](const Spot& at, Index place) {
      if (work_.rule.zones.empty() || holds(work_.rule.zones[number], at)) {
        inside.insert(place);
      }
    };
    for (std::size_t i = 0; i < work_.stops.size(); ++i) {
      add(work_.stops[i].at, problem_.stops[i].place);
    }
    for (std::size_t i = 0; i < work_.centres.size(); ++i) {
      add(work_.centres[i].at, problem_.facilities[i].place);
    }
    return {inside.begin(), inside.end()};
  }

  const Work& work_;
  routing::Problem& problem_;
};

routing::Step step_of(const routing::Problem& problem, StepType type, Index which) {
  routing::Step step;
  step.type = type;
  if (type == StepType::unload) {
    step.facility = which;
    step.place = problem.facilities.at(which).place;
  } else if (type == StepType::job) {
    step.stop = which;
    step.place = problem.stops.at(which).place;
  } else {
    const routing::Vehicle& vehicle = problem.vehicles.at(which);
    step.place = type == StepType::start ? vehicle.start : vehicle.end;
  }
  return step;
}

/// What dispatchers call things, and where the problem has them.
struct Names {
  std::map<std::string_view, Index> stops;
  std::map<std::string_view, Index> trucks;
  std::map<std::string_view, Index> centres;
};

Names names_of(const Work& work) {
  Names names;
  const auto number = [](const auto& list, const auto& key, auto& into) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      into[key(list[i])] = static_cast<Index>(i);
    }
  };
  number(work.stops, [](const Stop& one) -> std::string_view { return one.id; }, names.stops);
  number(work.trucks, [](const Truck& one) -> std::string_view { return one.id; }, names.trucks);
  number(
      work.centres, [](const Centre& one) -> std::string_view { return one.place; }, names.centres);
  return names;
}

/// "u:C-1", or with the number that made it unique in its round: "u:2:C-1".
std::string_view centre_of(std::string_view id) { return id.substr(id.rfind(':') + 1); }

Result<routing::Step> named_step(const routing::Problem& problem, const Names& names,
                                 const std::string& id, std::set<std::string>& used) {
  if (std::string_view(id).starts_with(kUnload)) {
    const auto centre = names.centres.find(centre_of(id));
    return centre == names.centres.end()
               ? Result<routing::Step>(Error{ErrorCode::bad_field, "", "no such centre: " + id})
               : step_of(problem, StepType::unload, centre->second);
  }
  const auto stop = names.stops.find(id);
  if (stop == names.stops.end() || !used.insert(id).second) {
    return Error{ErrorCode::bad_field, "", "no stop of the day, or named twice: " + id};
  }
  return step_of(problem, StepType::job, stop->second);
}

std::int32_t seconds(double s) { return static_cast<std::int32_t>(std::lround(s)); }

Stop unload_stop(const Centre& centre, const Truck& truck, std::size_t number) {
  Stop stop;
  stop.id = std::string(kUnload) + std::to_string(number) + ":" + centre.place;
  stop.kind = StopKind::unload;
  stop.ref = centre.place;
  stop.place = centre.place;
  stop.party = truck.party;
  stop.at = centre.at;
  stop.from_s = centre.from_s;
  stop.to_s = centre.to_s;
  return stop;
}

Round round_of(const Work& work, const routing::Route& route) {
  const Truck& truck = work.trucks.at(route.vehicle);
  Round round;
  round.day = work.day;
  round.vehicle = truck.id;
  round.party = truck.party;
  round.depot = truck.depot;
  round.capacity = truck.capacity;
  round.distance_m = std::llround(route.summary.distance);
  std::int64_t on_board = 0;
  std::size_t unloads = 0;
  for (const routing::Step& step : route.steps) {
    const double left =
        step.arrival_s + step.waiting_s + step.setup_s + step.service_s + step.hold_s;
    Stop stop;
    if (step.type == StepType::start) {
      round.leave_s = seconds(left);
      continue;
    }
    if (step.type == StepType::end) {
      round.return_s = seconds(step.arrival_s);
      continue;
    }
    if (step.type == StepType::unload) {
      stop = unload_stop(work.centres.at(step.facility), truck, ++unloads);
      stop.mass = base::Mass{on_board};
      on_board = 0;
    } else if (step.stop < work.stops.size()) {
      stop = work.stops[step.stop];
      on_board += stop.mass.count();
    } else {
      on_board += truck.carried.count();
      continue;
    }
    stop.arrive_s = seconds(step.arrival_s);
    stop.leave_s = seconds(left);
    round.stops.push_back(std::move(stop));
  }
  return round;
}

LeftOut left_out_of(const Work& work, const routing::Unserved& unserved) {
  LeftOut left;
  left.stop = work.stops.at(unserved.stop);
  left.reasons.reserve(unserved.reasons.size());
  for (const routing::Reason& reason : unserved.reasons) {
    left.reasons.push_back(
        {std::string(kReasons.at(static_cast<std::size_t>(reason.code))),
         reason.vehicle < work.trucks.size() ? work.trucks[reason.vehicle].id : std::string(),
         std::llround(reason.amount), reason.unit});
  }
  // Centres have no limit of a day here: that it would have to be unloaded somewhere says nothing
  // beside what binds.
  const auto says_nothing = [](const Why& why) { return why.code == "facility"; };
  if (!std::ranges::all_of(left.reasons, says_nothing)) {
    std::erase_if(left.reasons, says_nothing);
  }
  return left;
}

}  // namespace

Assembled assemble(const Work& work) {
  Assembled day;
  routing::Problem& problem = day.problem;
  problem.name = base::format_day(work.day);
  problem.dimensions = {"g"};
  routing::Travel ways;
  ways.metric = routing::Metric::great_circle;
  ways.scale = work.rule.detour_pct / kPercent;
  ways.speed = work.rule.speed_km_h / kMetresPerSecond;
  problem.ways = {ways};
  Places places(problem);
  problem.facilities.reserve(work.centres.size());
  for (const Centre& centre : work.centres) {
    routing::Facility one;
    one.id = centre.place;
    one.place = places.of(centre.at);
    one.windows = {{static_cast<double>(centre.from_s), static_cast<double>(centre.to_s)}};
    one.service_s = work.rule.unload_s;
    problem.facilities.push_back(std::move(one));
  }
  add_stops(work, places, problem);
  add_trucks(work, places, day);
  Zones(work, problem).add();
  return day;
}

Result<std::vector<Sequence>> parse_sequences(json::Value body) {
  registry::Fields f(body, "");
  const auto list = f.array("rounds");
  if (!list || list->size() > kVehiclesMax) {
    f.refuse(ErrorCode::bad_field, "rounds", "an array of at most 20000");
  }
  HUAN_CHECK(f.finish());
  std::vector<Sequence> sequences;
  sequences.reserve(list->size());
  for (const json::Value one : list->elements()) {
    registry::Fields fields(one, "/rounds/" + std::to_string(sequences.size()));
    Sequence sequence{fields.name("vehicle"), {}};
    const auto stops = fields.array("stops");
    if (!stops || stops->size() > kStopsMax) {
      fields.refuse(ErrorCode::bad_field, "stops", "an array of at most 2000");
    }
    HUAN_CHECK(fields.finish());
    sequence.stops.reserve(stops->size());
    for (const json::Value stop : stops->elements()) {
      if (!stop.is_string() || stop.string().size() > kNameMax) {
        return Error{ErrorCode::bad_field, fields.pointer("stops"), "names of stops"};
      }
      sequence.stops.emplace_back(stop.string());
    }
    sequences.push_back(std::move(sequence));
  }
  return sequences;
}

Result<routing::Plan> plan_of(const Work& work, const Assembled& day,
                              const std::vector<Sequence>& sequences) {
  const Names names = names_of(work);
  const routing::Problem& problem = day.problem;
  std::set<std::string> used;
  std::set<Index> trucks;
  routing::Plan plan;
  plan.routes.reserve(sequences.size());
  for (std::size_t n = 0; n < sequences.size(); ++n) {
    const std::string pointer = "/rounds/" + std::to_string(n);
    const auto truck = names.trucks.find(sequences[n].vehicle);
    if (truck == names.trucks.end() || !trucks.insert(truck->second).second) {
      return Error{ErrorCode::bad_field, pointer + "/vehicle",
                   "no vehicle of the day, or named twice: " + sequences[n].vehicle};
    }
    routing::Route route;
    route.vehicle = truck->second;
    route.steps.push_back(step_of(problem, StepType::start, truck->second));
    for (const auto& [carrier, stop] : day.carried) {
      if (carrier == truck->second) {
        route.steps.push_back(step_of(problem, StepType::job, stop));
      }
    }
    for (std::size_t m = 0; m < sequences[n].stops.size(); ++m) {
      auto step = named_step(problem, names, sequences[n].stops[m], used);
      if (!step) {
        return Error{step.error().code, pointer + "/stops/" + std::to_string(m),
                     step.error().detail};
      }
      route.steps.push_back(std::move(*step));
    }
    route.steps.push_back(step_of(problem, StepType::end, truck->second));
    if (route.steps.size() > 2) {
      plan.routes.push_back(std::move(route));
    }
  }
  return plan;
}

Outcome outcome_of(const Work& work, const routing::Plan& plan) {
  Outcome outcome;
  outcome.rounds.reserve(plan.routes.size());
  for (const routing::Route& route : plan.routes) {
    outcome.rounds.push_back(round_of(work, route));
  }
  for (const routing::Unserved& one : plan.unserved) {
    if (one.stop < work.stops.size()) {
      outcome.left_out.push_back(left_out_of(work, one));
    }
  }
  return outcome;
}

}  // namespace huan::rounds
