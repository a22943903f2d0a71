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

template <class Value>
std::vector<Value> in_order(const std::vector<Value>& values,
                            const std::vector<std::uint32_t>& order) {
  std::vector<Value> out;
  for (std::size_t k = 0; k < order.size() && !values.empty(); ++k) {
    out.push_back(values[order[k]]);
  }
  return out;
}

}  // namespace

NeededRows needed_rows(const Problem& links) {
  const RowFilter filter(links);
  const std::vector<std::uint8_t> implied = filter.implied();
  NeededRows out;
  filter.walk(implied, out.customer, out.candidate);
  const auto places = [](const std::vector<std::uint32_t>& order, std::size_t count) {
    std::vector<std::uint32_t> place(count, kNone);
    for (std::uint32_t k = 0; k < order.size(); ++k) {
      place[order[k]] = k;
    }
    return place;
  };
  const std::vector<std::uint32_t> row = places(out.customer, links.customer_count);
  const std::vector<std::uint32_t> column = places(out.candidate, links.candidate_count);
  out.links.kind = links.kind;
  out.links.metric = links.metric;
  out.links.p = links.p;
  out.links.customer_count = static_cast<std::uint32_t>(out.customer.size());
  out.links.candidate_count = links.candidate_count;
  out.links.cost = in_order(links.cost, out.candidate);
  out.links.required = in_order(links.required, out.candidate);
  out.links.forbidden = in_order(links.forbidden, out.candidate);
  for (const auto& link : links.links) {
    if (row[link.customer] != kNone) {
      out.links.links.push_back({column[link.candidate], row[link.customer]});
    }
  }
  std::sort(out.links.links.begin(), out.links.links.end(), [](const auto& a, const auto& b) {
    return a.customer != b.customer ? a.customer < b.customer : a.candidate < b.candidate;
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
