// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_siting/pack_network.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "huan/base/text_map.hpp"
#include "huan/registry/network.hpp"
#include "siting_terms.hpp"

namespace huan::wire_siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Home;
using siting_problem::Network;
using siting_problem::Point;
using siting_problem::Site;
using siting_problem::Standing;

constexpr double kE7 = 1e7;
constexpr double kMetresOfDegree = 111'320;
constexpr double kApartM = 260;       ///< blocks of one community lie so far from its point
constexpr std::int64_t kFewest = 20;  ///< households of a village that the census leaves none for

/// FNV-1a, then a 64-bit mix: the same numbers for the same code everywhere.
class Dice {
 public:
  explicit Dice(std::string_view text) {
    for (const char c : text) {
      state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100'0000'01B3U;
    }
  }
  /// In [-1, 1).
  double even() {
    state_ += 0x9E37'79B9'7F4A'7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58'476D'1CE4'E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D0'49BB'1331'11EBU;
    z ^= z >> 31U;
    return static_cast<double>(z >> 11U) * 0x1.0p-52 - 1;
  }

 private:
  std::uint64_t state_{0xCBF2'9CE4'8422'2325U};
};

double rounded(double degrees) { return std::round(degrees * kE7) / kE7; }

Point moved(const Point& from, double east_m, double north_m) {
  const double shrink = std::cos(from.y * std::numbers::pi / 180);
  return {rounded(from.x + east_m / kMetresOfDegree / shrink),
          rounded(from.y + north_m / kMetresOfDegree)};
}

double metres(const Point& a, const Point& b) {
  const double shrink = std::cos((a.y + b.y) / 2 * std::numbers::pi / 180);
  const double east = (a.x - b.x) * shrink;
  const double north = a.y - b.y;
  return std::sqrt(east * east + north * north) * kMetresOfDegree;
}

Point point_of(registry::Degrees at) {
  return {static_cast<double>(at.lng_e7) / kE7, static_cast<double>(at.lat_e7) / kE7};
}

class PackNetwork {
 public:
  PackNetwork(const registry::Pack& pack, const SitingTerms& terms) : pack_(pack), terms_(terms) {}

  base::Result<Network> make() {
    if (pack_.districts.empty() || pack_.communities.empty()) {
      return Error{ErrorCode::bad_pack, "districts.csv",
                   "districts and villages are needed to plan a network"};
    }
    network_.detour = terms_.detour;
    for (const MaterialTerms& material : terms_.materials) {
      network_.materials.push_back(material.code);
    }
    for (const TierTerms& tier : terms_.tiers) {
      network_.tiers.push_back(tier.tier);
    }
    network_.rules = terms_.rules;
    const bool own = terms_.rules_of == pack_.name;
    network_.origin =
        "合成坐标：点位散布在真实区县驻地周围，户数分摊到真实村居；" +
        std::string(own ? "规则取自数据包 " : "本地无规划规则，暂借数据包 ") + terms_.rules_of +
        " / synthetic: points are strewn around the seats of real districts, households are spread "
        "over real villages; rules of pack " +
        terms_.rules_of + (own ? "" : " stand in");
    for (const auto& district : pack_.districts) {
      const bool lived_in =
          std::any_of(pack_.communities.begin(), pack_.communities.end(),
                      [&](const auto& one) { return one.district == district.code; });
      if (lived_in && !district.seat) {
        return Error{ErrorCode::bad_pack, "districts.csv", district.code + " has no point"};
      }
      if (lived_in) {
        districts_.push_back(district);
        add_district(district);
      }
    }
    add_neighbours();
    add_existing();
    add_outside();
    return std::move(network_);
  }

 private:
  struct Local {
    std::vector<registry::District> districts;
    std::vector<registry::Street> streets;
    std::vector<registry::Community> communities;
  };

  std::uint32_t number(std::vector<std::string>& names, base::TextMap<std::uint32_t>& numbers,
                       const std::string& code) {
    const auto [there, fresh] = numbers.emplace(code, static_cast<std::uint32_t>(names.size()));
    if (fresh) {
      names.push_back(code);
    }
    return there->second;
  }

