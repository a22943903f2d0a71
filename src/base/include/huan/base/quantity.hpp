// SPDX-License-Identifier: Apache-2.0
// Mass (grams), Money (fen), Points and Count: integers that do not mix. Arithmetic is checked in
// release too and throws Overflow, which ends the event that caused it (the edge answers
// `too_large`). No floating point anywhere.
//
//   Mass total = Mass{1'200} + Mass{300};     // fine
//   Mass{1} + Money{1};  Mass m = 5;          // do not compile (test/must_not_compile)
#pragma once

#include <compare>
#include <cstdint>
#include <stdexcept>

namespace huan::base {

/// The largest magnitude of an integer in a record: exact in every JSON reader (RFC 8785, I-JSON).
inline constexpr std::int64_t kIntegerMax = 9'007'199'254'740'991;
/// The largest mass of one line: a million tonnes.
inline constexpr std::int64_t kMassMax = 1'000'000'000'000;

class Overflow : public std::overflow_error {
 public:
  Overflow() : std::overflow_error("quantity out of range") {}
};

[[nodiscard]] inline std::int64_t checked_add(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) {
    throw Overflow{};
  }
  return sum;
}
[[nodiscard]] inline std::int64_t checked_subtract(std::int64_t a, std::int64_t b) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(a, b, &difference)) {
    throw Overflow{};
  }
  return difference;
}
[[nodiscard]] inline std::int64_t checked_multiply(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) {
    throw Overflow{};
  }
  return product;
}
/// a × b / c rounded half away from zero, exact in between. c > 0. Throws Overflow when the result
/// does not fit.
[[nodiscard]] std::int64_t multiply_divide_round(std::int64_t a, std::int64_t b, std::int64_t c);

template <class Tag>
class Quantity {
 public:
  constexpr Quantity() = default;
  constexpr explicit Quantity(std::int64_t n) : n_(n) {}
  [[nodiscard]] constexpr std::int64_t count() const { return n_; }

  friend Quantity operator+(Quantity a, Quantity b) { return Quantity{checked_add(a.n_, b.n_)}; }
  friend Quantity operator-(Quantity a, Quantity b) {
    return Quantity{checked_subtract(a.n_, b.n_)};
  }
  Quantity operator-() const { return Quantity{checked_subtract(0, n_)}; }
  Quantity& operator+=(Quantity other) { return *this = *this + other; }
  Quantity& operator-=(Quantity other) { return *this = *this - other; }
  friend constexpr auto operator<=>(Quantity, Quantity) = default;

 private:
  std::int64_t n_{0};
};

using Mass = Quantity<struct MassTag>;      ///< grams
using Money = Quantity<struct MoneyTag>;    ///< fen (1/100 yuan)
using Points = Quantity<struct PointsTag>;  ///< whole points
using Count = Quantity<struct CountTag>;    ///< pieces

}  // namespace huan::base
