// SPDX-License-Identifier: Apache-2.0
// huan site --problem tiered: a whole network from a file or a pack.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "verb.hpp"

namespace huan::cli {

struct NetworkWanted {
  std::string in;      ///< a problem file; or
  std::string pack;    ///< a pack's folder
  std::string change;  ///< what differs from it
  std::string from;    ///< a plan to begin from
  std::string check;   ///< a plan to check instead of solving
  std::string out;
  std::string map;
  std::string problem_out;  ///< the problem itself
  std::string report;       ///< the plan as a page
  std::string language{"zh"};
  bool relax{false};            ///< what each rule costs
  std::vector<double> periods;  ///< budget of each year
  double seconds{0};
  std::int64_t iterations{0};
  std::uint64_t seed{1};
};

[[nodiscard]] int site_network(const Common& common, const NetworkWanted& wanted);

/// huan coverage: who has a place within walking distance, or is served by a plan.
void add_coverage(CLI::App& root, Common& common, Verb& verb);

/// CPU seconds of this process.
[[nodiscard]] double cpu_seconds();
[[nodiscard]] base::Result<std::string> file_text(const std::string& path, const char* option);
[[nodiscard]] base::Result<void> write_text(const std::string& path, const std::string& text);

}  // namespace huan::cli
