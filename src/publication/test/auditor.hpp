// SPDX-License-Identifier: Apache-2.0
// What an auditor of published tables brings along: a simplex of its own, which shares nothing with
// the code, and tables to try it on.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

#include "huan/publication/suppress.hpp"

namespace huan::publication {

/// maximise c·x with A x = b, x >= 0, from a known feasible start being unnecessary: two phases on
/// a dense tableau, Bland's rule.
class Simplex {
 public:
  Simplex(std::vector<std::vector<double>> a, std::vector<double> b)
      : a_(std::move(a)), b_(std::move(b)) {
    const std::size_t n = a_.empty() ? 0 : a_.front().size();
    for (std::size_t i = 0; i < a_.size(); ++i) {
      if (b_[i] < 0) {
        b_[i] = -b_[i];
        for (double& x : a_[i]) {
          x = -x;
        }
      }
      for (std::size_t k = 0; k < a_.size(); ++k) {
        a_[i].push_back(k == i ? 1 : 0);
      }
      basis_.push_back(n + i);
    }
    variables_ = n;
    std::vector<double> phase_one(n + a_.size(), 0);
    std::fill(phase_one.begin() + static_cast<std::ptrdiff_t>(n), phase_one.end(), -1.0);
    EXPECT_NEAR(run(phase_one, n + a_.size()), 0, 1e-6) << "the published table is feasible";
    drive_out();
  }
  /// Infinity when it has no bound.
  double maximise(std::vector<double> c) {
    c.resize(variables_ + basis_.size(), 0);
    return run(c, variables_);
  }

 private:
  double run(const std::vector<double>& c, std::size_t columns) {
    for (;;) {
      std::size_t in = columns;
      for (std::size_t j = 0; j < columns && in == columns; ++j) {
        double gain = c[j];
        for (std::size_t i = 0; i < basis_.size(); ++i) {
          gain -= c[basis_[i]] * a_[i][j];
        }
        in = gain > 1e-9 ? j : in;
      }
      if (in == columns) {
        double sum = 0;
        for (std::size_t i = 0; i < basis_.size(); ++i) {
          sum += c[basis_[i]] * b_[i];
        }
        return sum;
      }
      std::size_t out = basis_.size();
      for (std::size_t i = 0; i < basis_.size(); ++i) {
        if (a_[i][in] <= 1e-9) {
          continue;
        }
        const double mine = b_[i] / a_[i][in];
        const double best = out == basis_.size() ? INFINITY : b_[out] / a_[out][in];
        if (mine < best - 1e-9 ||
            (mine <= best + 1e-9 && out < basis_.size() && basis_[i] < basis_[out])) {
          out = i;
        }
      }
      if (out == basis_.size()) {
        return INFINITY;
      }
      pivot(out, in);
    }
  }
  void pivot(std::size_t row, std::size_t column) {
    const double by = a_[row][column];
    for (double& x : a_[row]) {
      x /= by;
    }
    b_[row] /= by;
    for (std::size_t i = 0; i < a_.size(); ++i) {
      const double times = a_[i][column];
      if (i != row && std::abs(times) > 1e-12) {
        for (std::size_t j = 0; j < a_[i].size(); ++j) {
          a_[i][j] -= times * a_[row][j];
        }
        b_[i] -= times * b_[row];
      }
    }
    basis_[row] = column;
  }
  /// What is left of the first phase in the basis stands at nothing; put real variables there.
  void drive_out() {
    for (std::size_t i = 0; i < basis_.size(); ++i) {
      for (std::size_t j = 0; basis_[i] >= variables_ && j < variables_; ++j) {
        if (std::abs(a_[i][j]) > 1e-9) {
          pivot(i, j);
        }
      }
    }
  }
  std::vector<std::vector<double>> a_;
  std::vector<double> b_;
  std::vector<std::size_t> basis_;
  std::size_t variables_{0};
};

/// Fills in the totals, with the contributors of what they sum.
inline AmountTable with_totals(std::size_t rows, std::size_t columns,
                               const std::vector<Amount>& inner) {
  AmountTable t{rows + 1, columns + 1, std::vector<Amount>((rows + 1) * (columns + 1))};
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      const Amount& one = inner[r * columns + c];
      for (const auto& [i, j] : {std::pair{r, c}, {r, columns}, {rows, c}, {rows, columns}}) {
        Amount& sum = t.cells[i * (columns + 1) + j];
        sum.value += one.value;
        sum.contributors.insert(sum.contributors.end(), one.contributors.begin(),
                                one.contributors.end());
      }
    }
  }
  return t;
}

inline Amount of(std::vector<std::int64_t> parts) {
  const std::int64_t sum = std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
  return {sum, std::move(parts)};
}

inline AmountTable random_table(std::mt19937_64& random) {
  const std::size_t rows = 2 + random() % 4;
  const std::size_t columns = 2 + random() % 4;
  std::vector<Amount> inner;
  for (std::size_t i = 0; i < rows * columns; ++i) {
    std::vector<std::int64_t> parts(random() % 6);
    for (std::int64_t& part : parts) {
      part = 1 + static_cast<std::int64_t>(random() % 10'000);
    }
    inner.push_back(of(parts));
  }
  return with_totals(rows, columns, inner);
}

}  // namespace huan::publication
