// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/network.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "number_sequence.hpp"

namespace huan::registry {
namespace {

constexpr std::int64_t kDegreeM = 111'195;
constexpr std::int64_t kE7 = 10'000'000;

struct Metres {
  std::int64_t north{0};
  std::int64_t east{0};
};

/// A point of the disc, evenly.
Metres strewn(NumberSequence& numbers, std::int64_t radius_m) {
  while (true) {
    const Metres m{numbers.between(-radius_m, radius_m), numbers.between(-radius_m, radius_m)};
    if (m.north * m.north + m.east * m.east <= radius_m * radius_m) {
      return m;
    }
  }
}

Degrees moved(Degrees from, Metres by) {
  // cos x° ≈ (32400 − 4x²) / (32400 + x²), within 0.2 %: enough to strew points, and all integers.
  const std::int64_t x = from.lat_e7 / 100'000;  // hundredths of a degree
  const std::int64_t cos_top = 324'000'000 - 4 * x * x;
  const std::int64_t cos_bottom = 324'000'000 + x * x;
  const std::int64_t north = by.north * kE7 / kDegreeM;
  const std::int64_t east =
      by.east * kE7 / kDegreeM * cos_bottom / std::max<std::int64_t>(cos_top, 1);
  constexpr std::int64_t kNorthE7 = 900'000'000;
  constexpr std::int64_t kEastE7 = 1'800'000'000;
  return {static_cast<std::int32_t>(std::clamp(from.lat_e7 + north, -kNorthE7, kNorthE7)),
          static_cast<std::int32_t>(std::clamp(from.lng_e7 + east, -kEastE7, kEastE7))};
}

std::string numbered(std::int64_t n, std::size_t width) {
  std::string digits = std::to_string(n);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

std::size_t width_of(std::int64_t count) {
  return std::max<std::size_t>(3, std::to_string(count).size());
}

/// 棉一东社区居民委员会 → 棉一东社区.
std::string short_name(std::string name) {
  constexpr std::array<std::string_view, 4> kEndings{"居民委员会", "村民委员会", "居委会",
                                                     "村委会"};
  for (const auto ending : kEndings) {
    if (name.size() > ending.size() && name.ends_with(ending)) {
      name.resize(name.size() - ending.size());
      break;
    }
  }
  return name;
}

bool is_urban_street(const Street& street) {
  return street.name.ends_with("街道") || street.name.ends_with("街道办事处");
}

class Builder {
 public:
  Builder(const Ground& ground, const GenerateSpec& spec, std::uint64_t seed)
      : ground_(ground), spec_(spec), seed_(seed) {}

  Network run() {
    for (const PartySpec& party : spec_.parties) {
      add_parties(party);
    }
    for (const PlaceSpec& place : spec_.places) {
      add_places(place);
    }
    for (const AssetSpec& asset : spec_.assets) {
      add_assets(asset);
    }
    return std::move(network_);
  }

 private:
  void add_parties(const PartySpec& spec);
  void add_places(const PlaceSpec& spec);
  Keyed<Place> place_in(const PlaceSpec& spec, const District& district, std::int64_t n,
                        std::int64_t of);
  void settle(Place& place, const PlaceSpec& spec, const District& district, std::int64_t n,
              std::int64_t of);
  void add_assets(const AssetSpec& spec);
  void add_scales(const AssetSpec& spec);
  [[nodiscard]] std::vector<std::string> parties_of(const std::string& prefix) const;
  [[nodiscard]] Degrees street_point(const District& district, const Street& street) const;
  [[nodiscard]] const Street* street(const std::string& code) const;

  const Ground& ground_;
  const GenerateSpec& spec_;
  std::uint64_t seed_;
  Network network_;
};

void Builder::add_parties(const PartySpec& spec) {
  const std::size_t width = width_of(spec.count);
  for (std::int64_t n = 1; n <= spec.count; ++n) {
    Party party;
    party.kind = spec.kind;
    if (!is_person(spec.kind)) {
      party.name = spec.label + " " + numbered(n, width);
    }
    for (const std::string& kind : spec.qualifications) {
      party.qualifications.push_back({kind, "", spec.qualified_from, std::nullopt});
    }
    party.destination = spec.destination;
    party.synthetic = true;
    network_.parties.push_back({spec.prefix + "-" + numbered(n, width), std::move(party)});
  }
}

std::vector<std::string> Builder::parties_of(const std::string& prefix) const {
  std::vector<std::string> out;
  for (const auto& party : network_.parties) {
    const auto dash = party.key.rfind('-');
    if (party.key.substr(0, dash) == prefix) {
      out.push_back(party.key);
    }
  }
  return out;
}

const Street* Builder::street(const std::string& code) const {
  const auto found = std::find_if(ground_.streets.begin(), ground_.streets.end(),
                                  [&](const Street& s) { return s.code == code; });
  return found == ground_.streets.end() ? nullptr : &*found;
}

Degrees Builder::street_point(const District& district, const Street& street) const {
  NumberSequence numbers(seed_, street.code);
  // Streets lie about the seat, townships all over the county.
  const bool central = is_urban_street(street) && district.urban_per_myriad < 9'900;
  const std::int64_t radius_m = central ? district.radius_m * 35 / 100 : district.radius_m;
  return moved(*district.seat, strewn(numbers, std::max<std::int64_t>(radius_m, 500)));
}

void Builder::settle(Place& place, const PlaceSpec& spec, const District& district, std::int64_t n,
                     std::int64_t of) {
  place.district = district.code;
  place.district_year = spec_.division_year;
  std::string where = district.zh;
  std::optional<Degrees> point = district.seat;
  const auto in_district = [&](const auto& item) { return item.district == district.code; };
  const auto pick = [&](const auto& list) {
    std::vector<const typename std::decay_t<decltype(list)>::value_type*> local;
    for (const auto& item : list) {
      if (in_district(item)) {
        local.push_back(&item);
      }
    }
    const auto size = static_cast<std::int64_t>(local.size());
    return size == 0 ? nullptr : local[static_cast<std::size_t>((2 * n + 1) * size / (2 * of))];
  };
  if (spec.attach == Attach::community) {
    if (const Community* community = pick(ground_.communities)) {
      const Street* inside = street(community->street);
      place.community = community->code;
      place.street = community->street;
      where += (inside != nullptr ? inside->name : "") + short_name(community->name);
      if (point && inside != nullptr) {
        NumberSequence numbers(seed_, community->code);
        const auto radius_m = std::clamp<std::int64_t>(district.radius_m / 4, 300, 2'500);
        point = moved(street_point(district, *inside), strewn(numbers, radius_m));
      }
    }
  } else if (spec.attach == Attach::street) {
    if (const Street* inside = pick(ground_.streets)) {
      place.street = inside->code;
      where += inside->name;
      point = point ? std::optional{street_point(district, *inside)} : std::nullopt;
    }
  }
  place.name = where + spec.label;
  if (point) {
    place.location = Location{*point, Datum::wgs84};
  }
}

Keyed<Place> Builder::place_in(const PlaceSpec& spec, const District& district, std::int64_t n,
                               std::int64_t of) {
  Keyed<Place> keyed;
  keyed.key = spec.prefix + "-" + district.code + "-" + numbered(n + 1, 3);
  Place& place = keyed.value;
  place.kind = spec.kind;
  place.form = spec.form;
  settle(place, spec, district, n, of);
  if (place.location) {
    NumberSequence numbers(seed_, keyed.key);
    const std::int64_t radius_m = spec.attach == Attach::district ? district.radius_m / 2 : 150;
    place.location->at =
        moved(place.location->at, strewn(numbers, std::max<std::int64_t>(radius_m, 150)));
  }
  place.materials = spec.materials;
  place.capacity_per_day = spec.capacity_per_day;
  place.storage_days_max = spec.storage_days_max;
  place.area_m2 = spec.area_m2;
  place.hours = spec.hours;
  place.synthetic = true;
  return keyed;
}

void Builder::add_places(const PlaceSpec& spec) {
  std::vector<std::int64_t> weights;
  weights.reserve(ground_.districts.size());
  for (const District& district : ground_.districts) {
    weights.push_back(district.households);
  }
  const auto shares = apportion(spec.count, weights);
  const auto parties = parties_of(spec.parties);
  const std::size_t first = network_.places.size();
  for (std::size_t d = 0; d < shares.size(); ++d) {
    for (std::int64_t n = 0; n < shares[d]; ++n) {
      network_.places.push_back(place_in(spec, ground_.districts[d], n, shares[d]));
    }
  }
  // Neighbouring places have the same operator, and every operator has some.
  const std::size_t made = network_.places.size() - first;
  for (std::size_t i = 0; i < made && !parties.empty(); ++i) {
    network_.places[first + i].value.operator_id = parties[i * parties.size() / made];
  }
}

void Builder::add_scales(const AssetSpec& spec) {
  for (const auto& place : network_.places) {
    if (std::find(spec.places.begin(), spec.places.end(), place.value.kind) == spec.places.end()) {
      continue;
    }
    Keyed<Asset>& keyed = network_.assets.emplace_back();
    keyed.key = spec.prefix + "-" + place.key;
    Asset& scale = keyed.value;
    scale.kind = spec.kind;
    scale.place = place.key;
    scale.party = place.value.operator_id;
    scale.accuracy_class = "III";
    scale.max = spec.max;
    scale.interval = spec.interval;
    scale.verified_on = spec.verified_on;
    scale.verified_until = spec.verified_until;
    scale.synthetic = true;
  }
}

void Builder::add_assets(const AssetSpec& spec) {
  if (spec.kind == AssetKind::scale) {
    return add_scales(spec);
  }
  const auto parties = parties_of(spec.parties);
  const std::size_t width = width_of(spec.count);
  for (std::int64_t n = 1; n <= spec.count; ++n) {
    Asset asset;
    asset.kind = spec.kind;
    asset.number = numbered(n, width);
    asset.capacity = spec.capacity;
    asset.synthetic = true;
    if (!parties.empty()) {
      asset.party = parties[static_cast<std::size_t>(n - 1) % parties.size()];
    }
    const std::string key = spec.prefix + "-" + numbered(n, width);
    if (spec.kind == AssetKind::device || spec.kind == AssetKind::container) {
      asset.code = key;
    }
    network_.assets.push_back({key, std::move(asset)});
  }
}

}  // namespace

std::vector<std::int64_t> apportion(std::int64_t count, const std::vector<std::int64_t>& weights) {
  std::vector<std::int64_t> shares(weights.size(), 0);
  const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  if (sum <= 0 || count <= 0) {
    return shares;
  }
  const bool one_each = count >= static_cast<std::int64_t>(weights.size());
  const std::int64_t rest = one_each ? count - static_cast<std::int64_t>(weights.size()) : count;
  std::vector<std::pair<std::int64_t, std::size_t>> remainders;
  std::int64_t given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const std::int64_t share = rest * weights[i] / sum;
    shares[i] = share + (one_each ? 1 : 0);
    given += share;
    remainders.emplace_back(-(rest * weights[i] % sum), i);
  }
  std::sort(remainders.begin(), remainders.end());
  for (std::int64_t i = 0; i < rest - given; ++i) {
    ++shares[remainders[static_cast<std::size_t>(i)].second];
  }
  return shares;
}

Network generate_network(const Ground& ground, const GenerateSpec& spec, std::uint64_t seed) {
  return Builder(ground, spec, seed).run();
}

}  // namespace huan::registry
