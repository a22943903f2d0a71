// SPDX-License-Identifier: Apache-2.0
// Where record ids come from: the system's time and randomness in production; a seed and a Clock in
// the simulator and in tests, where equal arguments have to give equal ids.
#pragma once

#include <cstdint>

#include "huan/base/id.hpp"
#include "huan/base/time.hpp"

namespace huan::crypto {

/// UUID v7 of the system's clock in milliseconds. Safe to use from several threads.
class SystemIdSource final : public base::IdSource {
 public:
  base::Uuid next() override;
};

/// UUID v7 of the given clock, its random bits drawn from the seed; ids of one second ascend for
/// the first thousand. Not for secrets. One thread.
class SeededIdSource final : public base::IdSource {
 public:
  SeededIdSource(std::uint64_t seed, base::Clock& clock) : state_(seed), clock_(clock) {}
  base::Uuid next() override;

 private:
  std::uint64_t draw();

  std::uint64_t state_;
  base::Clock& clock_;
  std::int64_t second_{-1};
  std::int64_t in_second_{0};
};

}  // namespace huan::crypto
