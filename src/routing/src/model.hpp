// SPDX-License-Identifier: Apache-2.0
// A Problem as the search reads it: visits, slots (one vehicle's shift: room for one route), and
// what may go where. Slots that differ in nothing but their names are of one type.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "deadline.hpp"
#include "forecast.hpp"
#include "huan/routing/problem.hpp"
#include "huan/routing/solve.hpp"
#include "patterns.hpp"
#include "ways.hpp"
#include "zones.hpp"

namespace huan::routing {

/// A stop's visit, or a facility.
struct Site {
  Index place{0};
  double service{0};
  double setup{0};
  double from{0};       ///< of the first window
  double to{kForever};  ///< of the last window
  double release{0};
  const std::vector<Window>* windows{nullptr};  ///< when there are several
};

struct Slot {
  Index vehicle{0};
  Index shift{0};
  std::uint32_t day{0};
  int type{0};
  Index start{0};
  Index end{0};
  double open{0};
  double close{kForever};
  double travel_factor{1};
  double service_factor{1};
  double per_distance{1};  ///< of the search's own measure; straight ways' driving in it
  double per_travel{0};
  double seconds_per_distance{0};  ///< where ways are straight, at their quickest
  double per_given{0};             ///< of what the matrix of costs says, where there is one
  double per_duration{0};
  double per_overtime{0};
  double fixed{0};
  const Ways* ways{nullptr};
  const ShiftCaps* caps{nullptr};
  const std::vector<Break>* breaks{nullptr};
  bool unloads{false};
  bool empty_at_end{false};
  bool capped{false};                   ///< in distance, driving or number of unloadings
  double duration_max{kForever};        ///< overtime included
  std::vector<const ZoneMap*> zones{};  ///< that bind it
  bool rests_by_work{false};            ///< some break is due after so much work
  bool loads_at_rest{false};            ///< some break asks for little on board
  bool watched{false};                  ///< any of these three (passage.hpp)
  bool detours{false};                  ///< some ways lead round its zones
};

/// A way from one place to the next.
struct Leg {
  double cost{0};
  double seconds{0};  ///< by the slot's vehicle, at the ways' quickest
};

/// A stop without a material may go anywhere.
[[nodiscard]] inline bool takes(const Facility& facility, Index material) {
  return material == kNone || facility.materials.empty() ||
         std::find(facility.materials.begin(), facility.materials.end(), material) !=
             facility.materials.end();
}

class Model {
 public:
  Model(const Problem& problem, const Options& options, const Deadline& until = {});
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  [[nodiscard]] int visits() const { return static_cast<int>(sites.size()); }
  [[nodiscard]] int slot_count() const { return static_cast<int>(slots.size()); }
  [[nodiscard]] bool may(int visit, int type) const {
    return allowed.empty() ||
           allowed[static_cast<std::size_t>(visit) * types + static_cast<std::size_t>(type)] != 0;
  }
  [[nodiscard]] const std::int64_t* demand(int visit) const {
    return &demands[static_cast<std::size_t>(visit) * dims];
  }
  [[nodiscard]] const std::int64_t* capacity(int slot) const {
    return &capacities[static_cast<std::size_t>(slot) * dims];
  }
  [[nodiscard]] const std::int64_t* load_cap(int slot) const {
    return &load_caps[static_cast<std::size_t>(slot) * dims];
  }
  [[nodiscard]] double arc(const Slot& slot, Index a, Index b) const {
    double cost = slot.per_distance > 0 ? slot.per_distance * slot.ways->distance(a, b) : 0;
    if (slot.per_travel > 0) {
      cost += slot.per_travel * slot.travel_factor * slot.ways->time(a, b);
    }
    if (slot.per_given > 0) {
      cost += slot.per_given * slot.ways->given_cost(a, b);
    }
    return cost;
  }

  [[nodiscard]] Leg leg(const Slot& slot, Index a, Index b) const {
    if (!slot.ways->straight()) {
      return {arc(slot, a, b), slot.travel_factor * slot.ways->quickest() * slot.ways->time(a, b)};
    }
    const double distance = slot.ways->distance(a, b);
    const double per_distance = slot.per_distance + slot.per_travel * slot.travel_factor *
                                                        slot.ways->seconds_per_distance();
    return {per_distance * distance, slot.seconds_per_distance * distance};
  }
  /// Slots of the same measure have the same legs.
  [[nodiscard]] int measure(const Slot& slot) const { return uniform ? 0 : slot.type; }

  /// The visits of a stop are numbered one after another.
  [[nodiscard]] int first_visit(Index stop) const { return first_visits[stop]; }
  [[nodiscard]] int end_visit(Index stop) const { return end_visits[stop]; }
  /// Its days are chosen together with those of the stop's other visits. There are as many visits
  /// as the rule asks for at most: those that its days of now do not need are in no route, and not
  /// absent either.
  [[nodiscard]] bool patterned(int visit) const {
    return periodic && !day_rules[stop_of[static_cast<std::size_t>(visit)]].free();
  }

  /// Whether it is made whatever days are chosen.
  [[nodiscard]] bool needed(int visit) const {
    const Index stop = stop_of[static_cast<std::size_t>(visit)];
    return !foreseen(visit) && (!patterned(visit) || visit - first_visit(stop) <
                                                         static_cast<int>(day_rules[stop].least()));
  }

