// SPDX-License-Identifier: Apache-2.0
#include "huan/declarations/figures.hpp"

#include <algorithm>

#include "huan/base/quantity.hpp"
#include "huan/indicators/row_amount.hpp"

namespace huan::declarations {
namespace {

using indicators::Measure;
using indicators::MeasureSource;

bool is_ledger(const Cell& cell) {
  return cell.source == CellSource::measure && cell.measure.source == MeasureSource::ledger;
}

bool listed(const std::vector<std::string>& list, std::string_view one) {
  return std::ranges::any_of(list, [&](const std::string& each) { return each == one; });
}

/// Is the material under one of the branches, and under the items of the scheme?
bool takes(const Measure& measure, const registry::Catalogue& catalogue,
           std::string_view material) {
  const bool below = measure.materials.empty() ||
                     std::ranges::any_of(measure.materials, [&](const std::string& branch) {
                       return registry::covers(branch, material);
                     });
  return below && (measure.scheme.empty() ||
                   listed(measure.items, catalogue.item(material, measure.scheme)));
}

}  // namespace

bool asks_for_places(const std::vector<Cell>& cells) {
  return std::ranges::any_of(cells, [](const Cell& cell) {
    return is_ledger(cell) && !(cell.measure.place_kinds.empty() && cell.measure.forms.empty());
  });
}

Filler::Filler(const std::vector<Cell>& cells, const registry::Catalogue& catalogue,
               PlaceLookup place)
    : cells_(cells), catalogue_(catalogue), place_(std::move(place)) {}

Values& Filler::row_of(const std::string& reporter) {
  return values_.try_emplace(reporter, Values(cells_.size())).first->second;
}

void Filler::know(const std::string& reporter) {
  Values& values = row_of(reporter);
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (is_ledger(cells_[i]) && !values[i]) {
      values[i] = 0;
    }
  }
}

const std::vector<std::size_t>& Filler::cells_of(std::string_view material) {
  const auto known = by_material_.find(material);
  if (known != by_material_.end()) {
    return known->second;
  }
  std::vector<std::size_t> which;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (is_ledger(cells_[i]) && takes(cells_[i].measure, catalogue_, material)) {
      which.push_back(i);
    }
  }
  return by_material_.emplace(std::string(material), std::move(which)).first->second;
}

bool Filler::counts(const Cell& cell, const LedgerRow& row) const {
  const Measure& m = cell.measure;
  const bool fits = (m.flows.empty() || listed(m.flows, row.flow)) &&
                    (m.classes.empty() || listed(m.classes, row.cls)) &&
                    !indicators::left_out(m.not_classes, row.cls) &&
                    (m.districts.empty() || listed(m.districts, row.district));
  if (!fits || (m.place_kinds.empty() && m.forms.empty())) {
    return fits;
  }
  const registry::Place* place = place_(row.place);
  return place != nullptr &&
         (m.place_kinds.empty() || listed(m.place_kinds, registry::info(place->kind).code)) &&
         (m.forms.empty() || listed(m.forms, registry::name(place->form)));
}

void Filler::add(const std::string& reporter, const LedgerRow& row) {
  Values& values = row_of(reporter);
  const indicators::RowAmounts amounts{row.mass_g, row.pieces, row.money_fen, row.count};
  for (const std::size_t i : cells_of(row.material)) {
    if (counts(cells_[i], row)) {
      values[i] = base::checked_add(values[i].value_or(0),
                                    indicators::amount_of(amounts, cells_[i].measure.quantity));
    }
  }
}

void Filler::put(const std::string& reporter, std::size_t cell, std::optional<std::int64_t> value) {
  row_of(reporter).at(cell) = value;
}

Values Filler::values(const std::string& reporter) const {
  const auto found = values_.find(reporter);
  Values out = found == values_.end() ? Values(cells_.size()) : found->second;
  add_totals(cells_, out);
  return out;
}

void add_totals(const std::vector<Cell>& cells, Values& values) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].source != CellSource::total) {
      continue;
    }
    std::optional<std::int64_t> sum{0};
    for (const std::string& part : cells[i].parts) {
      const auto at = std::ranges::find(cells, part, &Cell::code) - cells.begin();
      const auto& value = values.at(static_cast<std::size_t>(at));
      sum = sum && value ? std::optional(base::checked_add(*sum, *value)) : std::nullopt;
    }
    values[i] = cells[i].parts.empty() ? std::nullopt : sum;
  }
}

}  // namespace huan::declarations
