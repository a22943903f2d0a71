// SPDX-License-Identifier: Apache-2.0
// A whole network's report: the plan as JSON with what each rule asks, where it binds and what it
// costs, and what is built in which year; and as one page to print, with a map, tables of districts
// and tiers, and the document's own counts beside the plan's. The page has no script and no address
// in it.
//
//   std::string page = wire_siting::report_page(network, report, {Language::zh, "石家庄", counts});
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "huan/base/error.hpp"
#include "huan/siting_problem/network.hpp"
#include "huan/siting_report/report.hpp"

namespace huan::wire_siting {

/// `changes`: steps by which the network differs from what its source says, as they were read.
[[nodiscard]] std::string report_json(const siting_problem::Network& network,
                                      const siting_report::Report& report,
                                      const std::vector<std::string>& changes = {});

/// Its list of rules alone.
[[nodiscard]] std::string rules_json(const siting_problem::Network& network,
                                     const siting_report::Report& report);

/// What a document counts of a tier, to be set beside the plan.
struct DocumentCount {
  std::string tier;
  std::optional<double> before;  ///< at its base
  std::optional<double> after;   ///< at its end
  std::string says_zh;           ///< in the document's words, and where
  std::string says_en;
};

/// Names of a pack for the page; without one, codes stand for names.
struct PageWords {
  base::Language language{base::Language::zh};
  std::string city{};
  std::vector<std::string> districts{};  ///< names, by the network's district; empty: codes
  std::vector<DocumentCount> document{};
};

[[nodiscard]] std::string report_page(const siting_problem::Network& network,
                                      const siting_report::Report& report, const PageWords& words);

}  // namespace huan::wire_siting
