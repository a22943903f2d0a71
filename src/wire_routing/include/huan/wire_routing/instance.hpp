// SPDX-License-Identifier: Apache-2.0
// Routing problems as others write them: VROOM's JSON (with our fields), Solomon's and
// Gehring-Homberger's tables, VRPLIB with PyVRP's sections, Cordeau's multi-depot tables, the waste
// files of Kim, Kim and Sahoo (2006), and the periodic waste instances with intermediate
// facilities. Guarantees: what is read has passed routing::check(); sizes and numbers are bounded;
// a refusal names the line or the JSON pointer and the field. Job ids are the file's own numbers.
//
//   HUAN_TRY(instance, wire_routing::read(text, {.format = Format::solomon}));
//   auto plan = routing::solve(instance.problem, …);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/routing/plan.hpp"
#include "huan/routing/problem.hpp"

namespace huan::wire_routing {

enum class Format : std::uint8_t { vroom, vrplib, solomon, cordeau, kim, pvrpif };
[[nodiscard]] std::optional<Format> parse_format(std::string_view name);
[[nodiscard]] std::string_view name(Format format);

/// What is to be least: what the format says itself (VROOM: its cost; the sets: distance), the
/// distance, or first the vehicles and then the distance (VROOM: its cost).
enum class Aim : std::uint8_t { own, distance, vehicles };

/// How a benchmark set counts: the plan's distance or cost × factor, in the set's own rounding.
struct Measure {
  routing::Goal of{routing::Goal::distance};
  double factor{1};
  std::string unit{};
};

struct ReadOptions {
  Format format{Format::vroom};
  Aim aim{Aim::own};
  double detour{1.4};     ///< VROOM without matrices: way = great circle × this
  double speed_km_h{30};  ///< and is driven at this speed
};

/// What VROOM says of a place.
struct Spot {
  bool located{true};                     ///< has coordinates
  std::optional<routing::Index> index{};  ///< of the matrices
};

struct Instance {
  Format format{Format::vroom};
  routing::Problem problem{};
  std::optional<Measure> measure{};      ///< benchmark files only
  std::vector<routing::Route> given{};   ///< VROOM's `steps` of vehicles, without times
  std::vector<routing::Index> frozen{};  ///< of each given route, how many visits stay
  /// VROOM's service_at, _after and _before of those steps: (stop, begin of its work).
  std::vector<std::pair<routing::Index, routing::Window>> promised{};
  std::vector<Spot> spots{};  ///< of places, where the format says more than the coordinates
  bool great_circle{false};   ///< the ways are great circles × a stated factor, not roads
  double detour{1};
};

inline constexpr std::size_t kTextMax = std::size_t{64} << 20;
inline constexpr std::size_t kVehiclesMax = 20'000;

/// Errors: bad_file (not of this format), bad_field, bad_number, not_supported, too_large, and for
/// JSON those of json::Document::parse; `at` is "line 14" or a JSON pointer.
[[nodiscard]] base::Result<Instance> read(std::string_view text, const ReadOptions& options);

/// An error of routing's on this problem, with its place as the text has it: `/stops/3/visits`
/// becomes `/shipments/1/delivery/visits`, in a table `customer 7/visits`.
[[nodiscard]] base::Error in_own_words(const Instance& instance, base::Error error);

/// The given routes as a solver takes them for a warm start.
[[nodiscard]] std::vector<routing::GivenRoute> warm_start(const Instance& instance);

/// A plan's value as the set's tables print it; nothing for VROOM's own problems.
[[nodiscard]] std::optional<double> objective(const Instance& instance, const routing::Plan& plan);

}  // namespace huan::wire_routing
