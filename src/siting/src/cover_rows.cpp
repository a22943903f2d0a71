// SPDX-License-Identifier: Apache-2.0
#include "cover_rows.hpp"

#include <algorithm>
#include <numeric>

#include "random.hpp"
#include "space.hpp"

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
    std::stable_sort(order.begin(), order.end(),
                     [this](std::uint32_t a, std::uint32_t b) { return size_of(a) < size_of(b); });
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

}  // namespace

NeededRows needed_rows(const Problem& links) {
  const std::vector<std::uint8_t> implied = RowFilter(links).implied();
  NeededRows out;
  out.links.kind = links.kind;
  out.links.metric = links.metric;
  out.links.candidate_count = links.candidate_count;
  out.links.cost = links.cost;
  out.links.required = links.required;
  out.links.forbidden = links.forbidden;
  out.links.p = links.p;
  std::vector<std::uint32_t> place(links.customer_count, kNone);
  for (std::uint32_t u = 0; u < links.customer_count; ++u) {
    if (implied[u] == 0) {
      place[u] = static_cast<std::uint32_t>(out.customer.size());
      out.customer.push_back(u);
    }
  }
  for (const auto& link : links.links) {
    if (place[link.customer] != kNone) {
      out.links.links.push_back({link.candidate, place[link.customer]});
    }
  }
  out.links.customer_count = static_cast<std::uint32_t>(out.customer.size());
  return out;
}

}  // namespace huan::siting
