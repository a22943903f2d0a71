// SPDX-License-Identifier: Apache-2.0
#include "huan/scales/steady.hpp"

#include <cstdlib>

namespace huan::scales {

Rest Steady::see(const Reading& reading, std::int64_t at_ms) {
  const bool usable = !reading.out_of_range && reading.at_rest.value_or(true);
  const bool alike =
      run_ > 0 && reading.shows == first_.shows &&
      std::abs(reading.mass.count() - first_.mass.count()) <= options_.band.count() &&
      at_ms >= last_ms_ && at_ms - last_ms_ <= options_.silence_ms;
  if (!usable) {
    run_ = 0;
  } else if (alike) {
    ++run_;
  } else {
    run_ = 1;
    first_ = reading;
    since_ms_ = at_ms;
  }
  last_ms_ = at_ms;
  const bool rests = run_ > 0 && run_ >= options_.count && at_ms - since_ms_ >= options_.over_ms;
  return {reading, rests, run_ > 0 ? since_ms_ : at_ms, at_ms};
}

}  // namespace huan::scales
