// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <map>

#include "huan/sampling/draw.hpp"
#include "huan/sampling/estimate.hpp"

namespace huan::sampling {
namespace {

/// All subsets of `size` out of `values`.
std::vector<std::vector<std::int64_t>> subsets(const std::vector<std::int64_t>& values, int size) {
  std::vector<std::vector<std::int64_t>> all;
  for (std::uint32_t mask = 0; mask < (1U << values.size()); ++mask) {
    if (std::popcount(mask) != size) {
      continue;
    }
    std::vector<std::int64_t> one;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if ((mask >> i & 1U) != 0) {
        one.push_back(values[i]);
      }
    }
    all.push_back(one);
  }
  return all;
}

struct Moments {
  double mean{0};
  double variance{0};
};
Moments moments(const std::vector<double>& values) {
  Moments out;
  for (const double value : values) {
    out.mean += value / static_cast<double>(values.size());
  }
  for (const double value : values) {
    out.variance += (value - out.mean) * (value - out.mean) / static_cast<double>(values.size());
  }
  return out;
}

/// Over every sample that could be drawn the estimate is right on average, and so is its variance.
TEST(Estimate, IsUnbiasedOverAllSamplesAndSoIsItsVariance) {
  const std::vector<std::int64_t> first{3, 1, 4, 1, 5, 9};
  const std::vector<std::int64_t> second{2, 6, 5, 3, 5};
  std::vector<double> values;
  std::vector<double> variances;
  for (const auto& a : subsets(first, 3)) {
    for (const auto& b : subsets(second, 2)) {
      const auto one = mean({{first.size(), a}, {second.size(), b}});
      ASSERT_TRUE(one && one->error);
      values.push_back(one->value);
      variances.push_back(*one->error * *one->error);
    }
  }
  const Moments seen = moments(values);
  EXPECT_NEAR(seen.mean, 44.0 / 11, 1e-12);
  EXPECT_NEAR(moments(variances).mean, seen.variance, 1e-12);
}

TEST(Estimate, OfAShareIsTheMeanOfZeroesAndOnes) {
  const std::vector<std::int64_t> people{1, 0, 1, 1, 0, 0, 1, 0};
  std::vector<double> values;
  std::vector<double> variances;
  for (const auto& sample : subsets(people, 4)) {
    std::uint64_t yes = 0;
    for (const std::int64_t one : sample) {
      yes += static_cast<std::uint64_t>(one);
    }
    const auto as_share = share({{people.size(), 4, yes}});
    const auto as_mean = mean({{people.size(), sample}});
    ASSERT_TRUE(as_share && as_mean && as_share->error && as_mean->error);
    EXPECT_NEAR(as_share->value, as_mean->value, 1e-12);
    EXPECT_NEAR(*as_share->error, *as_mean->error, 1e-12);
    EXPECT_GE(*as_share->low, 0);
    EXPECT_LE(*as_share->high, 1);
    EXPECT_LE(*as_share->low, as_share->value);
    EXPECT_GE(*as_share->high, as_share->value);
    values.push_back(as_share->value);
    variances.push_back(*as_share->error * *as_share->error);
  }
  EXPECT_NEAR(moments(values).mean, 0.5, 1e-12);
  EXPECT_NEAR(moments(variances).mean, moments(values).variance, 1e-12);
}

TEST(Estimate, AnIntervalCoversAboutAsOftenAsItSays) {
  constexpr std::uint32_t kPopulation = 2'000;
  constexpr std::uint32_t kYes = 700;  // the first 700
  int covered = 0;
  constexpr int kRounds = 1'000;
  for (int round = 0; round < kRounds; ++round) {
    std::uint64_t yes = 0;
    for (const auto one : draw(kPopulation, {200, static_cast<std::uint64_t>(round)})) {
      yes += one < kYes ? 1 : 0;
    }
    const auto seen = share({{kPopulation, 200, yes}});
    ASSERT_TRUE(seen);
    covered += *seen->low <= 0.35 && 0.35 <= *seen->high ? 1 : 0;
  }
  EXPECT_GT(covered, kRounds * 93 / 100);
  EXPECT_LT(covered, kRounds * 97 / 100);
}

TEST(Estimate, SaysNothingWhereNobodyAnswered) {
  EXPECT_FALSE(share({{100, 10, 5}, {50, 0, 0}}));
  EXPECT_FALSE(share({{10, 11, 5}}));
  EXPECT_FALSE(share({{100, 10, 11}}));
  EXPECT_FALSE(share({}));
  EXPECT_TRUE(share({{100, 10, 5}, {0, 0, 0}}));
  EXPECT_FALSE(share({{100, 1, 1}, {50, 5, 2}})->error);  // one answer says nothing of the spread
  const auto all = share({{10, 10, 3}});                  // a census has no error
  EXPECT_EQ(*all->error, 0);
  EXPECT_EQ(*all->low, all->value);
}

TEST(Draw, GivesEachPairAboutAsOften) {
  std::map<std::vector<std::uint32_t>, int> pairs;
  constexpr int kEach = 1'000;
  constexpr int kRounds = 15 * kEach;
  for (int seed = 0; seed < kRounds; ++seed) {
    ++pairs[draw(6, {2, static_cast<std::uint64_t>(seed) * 7919})];
  }
  ASSERT_EQ(pairs.size(), 15U);
  for (const auto& [pair, times] : pairs) {
    EXPECT_NEAR(times, kEach, 200) << pair[0] << pair[1];  // six standard deviations
  }
  EXPECT_EQ(draw(6, {2, 3}), draw(6, {2, 3}));
  EXPECT_EQ(draw(3, {9, 1}), (std::vector<std::uint32_t>{0, 1, 2}));
}

TEST(Draw, IsSpreadInProportion) {
  EXPECT_EQ(allocate({600, 300, 100}, 10), (std::vector<std::uint32_t>{6, 3, 2}));
  EXPECT_EQ(allocate({1, 0, 9}, 4), (std::vector<std::uint32_t>{1, 0, 4}));
  EXPECT_EQ(allocate({}, 4), (std::vector<std::uint32_t>{}));
  EXPECT_EQ(answers_needed(1'000'000, 0.05), 384U);
  EXPECT_EQ(answers_needed(100, 0.05), 80U);
  EXPECT_EQ(answers_needed(0, 0.05), 0U);
}

}  // namespace
}  // namespace huan::sampling
