// SPDX-License-Identifier: Apache-2.0
#include "center_rows.hpp"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <unordered_map>

#include "measure.hpp"
#include "nearby.hpp"

namespace huan::siting_check {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::ProofPart;

constexpr std::size_t kRowsMost = 1'024;
constexpr double kWeightMost = 1e9;
constexpr std::int64_t kWaysMost = 30'000'000;
constexpr std::size_t kKept = 4'000'000;
constexpr std::size_t kLookedAt = 4;

using Rows = std::bitset<kRowsMost>;

base::Error wrong_rows(std::string why) {
  return Error{ErrorCode::wrong_answer, "proof part 0", std::move(why)};
}

/// Every way to serve rows, the row with the fewest ways first.
class Ways {
 public:
  Ways(const std::vector<std::int64_t>& weights, std::vector<Rows> columns)
      : weights_(weights), columns_(std::move(columns)) {}

  base::Result<std::int64_t> none(const Rows& rows, std::int64_t count) {
    largest_only();
    company_.assign(weights_.size(), {});
    covering_.assign(weights_.size(), {});
    for (std::uint32_t k = 0; k < columns_.size(); ++k) {
      heaviest_ = std::max(heaviest_, weight(columns_[k]));
      for (std::size_t i = 0; i < weights_.size(); ++i) {
        if (columns_[k][i]) {
          company_[i] |= columns_[k];
          covering_[i].push_back(k);
        }
      }
    }
    if (served(rows, count)) {
      return ways_ > kWaysMost
                 ? Error{ErrorCode::too_large, "proof part 0", "it took too long to tell"}
                 : wrong_rows("these customers can be served within the bound");
    }
    return ways_;
  }

 private:
  /// Who is nowhere but where another candidate is, too, need not be looked at.
  void largest_only() {
    std::stable_sort(columns_.begin(), columns_.end(),
                     [](const Rows& a, const Rows& b) { return a.count() > b.count(); });
    std::vector<std::vector<std::uint32_t>> by_row(weights_.size());
    std::vector<Rows> kept;
    for (const Rows& column : columns_) {
      std::size_t least = weights_.size();
      for (std::size_t i = 0; i < weights_.size(); ++i) {
        if (column[i] && (least == weights_.size() || by_row[i].size() < by_row[least].size())) {
          least = i;
        }
      }
      if (least == weights_.size() ||
          std::any_of(by_row[least].begin(), by_row[least].end(),
                      [&](std::uint32_t k) { return (column & ~kept[k]).none(); })) {
        continue;
      }
      for (std::size_t i = 0; i < weights_.size(); ++i) {
        if (column[i]) {
          by_row[i].push_back(static_cast<std::uint32_t>(kept.size()));
        }
      }
      kept.push_back(column);
    }
    columns_ = std::move(kept);
  }

  [[nodiscard]] std::int64_t weight(const Rows& rows) const {
    std::int64_t sum = 0;
    for (std::size_t i = rows._Find_first(); i < kRowsMost; i = rows._Find_next(i)) {
      sum += weights_[i];
    }
    return sum;
  }

  /// So many rows that no two of them can be served from one candidate.
  [[nodiscard]] std::int64_t apart(Rows rows, std::vector<std::size_t>& narrow) const {
    std::vector<std::pair<std::size_t, std::size_t>> order;
    for (std::size_t i = rows._Find_first(); i < kRowsMost; i = rows._Find_next(i)) {
      order.emplace_back((company_[i] & rows).count(), i);
    }
    std::sort(order.begin(), order.end());
    std::int64_t count = 0;
    for (const auto& [company, i] : order) {
      if (narrow.size() < kLookedAt) {
        narrow.push_back(i);
      }
      if (rows[i]) {
        ++count;
        rows &= ~company_[i];
      }
    }
    return count;
  }

  /// What columns that serve a row leave over, the least first; of two the one that leaves less.
  [[nodiscard]] std::vector<Rows> after(const Rows& rows, std::size_t row,
                                        std::int64_t most) const {
    std::vector<std::pair<std::int64_t, Rows>> left;
    for (const std::uint32_t k : covering_[row]) {
      const Rows rest = rows & ~columns_[k];
      const std::int64_t heavy = weight(rest);
      if (heavy <= most) {
        left.emplace_back(heavy, rest);
      }
    }
    std::stable_sort(left.begin(), left.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Rows> out;
    for (const auto& [heavy, rest] : left) {
      if (std::none_of(out.begin(), out.end(),
                       [&](const Rows& less) { return (less & ~rest).none(); })) {
        out.push_back(rest);
      }
    }
    return out;
  }

  /// True as well when it took too long.
  bool served(const Rows& rows, std::int64_t count) {
    if (rows.none()) {
      return true;
    }
    if (++ways_ > kWaysMost) {
      return true;
    }
    if (weight(rows) > count * heaviest_) {
      return false;
    }
    const auto before = never_.find(rows);
    if (before != never_.end() && before->second >= count) {
      return false;
    }
    std::vector<std::size_t> narrow;
    if (apart(rows, narrow) <= count) {
      std::vector<Rows> fewest;
      for (std::size_t k = 0; k < narrow.size(); ++k) {
        std::vector<Rows> one = after(rows, narrow[k], (count - 1) * heaviest_);
        if (k == 0 || one.size() < fewest.size()) {
          fewest = std::move(one);
        }
      }
      for (const Rows& rest : fewest) {
        if (served(rest, count - 1)) {
          return true;
        }
      }
    }
    if (never_.size() < kKept) {
      std::int64_t& most = never_[rows];
      most = std::max(most, count);
    }
    return false;
  }

  const std::vector<std::int64_t>& weights_;
  std::vector<Rows> columns_;
  std::vector<Rows> company_;
  std::vector<std::vector<std::uint32_t>> covering_;
  std::unordered_map<Rows, std::int64_t> never_;
  std::int64_t heaviest_{0};
  std::int64_t ways_{0};
};

/// The customers of the proof, without those whom what is required serves.
class CenterRows {
 public:
  CenterRows(const Problem& problem, const ProofPart& part, double radius)
      : problem_(problem), part_(part), radius_(radius) {}

