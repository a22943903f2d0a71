// SPDX-License-Identifier: Apache-2.0
#include "spread.hpp"

#include <algorithm>
#include <cmath>

#include "huan/base/assert.hpp"

namespace huan::anomalies {
namespace {

constexpr double kNormal = 1.4826;
constexpr double kDeviations = 6;
constexpr double kFloor = 8;

template <class T>
T middle_of(std::vector<T>& values) {
  HUAN_ASSERT(!values.empty());
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace

double median(std::vector<double>& values) { return middle_of(values); }
std::int64_t median(std::vector<std::int64_t>& values) { return middle_of(values); }

Spread spread_of(std::vector<double> values) {
  Spread out;
  out.middle = median(values);
  for (double& value : values) {
    value = std::abs(value - out.middle);
  }
  out.deviation = kNormal * median(values);
  return out;
}

bool beyond_chance(std::int64_t count, double expected) {
  return static_cast<double>(count) > expected + kDeviations * std::sqrt(expected) + kFloor;
}

}  // namespace huan::anomalies