  template <class Thing>
  void put(Thing& thing, const std::string& district, const std::string& street,
           const std::string& community) {
    thing.district = number(network_.districts, district_numbers_, district);
    thing.street = number(network_.streets, street_numbers_, street.empty() ? district : street);
    if (network_.district_of_street.size() < network_.streets.size()) {
      network_.district_of_street.push_back(thing.district);
    }
    thing.community =
        number(network_.communities, community_numbers_, community.empty() ? district : community);
  }

  /// The points that the pack's own generator gives to all streets or communities of a district.
  [[nodiscard]] base::TextMap<Point> points(const Local& local, registry::Attach attach) const {
    registry::GenerateSpec spec;
    spec.division_year = pack_.generate.division_year;
    registry::PlaceSpec place;
    place.prefix = "N";
    place.attach = attach;
    place.count = static_cast<std::int64_t>(
        attach == registry::Attach::street ? local.streets.size() : local.communities.size());
    spec.places.push_back(std::move(place));
    const auto made = registry::generate_network(
        {local.districts, local.streets, local.communities}, spec, pack_.generate.seed);
    base::TextMap<Point> out;
    for (const auto& one : made.places) {
      if (one.value.location) {
        out.emplace(attach == registry::Attach::street ? one.value.street : one.value.community,
                    point_of(one.value.location->at));
      }
    }
    return out;
  }

  void add_district(const registry::District& district) {
    Local local;
    local.districts.push_back(district);
    const auto mine = [&](const auto& one) { return one.district == district.code; };
    std::copy_if(pack_.streets.begin(), pack_.streets.end(), std::back_inserter(local.streets),
                 mine);
    std::copy_if(pack_.communities.begin(), pack_.communities.end(),
                 std::back_inserter(local.communities), mine);
    const auto spots = points(local, registry::Attach::community);
    const std::vector<std::int64_t> households = spread(district, local.communities);
    const double people = static_cast<double>(district.population) /
                          static_cast<double>(std::max<std::int64_t>(1, district.households));
    for (std::size_t k = 0; k < local.communities.size(); ++k) {
      const auto spot = spots.find(local.communities[k].code);
      const Point at = spot == spots.end() ? point_of(*district.seat) : spot->second;
      community_spots_.emplace(local.communities[k].code, at);
      add_blocks(local.communities[k], at, households[k], people);
    }
    add_street_candidates(local);
  }

  // Urban households among communities, the others among villages; each at least a few, so that no
  // village is empty where the census counts its people as urban.
  static std::vector<std::int64_t> spread(const registry::District& district,
                                          const std::vector<registry::Community>& communities) {
    const auto urban = static_cast<std::int64_t>(
        std::llround(static_cast<double>(district.households) *
                     static_cast<double>(district.urban_per_myriad) / kMyriad));
    std::vector<std::size_t> kinds[2];
    for (std::size_t k = 0; k < communities.size(); ++k) {
      kinds[communities[k].urban ? 1 : 0].push_back(k);
    }
    std::int64_t rural = district.households - urban;
    rural = std::max(rural, static_cast<std::int64_t>(kinds[0].size()) * kFewest);
    if (kinds[0].empty() || kinds[1].empty()) {
      rural = kinds[0].empty() ? 0 : district.households;
    }
    const std::int64_t totals[2] = {rural, district.households - rural};
    std::vector<std::int64_t> out(communities.size(), kFewest);
    for (int kind = 0; kind < 2; ++kind) {
      std::vector<std::int64_t> weights;
      weights.reserve(kinds[kind].size());
      for (const std::size_t k : kinds[kind]) {
        constexpr double kEven = 1'000;
        Dice dice(communities[k].code);
        weights.push_back(std::llround(kEven * (1 + dice.even() / 2)));
      }
      const auto shares = registry::apportion(std::max<std::int64_t>(totals[kind], 0), weights);
      for (std::size_t i = 0; i < shares.size(); ++i) {
        out[kinds[kind][i]] = std::max(shares[i], std::int64_t{1});
      }
    }
    return out;
  }

