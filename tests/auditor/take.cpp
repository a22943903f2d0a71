// SPDX-License-Identifier: Apache-2.0
// Inputs: by lot, or drawn by material (events.md §3).
#include <algorithm>

#include "judge.hpp"

namespace huan::auditor {

std::vector<Judge::Drawn> Judge::take(const Json& input, std::size_t index) {
  const std::string at = "/inputs/" + std::to_string(index);
  if (input.contains("lot")) {
    return take_lot(input, at);
  }
  const std::string material = input.at("material");
  if (world_.materials.count(material) == 0) {
    throw Refusal{"unknown_material", at + "/material"};
  }
  return draw(material, input.at("mass_g"), at + "/mass_g");
}

std::vector<Judge::Drawn> Judge::take_lot(const Json& input, const std::string& at) {
  const std::string place = event_.at("place");
  const std::string name = input.at("lot");
  const auto lot = before_.lots.find(name);
  if (lot == before_.lots.end() || lot->second.place != place) {
    throw Refusal{"unknown_lot", at + "/lot"};
  }
  if (lot->second.time > record_.time + world_.tolerance_s) {
    throw Refusal{"before_lot", at + "/lot"};
  }
  if (world_.held(name, record_.time)) {
    throw Refusal{"held", at + "/lot"};
  }
  const std::int64_t mass = input.at("mass_g");
  const std::int64_t there = visible({"stock", place, name, "g"});
  const std::int64_t pieces_there = visible({"stock", place, name, "pcs"});
  if (mass > there && !correcting_) {
    throw Refusal{"insufficient_mass", at + "/mass_g"};
  }
  const bool whole = there > 0 && mass >= there;
  std::int64_t pieces = number(input, "pieces");
  if (whole) {
    if (input.contains("pieces") && pieces != pieces_there) {
      throw Refusal{"bad_field", at + "/pieces"};
    }
    pieces = pieces_there;
  } else if (pieces > pieces_there && !correcting_) {
    throw Refusal{"insufficient_mass", at + "/pieces"};
  }
  take_items(input, whole, at);
  both("stock", place, name, -mass, -pieces, lot->second.material);
  return {{name, lot->second.material, mass, pieces}};
}

void Judge::take_items(const Json& input, bool whole, const std::string& at) {
  const std::string lot = input.at("lot");
  const std::vector<std::string> there = items_in(lot);
  std::vector<std::string> codes;
  for (const Json& code : input.value("items", Json::array())) {
    if (std::find(there.begin(), there.end(), code.get<std::string>()) == there.end()) {
      throw Refusal{"unknown_item", at + "/items/" + std::to_string(codes.size())};
    }
    codes.push_back(code);
  }
  const bool on_the_way = event_.at("type") == "ship" && !event_.at("to").contains("city");
  const std::string to =
      on_the_way ? "%" + event_.at("shipment").get<std::string>() + "%" + lot : std::string{};
  for (const std::string& code : whole ? there : codes) {
    move(code, to, false);
  }
}

bool Judge::may_draw(const std::string& lot, const std::string& material) const {
  const auto found = before_.lots.find(lot);
  for (const Made& made : record_.made) {
    if (made.lot == lot) {
      return false;  // it comes into being with this event
    }
  }
  return found != before_.lots.end() && found->second.place == event_.at("place") &&
         found->second.material == material && found->second.time <= record_.time &&
         !found->second.has_items && !world_.held(lot, record_.time);
}

Judge::Drawn Judge::draw_up_to(const std::string& lot, std::int64_t mass) {
  const std::string place = event_.at("place");
  const std::string material = before_.lots.at(lot).material;
  const std::int64_t there = visible({"stock", place, lot, "g"});
  const std::int64_t taken = std::min(there, mass);
  const std::int64_t pieces =
      taken > 0 && taken == there ? visible({"stock", place, lot, "pcs"}) : 0;
  both("stock", place, lot, -taken, -pieces, material);
  return {lot, material, taken, pieces};
}

std::vector<Judge::Drawn> Judge::draw(const std::string& material, std::int64_t mass,
                                      const std::string& at) {
  std::vector<std::string> order;
  for (const std::string& lot : lots_before_) {
    if (may_draw(lot, material)) {
      order.push_back(lot);
    }
  }
  const std::string first = order.empty() ? "" : order.front();
  std::vector<std::tuple<std::int64_t, std::uint64_t, std::string>> standing;
  for (const auto& [name, lot] : before_.lots) {
    if (may_draw(name, material)) {
      standing.emplace_back(lot.time, lot.seq, name);
    }
  }
  std::sort(standing.begin(), standing.end());
  for (const auto& [time, seq, lot] : standing) {
    order.push_back(lot);
  }
  std::vector<Drawn> drawn;
  for (const std::string& lot : order) {
    if (mass > 0) {
      const Drawn part = draw_up_to(lot, mass);
      mass -= part.mass;
      if (part.mass > 0) {
        drawn.push_back(part);
      }
    }
  }
  if (mass > 0) {
    if (first.empty()) {
      throw Refusal{"insufficient_mass", at};
    }
    both("stock", event_.at("place"), first, -mass, 0, material);
    drawn.push_back({first, material, mass, 0});
  }
  return drawn;
}

}  // namespace huan::auditor
