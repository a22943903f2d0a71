// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_routing/instance.hpp"

#include <array>
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

}  // namespace

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
  HUAN_CHECK(routing::check(instance.problem));
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
