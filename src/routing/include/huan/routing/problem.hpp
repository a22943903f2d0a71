// SPDX-License-Identifier: Apache-2.0
// What a city's trucks have to do: stops where material is collected, brought or handled, vehicles
// with their shifts, facilities where they unload, and the ways between. A Problem is a value; it
// holds indices, not pointers, and nothing is checked until check() (solve() calls it first).
//
// Units: time in seconds from midnight of the day (a day's windows may run past 24 h; a problem of
// one day may count from any origin), distance in the unit of the ways (`Travel::unit`), loads in
// whole units of their dimension, money in the units of VehicleCosts. Indices count from 0; kNone
// stands for "none". An empty list means "any", unless it says otherwise.
//
//   Problem p;
//   p.places = {{0, 0}, {3, 4}};
//   p.ways = {Travel{.metric = Metric::euclidean}};
//   p.dimensions = {"kg"};
//   p.stops = {Stop{.id = "1", .place = 1, .pickup = {40}}};
//   p.vehicles = {Vehicle{.id = "A", .capacity = {100}, .start = 0, .end = 0}};
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "huan/base/result.hpp"

namespace huan::routing {

using Index = std::uint32_t;
inline constexpr Index kNone = std::numeric_limits<Index>::max();
inline constexpr double kForever = std::numeric_limits<double>::infinity();
/// Two times, or two distances, that differ by no more than this times max(1, |a|) are the same.
inline constexpr double kTolerance = 1e-6;

/// One number for each of Problem::dimensions; missing ones count as 0 in a demand and as no limit
/// in a capacity. At most kLoadMax each.
using Load = std::vector<std::int64_t>;
inline constexpr std::int64_t kLoadMax = 1'000'000'000'000;
inline constexpr std::size_t kDimensionsMax = 8;
inline constexpr std::size_t kPlacesMax = 100'000;
inline constexpr double kTimeMax = 1e12;

struct Window {
  double from{0};
  double to{kForever};
  friend bool operator==(const Window&, const Window&) = default;
};

struct Place {
  double x{0};  ///< longitude for great_circle
  double y{0};  ///< latitude for great_circle
};

// ---- the ways

enum class Metric : std::uint8_t {
  matrix,        ///< `durations` and `distances` as given
  euclidean,     ///< of the coordinates
  manhattan,     ///< |dx| + |dy|
  great_circle,  ///< metres on a sphere of 6,371,008.8 m, coordinates in degrees
};
enum class Rounding : std::uint8_t { none, nearest, down };

/// From `from` seconds after midnight on (until the next slice), durations are multiplied by
/// `factor`, which is > 0. Before the first slice the factor is 1. A vehicle drives a way at the
/// speeds of the times it is under way (it does not overtake: FIFO).
struct SpeedSlice {
  double from{0};
  double factor{1};
};

/// Another way between two places, for the hours in which a zone on the first one is closed. It
/// lies in no zone, save for those that hold one of its ends and in which the first way lies too:
/// in these from end to end.
struct Detour {
  Index from{0};
  Index to{0};
  double duration_s{0};
  double distance{0};
  std::vector<Place> corners{};  ///< between the ends, where it is made of straight lines
};
inline constexpr std::size_t kDetoursMax = 1'000'000;

/// How one kind of vehicle gets from place to place. A way that does not exist has a duration or
/// distance of kForever.
struct Travel {
  std::string name{"car"};
  std::string unit{"m"};  ///< of the distances, as printed: "m", "ft", "mi", "" for a bare number
  Metric metric{Metric::euclidean};
  double scale{1};  ///< distance = round(metric × scale)
  Rounding rounding{Rounding::none};
  double speed{1};                   ///< distance per second, for the metrics
  std::vector<double> durations{};   ///< s, row by row, places² numbers; metric == matrix only
  std::vector<double> distances{};   ///< the same; empty: the durations
  std::vector<double> costs{};       ///< the same; empty: costs follow from VehicleCosts
  std::vector<SpeedSlice> slices{};  ///< rising by `from`
  std::vector<Detour> detours{};     ///< rising by (from, to)
};

/// Where some vehicles may not drive or stop at some hours. `ways` says which ways of a profile
/// pass through it, when that is known: pairs (from, to) of places; a stop inside is in `places`.
/// Whoever comes at the wrong hour waits outside, or drives round where Travel::detours knows a way
/// and that costs less. A way in the list is all inside, for as long as it takes.
struct Zone {
  std::string id{};
  /// Hours in which it may be entered and stood in; empty: any. Never: one window, [0, 0].
  std::vector<Window> open{};
  std::vector<std::string> exempt{};        ///< vehicle classes that the zone does not bind
  std::vector<Index> places{};              ///< inside the zone
  std::vector<std::vector<Place>> rings{};  ///< its outline, closed; a way of a metric is straight
  std::vector<std::pair<Index, Index>> ways{};
};

// ---- what is to be done

/// How often a stop is visited in the horizon. `times` visits on different days; with `patterns`
/// exactly the days of one of them; otherwise at least `gap_days_min` and at most `gap_days_max`
/// days between two visits.
struct Visits {
  std::uint32_t times{1};
  std::uint32_t gap_days_min{1};
  std::uint32_t gap_days_max{0};                       ///< 0: no limit
  std::vector<std::vector<std::uint32_t>> patterns{};  ///< days of the horizon, rising
  std::vector<std::uint32_t> days{};                   ///< days allowed; empty: all
  /// A forecast: material grows by `growth` a day from `stored` on; each visit takes all of it, and
  /// it may never exceed `limit`. Empty: every visit takes Stop::pickup.
  Load stored{}, growth{}, limit{};
};

struct Stop {
  std::string id{};
  std::string description{};
  Index place{0};
  Load pickup{};    ///< taken on board here, and unloaded at a facility or at the vehicle's end
  Load delivery{};  ///< loaded at the start (or at a facility that reloads) and left here
  double service_s{0};
  double setup_s{0};                  ///< on top, unless the stop before was at the same place
  std::vector<Window> windows{};      ///< of the begin of service, on each day; disjoint, rising
  double release_s{0};                ///< the trip that brings it may not leave its depot before
  std::uint32_t priority{0};          ///< 0–100; higher ones are served first
  std::optional<double> prize{};      ///< set: optional, and worth this much; unset: required
  std::vector<std::string> skills{};  ///< a vehicle needs all of them
  std::vector<Index> vehicles{};      ///< allowed vehicles; empty: all
  Index material{kNone};              ///< of Problem::materials
  Visits visits{};
};

/// A shipment: what is taken at one stop is left at the other, by the same vehicle, in this order,
/// without a facility between them. The delivery's load is the pickup's; both stops' own `pickup`
/// and `delivery` are empty.
struct Pair {
  Index pickup{0};
  Index delivery{0};
  Load load{};
};

// ---- who does it

/// Taken between two stops (also while waiting for one), where the vehicle stands.
struct Break {
  std::string id{};
  std::vector<Window> windows{};  ///< of its begin; empty: any time in the shift
  double duration_s{0};
  double after_work_s{0};  ///< > 0: begins at the latest so long after the start or the last break
  Load load_max{};         ///< VROOM's max_load: on board during the break; empty: any
  friend bool operator==(const Break&, const Break&) = default;
};

/// One vehicle's working time on one day: one route.
struct Shift {
  std::uint32_t day{0};
  Window window{};
  std::vector<Break> breaks{};  ///< in this order
  friend bool operator==(const Shift&, const Shift&) = default;
};

struct VehicleCosts {
  double fixed{0};            ///< once for each shift that is used
  double per_distance{0};     ///< × distance
  double per_hour{0};         ///< of the shift, from departure to return
  double per_travel_hour{0};  ///< of driving alone
  double per_task_hour{0};    ///< of service and setup
  double per_overtime_hour{0};
  friend bool operator==(const VehicleCosts&, const VehicleCosts&) = default;
};

/// Limits on one shift, over all its trips.
struct ShiftCaps {
  double distance_max{kForever};
  double duration_max_s{kForever};  ///< from departure to return
  double overtime_max_s{0};         ///< on top of duration_max_s, paid by per_overtime_hour
  double travel_max_s{kForever};    ///< of driving alone
  std::uint32_t stops_max{kNone};
  std::uint32_t unloads_max{kNone};  ///< visits of facilities
  Load load_max{};                   ///< picked up and delivered in the whole shift; empty: any
  friend bool operator==(const ShiftCaps&, const ShiftCaps&) = default;
};

struct Vehicle {
  std::string id{};
  std::string description{};
  std::string vehicle_class{};  ///< for zones
  Index ways{0};                ///< of Problem::ways
  double travel_factor{1};      ///< durations of the ways × this
  double service_factor{1};     ///< service and setup times × this
  Load capacity{};
  Load start_load{};   ///< on board at the start of each shift
  Index start{kNone};  ///< place; kNone: begins at its first stop
  Index end{kNone};    ///< place; kNone: ends at its last
  std::vector<Shift> shifts{Shift{}};
  VehicleCosts costs{};
  ShiftCaps caps{};
  std::vector<std::string> skills{};
  bool unloads{false};              ///< may go to facilities
  bool empty_at_end{false};         ///< must: nothing picked up is on board when it ends its shift
  std::vector<Index> facilities{};  ///< which; empty: all
};

/// Where vehicles unload what they picked up (all of it), and reload what they deliver.
struct Facility {
  std::string id{};
  Index place{0};
  std::vector<Window> windows{};  ///< of the begin of unloading
  double service_s{0};
  Load capacity_per_day{};         ///< empty: any
  std::vector<Index> materials{};  ///< accepted; empty: all
  bool reloads{false};             ///< deliveries are loaded here too
};

// ---- what is wanted

enum class Goal : std::uint8_t {
  unserved,     ///< number of visits not made, each counted 1 + its priority
  prizes,       ///< sum of the prizes not won
  vehicles,     ///< shifts used
  cost,         ///< of VehicleCosts (and Travel::costs)
  time,         ///< s from departure to return, all shifts
  distance,     ///< of all shifts
  travel_time,  ///< s of driving
  compactness,  ///< over the routes: sum of the distances from the stop where that is least
  balance,      ///< s of the longest minus s of the shortest shift used
  stability,    ///< visits by vehicles other than those that Problem::reference has for the stop
};
struct GoalWeight {
  Goal goal{Goal::distance};
  double weight{1};
};
/// Lexicographic: earlier goals first, weights unused. Otherwise the weighted sum; required visits
/// are then made whatever they cost.
struct Objective {
  std::vector<GoalWeight> goals{{Goal::unserved, 1}, {Goal::distance, 1}};
  bool lexicographic{true};
};

/// One visit, of a plan that stands: yesterday's, or today's so far. `stop` or `facility` is set.
struct GivenVisit {
  Index stop{kNone};
  Index facility{kNone};
};
/// The first `frozen` visits have been made or are under way and stay as they are.
struct GivenRoute {
  Index vehicle{0};
  Index shift{0};
  std::vector<GivenVisit> visits{};
  std::uint32_t frozen{0};
};

struct Problem {
  std::string name{};
  std::vector<std::string> dimensions{};  ///< of loads: "kg", "m3"
  std::vector<std::string> materials{};
  std::vector<Place> places{};
  std::vector<Travel> ways{};  ///< profiles
  std::vector<Stop> stops{};
  std::vector<Pair> pairs{};
  std::vector<Vehicle> vehicles{};
  std::vector<Facility> facilities{};
  std::vector<Zone> zones{};
  std::uint32_t days{1};  ///< of the horizon
  Objective objective{};
  std::vector<GivenRoute> reference{};  ///< for Goal::stability
};

/// Everything that can be said without solving: indices in range, numbers finite and in bounds,
/// matrices of the right size, windows in order. Errors: bad_field, bad_number or too_large with
/// the field as a JSON pointer ("/stops/3/place").
[[nodiscard]] base::Result<void> check(const Problem& problem);

}  // namespace huan::routing
