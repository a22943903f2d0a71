// SPDX-License-Identifier: Apache-2.0
#include "agenda.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include "huan/base/drill_clock.hpp"

namespace huan::simulated_day {
namespace {

constexpr std::int64_t kSleepMaxMs = 100;

/// SplitMix64's last step.
std::uint64_t scrambled(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31U);
}

}  // namespace

void Agenda::at(base::Instant when, Deed deed) { entries_.push({when, n_++, std::move(deed)}); }

base::Result<void> Agenda::run(base::Instant until) {
  while (!entries_.empty() && now() < until) {
    const std::int64_t wait_s = entries_.top().when.s - now().s;
    if (wait_s > 0) {
      const std::int64_t ms = std::min(wait_s * 1'000 / base::clock_speed(), kSleepMaxMs);
      std::this_thread::sleep_for(std::chrono::milliseconds(std::max<std::int64_t>(ms, 1)));
      continue;
    }
    const Deed deed = entries_.top().deed;
    entries_.pop();
    HUAN_CHECK(deed());
  }
  return {};
}

std::int64_t chance(std::uint64_t seed, std::int64_t who, std::int64_t what, std::int64_t below) {
  const std::uint64_t mixed = scrambled(scrambled(seed + static_cast<std::uint64_t>(who)) ^
                                        static_cast<std::uint64_t>(what) << 32U);
  return static_cast<std::int64_t>(mixed % static_cast<std::uint64_t>(below));
}

}  // namespace huan::simulated_day
