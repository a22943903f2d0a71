// SPDX-License-Identifier: Apache-2.0
// An auditor who knows the published table and that nothing is negative works out, by a simplex of
// its own, between which amounts each blank cell at risk can lie. It shares nothing with the code.
#include "huan/publication/suppress.hpp"

#include <gtest/gtest.h>

#include <random>

#include "auditor.hpp"

namespace huan::publication {
namespace {

struct Interval {
  double low{0};
  double high{0};
};

/// Equations: each row's and column's cells less their total are nothing; blank cells are unknown.
Interval interval_of(const AmountTable& t, const Blanks& blanks, std::size_t row,
                     std::size_t column) {
  std::vector<std::size_t> unknown(t.cells.size(), SIZE_MAX);
  std::size_t n = 0;
  for (std::size_t i = 0; i < t.cells.size(); ++i) {
    unknown[i] = blanks.cells[i] == Blank::shown ? SIZE_MAX : n++;
  }
  std::vector<std::vector<double>> a;
  std::vector<double> b;
  const auto equation = [&](auto cell_of, std::size_t size) {
    std::vector<double> left(n, 0);
    double right = 0;
    for (std::size_t k = 0; k < size; ++k) {
      const std::size_t at = cell_of(k);
      const double sign = k + 1 == size ? -1 : 1;
      if (unknown[at] == SIZE_MAX) {
        right -= sign * static_cast<double>(t.cells[at].value);
      } else {
        left[unknown[at]] += sign;
      }
    }
    a.push_back(left);
    b.push_back(right);
  };
  for (std::size_t r = 0; r < t.rows; ++r) {
    equation([&](std::size_t k) { return r * t.columns + k; }, t.columns);
  }
  for (std::size_t c = 0; c < t.columns; ++c) {
    equation([&](std::size_t k) { return k * t.columns + c; }, t.rows);
  }
  std::vector<double> aim(n, 0);
  aim[unknown[row * t.columns + column]] = 1;
  Simplex up(a, b);
  const double high = up.maximise(aim);
  aim[unknown[row * t.columns + column]] = -1;
  Simplex down(a, b);
  return {-down.maximise(aim), high};
}

TEST(AtRisk, FewOrTwoThatMakeUpNearlyAll) {
  const Rule rule;
  EXPECT_FALSE(at_risk(of({}), rule)) << "nothing is no secret";
  EXPECT_TRUE(at_risk(of({10}), rule));
  EXPECT_TRUE(at_risk(of({10, 10}), rule));
  EXPECT_FALSE(at_risk(of({10, 10, 10}), rule));
  EXPECT_TRUE(at_risk(of({45, 45, 10}), rule)) << "nine tenths, exactly";
  EXPECT_FALSE(at_risk(of({44, 45, 11}), rule));
  EXPECT_TRUE(at_risk({-5, {-5}}, rule));
  EXPECT_TRUE(at_risk({0, {-5, 5}}, rule));
}

TEST(Suppress, ASingleBlankCellWouldBeGivenAway) {
  const auto big = of({40, 40, 40});
  const AmountTable t = with_totals(2, 2, {of({70}), big, big, big});
  ASSERT_TRUE(adds_up(t));
  const Blanks blanks = suppress(t, {});
  EXPECT_EQ(blanks.at(0, 0), Blank::primary);
  EXPECT_EQ(blanks.at(1, 1), Blank::complementary);
  EXPECT_EQ(blanks.at(2, 2), Blank::shown);
  EXPECT_EQ(blanks.unprotected, 0U);
}

TEST(Suppress, WithoutRiskAllIsShown) {
  const auto big = of({40, 40, 40});
  const Blanks blanks = suppress(with_totals(2, 2, {big, big, of({}), big}), {});
  EXPECT_EQ(std::count(blanks.cells.begin(), blanks.cells.end(), Blank::shown), 9);
}

TEST(Suppress, NobodyCanWorkOutACellAtRisk) {
  std::mt19937_64 random(11);
  const Rule rule;
  int at_risk_seen = 0;
  for (int round = 0; round < 150; ++round) {
    const AmountTable t = random_table(random);
    ASSERT_TRUE(adds_up(t));
    const Blanks blanks = suppress(t, rule);
    EXPECT_EQ(blanks.unprotected, 0U) << "round " << round;
    for (std::size_t r = 0; r < t.rows; ++r) {
      for (std::size_t c = 0; c < t.columns; ++c) {
        if (blanks.at(r, c) != Blank::primary) {
          EXPECT_FALSE(at_risk(t.at(r, c), rule));
          continue;
        }
        ++at_risk_seen;
        const auto value = static_cast<double>(t.at(r, c).value);
        const auto apart = static_cast<double>(protection(t.at(r, c), rule));
        const Interval seen = interval_of(t, blanks, r, c);
        EXPECT_LE(seen.low, value - apart + 1e-6) << "round " << round << " " << r << " " << c;
        EXPECT_GE(seen.high, value + apart - 1e-6) << "round " << round << " " << r << " " << c;
      }
    }
  }
  EXPECT_GT(at_risk_seen, 500);
}

TEST(TheAuditor, FindsWhatPrimaryAloneGivesAway) {
  const auto big = of({40, 40, 40});
  const AmountTable t = with_totals(2, 2, {of({70}), big, big, big});
  Blanks only_primary{3, std::vector<Blank>(9, Blank::shown), 0};
  only_primary.cells[0] = Blank::primary;
  const Interval seen = interval_of(t, only_primary, 0, 0);
  EXPECT_NEAR(seen.low, 70, 1e-6);
  EXPECT_NEAR(seen.high, 70, 1e-6);
}

}  // namespace
}  // namespace huan::publication
