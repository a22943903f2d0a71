// SPDX-License-Identifier: Apache-2.0
#include "cover_rows.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "random.hpp"

namespace huan::siting {
namespace {

class RowFilter {
 public:
  explicit RowFilter(const Problem& problem)
      : links_(problem.links),
        start_(std::size_t{problem.customer_count} + 1, 0),
        column_start_(std::size_t{problem.candidate_count} + 1, 0),
        sign_(problem.customer_count, 0) {
    Random random(1);
    std::vector<std::uint64_t> bit(problem.candidate_count);
    for (std::uint64_t& one : bit) {
      one = std::uint64_t{1} << random.below(64);
    }
    for (const auto& link : links_) {
      ++start_[link.customer + 1];
      ++column_start_[link.candidate + 1];
      sign_[link.customer] |= bit[link.candidate];
    }
    std::partial_sum(start_.begin(), start_.end(), start_.begin());
    std::partial_sum(column_start_.begin(), column_start_.end(), column_start_.begin());
    rows_.resize(links_.size());
    std::vector<std::size_t> next(column_start_.begin(), column_start_.end() - 1);
    for (const auto& link : links_) {
      rows_[next[link.candidate]++] = link.customer;
    }
  }

  /// By customer: 1 when another one implies it. Who has the fewest candidates is looked at first.
  [[nodiscard]] std::vector<std::uint8_t> implied() const {
    std::vector<std::uint8_t> out(sign_.size(), 0);
    std::vector<std::uint32_t> order(sign_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
      return size_of(a) != size_of(b) ? size_of(a) < size_of(b) : a < b;
    });
    for (const std::uint32_t row : order) {
      if (out[row] != 0 || size_of(row) == 0) {
        continue;
      }
      const std::uint32_t column = shortest(row);
      for (auto k = column_start_[column]; k < column_start_[column + 1]; ++k) {
        const std::uint32_t other = rows_[k];
        if (other != row && out[other] == 0 && (sign_[row] & ~sign_[other]) == 0 &&
            within(row, other)) {
          out[other] = 1;
        }
      }
    }
    return out;
  }

  /// The rows that are not implied, and all columns, each beside those it shares one with.
  void walk(const std::vector<std::uint8_t>& implied, std::vector<std::uint32_t>& rows,
            std::vector<std::uint32_t>& columns) const {
    std::vector<std::uint8_t> row_seen(implied);
    std::vector<std::uint8_t> column_seen(column_start_.size() - 1, 0);
    for (std::uint32_t first = 0; first < column_seen.size(); ++first) {
      if (column_seen[first] != 0) {
        continue;
      }
      column_seen[first] = 1;
      columns.push_back(first);
      for (std::size_t at = columns.size() - 1; at < columns.size(); ++at) {
        for (auto k = column_start_[columns[at]]; k < column_start_[columns[at] + 1]; ++k) {
          const std::uint32_t row = rows_[k];
          if (row_seen[row] != 0) {
            continue;
          }
          row_seen[row] = 1;
          rows.push_back(row);
          for (auto l = start_[row]; l < start_[row + 1]; ++l) {
            const std::uint32_t j = links_[l].candidate;
            if (column_seen[j] == 0) {
              column_seen[j] = 1;
              columns.push_back(j);
            }
          }
        }
      }
    }
  }

 private:
  [[nodiscard]] std::size_t size_of(std::uint32_t row) const {
    return start_[row + 1] - start_[row];
  }
  [[nodiscard]] std::uint32_t shortest(std::uint32_t row) const {
    std::uint32_t best = links_[start_[row]].candidate;
    for (auto k = start_[row]; k < start_[row + 1]; ++k) {
      const std::uint32_t j = links_[k].candidate;
      const bool less =
          column_start_[j + 1] - column_start_[j] < column_start_[best + 1] - column_start_[best];
      best = less ? j : best;
    }
    return best;
  }
  /// Both by rising candidate.
  [[nodiscard]] bool within(std::uint32_t row, std::uint32_t other) const {
    const auto at = [this](std::size_t k) {
      return links_.begin() + static_cast<std::ptrdiff_t>(k);
    };
    return std::includes(at(start_[other]), at(start_[other + 1]), at(start_[row]),
                         at(start_[row + 1]),
                         [](const siting_problem::Link& a, const siting_problem::Link& b) {
                           return a.candidate < b.candidate;
                         });
  }

