// SPDX-License-Identifier: Apache-2.0
// A network that fills a city's real districts, streets and communities with synthetic places,
// parties, vehicles and scales, for trying things before a city has imported its own. Everything is
// marked synthetic. Integers and a generator of its own: the same pack and seed give the same bytes
// on every machine. What it does not claim: points are strewn around the county seat and may lie
// across a border; names of communities are real, sites in them are not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/registry/asset.hpp"
#include "huan/registry/coordinates.hpp"
#include "huan/registry/party.hpp"
#include "huan/registry/place.hpp"

namespace huan::registry {

struct District {
  std::string code;
  std::string zh;
  std::string en;
  std::string level;  ///< district, county, county_city, zone, borough
  std::string parent;
  std::int64_t population{0};
  std::int64_t households{0};
  std::int64_t urban_per_myriad{0};  ///< share of urban population
  std::optional<Degrees> seat;       ///< where its seat is, or is taken to be
  std::int64_t radius_m{0};          ///< how far around the seat synthetic points are strewn
};

struct Street {
  std::string code;
  std::string name;
  std::string district;
};

struct Community {
  std::string code;
  std::string name;
  std::string district;
  std::string street;
  bool urban{false};  ///< 居委会 or 社区, by its name
};

struct PartySpec {
  std::string prefix;  ///< ids are prefix-001 …
  std::int64_t count{0};
  PartyKind kind{};
  std::string label;  ///< names are "label 001"
  std::vector<std::string> qualifications;
  std::optional<base::Day> qualified_from;
  std::optional<Destination> destination;
};

enum class Attach : std::uint8_t { community, street, district };

struct PlaceSpec {
  std::string prefix;  ///< ids are prefix-district-001 …
  std::int64_t count{0};
  PlaceKind kind{};
  PlaceForm form{PlaceForm::none};
  std::string label;
  std::string parties;  ///< prefix of the PartySpec that operates them; empty: nobody
  Attach attach{Attach::community};
  std::vector<std::string> materials;
  std::optional<base::Mass> capacity_per_day;
  std::optional<std::int32_t> storage_days_max;
  std::optional<std::int64_t> area_m2;
  std::vector<OpeningHours> hours;
};

struct AssetSpec {
  std::string prefix;
  AssetKind kind{};
  std::string parties;  ///< vehicles: `count` spread over the parties with that prefix
  std::int64_t count{0};
  std::vector<PlaceKind> places;  ///< scales: one at each place of these kinds
  std::optional<base::Mass> capacity;
  std::optional<base::Mass> max;
  std::optional<base::Mass> interval;
  std::optional<base::Day> verified_on;
  std::optional<base::Day> verified_until;
};

struct GenerateSpec {
  std::uint64_t seed{0};
  std::int32_t division_year{0};  ///< edition of GB/T 2260 that the districts' codes are of
  std::vector<PartySpec> parties;
  std::vector<PlaceSpec> places;
  std::vector<AssetSpec> assets;
};

template <class T>
struct Keyed {
  std::string key;
  T value;
};

struct Network {
  std::vector<Keyed<Party>> parties;
  std::vector<Keyed<Place>> places;
  std::vector<Keyed<Asset>> assets;
};

/// The real places that a network is laid over.
struct Ground {
  const std::vector<District>& districts;
  const std::vector<Street>& streets;
  const std::vector<Community>& communities;
};

[[nodiscard]] Network generate_network(const Ground& ground, const GenerateSpec& spec,
                                       std::uint64_t seed);

/// Shares of `count` in proportion to `weights` (largest remainder, ties to the earlier), exact
/// sum. Everyone gets one first if there are enough.
[[nodiscard]] std::vector<std::int64_t> apportion(std::int64_t count,
                                                  const std::vector<std::int64_t>& weights);

}  // namespace huan::registry
