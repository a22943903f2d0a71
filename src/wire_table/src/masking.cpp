// SPDX-License-Identifier: Apache-2.0
#include "masking.hpp"

#include "huan/base/time.hpp"
#include "huan/registry/identifiers.hpp"
#include "huan/wire_table/decimal.hpp"

namespace huan::wire_table {

std::vector<std::string> masked_cells(const Row& row, const std::vector<bool>& personal) {
  const base::Day latest = base::day_of(base::Civil{2199, 12, 31});  // any date of birth counts
  std::vector<std::string> out;
  out.reserve(row.cells.size());
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const bool hidden = (i < personal.size() && personal[i]) ||
                        registry::holds_personal_number(narrow(row.cells[i]), latest);
    out.emplace_back(hidden && !is_blank(row.cells[i]) ? std::string_view{"***"} : row.cells[i]);
  }
  return out;
}

}  // namespace huan::wire_table
