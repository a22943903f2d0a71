// SPDX-License-Identifier: Apache-2.0
#include "huan/trace/shares.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

#include "huan/base/assert.hpp"

namespace huan::trace {
namespace {

// The n-th largest. The remainders lie about evenly: a count by their leading bits leaves a few of
// them to be sorted.
std::uint64_t largest(const std::vector<std::uint64_t>& remainders, std::size_t n) {
  constexpr unsigned kShift = kFixedBits - 10;
  std::array<std::uint32_t, 1024> counts{};
  for (const std::uint64_t remainder : remainders) {
    ++counts[remainder >> kShift];
  }
  std::size_t bucket = counts.size() - 1;
  std::size_t left = n;
  for (; counts[bucket] < left; --bucket) {
    left -= counts[bucket];
  }
  std::vector<std::uint64_t> close;
  close.reserve(counts[bucket]);
  for (const std::uint64_t remainder : remainders) {
    if (remainder >> kShift == bucket) {
      close.push_back(remainder);
    }
  }
  const auto nth = close.begin() + static_cast<std::ptrdiff_t>(left - 1);
  std::nth_element(close.begin(), nth, close.end(), std::greater<>{});
  return *nth;
}

}  // namespace

void round_to_grams(std::span<const Fixed> amounts, std::uint64_t total,
                    const std::function<bool(std::size_t, std::size_t)>& name_before,
                    std::span<std::int64_t> grams) {
  constexpr std::uint64_t kFraction = (std::uint64_t{1} << kFixedBits) - 1;
  std::vector<std::uint64_t> remainders(amounts.size());
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    const auto whole = static_cast<std::uint64_t>(amounts[i] >> kFixedBits);
    grams[i] = static_cast<std::int64_t>(whole);
    remainders[i] = static_cast<std::uint64_t>(amounts[i]) & kFraction;
    sum += whole;
  }
  HUAN_ASSERT(sum <= total && total - sum <= amounts.size());
  const auto missing = static_cast<std::size_t>(total - sum);
  if (missing == 0) {
    return;
  }
  const std::uint64_t threshold = largest(remainders, missing);
  std::vector<std::size_t> tied;
  std::size_t given = 0;
  for (std::size_t i = 0; i < remainders.size(); ++i) {
    if (remainders[i] > threshold) {
      ++grams[i];
      ++given;
    } else if (remainders[i] == threshold) {
      tied.push_back(i);
    }
  }
  const std::size_t left = missing - given;
  if (left < tied.size()) {
    std::nth_element(tied.begin(), tied.begin() + static_cast<std::ptrdiff_t>(left), tied.end(),
                     name_before);
  }
  for (std::size_t i = 0; i < left; ++i) {
    ++grams[tied[i]];
  }
}

}  // namespace huan::trace
