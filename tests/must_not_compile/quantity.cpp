// SPDX-License-Identifier: Apache-2.0
// Quantities are integers that do not mix with each other, nor with bare numbers.
#include "huan/base/quantity.hpp"

using huan::base::Mass;
using huan::base::Money;
using huan::base::Points;

#ifdef CASE_0
Mass good() {
  Mass total = Mass{1'200} + Mass{300};
  total += Mass{1};
  return total > Mass{0} ? -total : Mass{total.count() * 2};
}
#endif
#ifdef CASE_1  // a mass and an amount of money do not add
auto bad() { return Mass{1} + Money{1}; }
#endif
#ifdef CASE_2  // no mass out of a bare number
Mass bad() {
  Mass mass = 5;
  return mass;
}
#endif
#ifdef CASE_3  // grams of what? a bare number does not compare
bool bad() { return Mass{5} > 3; }
#endif
#ifdef CASE_4  // nor does another unit
bool bad() { return Points{5} == Money{5}; }
#endif
#ifdef CASE_5  // no way back to a number without saying so
long bad() { return Mass{5}; }
#endif
#ifdef CASE_6  // no floating point
Mass bad() { return Mass{0.5}; }
#endif
#ifdef CASE_7  // a mass times a mass means nothing here
auto bad() { return Mass{2} * Mass{3}; }
#endif
#ifdef CASE_8  // a function of money is not called with points
void pay(Money);
void bad() { pay(Points{1}); }
#endif
#ifdef CASE_9  // a mass is not assigned to money
Money bad() {
  Money total{1};
  total = Mass{2};
  return total;
}
#endif
