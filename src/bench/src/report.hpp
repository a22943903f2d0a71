// SPDX-License-Identifier: Apache-2.0
// What was measured, with what was promised, as JSON or as a table.
#pragma once

#include <string>
#include <vector>

#include "machine.hpp"

namespace huan::bench {

struct Figure {
  std::string name;
  double value{0};
};

/// A promise: at least, or at most, `bound`.
struct Ratio {
  std::string name;
  double value{0};
  double bound{0};
  bool at_least{true};
  [[nodiscard]] bool kept() const { return at_least ? value >= bound : value <= bound; }
};

struct Report {
  std::string name;
  Machine machine;
  std::vector<Figure> figures;
  std::vector<Ratio> ratios;
  std::vector<std::string> wrong;  ///< answers that differ where they must not
};

[[nodiscard]] std::string to_json(const Report& report);
[[nodiscard]] std::string to_table(const Report& report);

}  // namespace huan::bench
