// SPDX-License-Identifier: Apache-2.0
#include "masking.hpp"

#include "huan/base/time.hpp"
#include "huan/registry/identifiers.hpp"
#include "huan/wire_table/decimal.hpp"

namespace huan::wire_table {

namespace {

bool tells(std::string_view text) {
  const base::Day latest = base::day_of(base::Civil{2199, 12, 31});  // any date of birth counts
  return registry::holds_personal_number(narrow(text), latest);
}

}  // namespace

std::vector<std::string> masked_cells(const Row& row, const std::vector<bool>& personal) {
  std::vector<std::string> out;
  out.reserve(row.cells.size());
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const bool hidden = (i < personal.size() && personal[i]) || tells(row.cells[i]);
    out.emplace_back(hidden && !is_blank(row.cells[i]) ? std::string_view{"***"} : row.cells[i]);
  }
  return out;
}

std::string masked_text(const std::string& text) {
  return tells(text) ? "the cell holds a number of a person, which is not repeated here" : text;
}

}  // namespace huan::wire_table
