// SPDX-License-Identifier: Apache-2.0
#include "huan/app/registry_facts.hpp"

#include "huan/json/document.hpp"
#include "huan/registry/record.hpp"

namespace huan::app {
namespace {

using registry::Kind;

/// Parses `record` out of a stored record's body and adds it to its timeline.
template <class T>
void add_version(registry::Timeline<T>& timeline, std::string_view body) {
  auto document = json::Document::parse(body, json::kStored);
  HUAN_ASSERT(document.has_value());
  const auto member = document->root().find("record");
  HUAN_ASSERT(member.has_value());
  auto record = registry::parse_record(*member);
  if (!record) {
    return;  // recorded under an older form: it answers no question of today's
  }
  if (auto* data = std::get_if<T>(&record->data)) {
    timeline.add({record->time, record->version, std::move(*data)});
  }
}

ledger::PlaceState state_of(registry::PlaceStatus status) {
  switch (status) {
    case registry::PlaceStatus::active:
      return ledger::PlaceState::active;
    case registry::PlaceStatus::suspended:
      return ledger::PlaceState::suspended;
    case registry::PlaceStatus::closed:
      return ledger::PlaceState::closed;
    case registry::PlaceStatus::planned:
      break;
  }
  return ledger::PlaceState::planned;
}

}  // namespace

template <class T>
const T* RegistryFacts::at(Cache<T>& cache, Kind kind, std::string_view key, base::Instant at) {
  auto found = cache.find(key);
  if (found == cache.end()) {
    registry::Timeline<T> timeline;
    source_.versions(kind, key, [&](std::string_view body) { add_version(timeline, body); });
    if (timeline.versions().empty()) {
      return nullptr;  // not kept: unknown names from outside must not fill memory
    }
    found = cache.emplace(std::string{key}, std::move(timeline)).first;
  }
  return found->second.at(at);
}

const registry::Place* RegistryFacts::find_place(std::string_view id, base::Instant instant) {
  return at(places_, Kind::place, id, instant);
}

const registry::Party* RegistryFacts::find_party(std::string_view id, base::Instant instant) {
  return at(parties_, Kind::party, id, instant);
}

const registry::Asset* RegistryFacts::find_asset(std::string_view id, base::Instant instant) {
  return at(assets_, Kind::asset, id, instant);
}

std::optional<ledger::PlaceFacts> RegistryFacts::place(std::string_view id, base::Instant instant) {
  const registry::Place* place = find_place(id, instant);
  if (place == nullptr) {
    return std::nullopt;
  }
  return ledger::PlaceFacts{state_of(place->status), place->operator_id, place->district};
}

std::optional<ledger::PartyFacts> RegistryFacts::party(std::string_view id, base::Instant instant) {
  const registry::Party* party = find_party(id, instant);
  if (party == nullptr) {
    return std::nullopt;
  }
  ledger::PartyFacts facts;
  facts.active = party->active;
  if (party->destination) {
    facts.destination_class = registry::name(*party->destination);
  }
  return facts;
}

void RegistryFacts::load_materials() {
  if (materials_known_) {
    return;
  }
  nodes_.clear();
  materials_.clear();
  source_.all(Kind::material, [&](std::string_view body) {
    registry::Timeline<registry::Material> one;
    add_version(one, body);
    for (const auto& version : one.versions()) {
      materials_[version.value.code].versions.add(version);
    }
  });
  for (auto& [code, node] : materials_) {
    const std::string below = code + ".";
    const auto next = materials_.lower_bound(below);
    node.alone = next == materials_.end() || !next->first.starts_with(below);
    nodes_.emplace(code, &node);
  }
  materials_known_ = true;
}

const RegistryFacts::Node* RegistryFacts::node_of(std::string_view code) {
  load_materials();
  const auto found = nodes_.find(code);
  return found == nodes_.end() ? nullptr : found->second;
}

const registry::Material* RegistryFacts::material_at(std::string_view code, base::Instant instant) {
  const Node* node = node_of(code);
  return node == nullptr ? nullptr : node->versions.at(instant);
}

/// Nothing stands below it then. Codes name their way from the root, and the map is sorted by them.
bool RegistryFacts::is_leaf(std::string_view code, base::Instant instant) {
  const Node* node = node_of(code);
  if (node != nullptr && node->alone) {
    return true;
  }
  const std::string below = std::string{code} + ".";
  for (auto child = materials_.lower_bound(below);
       child != materials_.end() && child->first.starts_with(below); ++child) {
    if (child->second.versions.at(instant) != nullptr) {
      return false;
    }
  }
  return true;
}

const registry::Material* RegistryFacts::nearest(
    std::string_view code, base::Instant instant,
    const std::function<bool(const registry::Material&)>& says) {
  const registry::Material* node = material_at(code, instant);
  while (node != nullptr && !says(*node)) {
    node = node->parent.empty() ? nullptr : material_at(node->parent, instant);
  }
  return node;
}

std::optional<ledger::MaterialFacts> RegistryFacts::material(std::string_view code,
                                                             base::Instant instant) {
  const registry::Material* then = material_at(code, instant);
  if (then == nullptr || !is_leaf(code, instant)) {
    return std::nullopt;
  }
  const registry::Material* tolerant =
      nearest(code, instant, [](const registry::Material& m) { return m.tolerance.has_value(); });
  const registry::Tolerance tolerance =
      tolerant != nullptr ? *tolerant->tolerance : registry::kToleranceUnstated;
  return ledger::MaterialFacts{then->prohibited, tolerance.per_mille, tolerance.absolute.count()};
}

bool RegistryFacts::vehicle(std::string_view id, base::Instant instant) {
  const registry::Asset* asset = find_asset(id, instant);
  return asset != nullptr && asset->kind == registry::AssetKind::vehicle && asset->active;
}

bool RegistryFacts::takes(std::string_view place_id, std::string_view code, base::Instant instant) {
  const registry::Place* place = find_place(place_id, instant);
  return place != nullptr && registry::takes(*place, code);
}

bool RegistryFacts::qualified(std::string_view place_id, std::string_view code,
                              base::Instant instant) {
  const registry::Material* requirement =
      nearest(code, instant, [](const registry::Material& m) { return !m.requires_any.empty(); });
  if (requirement == nullptr) {
    return true;
  }
  const registry::Place* place = find_place(place_id, instant);
  const registry::Party* party = place == nullptr || place->operator_id.empty()
                                     ? nullptr
                                     : at(parties_, Kind::party, place->operator_id, instant);
  return party != nullptr &&
         registry::qualified(*party, *requirement, base::day_of(instant, offset_s_));
}

bool RegistryFacts::held(std::string_view lot, base::Instant instant) {
  if (!holds_known_) {
    any_hold_ = false;
    source_.all(Kind::hold, [&](std::string_view) { any_hold_ = true; });
    holds_known_ = true;
  }
  if (!any_hold_) {
    return false;
  }
  const registry::Hold* hold = at(holds_, Kind::hold, lot, instant);
  return hold != nullptr && hold->active;
}

void RegistryFacts::forget(Kind kind, std::string_view key) {
  const std::string name{key};
  switch (kind) {
    case Kind::place:
      places_.erase(name);
      break;
    case Kind::party:
      parties_.erase(name);
      break;
    case Kind::asset:
      assets_.erase(name);
      break;
    case Kind::material:
      materials_known_ = false;
      break;
    case Kind::hold:
      holds_.erase(name);
      holds_known_ = false;
      break;
    default:
      break;
  }
}

void RegistryFacts::forget_all() {
  places_.clear();
  parties_.clear();
  assets_.clear();
  holds_.clear();
  holds_known_ = false;
  materials_known_ = false;
}

void StoreVersions::versions(Kind kind, std::string_view key, const Visit& visit) {
  for (const store::RegistryRow& row : reading_->versions(city_, registry::name(kind), key)) {
    visit(row.body);
  }
}

void StoreVersions::all(Kind kind, const Visit& visit) {
  store::Page page{"", 1'000};
  for (;;) {
    const auto rows = reading_->registry(city_, registry::name(kind), {}, page);
    for (const store::RegistryRow& row : rows) {
      versions(kind, row.key, visit);
    }
    if (rows.size() < page.limit) {
      return;
    }
    page.after = rows.back().key;
  }
}

}  // namespace huan::app
