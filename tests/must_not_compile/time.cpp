// SPDX-License-Identifier: Apache-2.0
// An instant is not a day: to get from one to the other takes an offset.
#include "huan/base/time.hpp"

using huan::base::Day;
using huan::base::Instant;

#ifdef CASE_0
bool good(Instant instant, Day day) {
  return huan::base::day_of(instant, 8 * 3600) == day && Instant{1} < Instant{2};
}
#endif
#ifdef CASE_1  // a day without an offset
Day bad(Instant instant) { return huan::base::day_of(instant); }
#endif
#ifdef CASE_2  // an instant against a day
bool bad(Instant instant, Day day) { return instant < day; }
#endif
#ifdef CASE_3  // seconds out of nowhere
Instant bad() { return 1'700'000'000; }
#endif
#ifdef CASE_4  // an instant's seconds do not fit a day
Day bad(Instant instant) { return Day{instant.s}; }
#endif
