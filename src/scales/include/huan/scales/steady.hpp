// SPDX-License-Identifier: Apache-2.0
// When a load rests 稳定. Continuous frames mostly do not say, so it is computed: the last N
// readings lie within a band, over at least T milliseconds, without a silence in between, and the
// indicator itself does not object. Times are milliseconds of any clock that only goes forward.
//
//   Steady steady{{.count = 5, .over_ms = 1'000}};
//   if (steady.see(reading, now_ms).at_rest) …
#pragma once

#include <cstdint>

#include "huan/scales/reading.hpp"

namespace huan::scales {

struct SteadyOptions {
  std::int64_t count{5};           ///< so many readings in a row
  std::int64_t over_ms{1'000};     ///< from the first of them to the last
  std::int64_t silence_ms{2'000};  ///< a longer pause between two begins anew
  base::Mass band{};               ///< how far they may lie from the first of them
};

struct Rest {
  Reading reading;
  bool at_rest{false};
  std::int64_t since_ms{0};  ///< of the run of like readings
  std::int64_t at_ms{0};     ///< of the last
};

class Steady {
 public:
  explicit Steady(SteadyOptions options) : options_(options) {}
  Rest see(const Reading& reading, std::int64_t at_ms);

 private:
  SteadyOptions options_;
  Reading first_;
  std::int64_t run_{0};
  std::int64_t since_ms_{0};
  std::int64_t last_ms_{0};
};

}  // namespace huan::scales