  const std::vector<siting_problem::Link>& links_;
  std::vector<std::size_t> start_;  ///< of links, by customer
  std::vector<std::size_t> column_start_;
  std::vector<std::uint32_t> rows_;  ///< by candidate
  std::vector<std::uint64_t> sign_;  ///< a bit for each candidate; several share one
};

/// Candidates that another one can stand for, by who covers whom now.
class ColumnFilter {
 public:
  ColumnFilter(const Problem& problem, const std::vector<double>& cost)
      : links_(problem.links),
        cost_(cost),
        start_(std::size_t{problem.customer_count} + 1, 0),
        column_start_(std::size_t{problem.candidate_count} + 1, 0),
        sign_(problem.candidate_count, 0),
        gone_(problem.candidate_count, 0) {
    Random random(2);
    std::vector<std::uint64_t> bit(problem.customer_count);
    for (std::uint64_t& one : bit) {
      one = std::uint64_t{1} << random.below(64);
    }
    for (const auto& link : links_) {
      ++start_[link.customer + 1];
      ++column_start_[link.candidate + 1];
      sign_[link.candidate] |= bit[link.customer];
    }
    std::partial_sum(start_.begin(), start_.end(), start_.begin());
    std::partial_sum(column_start_.begin(), column_start_.end(), column_start_.begin());
    rows_.resize(links_.size());
    std::vector<std::size_t> next(column_start_.begin(), column_start_.end() - 1);
    for (const auto& link : links_) {
      rows_[next[link.candidate]++] = link.customer;
    }
  }

  /// Appends them, each with who stands for it.
  void dominated(std::vector<siting_problem::Dominated>& out) {
    for (std::uint32_t j = 0; j < sign_.size(); ++j) {
      if (size_of(j) == 0) {
        continue;
      }
      const std::uint32_t row = scarcest(j);
      for (auto k = start_[row]; k < start_[row + 1]; ++k) {
        const std::uint32_t by = links_[k].candidate;
        if (by != j && gone_[by] == 0 && cost_[by] <= cost_[j] && within(j, by)) {
          gone_[j] = 1;
          out.push_back({j, by});
          break;
        }
      }
    }
  }

 private:
  [[nodiscard]] std::size_t size_of(std::uint32_t column) const {
    return column_start_[column + 1] - column_start_[column];
  }
  [[nodiscard]] std::uint32_t scarcest(std::uint32_t column) const {
    std::uint32_t best = rows_[column_start_[column]];
    for (auto k = column_start_[column]; k < column_start_[column + 1]; ++k) {
      const std::uint32_t i = rows_[k];
      best = start_[i + 1] - start_[i] < start_[best + 1] - start_[best] ? i : best;
    }
    return best;
  }
  [[nodiscard]] bool within(std::uint32_t column, std::uint32_t by) const {
    const auto at = [this](std::size_t k) {
      return rows_.begin() + static_cast<std::ptrdiff_t>(k);
    };
    return (sign_[column] & ~sign_[by]) == 0 && size_of(column) <= size_of(by) &&
           std::includes(at(column_start_[by]), at(column_start_[by + 1]),
                         at(column_start_[column]), at(column_start_[column + 1]));
  }

