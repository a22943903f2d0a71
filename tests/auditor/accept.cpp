// SPDX-License-Identifier: Apache-2.0
// accept (events.md §3): by line, by material or by total; refused goods go back.
#include <algorithm>

#include "judge.hpp"

namespace huan::auditor {
namespace {

bool closes(const Json& event) { return event.contains("total_g") || event.value("final", false); }

}  // namespace

Account Judge::way(const std::string& line, const std::string& unit) const {
  const std::string shipment = event_.at("shipment");
  const std::string city = text(event_, "from_city");
  return city.empty() ? Account{"transit", shipment, line, unit}
                      : Account{"abroad", city + " " + shipment, line, unit};
}

void Judge::accept() {
  const bool abroad = event_.contains("from_city");
  const std::string shipment = event_.at("shipment");
  if (!abroad) {
    const auto known = before_.shipments.find(shipment);
    if (known == before_.shipments.end() || !known->second.city.empty()) {
      throw Refusal{"unknown_shipment", "/shipment"};
    }
    if (known->second.finals > 0 && !correcting_) {
      throw Refusal{"already_closed", "/shipment"};
    }
    if (known->second.to != event_.at("place")) {
      raised.push_back("diverted");
    }
  }
  if (event_.contains("total_g")) {
    weighings({event_.at("total_g")});
    for (const Arrival& arrival : by_total()) {
      arrive(arrival);
    }
  } else {
    const Json& lines = event_.at("lines");
    std::vector<std::int64_t> masses;
    for (const Json& line : lines) {
      masses.push_back(number(line, "accepted_g") + number(line, "refused_g"));
    }
    weighings(masses);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::string at = "/lines/" + std::to_string(i);
      arrive(lines[i].contains("line") ? by_line(lines[i], at) : by_material(lines[i], at));
    }
  }
  if (closes(event_) && !abroad) {
    record_.closes_shipment = shipment;
  }
}

Judge::Arrival Judge::by_line(const Json& line, const std::string& at) {
  std::string material = text(line, "material");
  const std::string name = line.at("line");
  if (event_.contains("from_city")) {
    if (world_.materials.count(material) == 0) {
      throw Refusal{"unknown_material", at + "/material"};
    }
  } else {
    const auto lines = before_.lines.find(event_.at("shipment"));
    if (lines == before_.lines.end() || lines->second.count(name) == 0) {
      throw Refusal{"unknown_lot", at + "/line"};
    }
    const std::string shipped = lines->second.at(name).material;
    if (!material.empty() && material != shipped) {
      throw Refusal{"bad_field", at + "/material"};
    }
    material = shipped;
  }
  Arrival arrival{text(line, "lot"), material, at, {}, std::nullopt, {}};
  arrival.parts.push_back({name, material, number(line, "accepted_g"), number(line, "refused_g")});
  if (line.contains("pieces")) {
    arrival.pieces = number(line, "pieces");
  }
  for (const Json& code : line.value("items", Json::array())) {
    arrival.items.push_back(code);
  }
  return arrival;
}

Judge::Arrival Judge::by_material(const Json& line, const std::string& at) {
  const std::string material = line.at("material");
  if (world_.materials.count(material) == 0) {
    throw Refusal{"unknown_material", at + "/material"};
  }
  std::vector<std::string> names;
  std::vector<std::int64_t> weights;
  if (const auto lines = before_.lines.find(event_.at("shipment")); lines != before_.lines.end()) {
    for (const auto& [name, facts] : lines->second) {
      if (facts.material == material) {
        names.push_back(name);
        weights.push_back(visible(way(name, "g")));
      }
    }
  }
  if (std::all_of(weights.begin(), weights.end(), [](std::int64_t w) { return w == 0; })) {
    if (names.empty()) {
      names.push_back("%" + material);
      raised.push_back("not_declared");
    }
    names = {names.back()};
    weights = {1};
  }
  const std::int64_t back = number(line, "refused_g");
  const auto taken = split(number(line, "accepted_g") + back, weights);
  const auto refused = split(back, taken);
  Arrival arrival{text(line, "lot"), material, at, {}, std::nullopt, {}};
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (taken[i] > 0) {
      arrival.parts.push_back({names[i], material, taken[i] - refused[i], refused[i]});
    }
  }
  if (line.contains("pieces")) {
    arrival.pieces = number(line, "pieces");
  }
  return arrival;
}

