// SPDX-License-Identifier: Apache-2.0
// The routing benchmark sets: where they lie, what they count, what is best known of them, and what
// other solvers came to on the same files with the same budget.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/wire_routing/instance.hpp"

namespace huan::bench {

struct RoutingSet {
  std::string_view name;    ///< as `--set` says it
  std::string_view folder;  ///< below the data
  std::string_view ending;
  wire_routing::Format format;
  wire_routing::Aim aim;
  double seconds;       ///< of CPU time for each instance
  double mean_gap_max;  ///< promised, percent; below 0: nothing is
  double worst_gap_max;
};

[[nodiscard]] const std::vector<RoutingSet>& routing_sets();

struct Known {
  std::string instance;
  double cost{0};
  int vehicles{0};  ///< 0: not known
};

struct Peer {
  std::string solver;
  std::string instance;
  std::string budget;
  double cost{0};
  int vehicles{0};
};

/// Cells of comma-separated lines; quotes hold commas, "" is a quote.
[[nodiscard]] std::vector<std::vector<std::string>> csv_rows(std::string_view text);

/// Best values of the set, from the data's best_known.csv; empty if there is none.
[[nodiscard]] std::vector<Known> best_known(const std::string& data, const RoutingSet& set);
/// Rows of the copied figures with a budget of the set's kind, for this folder.
[[nodiscard]] std::vector<Peer> peers_of(const std::string& file, const RoutingSet& set);

[[nodiscard]] std::string file_text(const std::string& path);  ///< empty if it cannot be read

}  // namespace huan::bench
