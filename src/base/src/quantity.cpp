// SPDX-License-Identifier: Apache-2.0
#include "huan/base/quantity.hpp"

#include "huan/base/assert.hpp"

namespace huan::base {

std::int64_t multiply_divide_round(std::int64_t a, std::int64_t b, std::int64_t c) {
  HUAN_ASSERT(c > 0);
  __extension__ using Wide = __int128;
  const Wide product = static_cast<Wide>(a) * b;
  const Wide magnitude = product < 0 ? -product : product;
  const Wide rounded = (2 * magnitude + c) / (2 * static_cast<Wide>(c));
  const Wide signed_result = product < 0 ? -rounded : rounded;
  if (signed_result > INT64_MAX || signed_result < INT64_MIN) {
    throw Overflow{};
  }
  return static_cast<std::int64_t>(signed_result);
}

}  // namespace huan::base
