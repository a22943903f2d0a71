// SPDX-License-Identifier: Apache-2.0
// Any text as a road server's answer: it is refused with its place, or it fills the table with
// numbers from 0 on.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "huan/base/assert.hpp"
#include "huan/wire_routing/roads.hpp"

namespace wire = huan::wire_routing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  for (const auto dialect : {wire::RoadDialect::osrm, wire::RoadDialect::valhalla}) {
    wire::RoadTable table = wire::empty_table(2);
    const auto taken = wire::take_table(dialect, text, {0, 2, 0, 2}, table);
    HUAN_ASSERT(taken.has_value() || !taken.error().detail.empty());
    const auto sound = [](double number) { return number >= 0; };
    HUAN_ASSERT(std::all_of(table.seconds.begin(), table.seconds.end(), sound));
    const auto line = wire::read_line(dialect, text);
    if (line) {
      static_cast<void>(wire::enters(*line, {{{0, 0}, {1, 0}, {1, 1}}}));
    }
  }
  return 0;
}