  const std::vector<siting_problem::Link>& links_;
  const std::vector<double>& cost_;
  std::vector<std::size_t> start_;  ///< of links, by customer
  std::vector<std::size_t> column_start_;
  std::vector<std::uint32_t> rows_;  ///< by candidate
  std::vector<std::uint64_t> sign_;  ///< a bit for each customer; several share one
  std::vector<std::uint8_t> gone_;
};

template <class Leaves>
bool let_go(Problem& problem, const Leaves& leaves) {
  return std::erase_if(problem.links, leaves) > 0;
}

bool drop_candidates(Problem& now, const std::vector<double>& cost, NeededCover& out) {
  const std::size_t before = out.dominated.size();
  ColumnFilter(now, cost).dominated(out.dominated);
  std::vector<std::uint8_t> gone(now.candidate_count, 0);
  for (std::size_t k = before; k < out.dominated.size(); ++k) {
    gone[out.dominated[k].candidate] = 1;
  }
  return let_go(now, [&](const auto& link) { return gone[link.candidate] != 0; });
}

bool drop_customers(Problem& now) {
  const std::vector<std::uint8_t> implied = RowFilter(now).implied();
  return let_go(now, [&](const auto& link) { return implied[link.customer] != 0; });
}

void drop_covered(Problem& now) {
  std::vector<std::uint8_t> covered(now.customer_count, 0);
  for (const auto& link : now.links) {
    if (now.is_required(link.candidate)) {
      covered[link.customer] = 1;
    }
  }
  let_go(now, [&](const auto& link) { return covered[link.customer] != 0; });
}

/// Walked along what they share, customers of one part follow each other.
std::vector<CoverPart> parts_of(const Problem& now, const std::vector<double>& cost, bool split) {
  std::vector<std::uint8_t> out_of_it(now.customer_count, 1);
  std::vector<std::size_t> start(std::size_t{now.customer_count} + 1, 0);
  for (const auto& link : now.links) {
    out_of_it[link.customer] = 0;
    ++start[link.customer + 1];
  }
  std::partial_sum(start.begin(), start.end(), start.begin());
  std::vector<std::uint32_t> rows;
  std::vector<std::uint32_t> columns;
  RowFilter(now).walk(out_of_it, rows, columns);
  std::vector<std::uint32_t> place(now.candidate_count, kNone);
  std::vector<std::uint32_t> rank(now.candidate_count, 0);
  for (std::uint32_t k = 0; k < columns.size(); ++k) {
    rank[columns[k]] = k;
  }
  std::vector<CoverPart> parts;
  std::vector<siting_problem::Link> row;
  for (const std::uint32_t customer : rows) {
    row.assign(now.links.begin() + static_cast<std::ptrdiff_t>(start[customer]),
               now.links.begin() + static_cast<std::ptrdiff_t>(start[customer + 1]));
    std::sort(row.begin(), row.end(),
              [&](const auto& a, const auto& b) { return rank[a.candidate] < rank[b.candidate]; });
    const bool known = std::any_of(
        row.begin(), row.end(), [&](const auto& link) { return place[link.candidate] != kNone; });
    if (parts.empty() || (split && !known)) {
      parts.emplace_back();
    }
    CoverPart& part = parts.back();
    for (auto& link : row) {
      std::uint32_t& at = place[link.candidate];
      if (at == kNone) {
        at = static_cast<std::uint32_t>(part.candidate.size());
        part.candidate.push_back(link.candidate);
        part.links.cost.push_back(cost[link.candidate]);
      }
      link = {at, static_cast<std::uint32_t>(part.customer.size())};
    }
    std::sort(row.begin(), row.end(),
              [](const auto& a, const auto& b) { return a.candidate < b.candidate; });
    part.customer.push_back(customer);
    part.links.links.insert(part.links.links.end(), row.begin(), row.end());
  }
  return parts;
}

}  // namespace

NeededCover needed_cover(const Problem& links, bool reduce) {
  constexpr std::size_t kQuick = 4'000'000;  // links that may be looked at again and again
  const std::vector<double> cost = opening_costs(links);
  NeededCover out;
  Problem now = links;
  drop_covered(now);
  drop_customers(now);
  bool less = reduce;
  while (less && drop_candidates(now, cost, out)) {
    less = drop_customers(now) && now.links.size() <= kQuick;
  }
  out.parts = parts_of(now, cost, reduce);
  for (CoverPart& part : out.parts) {
    part.links.kind = links.kind;
    part.links.metric = links.metric;
    part.links.customer_count = static_cast<std::uint32_t>(part.customer.size());
    part.links.candidate_count = static_cast<std::uint32_t>(part.candidate.size());
  }
  std::stable_sort(out.parts.begin(), out.parts.end(), [](const CoverPart& a, const CoverPart& b) {
    return a.links.links.size() < b.links.links.size();
  });
  return out;
}

std::vector<double> opening_costs(const Problem& problem) {
  return problem.cost.empty() ? std::vector<double>(problem.candidate_count, 1.0) : problem.cost;
}

std::vector<double> least_shares(const Space& links, const std::vector<double>& cost) {
  const Rows& rows = links.by_customer();
  const Rows& columns = links.by_candidate();
  std::vector<double> out(links.customers(), 0.0);
  for (std::uint32_t i = 0; i < out.size(); ++i) {
    double least = std::numeric_limits<double>::infinity();
    for (auto k = rows.start[i]; k < rows.start[i + 1]; ++k) {
      const std::uint32_t j = rows.other[k];
      least =
          std::min(least, cost[j] / static_cast<double>(columns.start[j + 1] - columns.start[j]));
      out[i] = least;
    }
  }
  return out;
}

}  // namespace huan::siting
