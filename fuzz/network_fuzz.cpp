// SPDX-License-Identifier: Apache-2.0
// Any bytes as a whole network, or as a change of one. What the reader takes is solved when it is
// small, and no plan is given that the checker does not take.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "huan/base/assert.hpp"
#include "huan/siting/network.hpp"
#include "huan/siting_check/network.hpp"
#include "huan/wire_siting/network.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  auto network = huan::wire_siting::read_network(bytes);
  if (!network) {
    return 0;
  }
  constexpr std::size_t kSmall = 60;
  if (network->homes.size() > kSmall || network->sites.size() > kSmall) {
    return 0;
  }
  static_cast<void>(huan::wire_siting::read_network(huan::wire_siting::to_geojson(*network)));
  huan::siting::Limits limits;
  limits.iterations = 300;
  const auto plan = huan::siting::solve_network(*network, limits);
  if (!plan) {
    HUAN_ASSERT(plan.error().code != huan::base::ErrorCode::internal);
    return 0;
  }
  if (plan->status != huan::siting_problem::Status::infeasible) {
    const auto back = huan::wire_siting::read_network_plan(
        huan::wire_siting::to_json(*network, *plan, ""), *network);
    HUAN_ASSERT(back.has_value());
    // Far-fetched numbers lose digits: the checker may then doubt, but it may not fall over.
    static_cast<void>(huan::siting_check::check_network(*network, *back).has_value());
  }
  return 0;
}