std::vector<Judge::Arrival> Judge::by_total() {
  std::vector<std::pair<std::string, std::string>> open;  // line, material
  std::vector<std::int64_t> weights;
  if (const auto lines = before_.lines.find(event_.at("shipment")); lines != before_.lines.end()) {
    for (const auto& [name, facts] : lines->second) {
      if (const std::int64_t there = visible(way(name, "g")); there > 0) {
        open.emplace_back(name, facts.material);
        weights.push_back(there);
      }
    }
  }
  if (open.empty()) {
    throw Refusal{"insufficient_mass", "/total_g"};
  }
  const auto taken = split(number(event_, "total_g"), weights);
  const auto refused = split(number(event_, "refused_g"), taken);
  std::vector<Arrival> arrivals;  // one lot per material, in the order of the lines
  for (std::size_t i = 0; i < open.size(); ++i) {
    auto arrival = std::find_if(arrivals.begin(), arrivals.end(),
                                [&](const Arrival& a) { return a.material == open[i].second; });
    if (arrival == arrivals.end()) {
      arrivals.push_back({"", open[i].second, "/total_g", {}, std::nullopt, {}});
      arrival = arrivals.end() - 1;
    }
    arrival->parts.push_back({open[i].first, open[i].second, taken[i] - refused[i], refused[i]});
  }
  return arrivals;
}

void Judge::arrive(const Arrival& arrival) {
  const std::string place = event_.at("place");
  const std::string shipment = event_.at("shipment");
  const bool abroad = event_.contains("from_city");
  std::int64_t accepted = 0, refused = 0;
  bool has_items = !arrival.items.empty();
  for (const Part& part : arrival.parts) {
    accepted += part.accepted;
    refused += part.refused;
    has_items = has_items || (!abroad && !items_in("%" + shipment + "%" + part.line).empty());
  }
  std::string lot;
  if (accepted > 0) {
    if (!world_.takes(place, arrival.material)) {
      raised.push_back("material_not_allowed");
    }
    if (!world_.qualified(place, arrival.material, record_.time)) {
      raised.push_back("not_qualified");
    }
    lot = make_lot(arrival.lot, arrival.material, has_items, arrival.at + "/lot");
  }
  if (refused > 0 && !abroad && before_.shipments.count(record_.id) == 0) {
    record_.shipments.try_emplace(record_.id,
                                  Shipment{place, before_.shipments.at(shipment).from, "", 0});
  }
  std::int64_t pieces_left = arrival.pieces.value_or(0);
  for (const Part& part : arrival.parts) {
    arrive_part(arrival, part, lot, pieces_left);
    arrive_items(arrival, part, lot);
  }
}

void Judge::arrive_part(const Arrival& arrival, const Part& part, const std::string& lot,
                        std::int64_t& pieces_left) {
  const std::string place = event_.at("place");
  const std::string city = text(event_, "from_city");
  const std::string back_kind = city.empty() ? "transit" : "abroad";
  const std::string back_name = city.empty() ? record_.id : city + " " + record_.id;
  leg(way(part.line, "g"), -(part.accepted + part.refused), part.material);
  leg({"stock", place, lot, "g"}, part.accepted, part.material);
  leg({back_kind, back_name, part.line, "g"}, part.refused, part.material);
  const Account from = way(part.line, "pcs");
  if (!city.empty()) {
    leg(from, -pieces_left, part.material);
    leg({"stock", place, lot, "pcs"}, pieces_left, part.material);
    pieces_left = 0;
    return;
  }
  const std::int64_t there = visible(from);
  const bool rest_goes = closes(event_) || visible(way(part.line, "g")) == 0;
  std::int64_t accepted = 0;
  if (arrival.pieces) {
    const bool last = part.line == arrival.parts.back().line;
    accepted = last ? pieces_left : std::min(pieces_left, there);
    pieces_left -= accepted;
  } else if (rest_goes && part.accepted > 0) {
    accepted = there;
  }
  const std::int64_t back =
      rest_goes && part.refused > 0 ? std::max<std::int64_t>(0, there - accepted) : 0;
  leg(from, -(accepted + back), part.material);
  leg({"stock", place, lot, "pcs"}, accepted, part.material);
  leg({back_kind, back_name, part.line, "pcs"}, back, part.material);
}

void Judge::arrive_items(const Arrival& arrival, const Part& part, const std::string& lot) {
  if (event_.contains("from_city")) {
    for (const std::string& code : arrival.items) {
      move(code, lot, true);
    }
    return;
  }
  const std::string carried = "%" + event_.at("shipment").get<std::string>() + "%" + part.line;
  const std::vector<std::string> there = items_in(carried);
  std::vector<std::string> in = arrival.items;
  if (in.empty() && part.accepted > 0) {
    in = there;
  }
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (std::find(there.begin(), there.end(), in[i]) == there.end()) {
      throw Refusal{"unknown_item", arrival.at + "/items/" + std::to_string(i)};
    }
    move(in[i], lot, false);
  }
  if (part.refused > 0) {
    for (const std::string& code : items_in(carried)) {
      move(code, "%" + record_.id + "%" + part.line, false);
    }
  }
}

}  // namespace huan::auditor