  /// A visit of a stop with a forecast: its day, and what it takes, are its own. Of such a stop
  /// the first visit stands for all when it is absent.
  [[nodiscard]] bool foreseen(int visit) const {
    return !dues.empty() && dues[static_cast<std::size_t>(visit)].day != kNone;
  }
  [[nodiscard]] const Load& pickup(int visit) const {
    return foreseen(visit) ? dues[static_cast<std::size_t>(visit)].load
                           : problem->stops[stop_of[static_cast<std::size_t>(visit)]].pickup;
  }
  /// What it costs that another vehicle comes than in the plan that is to be kept to.
  [[nodiscard]] bool shaped() const { return compactness > 0 || stability > 0; }
  [[nodiscard]] double away(int visit, const Slot& slot) const {
    if (stability <= 0) {
      return 0;
    }
    const auto& home = homes[stop_of[static_cast<std::size_t>(visit)]];
    const bool same =
        home.empty() || std::find(home.begin(), home.end(), slot.vehicle) != home.end();
    return same ? 0 : stability;
  }

  /// The other visit of its pair, or -1.
  [[nodiscard]] int mate(int visit) const {
    return mates.empty() ? -1 : mates[static_cast<std::size_t>(visit)];
  }
  /// The visit at which its pair's goods are left.
  [[nodiscard]] bool leaves(int visit) const {
    return !mates.empty() && left[static_cast<std::size_t>(visit)] != 0;
  }
  /// A pickup that is done or under way: its delivery may stand alone to be placed.
  [[nodiscard]] bool open_pickup(int visit) const {
    return !begun.empty() && begun[static_cast<std::size_t>(visit)] != 0 && mate(visit) >= 0 &&
           !leaves(visit);
  }
  /// What the visit of a pair adds to what is on board, below 0 where it is left.
  [[nodiscard]] std::int64_t carried(int visit, std::size_t d) const {
    if (mate(visit) < 0) {
      return 0;
    }
    const Load& load = *goods[static_cast<std::size_t>(visit)];
    const std::int64_t amount = d < load.size() ? load[d] : 0;
    return leaves(visit) ? -amount : amount;
  }

  const Problem* problem;
  Deadline deadline;  ///< of the search; to be copied
  std::size_t dims{1};
  std::size_t types{0};
  std::vector<std::unique_ptr<Ways>> ways;
  std::vector<Site> sites;     ///< of visits
  std::vector<Index> stop_of;  ///< a visit's stop
  std::vector<Site> facilities;
  std::vector<Slot> slots;
  std::vector<std::vector<int>> slots_of_type;
  std::vector<std::int64_t> demands;          ///< visits × dims: pickup + delivery
  std::vector<std::int64_t> capacities;       ///< slots × dims
  std::vector<std::int64_t> load_caps;        ///< slots × dims, over all trips
  std::vector<std::uint8_t> allowed;          ///< visits × types; empty: everything
  std::vector<double> penalties;              ///< of a visit that is absent
  std::vector<std::uint8_t> optional;         ///< visits with a prize
  std::vector<int> mates;                     ///< by visit; empty: there are no pairs
  std::vector<std::uint8_t> left;             ///< by visit: of a pair, the delivery
  std::vector<const Load*> goods;             ///< by visit: of its pair
  std::vector<std::vector<Index>> unload_at;  ///< facilities by type
  std::size_t states{1};                      ///< breaks of the slot that has most, + 1
  bool timed{false};     ///< windows, breaks or closing times: readiness has to be kept
  bool exact{false};     ///< some rule is seen only by working the whole route out
  bool mixed{false};     ///< pickups and deliveries in one problem
  bool released{false};  ///< trips wait for what they bring
  bool uniform{true};    ///< one way of measuring arcs for all slots
  bool duration_matters{false};
  bool spans{false};  ///< durations matter, and pieces of routes can be joined to know them
  bool fewest_vehicles{false};
  bool rooms{false};      ///< facilities have so much room a day
  bool detours{false};    ///< of some slot
  double compactness{0};  ///< weights of the goals that are seen by the route
  double stability{0};
  double balance{0};                      ///< and of the one that is seen by all of them
  std::vector<std::vector<Index>> homes;  ///< by stop: vehicles of the plan to keep to
  std::vector<std::unique_ptr<ZoneMap>> zones;
  std::vector<Due> dues;                ///< by visit; empty: no forecasts
  std::vector<std::uint8_t> begun;      ///< by visit: among those that stay; empty: none do
  bool frozen{false};                   ///< some visits of a plan in force stay
  std::vector<std::vector<int>> given;  ///< by slot: codes of the plan in force (timetable.hpp)
  std::vector<int> frozen_codes;        ///< by slot: how many of them stay
  bool periodic{false};
  std::vector<int> first_visits;  ///< by stop
  std::vector<int> end_visits;
  std::vector<DayRule> day_rules;  ///< by stop

 private:
  void add_day_rules();
  void add_visits();
  void add_visits_of(Index number);
  void add_foreseen(const Stop& stop, const Site& site);
  void add_zones();
  void add_homes();
  void note_rules(Slot& slot) const;
  [[nodiscard]] int due_on(const Options& options, Index stop, std::uint32_t day) const;
  void add_slots();
  void add_demands();
  void add_allowed();
  void add_pairs();
  void add_mates(const Pair& pair, std::size_t from, std::size_t to);
  [[nodiscard]] int next_of(Index stop, const std::vector<int>& route,
                            const std::vector<std::uint8_t>& taken) const;
  void weigh();
  void note_features();
  void note_given(const Options& options);
  [[nodiscard]] bool same_type(const Slot& a, const Slot& b) const;
};

}  // namespace huan::routing
