// SPDX-License-Identifier: Apache-2.0
// Set partitioning over routes that were seen: which of them together serve every visit once and
// cost least (Balinski and Quandt 1964; as a step of a heuristic: Rochat and Taillard 1995). Prices
// of the rows by subgradients give a bound, the bound throws columns out, and what remains is
// searched depth first. Ends after a stated amount of work with the best found, which need not be
// the best there is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace huan::routing {

struct Columns {
  std::size_t rows{0};
  std::vector<double> cost;
  std::vector<int> type;                ///< below 0: of no type, no limit
  std::vector<std::uint32_t> first{0};  ///< into members, columns + 1
  std::vector<int> members;             ///< rows
  std::vector<int> limit;               ///< by type: so many columns at most

  [[nodiscard]] std::size_t count() const { return cost.size(); }
  [[nodiscard]] std::span<const int> of(std::size_t column) const {
    return std::span(members).subspan(first[column], first[column + 1] - first[column]);
  }
  void add(double price, int kind, std::span<const int> covered);
};

/// Columns that cover each row exactly once and cost less than `bound` in sum; nullopt: none found.
/// `work` is in rows looked at.
[[nodiscard]] std::optional<std::vector<std::uint32_t>> partition(const Columns& columns,
                                                                  double bound, std::int64_t work);

}  // namespace huan::routing
