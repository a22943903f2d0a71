// SPDX-License-Identifier: Apache-2.0
#include "facts.hpp"

namespace huan::oversight {
namespace {

using norms::Origin;
using norms::Value;

constexpr std::int64_t kMyriad = 10'000;

struct Counts {
  std::map<std::string, std::int64_t, std::less<>> all;  // by kind of place
  std::map<std::string, std::int64_t, std::less<>> urban;
  std::map<std::string, std::int64_t, std::less<>> rural;
  std::map<std::string, std::set<std::string>, std::less<>> served;  // communities by kind
  std::int64_t communities{0};
  std::int64_t communities_urban{0};
  std::int64_t street_offices{0};
  std::int64_t towns{0};
};

using CountsByDistrict = std::map<std::string, Counts, std::less<>>;

CountsByDistrict count(const Grounds& grounds) {
  CountsByDistrict counts;
  for (const auto& [id, place] : grounds.picture().places) {
    if (!is_open(place)) {
      continue;
    }
    Counts& one = counts[place.district];
    const std::string kind{registry::info(place.kind).code};
    ++one.all[kind];
    if (const registry::Community* community = grounds.community(place.community)) {
      ++(community->urban ? one.urban : one.rural)[kind];
      one.served[kind].insert(community->code);
    }
  }
  for (const registry::Community& community : grounds.pack().communities) {
    Counts& one = counts[community.district];
    ++one.communities;
    one.communities_urban += community.urban ? 1 : 0;
  }
  for (const registry::Street& street : grounds.pack().streets) {
    // 街道 and 街道办事处 are offices of a street; 镇, 乡 and whatever else is named are towns.
    const bool office =
        street.name.find("街道") != std::string::npos || street.name.ends_with("办事处");
    ++(office ? counts[street.district].street_offices : counts[street.district].towns);
  }
  return counts;
}

Value amount(std::int64_t n) { return n; }

std::int64_t of_kind(const std::map<std::string, std::int64_t, std::less<>>& counts,
                     const std::string& kind) {
  const auto found = counts.find(kind);
  return found == counts.end() ? 0 : found->second;
}

void put_streets(const Counts& counts, FactWriter& facts) {
  facts.put("district.streets", amount(counts.street_offices));
  facts.put("district.towns", amount(counts.towns));
  facts.put("district.streets_all", amount(counts.street_offices + counts.towns));
}

/// What takes a list of communities: without one nothing is known of where places stand.
void put_communities(const Counts& counts, FactWriter& facts) {
  facts.put("district.communities", amount(counts.communities));
  facts.put("district.communities_urban", amount(counts.communities_urban));
  facts.put("district.communities_rural", amount(counts.communities - counts.communities_urban));
  for (const std::string& kind : facts.asked_after("district.places_urban.")) {
    facts.put("district.places_urban." + kind, amount(of_kind(counts.urban, kind)));
  }
  for (const std::string& kind : facts.asked_after("district.places_rural.")) {
    facts.put("district.places_rural." + kind, amount(of_kind(counts.rural, kind)));
  }
  for (const std::string& kind : facts.asked_after("district.served.")) {
    const auto found = counts.served.find(kind);
    const std::size_t served = found == counts.served.end() ? 0 : found->second.size();
    facts.put("district.served." + kind, amount(static_cast<std::int64_t>(served)));
  }
}

void put_counts(const Counts& counts, const registry::Pack& pack, FactWriter& facts) {
  if (!pack.streets.empty()) {
    put_streets(counts, facts);
  }
  if (!pack.communities.empty()) {
    put_communities(counts, facts);
  }
  for (const std::string& kind : facts.asked_after("district.places.")) {
    facts.put("district.places." + kind, amount(of_kind(counts.all, kind)));
  }
}

void put_people(const registry::District& district, FactWriter& facts) {
  if (!district.level.empty()) {
    facts.put("district.level", district.level);
  }
  if (district.population > 0) {
    facts.put("district.population", amount(district.population));
  }
  if (district.households <= 0) {
    return;  // not stated
  }
  facts.put("district.households", amount(district.households));
  if (district.urban_per_myriad > 0) {
    const std::int64_t urban =
        base::multiply_divide_round(district.households, district.urban_per_myriad, kMyriad);
    constexpr std::string_view kHow = "households × urban share of the population";
    facts.put("district.households_urban", amount(urban), Origin::registry, kHow);
    facts.put("district.households_rural", amount(district.households - urban), Origin::registry,
              kHow);
  }
}

}  // namespace

std::map<std::string, norms::FactSet, std::less<>> district_facts(const Grounds& grounds,
                                                                  const LedgerFigures& ledger,
                                                                  const Asked& asked) {
  const CountsByDistrict counts = count(grounds);
  std::map<std::string, norms::FactSet, std::less<>> facts;
  for (const registry::District& district : grounds.pack().districts) {
    FactWriter writer{asked, facts[district.code]};
    put_people(district, writer);
    const auto found = counts.find(district.code);
    put_counts(found == counts.end() ? Counts{} : found->second, grounds.pack(), writer);
    const auto received = ledger.received_by_district.find(district.code);
    writer.put("district.mass_year",
               amount(received == ledger.received_by_district.end() ? 0 : received->second),
               Origin::ledger);
  }
  return facts;
}

}  // namespace huan::oversight
