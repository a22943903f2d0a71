// SPDX-License-Identifier: Apache-2.0
// Plans as VROOM writes and reads them, with our fields: steps of type `unload` with their
// facility, the shift's whole duration, reasons for what is not served, violations with their
// amounts; for benchmark files `summary.objective`. And as GeoJSON, a line for each route and a
// point for each step.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/routing/plan.hpp"
#include "huan/routing_check/check.hpp"
#include "huan/wire_routing/instance.hpp"

namespace huan::wire_routing {

struct Milliseconds {
  double loading{0};
  double solving{0};
};

/// A report's violations stand at their steps, their routes, or in the summary.
[[nodiscard]] std::string write_plan(const Instance& instance, const routing::Plan& plan,
                                     const routing_check::Report& report,
                                     const Milliseconds& spent = {});
/// One line for each route, where the roads are known; empty: straight from place to place.
using RoadLines = std::vector<std::vector<routing::Place>>;
[[nodiscard]] std::string write_geojson(const Instance& instance, const routing::Plan& plan,
                                        const RoadLines& lines = {});

/// A plan in that form, a dispatcher's too: routes with steps. If each step states its arrival, the
/// times are the plan's, otherwise they are ours; figures that are not stated are worked out.
/// Errors: bad_json and the like, bad_field, bad_number with the pointer.
[[nodiscard]] base::Result<routing::Plan> read_plan(std::string_view text,
                                                    const Instance& instance);

/// The instance's own given routes, timed (VROOM's plan mode).
[[nodiscard]] routing::Plan given_plan(const Instance& instance);

}  // namespace huan::wire_routing
