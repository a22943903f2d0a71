// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "facts.hpp"

namespace huan::oversight {
namespace {

using norms::Fact;
using norms::Origin;
using norms::Value;

Value amount(std::int64_t n) { return n; }

template <class Map>
std::int64_t figure(const Map& map, const std::string& id) {
  const auto found = map.find(id);
  return found == map.end() ? 0 : found->second;
}

void put_registered(const PlaceAsked& asked, const Grounds& grounds, FactWriter& facts) {
  const registry::Place& place = asked.place;
  const auto put_area = [&](std::string_view name, const std::optional<std::int64_t>& stated) {
    if (stated) {
      facts.put(name, amount(*stated));
    }
  };
  facts.put("place.active", is_open(place));
  facts.put("place.kind", std::string(registry::info(place.kind).code));
  if (place.form != registry::PlaceForm::none) {
    facts.put("place.form", std::string(registry::name(place.form)));
  }
  put_area("place.area", place.area_m2);
  put_area("place.building_area", place.building_area_m2);
  put_area("place.sorting_area", place.sorting_area_m2);
  put_area("place.output", place.output_t_per_year);
  if (place.capacity_per_day) {
    facts.put("place.capacity_per_day", amount(place.capacity_per_day->count()));
  }
  if (place.storage_limit) {
    facts.put("place.storage_limit", amount(place.storage_limit->count()));
  }
  if (place.opened) {
    facts.put("place.opened", *place.opened);
  }
  if (!place.operator_id.empty()) {
    facts.put("place.operator", place.operator_id);
  }
  facts.put("place.hours_stated", !place.hours.empty());
  facts.put("place.located", place.location.has_value());
  facts.put("place.materials_stated", !place.materials.empty());
  const CityOnDay& picture = grounds.picture();
  facts.put("place.prices_published",
            picture.city_priced || picture.priced_places.contains(asked.id));
  if (const auto urban = grounds.urban(place)) {
    facts.put("place.urban", *urban);
  }
  for (const std::string& material : facts.asked_after("place.takes.")) {
    facts.put("place.takes." + material, registry::takes(place, material));
  }
}

void put_ledger(const std::string& id, base::Day day, const LedgerFigures& ledger,
                FactWriter& facts) {
  if (ledger.stock_known) {
    facts.put("place.stock", amount(figure(ledger.stock_g, id)), Origin::ledger);
    const auto oldest = ledger.oldest.find(id);
    Fact age{.value = amount(0), .origin = Origin::ledger, .source = "ledger"};
    if (oldest != ledger.oldest.end()) {
      age.value = amount(std::max(day.n - oldest->second.n, 0));
      age.counts_from = oldest->second;
    }
    facts.put("place.storage_days", std::move(age));
  }
  facts.put("place.mass_year", amount(figure(ledger.taken_g, id)), Origin::ledger);
  facts.put("place.hazardous_taken", amount(figure(ledger.hazardous_taken_g, id)), Origin::ledger);
  // Roll-ups do not say to whom; where nothing left there is nobody to ask about.
  if (figure(ledger.hazardous_left_g, id) == 0) {
    facts.put("place.hazardous_to_unqualified", amount(0), Origin::ledger);
  }
}

}  // namespace

bool is_open(const registry::Place& place) { return place.status == registry::PlaceStatus::active; }

ExtrasByPlace scales_by_place(const CityOnDay& picture) {
  ExtrasByPlace extras;
  for (const auto& [id, asset] : picture.assets) {
    if (asset.kind == registry::AssetKind::scale && asset.active && !asset.place.empty()) {
      PlaceExtras& one = extras[asset.place];
      ++one.scales;
      one.scales_verified += registry::verified(asset, picture.day) ? 1 : 0;
    }
  }
  return extras;
}

void put_place_facts(const PlaceAsked& asked, const Grounds& grounds, const LedgerFigures& ledger,
                     const ExtrasByPlace& extras, FactWriter& facts) {
  const CityOnDay& picture = grounds.picture();
  put_registered(asked, grounds, facts);
  put_ledger(asked.id, picture.day, ledger, facts);
  if (const auto found = extras.find(asked.id); found != extras.end()) {
    facts.put("place.scales", amount(found->second.scales));
    facts.put("place.scales_verified", amount(found->second.scales_verified), Origin::record);
  }
  const auto party = picture.parties.find(asked.place.operator_id);
  if (party != picture.parties.end()) {
    const std::string source = "party " + party->first;
    facts.put_terms("place.qualification.", party->second.qualifications, picture.day, source);
    facts.put_terms("place.title.", party->second.titles, picture.day, source);
  }
}

}  // namespace huan::oversight
