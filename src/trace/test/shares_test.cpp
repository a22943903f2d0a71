// SPDX-License-Identifier: Apache-2.0
#include "huan/trace/shares.hpp"

#include <gtest/gtest.h>

#include <array>
#include <numeric>
#include <random>
#include <vector>

namespace huan::trace {
namespace {

const auto kByIndex = [](std::size_t i, std::size_t j) { return i < j; };

TEST(Shares, PartsAreFlooredExactly) {
  const Splitter thirds(to_fixed(1), 3);
  EXPECT_EQ(thirds.part(1), to_fixed(1) / 3);
  EXPECT_EQ(thirds.part(3), to_fixed(1));
  // Operands whose product needs more than 64 bits.
  const std::uint64_t total = (std::uint64_t{1} << 60U) + 7;
  const Splitter big(to_fixed(1'000'000'000'000) + 12345, total);
  const Fixed amount = to_fixed(1'000'000'000'000) + 12345;
  EXPECT_EQ(big.part(total), amount);
  for (const std::uint64_t weight : {std::uint64_t{1}, total / 3, total / 2, total - 1}) {
    EXPECT_EQ(big.part(weight) + big.part(total - weight) + 1, amount);
  }
}

TEST(Shares, RemaindersGoToTheLargestThenByName) {
  const std::array<Fixed, 4> amounts = {to_fixed(1) / 2, to_fixed(3) / 4 + 1, to_fixed(3) / 4,
                                        to_fixed(2)};
  std::array<std::int64_t, 4> grams{};
  round_to_grams(amounts, 4, kByIndex, grams);
  EXPECT_EQ(grams, (std::array<std::int64_t, 4>{0, 1, 1, 2}));
  const std::array<Fixed, 4> equal = {to_fixed(1) / 2, to_fixed(1) / 2, to_fixed(1) / 2,
                                      to_fixed(1) / 2};
  round_to_grams(equal, 2, [](std::size_t i, std::size_t j) { return i > j; }, grams);
  EXPECT_EQ(grams, (std::array<std::int64_t, 4>{0, 0, 1, 1}));
}

TEST(Shares, SumIsExactForRandomWeights) {
  std::mt19937_64 random(42);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::uint64_t> weights(1 + random() % 200);
    for (auto& weight : weights) {
      weight = 1 + random() % (std::uint64_t{1} << (random() % 40));
    }
    const std::uint64_t total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
    const std::uint64_t mass = 1 + random() % 1'000'000'000'000;
    const Splitter split(to_fixed(mass), total);
    std::vector<Fixed> parts;
    parts.reserve(weights.size());
    for (const auto weight : weights) {
      parts.push_back(split.part(weight));
    }
    std::vector<std::int64_t> grams(parts.size());
    round_to_grams(parts, mass, kByIndex, grams);
    EXPECT_EQ(std::accumulate(grams.begin(), grams.end(), std::int64_t{0}),
              static_cast<std::int64_t>(mass));
  }
}

}  // namespace
}  // namespace huan::trace
