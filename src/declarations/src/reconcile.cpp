// SPDX-License-Identifier: Apache-2.0
#include "huan/declarations/reconcile.hpp"

#include <algorithm>

#include "huan/base/quantity.hpp"

namespace huan::declarations {
namespace {

bool adds_up(const Cell& cell) {
  return cell.unit.dimension != indicators::Dimension::ratio &&
         cell.source != CellSource::indicator;
}

}  // namespace

std::vector<CellSum> reconcile(const std::vector<Cell>& cells, std::span<const Part> parts,
                               const Values& whole) {
  std::vector<CellSum> sums;
  sums.reserve(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!adds_up(cells[i])) {
      continue;
    }
    CellSum sum{i, 0, whole.at(i), std::nullopt, {}};
    for (const Part& part : parts) {
      const auto& value = part.values.at(i);
      if (value) {
        sum.parts = base::checked_add(sum.parts, *value);
      } else {
        sum.missing.push_back(part.id);
      }
    }
    if (sum.whole) {
      sum.difference = base::checked_subtract(sum.parts, *sum.whole);
    }
    sums.push_back(std::move(sum));
  }
  return sums;
}

Values confirmed_values(const Declaration& declaration, const std::vector<Cell>& cells) {
  Values values;
  values.reserve(cells.size());
  for (const Cell& cell : cells) {
    const auto line = std::ranges::find(declaration.lines, cell.code, &Line::code);
    values.push_back(line == declaration.lines.end() ? std::nullopt : line->confirmed);
  }
  return values;
}

}  // namespace huan::declarations
