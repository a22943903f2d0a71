// SPDX-License-Identifier: Apache-2.0
#include "partition.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "random.hpp"

namespace huan::routing {
namespace {

constexpr std::int64_t kPlenty = 100'000'000;
constexpr double kAnything = 1e9;

Columns drawn_columns(std::uint64_t seed, std::size_t rows, std::size_t count) {
  Random random(seed);
  Columns columns;
  columns.rows = rows;
  columns.limit = {3, 2};
  for (std::size_t k = 0; k < count; ++k) {
    std::vector<int> members;
    for (std::size_t row = 0; row < rows; ++row) {
      if (random.unit() < 0.35) {
        members.push_back(static_cast<int>(row));
      }
    }
    if (!members.empty()) {
      columns.add(3 + static_cast<double>(random.below(50)), random.below(3) - 1, members);
    }
  }
  return columns;
}

/// The cheapest partition among all subsets of columns; kAnything: there is none.
double cheapest_by_force(const Columns& columns) {
  double best = kAnything;
  for (std::uint32_t set = 0; set < 1U << columns.count(); ++set) {
    std::vector<int> held(columns.rows, 0);
    std::vector<int> left = columns.limit;
    double cost = 0;
    bool fits = true;
    for (std::size_t k = 0; k < columns.count(); ++k) {
      if ((set >> k & 1U) == 0) {
        continue;
      }
      cost += columns.cost[k];
      for (const int row : columns.of(k)) {
        held[static_cast<std::size_t>(row)] += 1;
      }
      if (columns.type[k] >= 0) {
        fits = --left[static_cast<std::size_t>(columns.type[k])] >= 0 && fits;
      }
    }
    fits = fits && std::all_of(held.begin(), held.end(), [](int times) { return times == 1; });
    best = fits ? std::min(best, cost) : best;
  }
  return best;
}

double cost_of(const Columns& columns, const std::vector<std::uint32_t>& chosen) {
  double cost = 0;
  for (const std::uint32_t k : chosen) {
    cost += columns.cost[k];
  }
  return cost;
}

TEST(Partition, IsTheCheapestOfAll) {
  int solvable = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    const Columns columns = drawn_columns(seed, 6, 13);
    const double best = cheapest_by_force(columns);
    const auto found = partition(columns, kAnything, kPlenty);
    ASSERT_EQ(found.has_value(), best < kAnything) << seed;
    if (found) {
      EXPECT_DOUBLE_EQ(cost_of(columns, *found), best) << seed;
      EXPECT_FALSE(partition(columns, best, kPlenty).has_value()) << "not below " << seed;
      EXPECT_TRUE(partition(columns, best + 0.5, kPlenty).has_value()) << seed;
      ++solvable;
    }
  }
  EXPECT_GT(solvable, 30);
}

/// Ended early it has nothing, or what it has covers each row once below the bound.
TEST(Partition, KeepsToItsWork) {
  Columns columns = drawn_columns(3, 12, 300);
  columns.limit = {12, 12};
  for (int row = 0; row < 12; ++row) {
    columns.add(40, -1, {&row, 1});
  }
  EXPECT_FALSE(partition(columns, kAnything, 1).has_value());
  double last = kAnything;
  for (const std::int64_t work : {100'000, 1'000'000, 100'000'000}) {
    const auto found = partition(columns, kAnything, work);
    if (!found) {
      continue;
    }
    std::vector<int> held(columns.rows, 0);
    for (const std::uint32_t k : *found) {
      for (const int row : columns.of(k)) {
        held[static_cast<std::size_t>(row)] += 1;
      }
    }
    EXPECT_EQ(held, std::vector<int>(columns.rows, 1)) << work;
    EXPECT_LE(cost_of(columns, *found), last) << "more work, and dearer";
    last = cost_of(columns, *found);
  }
  EXPECT_LE(last, 480) << "all by themselves is one of the choices";
}

TEST(Partition, ARowInNoColumnIsNotServed) {
  Columns columns;
  columns.rows = 2;
  columns.limit = {1};
  const int first = 0;
  columns.add(1, 0, {&first, 1});
  EXPECT_FALSE(partition(columns, kAnything, kPlenty).has_value());
}

}  // namespace
}  // namespace huan::routing