  void add_blocks(const registry::Community& community, const Point& at, std::int64_t households,
                  double people) {
    const std::int64_t blocks =
        (households + terms_.block_households - 1) / terms_.block_households;
    Dice dice("block " + community.code);
    for (std::int64_t b = 0; b < blocks; ++b) {
      Home home;
      home.id = community.code + (blocks == 1 ? "" : "-" + std::to_string(b + 1));
      const double east = blocks == 1 ? 0 : dice.even() * kApartM;
      const double north = blocks == 1 ? 0 : dice.even() * kApartM;
      home.at = moved(at, east, north);
      home.urban = community.urban;
      const std::int64_t part = households / blocks + (b < households % blocks ? 1 : 0);
      home.households = static_cast<double>(part);
      home.people = std::round(home.households * people);
      put(home, community.district, community.street, community.code);
      for (const MaterialTerms& material : terms_.materials) {
        network_.mass.push_back(home.people * terms_.tonnes_per_person * material.share);
      }
      add_candidates_at(home);
      network_.homes.push_back(std::move(home));
    }
  }

  Site& add_site(std::uint32_t tier, std::string id, const Point& at) {
    Site site;
    site.tier = tier;
    site.id = std::move(id);
    site.at = at;
    site.cost = terms_.tiers[tier].cost;
    site.capacity = terms_.tiers[tier].capacity;
    network_.sites.push_back(std::move(site));
    return network_.sites.back();
  }

  void add_candidates_at(const Home& home) {
    for (std::uint32_t tier = 0; tier < terms_.tiers.size(); ++tier) {
      if (terms_.tiers[tier].candidates == Candidates::block) {
        Site& site = add_site(tier, terms_.tiers[tier].tier.name + ":" + home.id, home.at);
        site.urban = home.urban;
        site.district = home.district;
        site.street = home.street;
        site.community = home.community;
      }
    }
  }

  void add_street_candidates(const Local& local) {
    const auto spots = points(local, registry::Attach::street);
    for (std::uint32_t tier = 0; tier < terms_.tiers.size(); ++tier) {
      if (terms_.tiers[tier].candidates != Candidates::street) {
        continue;
      }
      for (const registry::Street& street : local.streets) {
        const auto spot = spots.find(street.code);
        const Point at =
            spot == spots.end() ? point_of(*local.districts.front().seat) : spot->second;
        Dice dice("street " + street.code);
        for (std::int64_t n = 0; n < terms_.tiers[tier].count; ++n) {
          constexpr double kAroundM = 900;
          Site& site = add_site(
              tier, terms_.tiers[tier].tier.name + ":" + street.code + "-" + std::to_string(n + 1),
              n == 0 ? at : moved(at, dice.even() * kAroundM, dice.even() * kAroundM));
          site.urban = street.name.ends_with("街道") || street.name.ends_with("街道办事处");
          put(site, street.district, street.code, "");
        }
      }
    }
  }

  void add_neighbours() {
    constexpr double kBeside = 1.1;
    const auto& all = districts_;
    for (std::size_t a = 0; a < all.size(); ++a) {
      std::vector<std::pair<double, std::size_t>> near;
      for (std::size_t b = 0; b < all.size(); ++b) {
        if (a != b) {
          near.emplace_back(metres(point_of(*all[a].seat), point_of(*all[b].seat)), b);
        }
      }
      std::sort(near.begin(), near.end());
      for (std::size_t k = 0; k < near.size(); ++k) {
        const auto reach = static_cast<double>(all[a].radius_m + all[near[k].second].radius_m);
        const auto i = district_numbers_.find(all[a].code);
        const auto j = district_numbers_.find(all[near[k].second].code);
        if ((k < 2 || near[k].first < reach * kBeside) && i != district_numbers_.end() &&
            j != district_numbers_.end()) {
          network_.neighbours.push_back(
              {std::min(i->second, j->second), std::max(i->second, j->second)});
        }
      }
    }
    auto& pairs = network_.neighbours;
    const auto key = [](const siting_problem::Pair& pair) { return std::pair{pair.a, pair.b}; };
    std::sort(pairs.begin(), pairs.end(),
              [&](const auto& a, const auto& b) { return key(a) < key(b); });
    pairs.erase(std::unique(pairs.begin(), pairs.end(),
                            [&](const auto& a, const auto& b) { return key(a) == key(b); }),
                pairs.end());
  }

