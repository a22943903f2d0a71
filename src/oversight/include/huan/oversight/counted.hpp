// SPDX-License-Identifier: Apache-2.0
// What a measure over the registry counts, one by one: places, enterprises, assets or communities,
// by the same rule that counts them, so that the amounts add up to the figure.
//
//   each_counted(basis.measure, read_city(reading, city, day), pack, [&](const Counted& one) { …
//   });
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "huan/indicators/indicator.hpp"
#include "huan/oversight/city_on_day.hpp"
#include "huan/registry/pack.hpp"

namespace huan::oversight {

struct Counted {
  std::string_view of;  ///< places, parties, assets, communities
  std::string_view id;
  std::string_view name;
  std::string_view by;     ///< of a community that is served: a place that does
  std::int64_t amount{1};  ///< in the measure's smallest unit
};

/// `measure` is one over the registry. The words live as long as picture and pack.
void each_counted(const indicators::Measure& measure, const CityOnDay& picture,
                  const registry::Pack& pack, const std::function<void(const Counted&)>& visit);

}  // namespace huan::oversight
