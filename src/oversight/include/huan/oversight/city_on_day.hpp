// SPDX-License-Identifier: Apache-2.0
// A city's registry as it held at the end of a day: every place, party and asset in the version
// that counted then, and for which places a buying price was in force. What was recorded later but
// holds from that day or before is seen; what began later is not. Records of an older form that
// cannot be read today are left out.
//
//   const CityOnDay city = read_city(reading, {"130100", offset}, day);
//   city.places.at("S-130102-001").area_m2
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "huan/base/time.hpp"
#include "huan/registry/record.hpp"
#include "huan/store/reading.hpp"

namespace huan::oversight {

struct CityName {
  std::string code;
  std::int32_t offset_s{0};
};

struct CityOnDay {
  base::Day day;
  std::map<std::string, registry::Place, std::less<>> places;
  std::map<std::string, registry::Party, std::less<>> parties;
  std::map<std::string, registry::Asset, std::less<>> assets;
  std::vector<registry::Material> materials;
  std::set<std::string, std::less<>> priced_places;  ///< with a buying price of their own
  bool city_priced{false};                           ///< a buying price of the city is in force
};

[[nodiscard]] CityOnDay read_city(store::RegistryReading& reading, const CityName& city,
                                  base::Day day);

/// The last second of a local day.
[[nodiscard]] base::Instant end_of_day(base::Day day, std::int32_t offset_s);

}  // namespace huan::oversight
