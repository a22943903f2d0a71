// SPDX-License-Identifier: Apache-2.0
// Terminals that are none, speaking the real protocol: they register, authenticate, report at their
// pace while they drive in circles or where they are told, keep what was not answered, and send it
// in a batch when they come back after a break. Two editions in turn. Everything follows from the
// seed but the moments at which the network lets things through.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"

namespace huan::vehicle_gateway {

struct Whereabouts {
  std::int32_t lat_e6{0};
  std::int32_t lng_e6{0};
  bool moves{false};
  std::uint8_t doors{0};  ///< open, as in jt808::Fix
};

struct FleetOptions {
  std::string address{"127.0.0.1"};
  std::uint16_t port{0};
  std::int64_t first_phone{13'900'000'000};  ///< of the first; the others follow
  std::size_t vehicles{10};
  std::int64_t every_ms{10'000};
  std::int64_t for_ms{60'000};  ///< then it waits up to 10 s for answers
  std::int32_t lat_e6{38'041'390};
  std::int32_t lng_e6{114'478'610};
  std::uint8_t open_doors{0};  ///< all the time, of those that drive in circles
  /// Where vehicle n is at a moment; nothing to call: round in a circle.
  std::function<Whereabouts(std::size_t, base::Instant)> where{};
};

struct FleetReport {
  std::uint64_t made{0};      ///< reports
  std::uint64_t answered{0};  ///< reports that the gateway has for good
  std::uint64_t connects{0};
  std::uint64_t refused{0};  ///< registrations and codes that were turned away
};

/// Runs in the calling thread until the time is over or `ends` says so. unreachable: nobody ever
/// answered.
[[nodiscard]] base::Result<FleetReport> run_fleet(const FleetOptions& options,
                                                  const std::function<bool()>& ends);

}  // namespace huan::vehicle_gateway
