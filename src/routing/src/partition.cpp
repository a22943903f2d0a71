// SPDX-License-Identifier: Apache-2.0
#include "partition.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace huan::routing {

void Columns::add(double price, int kind, std::span<const int> covered) {
  cost.push_back(price);
  type.push_back(kind);
  members.insert(members.end(), covered.begin(), covered.end());
  first.push_back(static_cast<std::uint32_t>(members.size()));
}

namespace {

constexpr int kRounds = 300;         ///< of the subgradient method
constexpr int kPatience = 15;        ///< rounds without a better bound before the step is halved
constexpr double kLeastStep = 0.01;  ///< below it the prices have come to rest
constexpr double kSlight = 1e-7;

class Partition {
 public:
  Partition(const Columns& columns, double bound, std::int64_t work)
      : columns_(columns), bound_(bound), work_(work) {}

  std::optional<std::vector<std::uint32_t>> run() {
    if (!start_prices()) {
      return std::nullopt;
    }
    find_prices();
    keep_promising();
    make_feasible();
    search();
    if (best_.empty()) {
      return std::nullopt;
    }
    return best_;
  }

 private:
  using List = std::vector<std::uint32_t>;

  [[nodiscard]] double reduced(std::size_t column) const {
    double cost = columns_.cost[column];
    for (const int row : columns_.of(column)) {
      cost -= price_[static_cast<std::size_t>(row)];
    }
    return cost;
  }

  /// Each row's share of the cheapest column per row that holds it; false: a row is in none.
  bool start_prices() {
    price_.assign(columns_.rows, std::numeric_limits<double>::infinity());
    kept_.resize(columns_.count());
    std::iota(kept_.begin(), kept_.end(), 0U);
    for (const std::uint32_t column : kept_) {
      const auto rows = columns_.of(column);
      const double share = columns_.cost[column] / static_cast<double>(rows.size());
      for (const int row : rows) {
        auto& price = price_[static_cast<std::size_t>(row)];
        price = std::min(price, share);
      }
    }
    work_ -= static_cast<std::int64_t>(columns_.members.size());
    return std::all_of(price_.begin(), price_.end(), [](double p) { return std::isfinite(p); });
  }

  /// What the prices prove: no partition costs less.
  double look(std::vector<int>& excess) {
    std::fill(excess.begin(), excess.end(), 1);
    double value = std::accumulate(price_.begin(), price_.end(), 0.0);
    for (const std::uint32_t column : kept_) {
      const double cost = reduced(column);
      if (cost < 0) {
        value += cost;
        for (const int row : columns_.of(column)) {
          excess[static_cast<std::size_t>(row)] -= 1;
        }
      }
    }
    work_ -= static_cast<std::int64_t>(columns_.members.size());
    return value;
  }

  void find_prices() {
    std::vector<int> excess(columns_.rows);
    std::vector<double> best = price_;
    double step = 1;
    int without = 0;
    for (int round = 0; round < kRounds && step > kLeastStep && work_ > 0; ++round) {
      const double value = look(excess);
      if (value > lower_ + kSlight) {
        lower_ = value;
        best = price_;
        without = 0;
      } else if (++without >= kPatience) {
        step /= 2;
        without = 0;
        price_ = best;
        continue;
      }
      std::int64_t norm = 0;
      for (const int x : excess) {
        norm += static_cast<std::int64_t>(x) * x;
      }
      if (norm == 0 || value >= bound_) {
        break;
      }
      const double length = step * (bound_ - value) / static_cast<double>(norm);
      for (std::size_t row = 0; row < price_.size(); ++row) {
        price_[row] += length * excess[row];
      }
    }
    price_ = std::move(best);
  }

  /// A column stays if a partition with it may still be cheaper than the bound.
  void keep_promising() {
    keyed_.clear();
    for (const std::uint32_t column : kept_) {
      const double cost = reduced(column);
      if (lower_ + std::max(0.0, cost) < bound_ - kSlight) {
        keyed_.emplace_back(cost, column);
      }
    }
    std::sort(keyed_.begin(), keyed_.end());
    kept_.clear();
    for (const auto& [cost, column] : keyed_) {
      kept_.push_back(column);
    }
  }

  /// Lowers prices until no column costs less than its rows: then the prices of the rows that are
  /// still open bound from below what they will cost.
  void make_feasible() {
    for (const std::uint32_t column : kept_) {
      const double cost = reduced(column);
      if (cost >= 0) {
        continue;
      }
      const auto rows = columns_.of(column);
      const double less = cost / static_cast<double>(rows.size());
      for (const int row : rows) {
        price_[static_cast<std::size_t>(row)] += less;
      }
    }
  }

