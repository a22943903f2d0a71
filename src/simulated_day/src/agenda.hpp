// SPDX-License-Identifier: Apache-2.0
// What is to be done when: one thread, in the order of SystemClock's time. What fell due while
// something else was done is done late.
#pragma once

#include <functional>
#include <queue>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"

namespace huan::simulated_day {

class Agenda {
 public:
  using Deed = std::function<base::Result<void>()>;

  void at(base::Instant when, Deed deed);
  void in(std::int64_t seconds, Deed deed) { at({now().s + seconds}, std::move(deed)); }
  [[nodiscard]] base::Instant now() { return clock_.now(); }
  /// Until nothing is left, or `until`; the first error of a deed.
  [[nodiscard]] base::Result<void> run(base::Instant until);

 private:
  struct Entry {
    base::Instant when;
    std::uint64_t n;
    Deed deed;
    bool operator<(const Entry& other) const {
      return other.when < when || (other.when == when && other.n < n);
    }
  };
  base::SystemClock clock_;
  std::uint64_t n_{0};
  std::priority_queue<Entry> entries_;
};

/// 0 to below − 1, by seed, somebody's number and what for: the same in every run.
[[nodiscard]] std::int64_t chance(std::uint64_t seed, std::int64_t who, std::int64_t what,
                                  std::int64_t below);

}  // namespace huan::simulated_day
