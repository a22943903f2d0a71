// SPDX-License-Identifier: Apache-2.0
// Every amount that may lie elsewhere does so by one shift that all tables bear at once: within one
// table while the shared margin stands, or of two rows of the margin in all tables.
#include "huan/publication/together.hpp"

#include <algorithm>

#include "huan/base/assert.hpp"
#include "ways.hpp"

namespace huan::publication {
namespace {

/// One shift of a row of the shared margin against another one.
struct MarginShift {
  std::size_t row{0};
  std::int64_t shift{0};
  bool raise{true};
  std::size_t through_table{SIZE_MAX};  ///< in this table it begins through `through`
  std::size_t through{0};
};

class Together {
 public:
  Together(std::span<const AmountTable> tables, const Rule& rule) : tables_(tables), rule_(rule) {
    for (const AmountTable& table : tables) {
      blanks_.push_back({table.columns, std::vector<Blank>(table.cells.size(), Blank::shown), 0});
    }
  }

  std::vector<Blanks> run() {
    std::vector<std::vector<Cell>> risky;
    risky.reserve(tables_.size());
    for (std::size_t t = 0; t < tables_.size(); ++t) {
      risky.push_back(mark_at_risk(tables_[t], rule_, blanks_[t]));
    }
    for (std::size_t t = 0; t < tables_.size(); ++t) {
      for (const Cell cell : risky[t]) {
        const bool margin = cell.column + 1 == tables_[t].columns;
        if (margin && t > 0 &&
            blanks_.front().at(cell.row, tables_.front().columns - 1) == Blank::primary) {
          continue;  // the same cell as in the first
        }
        blanks_[t].unprotected += protect(t, cell, margin) ? 0U : 1U;
      }
    }
    return std::move(blanks_);
  }

 private:
  /// Cells of the margin may shift in all tables at once only.
  bool protect(std::size_t t, Cell cell, bool margin) {
    const AmountTable& table = tables_[t];
    const std::int64_t shift = protection(table.at(cell.row, cell.column), rule_);
    bool safe = true;
    for (const bool raise : {true, false}) {
      if (margin) {
        safe = shift_margin({cell.row, shift, raise}) && safe;
        continue;
      }
      const auto way = cheapest_way(table, blanks_[t], cell, shift, raise, {true, {}, {}});
      if (way) {
        blank_out(way->cells, blanks_[t]);
      } else {
        // Alone in its row, the amount moves as the row's total does.
        safe = shift_margin({cell.row, shift, raise, t, cell.column}) && safe;
      }
    }
    return safe;
  }

  [[nodiscard]] std::optional<std::vector<Way>> ways_to(const MarginShift& of,
                                                        std::size_t other) const {
    std::vector<Way> ways;
    for (std::size_t t = 0; t < tables_.size(); ++t) {
      const AmountTable& table = tables_[t];
      const Cell total{of.row, table.columns - 1};
      Restrained restrained{true, other, {}};
      if (t == of.through_table) {
        restrained.first_column = of.through;
      }
      auto way = cheapest_way(table, blanks_[t], total, of.shift, of.raise, restrained);
      if (!way) {
        return std::nullopt;
      }
      way->cells.push_back(total);
      ways.push_back(std::move(*way));
    }
    return ways;
  }

  bool shift_margin(const MarginShift& of) {
    std::optional<std::vector<Way>> best;
    double least = 0;
    for (std::size_t other = 0; other < tables_.front().rows; ++other) {
      auto ways = other == of.row ? std::nullopt : ways_to(of, other);
      double cost = 0;
      for (const Way& way : ways.value_or(std::vector<Way>{})) {
        cost += way.cost;
      }
      if (ways && (!best || cost < least)) {
        best = std::move(ways);
        least = cost;
      }
    }
    if (!best) {
      return false;
    }
    for (std::size_t t = 0; t < tables_.size(); ++t) {
      blank_out((*best)[t].cells, blanks_[t]);
    }
    return true;
  }

  std::span<const AmountTable> tables_;
  const Rule& rule_;
  std::vector<Blanks> blanks_;
};

}  // namespace

bool share_margin(std::span<const AmountTable> tables) {
  return std::ranges::all_of(tables, [&](const AmountTable& table) {
    if (!adds_up(table) || table.rows != tables.front().rows) {
      return false;
    }
    for (std::size_t row = 0; row < table.rows; ++row) {
      if (table.at(row, table.columns - 1).value !=
          tables.front().at(row, tables.front().columns - 1).value) {
        return false;
      }
    }
    return true;
  });
}

std::vector<Blanks> suppress_together(std::span<const AmountTable> tables, const Rule& rule) {
  HUAN_ASSERT(share_margin(tables));
  if (tables.empty()) {
    return {};
  }
  return Together(tables, rule).run();
}

}  // namespace huan::publication