  void search() {
    words_ = (columns_.rows + 63) / 64;
    bits_.assign(kept_.size() * words_, 0);
    for (std::size_t k = 0; k < kept_.size(); ++k) {
      for (const int row : columns_.of(kept_[k])) {
        const auto r = static_cast<std::size_t>(row);
        bits_[k * words_ + r / 64] |= std::uint64_t{1} << (r % 64);
      }
    }
    left_ = columns_.limit;
    covered_.assign(columns_.rows, 0);
    holders_.assign(columns_.rows, 0);
    open_price_ = std::accumulate(price_.begin(), price_.end(), 0.0);
    List all(kept_.size());
    std::iota(all.begin(), all.end(), 0U);
    descend(all, 0, columns_.rows);
  }

  [[nodiscard]] bool apart(std::size_t a, std::size_t b) const {
    for (std::size_t w = 0; w < words_; ++w) {
      if ((bits_[a * words_ + w] & bits_[b * words_ + w]) != 0) {
        return false;
      }
    }
    return true;
  }

  /// The open row that the fewest columns hold; none open: nothing.
  std::optional<std::size_t> tightest(const List& open) {
    for (std::size_t row = 0; row < columns_.rows; ++row) {
      holders_[row] = 0;
    }
    for (const std::uint32_t k : open) {
      const auto rows = columns_.of(kept_[k]);
      work_ -= static_cast<std::int64_t>(rows.size());
      for (const int row : rows) {
        holders_[static_cast<std::size_t>(row)] += 1;
      }
    }
    std::optional<std::size_t> least;
    for (std::size_t row = 0; row < columns_.rows; ++row) {
      if (covered_[row] == 0 && (!least || holders_[row] < holders_[*least])) {
        least = row;
      }
    }
    return least;
  }

  void take(std::uint32_t k, int sign) {
    for (const int row : columns_.of(kept_[k])) {
      covered_[static_cast<std::size_t>(row)] += sign;
      open_price_ -= sign * price_[static_cast<std::size_t>(row)];
    }
    const int type = columns_.type[kept_[k]];
    if (type >= 0) {
      left_[static_cast<std::size_t>(type)] -= sign;
    }
  }

  void descend(const List& open, double spent, std::size_t rows_open) {
    if (rows_open == 0) {
      bound_ = spent;
      best_.clear();
      for (const std::uint32_t k : chosen_) {
        best_.push_back(kept_[k]);
      }
      return;
    }
    const auto row = tightest(open);
    if (!row || holders_[*row] == 0) {
      return;
    }
    for (const std::uint32_t k : open) {
      if ((bits_[k * words_ + *row / 64] >> (*row % 64) & 1U) == 0) {
        continue;
      }
      const int type = columns_.type[kept_[k]];
      if (work_ <= 0 || (type >= 0 && left_[static_cast<std::size_t>(type)] <= 0)) {
        continue;
      }
      const double now = spent + columns_.cost[kept_[k]];
      take(k, 1);
      if (now + open_price_ < bound_ - kSlight) {
        List next;
        next.reserve(open.size());
        for (const std::uint32_t other : open) {
          if (apart(k, other) && now + open_price_ + reduced(kept_[other]) < bound_ - kSlight) {
            next.push_back(other);
          }
        }
        work_ -= static_cast<std::int64_t>(open.size() * (words_ + 2));
        chosen_.push_back(k);
        descend(next, now, rows_open - columns_.of(kept_[k]).size());
        chosen_.pop_back();
      }
      take(k, -1);
    }
  }

  const Columns& columns_;
  double bound_;
  std::int64_t work_;
  double lower_{-std::numeric_limits<double>::infinity()};
  std::vector<double> price_;
  List kept_;
  std::vector<std::pair<double, std::uint32_t>> keyed_;
  std::size_t words_{0};
  std::vector<std::uint64_t> bits_;  ///< of kept columns: rows they hold
  std::vector<int> left_;            ///< by type
  std::vector<int> covered_;
  std::vector<int> holders_;
  double open_price_{0};
  List chosen_;
  List best_;
};

}  // namespace

std::optional<std::vector<std::uint32_t>> partition(const Columns& columns, double bound,
                                                    std::int64_t work) {
  if (columns.count() == 0) {
    return std::nullopt;
  }
  return Partition(columns, bound, work).run();
}

}  // namespace huan::routing
