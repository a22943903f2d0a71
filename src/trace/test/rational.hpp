// SPDX-License-Identifier: Apache-2.0
// Exact non-negative rationals of any size, as slow and plain as can be.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace huan::trace::test {

class Natural {
 public:
  Natural(std::uint64_t n = 0) {  // NOLINT(google-explicit-constructor)
    for (; n != 0; n >>= 32U) {
      words_.push_back(static_cast<std::uint32_t>(n));
    }
  }
  [[nodiscard]] bool zero() const { return words_.empty(); }
  [[nodiscard]] bool even() const { return zero() || words_[0] % 2 == 0; }

  friend int compare(const Natural& a, const Natural& b) {
    if (a.words_.size() != b.words_.size()) {
      return a.words_.size() < b.words_.size() ? -1 : 1;
    }
    for (std::size_t i = a.words_.size(); i-- > 0;) {
      if (a.words_[i] != b.words_[i]) {
        return a.words_[i] < b.words_[i] ? -1 : 1;
      }
    }
    return 0;
  }
  friend bool operator==(const Natural& a, const Natural& b) { return compare(a, b) == 0; }
  friend Natural operator+(const Natural& a, const Natural& b) {
    Natural sum;
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < std::max(a.words_.size(), b.words_.size()) || carry != 0; ++i) {
      carry += std::uint64_t{a.at(i)} + b.at(i);
      sum.words_.push_back(static_cast<std::uint32_t>(carry));
      carry >>= 32U;
    }
    return sum;
  }
  friend Natural operator-(const Natural& a, const Natural& b) {  // a ≥ b
    Natural difference;
    std::int64_t borrow = 0;
    for (std::size_t i = 0; i < a.words_.size(); ++i) {
      borrow += std::int64_t{a.words_[i]} - std::int64_t{b.at(i)};
      difference.words_.push_back(static_cast<std::uint32_t>(borrow));
      borrow >>= 32U;
    }
    difference.trim();
    return difference;
  }
  friend Natural operator*(const Natural& a, const Natural& b) {
    Natural product;
    product.words_.assign(a.words_.size() + b.words_.size(), 0);
    for (std::size_t i = 0; i < a.words_.size(); ++i) {
      std::uint64_t carry = 0;
      for (std::size_t j = 0; j < b.words_.size() || carry != 0; ++j) {
        carry += product.words_[i + j] + std::uint64_t{a.words_[i]} * b.at(j);
        product.words_[i + j] = static_cast<std::uint32_t>(carry);
        carry >>= 32U;
      }
    }
    product.trim();
    return product;
  }
  [[nodiscard]] Natural half() const {
    Natural result = *this;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      result.words_[i] = (words_[i] >> 1U) | (at(i + 1) << 31U);
    }
    result.trim();
    return result;
  }

 private:
  [[nodiscard]] std::uint32_t at(std::size_t i) const { return i < words_.size() ? words_[i] : 0; }
  void trim() {
    while (!words_.empty() && words_.back() == 0) {
      words_.pop_back();
    }
  }
  std::vector<std::uint32_t> words_;
};

inline Natural gcd(Natural a, Natural b) {
  Natural twos = 1;
  while (!a.zero() && !b.zero()) {
    if (a.even() && b.even()) {
      a = a.half();
      b = b.half();
      twos = twos + twos;
    } else if (a.even()) {
      a = a.half();
    } else if (b.even()) {
      b = b.half();
    } else if (compare(a, b) >= 0) {
      a = a - b;
    } else {
      b = b - a;
    }
  }
  return twos * (a.zero() ? b : a);
}

/// num / den. Kept in lowest terms by cancelling across before multiplying, where it is known how.
struct Rational {
  Natural num{0};
  Natural den{1};

  friend Rational operator+(const Rational& a, const Rational& b) {
    if (a.den == b.den) {
      return {a.num + b.num, a.den};
    }
    return {a.num * b.den + b.num * a.den, a.den * b.den};
  }
  friend Rational operator*(const Rational& a, const Rational& b) {
    return {a.num * b.num, a.den * b.den};
  }
  [[nodiscard]] bool zero() const { return num.zero(); }
};

inline Natural divide(const Natural& a, const Natural& b) {  // exact
  Natural low = 0;
  Natural high = a + 1;
  while (compare(low + 1, high) < 0) {
    const Natural middle = (low + high).half();
    (compare(middle * b, a) <= 0 ? low : high) = middle;
  }
  return low;
}

inline Rational reduced(const Rational& a) {
  const Natural common = gcd(a.num, a.den);
  if (common.zero() || common == Natural(1)) {
    return a;
  }
  return {divide(a.num, common), divide(a.den, common)};
}

/// |grams − exact| ≤ count · (1 + 2⁻²⁰)
inline bool within(std::uint64_t grams, const Rational& exact, std::uint64_t count) {
  const Natural scaled = Natural(grams) * exact.den;
  const Natural gap = compare(scaled, exact.num) >= 0 ? scaled - exact.num : exact.num - scaled;
  return compare(gap * Natural(1U << 20U), exact.den * Natural(count * ((1U << 20U) + 1))) <= 0;
}

}  // namespace huan::trace::test
