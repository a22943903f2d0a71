// SPDX-License-Identifier: Apache-2.0
// Any text as a plan of a small problem: it is refused with its place, or it is timed and checked,
// and what is written of it reads the same again.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "huan/base/assert.hpp"
#include "huan/wire_routing/instance.hpp"
#include "huan/wire_routing/plan_json.hpp"

namespace wire = huan::wire_routing;

namespace {

constexpr std::string_view kProblem = R"({"days":2,"dimensions":["kg"],
 "facilities":[{"id":"dump","location_index":3,"service":5,"time_windows":[[0,500]],"reloads":true}],
 "vehicles":[{"id":1,"start_index":0,"end_index":0,"capacity":[9],"empty_at_end":true,
   "shifts":[{"day":0,"time_window":[0,900],"breaks":[{"id":1,"time_windows":[[50,90]],"service":9}]},
             {"day":1}]},
  {"id":2,"start_index":0,"capacity":[5]}],
 "jobs":[{"id":1,"location_index":1,"pickup":[4],"visits":{"times":2},"time_windows":[[5,60],[90,95]]},
  {"id":2,"location_index":2,"delivery":[3],"service":7,"release":40,"setup":3}],
 "shipments":[{"amount":[2],"pickup":{"id":7,"location_index":1},"delivery":{"id":8,"location_index":2}}],
 "zones":[{"id":"z","open":[[0,100]],"location_indices":[2],"ways":[[1,2]]}],
 "matrices":{"car":{"durations":[[0,5,6,7],[5,0,8,9],[6,8,0,null],[7,9,4,0]]}}})";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto instance = wire::read(kProblem, {.format = wire::Format::vroom});
  HUAN_ASSERT(instance.has_value());
  const auto plan = wire::read_plan({reinterpret_cast<const char*>(data), size}, *instance);
  if (!plan) {
    HUAN_ASSERT(!plan.error().detail.empty());
    return 0;
  }
  const auto report = huan::routing_check::check(instance->problem, *plan);
  const std::string written = wire::write_plan(*instance, *plan, report);
  const auto again = wire::read_plan(written, *instance);
  HUAN_ASSERT(again.has_value());
  static_cast<void>(wire::write_geojson(*instance, *again));
  return 0;
}
