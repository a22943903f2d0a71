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
  Ways(const AmountTable& table, const Blanks& blanks, Cell cell, std::int64_t shift, bool raise,
       const Restrained& restrained)
      : table_(table), blanks_(blanks), cell_(cell), shift_(shift), restrained_(restrained) {
    // The signed amount of the cell moves up or down; leaving its row, the next moves against it.
    from_row_down_ = raise == positive(cell);
  }

  std::optional<Way> find() {
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
  [[nodiscard]] bool allowed(Cell cell, std::size_t node) const {
    if (cell.row == cell_.row && cell.column == cell_.column) {
      return false;
    }
    if (restrained_.margin_fixed && cell.column + 1 == table_.columns) {
      return restrained_.margin_row == cell.row;
    }
    return node != cell_.row || !restrained_.first_column ||
           *restrained_.first_column == cell.column;
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
      if (!allowed(cell, node) || !takes(cell, is_row == from_row_down_)) {
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
  [[nodiscard]] std::optional<Way> walk_back() const {
    std::size_t node = table_.rows + cell_.column;
    if (before_[node] == before_.size()) {
      return std::nullopt;
    }
    Way way{{}, cost_[node]};
    while (node != cell_.row) {
      const std::size_t from = before_[node];
      const bool from_row = from < table_.rows;
      way.cells.push_back(from_row ? Cell{from, node - table_.rows}
                                   : Cell{node, from - table_.rows});
      node = from;
    }
    return way;
  }

  using Entry = std::pair<double, std::size_t>;
  const AmountTable& table_;
  const Blanks& blanks_;
  Cell cell_;
  std::int64_t shift_;
  const Restrained& restrained_;
  bool from_row_down_{true};
  std::vector<double> cost_;
  std::vector<std::size_t> before_;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
};

}  // namespace

std::optional<Way> cheapest_way(const AmountTable& table, const Blanks& blanks, Cell cell,
                                std::int64_t shift, bool raise, const Restrained& restrained) {
  return Ways(table, blanks, cell, shift, raise, restrained).find();
}

}  // namespace huan::publication
