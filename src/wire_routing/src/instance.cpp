// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_routing/instance.hpp"

#include <array>
#include <charconv>
#include <unordered_set>
#include <utility>

#include "readers.hpp"

namespace huan::wire_routing {

using base::Error;
using base::ErrorCode;
using base::Result;
using routing::Goal;

namespace {

constexpr std::array<std::pair<Format, std::string_view>, 6> kFormats{{
    {Format::vroom, "vroom"},
    {Format::vrplib, "vrplib"},
    {Format::solomon, "solomon"},
    {Format::cordeau, "cordeau"},
    {Format::kim, "kim"},
    {Format::pvrpif, "pvrpif"},
}};

Result<Instance> parse(std::string_view text, const ReadOptions& options) {
  switch (options.format) {
    case Format::vrplib:
      return read_vrplib(text);
    case Format::solomon:
      return read_solomon(text);
    case Format::cordeau:
      return read_cordeau(text);
    case Format::kim:
      return read_kim(text);
    case Format::pvrpif:
      return read_pvrpif(text);
    case Format::vroom:
      break;
  }
  return read_vroom(text, options);
}

void aim_at(Instance& instance, Aim aim) {
  if (aim == Aim::own) {
    return;
  }
  auto& goals = instance.problem.objective.goals;
  const Goal last = aim == Aim::distance ? Goal::distance : goals.back().goal;
  instance.problem.objective.lexicographic = true;
  goals = {{Goal::unserved, 1}};
  if (aim == Aim::vehicles) {
    goals.push_back({Goal::vehicles, 1});
  }
  goals.push_back({last, 1});
}

/// In a table each customer has a number of its own: plans name them by it.
Result<void> check_numbers(const routing::Problem& problem) {
  std::unordered_set<std::string_view> seen;
  for (const routing::Stop& stop : problem.stops) {
    if (!seen.insert(stop.id).second) {
      return Error{ErrorCode::bad_field, "customer " + stop.id, "stands twice"};
    }
  }
  return {};
}

/// Where VROOM's text has what the problem has at `number` of `list`.
std::string place_in_vroom(const routing::Problem& problem, std::string_view list,
                           std::size_t number) {
  const std::size_t jobs = problem.stops.size() - 2 * problem.pairs.size();
  if (list == "pairs") {
    return "/shipments/" + std::to_string(number);
  }
  if (list == "ways" && number < problem.ways.size()) {
    return "/ways/" + problem.ways[number].name;
  }
  if (list != "stops") {
    return "/" + std::string{list} + "/" + std::to_string(number);
  }
  if (number < jobs) {
    return "/jobs/" + std::to_string(number);
  }
  return "/shipments/" + std::to_string((number - jobs) / 2) +
         ((number - jobs) % 2 == 0 ? "/pickup" : "/delivery");
}

}  // namespace

base::Error in_own_words(const Instance& instance, base::Error error) {
  const std::string_view at = error.at;
  const std::size_t end = at.find('/', 1);
  if (!at.starts_with('/') || end == std::string_view::npos) {
    return error;
  }
  const std::string_view list = at.substr(1, end - 1);
  std::size_t number = 0;
  const auto [rest, failure] = std::from_chars(at.data() + end + 1, at.data() + at.size(), number);
  if (failure != std::errc{}) {
    return error;
  }
  const std::string field{rest, at.data() + at.size()};
  const routing::Problem& problem = instance.problem;
  if (instance.format == Format::vroom) {
    error.at = place_in_vroom(problem, list, number) + field;
  } else if (list == "stops" && number < problem.stops.size()) {
    error.at = "customer " + problem.stops[number].id + field;
  }
  return error;
}

std::optional<Format> parse_format(std::string_view name) {
  for (const auto& [format, text] : kFormats) {
    if (text == name) {
      return format;
    }
  }
  return std::nullopt;
}

std::string_view name(Format format) {
  return kFormats.at(static_cast<std::size_t>(format)).second;
}

Result<Instance> read(std::string_view text, const ReadOptions& options) {
  if (text.size() > kTextMax) {
    return Error{ErrorCode::too_large, "", "over 64 MiB"};
  }
  HUAN_TRY(instance, parse(text, options));
  instance.format = options.format;
  if (instance.problem.objective.goals.empty()) {
    return Error{ErrorCode::bad_field, "/objective", "names no goal"};
  }
  aim_at(instance, options.aim);
  if (options.format != Format::vroom) {
    HUAN_CHECK(check_numbers(instance.problem));
  }
  if (const auto checked = routing::check(instance.problem); !checked) {
    return in_own_words(instance, checked.error());
  }
  return instance;
}

std::vector<routing::GivenRoute> warm_start(const Instance& instance) {
  std::vector<routing::GivenRoute> routes;
  routes.reserve(instance.given.size());
  for (std::size_t i = 0; i < instance.given.size(); ++i) {
    const routing::Route& given = instance.given[i];
    routing::GivenRoute route{given.vehicle, given.shift, {}, instance.frozen.at(i)};
    for (const routing::Step& step : given.steps) {
      if (step.stop != routing::kNone || step.facility != routing::kNone) {
        route.visits.push_back({step.stop, step.facility});
      }
    }
    routes.push_back(std::move(route));
  }
  return routes;
}

std::optional<double> objective(const Instance& instance, const routing::Plan& plan) {
  if (!instance.measure) {
    return std::nullopt;
  }
  const double value =
      instance.measure->of == Goal::cost ? plan.summary.cost : plan.summary.distance;
  return value * instance.measure->factor;
}

}  // namespace huan::wire_routing
