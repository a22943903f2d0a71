// SPDX-License-Identifier: Apache-2.0
#include "huan/publication/suppress.hpp"

#include <algorithm>
#include <functional>

#include "huan/base/quantity.hpp"
#include "ways.hpp"

namespace huan::publication {
namespace {

constexpr std::int64_t kMillion = 1'000'000;

/// value × ppm ÷ 1,000,000 without leaving the range; both are not negative.
std::int64_t share_of(std::int64_t value, std::int64_t ppm) {
  return value / kMillion * ppm + value % kMillion * ppm / kMillion;
}

}  // namespace

bool at_risk(const Amount& amount, const Rule& rule) {
  if (amount.value < 0) {
    return true;
  }
  std::vector<std::int64_t> parts = amount.contributors;
  std::erase(parts, 0);
  if (amount.value == 0 && parts.empty()) {
    return false;
  }
  if (parts.size() < rule.contributors_min || parts.size() < 2) {
    return true;
  }
  std::partial_sort(parts.begin(), parts.begin() + 2, parts.end(), std::greater<>());
  return base::checked_add(parts[0], parts[1]) >= share_of(amount.value, rule.two_largest_ppm);
}

std::int64_t protection(const Amount& amount, const Rule& rule) {
  return std::max<std::int64_t>(
      1, share_of(std::max<std::int64_t>(amount.value, 0), rule.protection_ppm));
}

bool adds_up(const AmountTable& table) {
  if (table.rows < 1 || table.columns < 1 || table.cells.size() != table.rows * table.columns) {
    return false;
  }
  for (std::size_t row = 0; row < table.rows; ++row) {
    std::int64_t sum = 0;
    for (std::size_t column = 0; column + 1 < table.columns; ++column) {
      sum = base::checked_add(sum, table.at(row, column).value);
    }
    if (table.columns > 1 && sum != table.at(row, table.columns - 1).value) {
      return false;
    }
  }
  for (std::size_t column = 0; table.rows > 1 && column < table.columns; ++column) {
    std::int64_t sum = 0;
    for (std::size_t row = 0; row + 1 < table.rows; ++row) {
      sum = base::checked_add(sum, table.at(row, column).value);
    }
    if (sum != table.at(table.rows - 1, column).value) {
      return false;
    }
  }
  return true;
}

std::vector<Cell> mark_at_risk(const AmountTable& table, const Rule& rule, Blanks& blanks) {
  std::vector<Cell> cells;
  for (std::size_t row = 0; row < table.rows; ++row) {
    for (std::size_t column = 0; column < table.columns; ++column) {
      if (at_risk(table.at(row, column), rule)) {
        blanks.cells[row * table.columns + column] = Blank::primary;
        cells.push_back({row, column});
      }
    }
  }
  std::stable_sort(cells.begin(), cells.end(), [&](Cell a, Cell b) {
    return table.at(a.row, a.column).value > table.at(b.row, b.column).value;
  });
  return cells;
}

void blank_out(const std::vector<Cell>& cells, Blanks& blanks) {
  for (const Cell one : cells) {
    Blank& blank = blanks.cells[one.row * blanks.columns + one.column];
    blank = blank == Blank::shown ? Blank::complementary : blank;
  }
}

Blanks suppress(const AmountTable& table, const Rule& rule) {
  Blanks blanks{table.columns, std::vector<Blank>(table.cells.size(), Blank::shown), 0};
  for (const Cell cell : mark_at_risk(table, rule, blanks)) {
    const std::int64_t shift = protection(table.at(cell.row, cell.column), rule);
    bool safe = true;
    for (const bool raise : {true, false}) {
      const auto way = cheapest_way(table, blanks, cell, shift, raise, {});
      safe = safe && way.has_value();
      blank_out(way.value_or(Way{}).cells, blanks);
    }
    blanks.unprotected += safe ? 0U : 1U;
  }
  return blanks;
}

}  // namespace huan::publication
