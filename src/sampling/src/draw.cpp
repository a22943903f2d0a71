// SPDX-License-Identifier: Apache-2.0
#include "huan/sampling/draw.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace huan::sampling {
namespace {

/// SplitMix64 (Steele, Lea and Flood 2014).
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : state_(seed) {}
  /// Below `bound`, without bias: what would favour small numbers is drawn again.
  std::uint32_t below(std::uint32_t bound) {
    const std::uint64_t whole = UINT64_MAX - UINT64_MAX % bound;
    std::uint64_t drawn = next();
    while (drawn >= whole) {
      drawn = next();
    }
    return static_cast<std::uint32_t>(drawn % bound);
  }

 private:
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  std::uint64_t state_;
};

}  // namespace

std::vector<std::uint32_t> draw(std::uint32_t population, const Draw& how) {
  std::vector<std::uint32_t> out;
  if (how.size >= population) {
    out.resize(population);
    std::iota(out.begin(), out.end(), 0U);
    return out;
  }
  // Floyd's sampling (Bentley and Floyd 1987): as many draws as the sample has.
  Generator random{how.seed};
  std::set<std::uint32_t> chosen;
  for (std::uint32_t top = population - how.size; top < population; ++top) {
    const std::uint32_t one = random.below(top + 1);
    chosen.insert(chosen.contains(one) ? top : one);
  }
  out.assign(chosen.begin(), chosen.end());
  return out;
}

std::vector<std::uint32_t> allocate(const std::vector<std::uint32_t>& strata, std::uint32_t size) {
  const std::uint64_t all = std::accumulate(strata.begin(), strata.end(), std::uint64_t{0});
  std::vector<std::uint32_t> shares(strata.size(), 0);
  if (all == 0) {
    return shares;
  }
  const std::uint64_t wanted = std::min<std::uint64_t>(size, all);
  std::vector<std::pair<std::uint64_t, std::size_t>> rest;
  rest.reserve(strata.size());
  std::uint64_t given = 0;
  for (std::size_t i = 0; i < strata.size(); ++i) {
    shares[i] = static_cast<std::uint32_t>(strata[i] * wanted / all);
    given += shares[i];
    rest.emplace_back(strata[i] * wanted % all, i);
  }
  std::stable_sort(rest.begin(), rest.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (std::size_t i = 0; given < wanted; ++i, ++given) {
    ++shares[rest[i].second];
  }
  constexpr std::uint32_t kForVariance = 2;
  for (std::size_t i = 0; i < strata.size(); ++i) {
    shares[i] = std::min(std::max(shares[i], kForVariance), strata[i]);
  }
  return shares;
}

}  // namespace huan::sampling
