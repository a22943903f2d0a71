// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "facts.hpp"

namespace huan::oversight {
namespace {

using norms::Fact;
using norms::Origin;
using norms::Value;

Value amount(std::int64_t n) { return n; }

/// In force first, then the one that ends last.
bool better(const registry::Term& a, const registry::Term& b, base::Day day) {
  const bool a_holds = registry::covers(a, day);
  const bool b_holds = registry::covers(b, day);
  if (a_holds != b_holds) {
    return a_holds;
  }
  return (a.to ? a.to->n : INT32_MAX) > (b.to ? b.to->n : INT32_MAX);
}

}  // namespace

Grounds::Grounds(const registry::Pack& pack, const CityOnDay& picture)
    : pack_(pack), picture_(picture) {
  communities_.reserve(pack.communities.size());
  for (const registry::Community& community : pack.communities) {
    communities_.emplace(community.code, &community);
  }
}

const registry::Community* Grounds::community(std::string_view code) const {
  const auto found = communities_.find(code);
  return found == communities_.end() ? nullptr : found->second;
}

std::optional<bool> Grounds::urban(const registry::Place& place) const {
  const registry::Community* found = community(place.community);
  return found == nullptr ? std::nullopt : std::optional(found->urban);
}

void FactWriter::put(std::string_view name, Value value, Origin origin, std::string_view note) {
  if (asks(name)) {
    Fact fact{.value = std::move(value), .origin = origin, .source = {}};
    fact.source = norms::name(origin);
    fact.note = note;
    facts_.put(std::string(name), std::move(fact));
  }
}

void FactWriter::put(std::string_view name, Fact fact) {
  if (asks(name)) {
    facts_.put(std::string(name), std::move(fact));
  }
}

void FactWriter::put_terms(std::string_view prefix, const std::vector<registry::Term>& terms,
                           base::Day day, std::string_view source) {
  for (const std::string& kind : asked_after(prefix)) {
    const registry::Term* best = nullptr;
    for (const registry::Term& term : terms) {
      if (term.kind == kind && (best == nullptr || better(term, *best, day))) {
        best = &term;
      }
    }
    if (best != nullptr) {
      Fact fact{.value = true, .origin = Origin::record, .source = std::string(source)};
      fact.from = best->from;
      fact.to = best->to;
      fact.note = best->number;
      facts_.put(std::string(prefix) + kind, std::move(fact));
    }
  }
}

std::vector<std::string> FactWriter::asked_after(std::string_view prefix) const {
  std::vector<std::string> rest;
  for (auto at = asked_.lower_bound(prefix); at != asked_.end() && at->starts_with(prefix); ++at) {
    rest.push_back(at->substr(prefix.size()));
  }
  return rest;
}

void put_vehicle_facts(const registry::Asset& vehicle, base::Day day, FactWriter& facts) {
  if (vehicle.capacity) {
    facts.put("vehicle.capacity", amount(vehicle.capacity->count()));
  }
  if (!vehicle.energy.empty()) {
    facts.put("vehicle.energy", vehicle.energy);
  }
  if (!vehicle.number.empty()) {
    facts.put("vehicle.numbered", true);
  }
  if (!vehicle.plate.empty()) {
    facts.put("vehicle.plate_stated", true);
  }
  const auto in_force = std::ranges::count_if(
      vehicle.passes, [&](const registry::Term& pass) { return registry::covers(pass, day); });
  if (!vehicle.passes.empty()) {
    facts.put("vehicle.passes", amount(in_force), Origin::record);
  }
  facts.put_terms("vehicle.pass.", vehicle.passes, day, "registry");
}

void put_scale_facts(const registry::Asset& scale, FactWriter& facts) {
  if (!scale.accuracy_class.empty()) {
    facts.put("scale.class", scale.accuracy_class);
  }
  if (scale.verified_on || scale.verified_until) {
    Fact verified{.value = true, .origin = Origin::record, .source = "registry"};
    verified.from = scale.verified_on;
    verified.to = scale.verified_until;
    facts.put("scale.verified", std::move(verified));
  }
}

std::map<std::string, Holdings, std::less<>> holdings(const CityOnDay& picture) {
  std::map<std::string, Holdings, std::less<>> by_operator;
  for (const auto& [id, place] : picture.places) {
    if (is_open(place) && !place.operator_id.empty()) {
      ++by_operator[place.operator_id].places;
    }
  }
  for (const auto& [id, asset] : picture.assets) {
    if (asset.kind == registry::AssetKind::vehicle && asset.active && !asset.party.empty()) {
      ++by_operator[asset.party].vehicles;
    }
  }
  return by_operator;
}

void put_enterprise_facts(const std::string& id, const registry::Party& party,
                          const Holdings& holdings, const LedgerFigures& ledger, base::Day day,
                          FactWriter& facts) {
  facts.put("enterprise.active", party.active);
  facts.put("enterprise.affiliation", std::string(registry::name(party.affiliation)));
  facts.put("enterprise.code_stated", !party.uscc.empty());
  facts.put("enterprise.kind", std::string(registry::name(party.kind)));
  facts.put("enterprise.places", amount(holdings.places));
  facts.put("enterprise.vehicles", amount(holdings.vehicles));
  const auto received = ledger.received_by_operator.find(id);
  facts.put("enterprise.mass_year",
            amount(received == ledger.received_by_operator.end() ? 0 : received->second),
            Origin::ledger);
  facts.put_terms("enterprise.qualification.", party.qualifications, day, "registry");
  facts.put_terms("enterprise.title.", party.titles, day, "registry");
}

}  // namespace huan::oversight
