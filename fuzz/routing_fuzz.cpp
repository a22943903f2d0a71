// SPDX-License-Identifier: Apache-2.0
// Any text as a routing problem; the first byte chooses the format. It is refused with its place,
// or it is a problem that routing::check() takes; the steps it gives can be timed, checked and
// written.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "huan/base/assert.hpp"
#include "huan/json/document.hpp"
#include "huan/wire_routing/instance.hpp"
#include "huan/wire_routing/plan_json.hpp"

namespace wire = huan::wire_routing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view text{reinterpret_cast<const char*>(data) + 1, size - 1};
  constexpr std::uint8_t kFormats = 6;
  const auto instance = wire::read(text, {.format = static_cast<wire::Format>(data[0] % kFormats)});
  if (!instance) {
    HUAN_ASSERT(!instance.error().detail.empty());
    return 0;
  }
  HUAN_ASSERT(huan::routing::check(instance->problem).has_value());
  const auto plan = wire::given_plan(*instance);
  const auto report = huan::routing_check::check(instance->problem, plan);
  const std::string written = wire::write_plan(*instance, plan, report);
  HUAN_ASSERT(huan::json::Document::parse(written, {.allow_fractions = true, .string_max = 1 << 22})
                  .has_value());
  HUAN_ASSERT(wire::warm_start(*instance).size() == plan.routes.size());
  return 0;
}
