// SPDX-License-Identifier: Apache-2.0
// Any bytes as a whole network, with a change and a plan before where they are given. What the
// reader takes is solved when it is small, its rules eased, its years built and its page written;
// no plan is given that the checker does not take.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "huan/base/assert.hpp"
#include "huan/siting_check/network.hpp"
#include "huan/siting_report/report.hpp"
#include "huan/wire_siting/network.hpp"
#include "huan/wire_siting/network_report.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const auto question = huan::wire_siting::read_question(bytes, std::nullopt);
  if (!question) {
    return 0;
  }
  const auto* network = &question->network;
  constexpr std::size_t kSmall = 60;
  if (network->homes.size() > kSmall || network->sites.size() > kSmall) {
    return 0;
  }
  static_cast<void>(huan::wire_siting::read_network(huan::wire_siting::to_geojson(*network)));
  huan::siting::Limits limits;
  limits.iterations = 300;
  huan::siting_report::Wishes wishes;
  wishes.from = question->from ? &*question->from : nullptr;
  wishes.changed = question->changed;
  wishes.costs = true;
  const auto report = huan::siting_report::plan_network(*network, wishes, limits);
  if (!report) {
    // Far-fetched numbers lose digits: the checker may then doubt, but it may not fall over.
    HUAN_ASSERT(report.error().code != huan::base::ErrorCode::internal);
    return 0;
  }
  const std::string page = huan::wire_siting::report_page(*network, *report, {});
  HUAN_ASSERT(page.find("<script") == std::string::npos);
  if (report->plan.status != huan::siting_problem::Status::infeasible) {
    const auto back = huan::wire_siting::read_network_plan(
        huan::wire_siting::report_json(*network, *report), *network);
    HUAN_ASSERT(back.has_value());
    static_cast<void>(huan::siting_check::check_network(*network, *back).has_value());
  }
  return 0;
}