  base::Result<Proven> run() {
    HUAN_CHECK(read());
    const Problem some = customers();
    const Nearby nearby(some);
    std::vector<std::int64_t> heavy(problem_.candidate_count, 0);
    std::int64_t all = 0;
    for (std::uint32_t k = 0; k < some.customer_count; ++k) {
      all += weights_[k];
      nearby.each(k, radius_, [&](std::uint32_t j) {
        if (!problem_.is_forbidden(j) && distance(some, j, k) <= radius_) {
          heavy[j] += weights_[k];
        }
      });
    }
    const std::int64_t heaviest = *std::max_element(heavy.begin(), heavy.end());
    if (all > 0 && (heaviest == 0 || left_ <= (all - 1) / heaviest)) {
      return Proven{1, 1};
    }
    if (some.customer_count > kRowsMost) {
      return wrong_rows("the weights do not rule it out");
    }
    std::vector<Rows> columns(problem_.candidate_count);
    Rows rows;
    for (std::uint32_t k = 0; k < some.customer_count; ++k) {
      rows.set(k);
      nearby.each(k, radius_, [&](std::uint32_t j) {
        if (!problem_.is_forbidden(j) && distance(some, j, k) <= radius_) {
          columns[j].set(k);
        }
      });
    }
    HUAN_TRY(ways, Ways(weights_, differing(columns)).none(rows, left_));
    return Proven{1, ways};
  }

 private:
  base::Result<void> read() {
    if (part_.nodes.size() != 1 || part_.nodes[0].multipliers.size() != part_.customers.size()) {
      return wrong_rows("a weight for each customer is needed");
    }
    left_ = problem_.p;
    std::vector<std::uint32_t> required;
    for (std::uint32_t j = 0; j < problem_.candidate_count; ++j) {
      if (problem_.is_required(j)) {
        required.push_back(j);
        --left_;
      }
    }
    std::vector<std::uint8_t> named(problem_.customer_count, 0);
    for (std::size_t k = 0; k < part_.customers.size(); ++k) {
      const std::uint32_t u = part_.customers[k];
      const double weight = part_.nodes[0].multipliers[k];
      if (u >= named.size() || named[u] != 0) {
        return wrong_rows("names nobody, or somebody twice");
      }
      named[u] = 1;
      if (!(weight >= 0) || weight > kWeightMost || weight != std::floor(weight)) {
        return wrong_rows("a weight is no whole number from 0 to 1,000,000,000");
      }
      if (std::none_of(required.begin(), required.end(),
                       [&](std::uint32_t j) { return distance(problem_, j, u) <= radius_; })) {
        rows_.push_back(u);
        weights_.push_back(static_cast<std::int64_t>(weight));
      }
    }
    return {};
  }

  [[nodiscard]] Problem customers() const {
    Problem some;
    some.metric = problem_.metric;
    some.detour = problem_.detour;
    some.candidates = problem_.candidates;
    some.candidate_count = problem_.candidate_count;
    some.customer_count = static_cast<std::uint32_t>(rows_.size());
    for (const std::uint32_t u : rows_) {
      some.customers.push_back(problem_.customers[u]);
    }
    return some;
  }

  static std::vector<Rows> differing(const std::vector<Rows>& columns) {
    std::unordered_map<Rows, bool> seen;
    std::vector<Rows> out;
    for (const Rows& column : columns) {
      if (column.any() && seen.emplace(column, true).second) {
        out.push_back(column);
      }
    }
    return out;
  }

  const Problem& problem_;
  const ProofPart& part_;
  double radius_;
  std::int64_t left_{0};  ///< facilities beside those that are required
  std::vector<std::uint32_t> rows_;
  std::vector<std::int64_t> weights_;
};

}  // namespace

base::Result<Proven> follow_center_rows(const Problem& problem, const siting_problem::Proof& proof,
                                        double radius) {
  if (proof.parts.size() != 1 || !proof.nodes.empty() || !proof.dominated.empty()) {
    return wrong_rows("has to stand alone");
  }
  if (problem.metric == siting_problem::Metric::table ||
      problem.metric == siting_problem::Metric::listed) {
    return Error{ErrorCode::wrong_answer, "proof part 0", "is of points"};
  }
  return CenterRows(problem, proof.parts[0], radius).run();
}

}  // namespace huan::siting_check
