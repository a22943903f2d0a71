// SPDX-License-Identifier: Apache-2.0
#include "huan/ledger/apportion.hpp"

#include <algorithm>
#include <numeric>

#include "huan/base/assert.hpp"
#include "huan/base/quantity.hpp"

namespace huan::ledger {

std::vector<std::int64_t> apportion(std::int64_t total, std::span<const std::int64_t> weights) {
  __extension__ using Wide = unsigned __int128;
  std::int64_t sum = 0;
  for (const std::int64_t w : weights) {
    sum = base::checked_add(sum, w);
  }
  HUAN_ASSERT(total >= 0 && sum > 0);
  std::vector<std::int64_t> parts(weights.size());
  std::vector<std::int64_t> remainders(weights.size());
  std::int64_t given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Wide product = static_cast<Wide>(total) * static_cast<Wide>(weights[i]);
    parts[i] = static_cast<std::int64_t>(product / static_cast<Wide>(sum));
    remainders[i] = static_cast<std::int64_t>(product % static_cast<Wide>(sum));
    given += parts[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return remainders[a] != remainders[b] ? remainders[a] > remainders[b] : a < b;
  });
  for (std::size_t i = 0; given < total; ++i, ++given) {
    ++parts[order[i]];
  }
  return parts;
}

}  // namespace huan::ledger