  void add_existing() {
    const auto made = registry::generate_network(
        {pack_.districts, pack_.streets, pack_.communities}, pack_.generate, pack_.generate.seed);
    for (const auto* list : {&pack_.stated.places, &made.places}) {
      for (const auto& keyed : *list) {
        add_place(keyed.key, keyed.value);
      }
    }
  }

  void add_place(const std::string& key, const registry::Place& place) {
    const std::string_view kind = registry::info(place.kind).code;
    const auto tier = std::find_if(terms_.tiers.begin(), terms_.tiers.end(),
                                   [&](const TierTerms& one) { return one.tier.name == kind; });
    if (tier == terms_.tiers.end() || !place.location ||
        place.status != registry::PlaceStatus::active ||
        !district_numbers_.contains(place.district)) {
      return;
    }
    Site& site = add_site(static_cast<std::uint32_t>(tier - terms_.tiers.begin()), key,
                          point_of(place.location->at));
    site.standing = Standing::existing;
    site.urban = urban(place);
    if (place.capacity_per_day) {
      site.capacity =
          static_cast<double>(place.capacity_per_day->count()) / kGramsOfTonne * kDaysOfYear;
    }
    put(site, place.district, place.street, place.community);
    if (!place.materials.empty()) {
      site.takes = 0;
      for (std::size_t m = 0; m < network_.materials.size(); ++m) {
        site.takes |= registry::takes(place, network_.materials[m]) ? std::uint64_t{1} << m : 0;
      }
    }
  }

  [[nodiscard]] bool urban(const registry::Place& place) const {
    for (const auto& community : pack_.communities) {
      if (community.code == place.community) {
        return community.urban;
      }
    }
    return true;
  }

  // Centres stand outside, away from everybody: on rings around the seat, the first spots that are
  // far enough from all homes.
  void add_outside() {
    double away = 0;
    for (std::uint32_t tier = 0; tier < terms_.tiers.size(); ++tier) {
      if (terms_.tiers[tier].candidates != Candidates::outside) {
        continue;
      }
      for (const auto& rule : terms_.rules) {
        const bool here = rule.kind == siting_problem::RuleKind::away_from_homes;
        away = here && rule.tier == tier ? std::max(away, rule.metres) : away;
      }
      for (const auto& district : districts_) {
        add_outside_of(district, tier, away);
      }
    }
  }

  void add_outside_of(const registry::District& district, std::uint32_t tier, double away) {
    if (!district_numbers_.contains(district.code)) {
      return;
    }
    Dice dice("outside " + district.code);
    const Point seat = point_of(*district.seat);
    std::int64_t found = 0;
    constexpr int kTries = 400;
    constexpr double kMargin = 20;
    for (int n = 0; n < kTries && found < terms_.tiers[tier].count; ++n) {
      const double radius =
          static_cast<double>(district.radius_m) * (0.6 + 1.2 * static_cast<double>(n) / kTries);
      const Point at = moved(seat, dice.even() * radius, dice.even() * radius);
      const bool free =
          std::none_of(network_.homes.begin(), network_.homes.end(), [&](const Home& home) {
            return std::abs(home.at.y - at.y) * kMetresOfDegree <= away + kMargin &&
                   metres(home.at, at) <= away + kMargin;
          });
      if (free) {
        Site& site = add_site(
            tier,
            terms_.tiers[tier].tier.name + ":" + district.code + "-" + std::to_string(++found), at);
        put(site, district.code, "", "");
      }
    }
  }

  const registry::Pack& pack_;
  const SitingTerms& terms_;
  Network network_;
  std::vector<registry::District> districts_;  ///< where somebody lives
  base::TextMap<std::uint32_t> district_numbers_;
  base::TextMap<std::uint32_t> street_numbers_;
  base::TextMap<std::uint32_t> community_numbers_;
  base::TextMap<Point> community_spots_;
};

}  // namespace

base::Result<Network> network_of_folders(const std::vector<registry::PackFolder>& folders) {
  HUAN_TRY(pack, registry::parse_pack_folders(folders));
  HUAN_TRY(terms, read_siting_terms(folders));
  return PackNetwork(pack, terms).make();
}

base::Result<Network> network_of_pack(const std::string& folder) {
  HUAN_TRY(folders, registry::read_pack_folders(folder));
  return network_of_folders(folders);
}

}  // namespace huan::wire_siting
