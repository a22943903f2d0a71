// SPDX-License-Identifier: Apache-2.0
// A city to measure on: a store with a pack's registry, and the events of its simulated days.
#pragma once

#include <string>
#include <vector>

#include "benches.hpp"
#include "huan/base/time.hpp"

namespace huan::bench {

struct CityEvents {
  std::string city;
  std::string store;                  ///< path of the store with the registry alone
  std::uint64_t records{0};           ///< in it
  base::Instant after;                ///< a time after all events
  std::vector<std::string> events;    ///< in order; each is posted if those before are
  std::vector<std::string> receives;  ///< those that need no other
};

[[nodiscard]] base::Result<CityEvents> make_city(const Bench& bench, std::size_t events);

/// A copy of the store with the registry alone, under the name.
[[nodiscard]] std::string fresh_store(const CityEvents& city, const std::string& name);

}  // namespace huan::bench
