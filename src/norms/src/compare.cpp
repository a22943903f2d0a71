// SPDX-License-Identifier: Apache-2.0
#include "compare.hpp"

#include "huan/base/quantity.hpp"

namespace huan::norms {
namespace {

__extension__ using Wide = __int128;

template <class T>
bool ordered(const T& a, Comparator comparator, const T& b) {
  switch (comparator) {
    case Comparator::at_least:
      return a >= b;
    case Comparator::more_than:
      return a > b;
    case Comparator::at_most:
      return a <= b;
    case Comparator::less_than:
      return a < b;
    case Comparator::differs:
      return a != b;
    default:
      return a == b;
  }
}

Wide floor_divide(Wide a, Wide b) {
  const Wide quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}
Wide ceil_divide(Wide a, Wide b) { return -floor_divide(-a, b); }

std::optional<std::int64_t> narrow(Wide n) {
  if (n > base::kIntegerMax || n < -Wide{base::kIntegerMax}) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(n);
}

}  // namespace

bool compare(const Value& value, Comparator comparator, const Value& threshold) {
  if (value.index() != threshold.index()) {
    return false;
  }
  if (const auto* amount = std::get_if<std::int64_t>(&value)) {
    return ordered(*amount, comparator, std::get<std::int64_t>(threshold));
  }
  if (const auto* day = std::get_if<base::Day>(&value)) {
    return ordered(day->n, comparator, std::get<base::Day>(threshold).n);
  }
  return (value == threshold) == (comparator != Comparator::differs);
}

bool compare(const PerComparison& sides, Comparator comparator) {
  return ordered(Wide{sides.amount} * sides.scale, comparator, Wide{sides.threshold} * sides.per);
}

std::optional<std::int64_t> amount_needed(const PerComparison& sides, Comparator comparator) {
  const Wide border = Wide{sides.threshold} * sides.per;
  switch (comparator) {
    case Comparator::at_least:
      return narrow(ceil_divide(border, sides.scale));
    case Comparator::more_than:
      return narrow(floor_divide(border, sides.scale) + 1);
    case Comparator::at_most:
      return narrow(floor_divide(border, sides.scale));
    case Comparator::less_than:
      return narrow(ceil_divide(border, sides.scale) - 1);
    default:
      return std::nullopt;
  }
}

std::optional<std::int64_t> per_needed(const PerComparison& sides, Comparator comparator) {
  if (sides.threshold <= 0) {
    return std::nullopt;
  }
  const Wide amount = Wide{sides.amount} * sides.scale;
  switch (comparator) {
    case Comparator::at_most:
      return narrow(ceil_divide(amount, sides.threshold));
    case Comparator::less_than:
      return narrow(floor_divide(amount, sides.threshold) + 1);
    case Comparator::at_least:
      return narrow(floor_divide(amount, sides.threshold));
    case Comparator::more_than:
      return narrow(ceil_divide(amount, sides.threshold) - 1);
    default:
      return std::nullopt;
  }
}

}  // namespace huan::norms
