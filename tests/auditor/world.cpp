// SPDX-License-Identifier: Apache-2.0
#include "world.hpp"

namespace huan::auditor {

const PlaceVersion* World::place(const std::string& id, std::int64_t at) const {
  const auto found = places.find(id);
  if (found == places.end()) {
    return nullptr;
  }
  const PlaceVersion* holds = nullptr;
  for (const PlaceVersion& version : found->second) {
    if (version.from <= at) {
      holds = &version;
    }
  }
  return holds;
}

const Party* World::party(const std::string& id, std::int64_t at) const {
  const auto found = parties.find(id);
  return found == parties.end() || at < found->second.span.from ? nullptr : &found->second;
}

bool World::deals(const std::string& id, std::int64_t at) const {
  const Party* found = party(id, at);
  return found != nullptr && at < found->span.ended;
}

bool World::drives(const std::string& vehicle, std::int64_t at) const {
  const auto found = vehicles.find(vehicle);
  return found != vehicles.end() && found->second.from <= at && at < found->second.ended;
}

bool World::takes(const std::string& place, const std::string& material) const {
  const auto only = takes_only.find(place);
  return only == takes_only.end() || only->second.count(material) != 0;
}

bool World::qualified(const std::string& place_id, const std::string& material,
                      std::int64_t at) const {
  const auto known = materials.find(material);
  if (known == materials.end() || known->second.needs.empty()) {
    return true;
  }
  const PlaceVersion* version = place(place_id, at);
  const Party* operates = version == nullptr ? nullptr : party(version->operator_id, at);
  return operates != nullptr && operates->qualifications.count(known->second.needs) != 0;
}

bool World::held(const std::string& lot, std::int64_t at) const {
  const auto found = held_from.find(lot);
  return found != held_from.end() && found->second <= at;
}

World small_city() {
  constexpr std::int64_t kDay = 86'400;
  World w;
  w.start = 1'772'323'200;  // 2026-03-01T00:00:00Z
  const std::int64_t early = w.start - 400 * kDay;
  w.places["S1"] = {{early, "active", "OP1", "D1"}};
  w.places["S2"] = {{early, "active", "OP2", "D2"}, {w.start + 2 * kDay, "active", "OP1", "D2"}};
  w.places["C1"] = {{early, "active", "OP1", "D1"}};
  w.places["N1"] = {{early, "active", "", "D2"}};
  w.places["Z1"] = {{early, "active", "OP2", "D1"}, {w.start + 2 * kDay, "closed", "OP2", "D1"}};
  w.places["P1"] = {{early, "planned", "OP1", "D2"}, {w.start + kDay, "active", "OP1", "D2"}};
  w.places["U1"] = {{early, "active", "OP1", "D1"},
                    {w.start + kDay, "suspended", "OP1", "D1"},
                    {w.start + 3 * kDay, "active", "OP1", "D3"}};
  w.parties["OP1"] = {"", {"hazard", "metal"}, {early}};
  w.parties["OP2"] = {"", {"metal"}, {early}};
  w.parties["A1"] = {"", {}, {early}};
  w.parties["A2"] = {"reuse", {}, {early}};
  w.parties["A3"] = {"energy", {}, {early, w.start + 2 * kDay}};
  w.parties["A4"] = {"energy", {}, {w.start + kDay, w.start + 3 * kDay}};
  w.vehicles = {{"V1", {early}}, {"V2", {early, w.start + 2 * kDay}}, {"V3", {w.start + kDay}}};
  w.materials["paper.occ"] = {false, 10, 0, ""};
  w.materials["plastic.pet"] = {false, 0, 50, ""};
  w.materials["metal.cu"] = {false, 0, 0, "metal"};
  w.materials["glass.mix"] = {false, 20, 100, ""};
  w.materials["haz.oil"] = {false, 5, 5, "hazard"};
  w.materials["ban.x"] = {true, 0, 0, ""};
  w.takes_only["S1"] = {"paper.occ", "plastic.pet", "metal.cu", "haz.oil", "ban.x"};
  w.takes_only["N1"] = {"paper.occ", "plastic.pet", "metal.cu", "glass.mix", "ban.x"};
  w.held_from = {{"H1", w.start}, {"H2", w.start + 2 * kDay}};
  return w;
}

}  // namespace huan::auditor
