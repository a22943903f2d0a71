// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>
#include <limits>
#include <queue>

#include "ways.hpp"

namespace huan::publication {
namespace {

constexpr double kTotalWeight = 10;

/// Rows are nodes 0 …, columns follow; a cell is an edge between its row and its column. Written
/// with the sign of its place (totals count against their row or column), each node's edges sum to
/// nothing, so a shift alternates its sign from edge to edge.
class Ways {
 public:
  Ways(const AmountTable& table, const Blanks& blanks, Cell cell, std::int64_t shift, bool raise)
      : table_(table), blanks_(blanks), cell_(cell), shift_(shift) {
    // The signed amount of the cell moves up or down; leaving its row, the next moves against it.
    from_row_down_ = raise == positive(cell);
  }

  std::optional<std::vector<Cell>> find() {
    const std::size_t nodes = table_.rows + table_.columns;
    cost_.assign(nodes, std::numeric_limits<double>::infinity());
    before_.assign(nodes, nodes);
    cost_[cell_.row] = 0;
    queue_.emplace(0.0, cell_.row);
    while (!queue_.empty()) {
      const auto [cost, node] = queue_.top();
      queue_.pop();
      if (cost <= cost_[node]) {
        expand(node);
      }
    }
    return walk_back();
  }

 private:
  [[nodiscard]] bool positive(Cell cell) const {
    return (cell.row + 1 == table_.rows) == (cell.column + 1 == table_.columns);
  }
  /// Can the cell take the shift when its signed amount goes down (or up)?
  [[nodiscard]] bool takes(Cell cell, bool down) const {
    const std::int64_t value = table_.at(cell.row, cell.column).value;
    const bool less = down == positive(cell);
    return value > 0 && (!less || value >= shift_);
  }
  [[nodiscard]] double price(Cell cell) const {
    if (blanks_.at(cell.row, cell.column) != Blank::shown) {
      return 0;
    }
    const bool total = cell.row + 1 == table_.rows || cell.column + 1 == table_.columns;
    const auto value = static_cast<double>(table_.at(cell.row, cell.column).value);
    return (value + 1) * (total ? kTotalWeight : 1);
  }
  void expand(std::size_t node) {
    const bool is_row = node < table_.rows;
    const std::size_t others = is_row ? table_.columns : table_.rows;
    for (std::size_t k = 0; k < others; ++k) {
      const Cell cell = is_row ? Cell{node, k} : Cell{k, node - table_.rows};
      const std::size_t next = is_row ? table_.rows + k : k;
      const bool itself = cell.row == cell_.row && cell.column == cell_.column;
      if (itself || !takes(cell, is_row == from_row_down_)) {
        continue;
      }
      const double cost = cost_[node] + price(cell);
      if (cost < cost_[next]) {
        cost_[next] = cost;
        before_[next] = node;
        queue_.emplace(cost, next);
      }
    }
  }
  [[nodiscard]] std::optional<std::vector<Cell>> walk_back() const {
    std::size_t node = table_.rows + cell_.column;
    if (before_[node] == before_.size()) {
      return std::nullopt;
    }
    std::vector<Cell> way;
    while (node != cell_.row) {
      const std::size_t from = before_[node];
      const bool from_row = from < table_.rows;
      way.push_back(from_row ? Cell{from, node - table_.rows} : Cell{node, from - table_.rows});
      node = from;
    }
    return way;
  }

  using Entry = std::pair<double, std::size_t>;
  const AmountTable& table_;
  const Blanks& blanks_;
  Cell cell_;
  std::int64_t shift_;
  bool from_row_down_{true};
  std::vector<double> cost_;
  std::vector<std::size_t> before_;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
};

}  // namespace

std::optional<std::vector<Cell>> cheapest_way(const AmountTable& table, const Blanks& blanks,
                                              Cell cell, std::int64_t shift, bool raise) {
  return Ways(table, blanks, cell, shift, raise).find();
}

}  // namespace huan::publication
