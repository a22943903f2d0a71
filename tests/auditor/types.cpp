// SPDX-License-Identifier: Apache-2.0
// The own legs of each type of event but accept (events.md §3, the table).
#include "judge.hpp"

namespace huan::auditor {

void Judge::receive() {
  const std::string party = text(event_.at("from"), "party");
  if (!party.empty() && !world_.deals(party, record_.time)) {
    throw Refusal{"unknown_party", "/from/party"};
  }
  std::vector<std::int64_t> masses;
  for (const Json& line : event_.at("outputs")) {
    masses.push_back(line.at("mass_g"));
  }
  const auto deducted = weighings(masses);
  std::int64_t total = 0;
  for (std::size_t i = 0; i < masses.size(); ++i) {
    if (deducted[i] > masses[i]) {
      throw Refusal{"bad_field", "/weighings"};
    }
    receive_line(event_.at("outputs")[i], i, deducted[i], total);
  }
  pay(total, 1);
  if (const std::int64_t points = number(event_, "points"); points > 0) {
    if (party.empty()) {
      throw Refusal{"bad_field", "/points"};
    }
    leg({"issued", event_.at("place"), "", "points"}, -points, "");
    leg({"party", party, "", "points"}, points, "");
  }
}

void Judge::receive_line(const Json& line, std::size_t index, std::int64_t deducted,
                         std::int64_t& total) {
  const std::string at = "/outputs/" + std::to_string(index);
  const std::string place = event_.at("place");
  const std::string origin = event_.at("from").at("origin");
  const std::string material = line.at("material");
  const auto facts = world_.materials.find(material);
  if (facts == world_.materials.end()) {
    throw Refusal{"unknown_material", at + "/material"};
  }
  if (facts->second.prohibited) {
    throw Refusal{"prohibited", at + "/material"};
  }
  if (!world_.takes(place, material)) {
    throw Refusal{"material_not_allowed", at + "/material"};
  }
  if (!world_.qualified(place, material, record_.time)) {
    throw Refusal{"not_qualified", at + "/material"};
  }
  const std::string lot =
      make_lot(text(line, "lot"), material, line.contains("items"), at + "/lot");
  const std::int64_t mass = line.at("mass_g");
  const std::int64_t pieces = number(line, "pieces");
  both("source", place, origin, -mass, -pieces, material);
  both("stock", place, lot, mass, pieces, material);
  for (const Json& item : line.value("items", Json::array())) {
    move(item.at("code"), lot, true);
  }
  const std::int64_t amount = price_of(line, mass - deducted);
  const std::string party = event_.at("from").value("party", "-");
  leg({"trade", place, "", "fen"}, amount, material);
  leg({"party", party, "", "fen"}, -amount, material);
  total += amount;
}

void Judge::ship() {
  const Json& to = event_.at("to");
  const std::string city = text(to, "city");
  if (city.empty() && world_.place(to.at("place"), record_.time) == nullptr) {
    throw Refusal{"unknown_place", "/to/place"};
  }
  const std::string shipment = event_.at("shipment");
  const auto known = before_.shipments.find(shipment);
  if (known != before_.shipments.end() &&
      (known->second.to != to.at("place") || known->second.city != city)) {
    throw Refusal{"bad_field", "/to"};
  }
  if (known == before_.shipments.end()) {
    record_.shipments[shipment] = {event_.at("place"), to.at("place"), city, 0};
  }
  std::vector<std::int64_t> masses;
  for (const Json& input : event_.at("inputs")) {
    masses.push_back(input.at("mass_g"));
  }
  weighings(masses);
  for (std::size_t i = 0; i < masses.size(); ++i) {
    for (const Drawn& drawn : take(event_.at("inputs")[i], i)) {
      if (city.empty()) {
        both("transit", shipment, drawn.lot, drawn.mass, drawn.pieces, drawn.material);
      } else {
        both("abroad", city + " " + shipment, drawn.lot, drawn.mass, drawn.pieces, drawn.material);
      }
    }
  }
}

void Judge::transform() {
  const std::string place = event_.at("place");
  const std::string run = text(event_, "run");
  const Json inputs = event_.value("inputs", Json::array());
  const Json outputs = event_.value("outputs", Json::array());
  if (!run.empty()) {
    const auto known = before_.runs.find(run);
    if (known == before_.runs.end()) {
      if (inputs.empty()) {
        throw Refusal{"unknown_run", "/run"};
      }
      if (world_.place(place, record_.time)->state != "active") {
        throw Refusal{"place_not_active", "/place"};
      }
      record_.runs[run] = {place, record_.context.cls, 0};
    } else if (known->second.place != place) {
      throw Refusal{"unknown_run", "/run"};
    } else if (known->second.closes > 0 && !correcting_) {
      throw Refusal{"already_closed", "/run"};
    }
  }
  std::int64_t in = 0, in_pieces = 0, out = 0, out_pieces = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    for (const Drawn& drawn : take(inputs[i], i)) {
      in += drawn.mass;
      in_pieces += drawn.pieces;
    }
  }
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const Json& line = outputs[i];
    const std::string at = "/outputs/" + std::to_string(i);
    const std::string material = line.at("material");
    if (world_.materials.count(material) == 0) {
      throw Refusal{"unknown_material", at + "/material"};
    }
    const std::string lot =
        make_lot(text(line, "lot"), material, line.contains("items"), at + "/lot");
    both("stock", place, lot, line.at("mass_g"), number(line, "pieces"), material);
    for (const Json& item : line.value("items", Json::array())) {
      move(item.at("code"), lot, true);
    }
    out += line.at("mass_g").get<std::int64_t>();
    out_pieces += number(line, "pieces");
  }
  if (!run.empty()) {
    transform_in_run(in, in_pieces, out, out_pieces);
    return;
  }
  const std::int64_t loss = number(event_, "loss_g");
  if (in != out + loss) {
    throw Refusal{"not_balanced", "/loss_g"};
  }
  leg({"loss", record_.context.cls, "", "g"}, loss, "");
  leg({"count", record_.context.cls, "", "pcs"}, in_pieces - out_pieces, "");
}

void Judge::transform_in_run(std::int64_t in, std::int64_t in_pieces, std::int64_t out,
                             std::int64_t out_pieces) {
  const std::string run = event_.at("run");
  const Account wip{"wip", run, "", "g"};
  const Account wip_pieces{"wip", run, "", "pcs"};
  const Account lost{"loss", run, "", "g"};
  const Account count{"count", run, "", "pcs"};
  leg(wip, in, "");
  leg(wip_pieces, in_pieces, "");
  const std::int64_t loss = number(event_, "loss_g");
  const std::int64_t gain = out + loss - visible(wip);
  if (gain > 0 && !event_.contains("reason") && !correcting_) {
    throw Refusal{"insufficient_mass", "/outputs"};
  }
  if (gain > 0 && event_.contains("reason")) {
    leg(lost, -gain, "");
    leg(wip, gain, "");
  }
  leg(wip, -out - loss, "");
  leg(lost, loss, "");
  const std::int64_t more = out_pieces - visible(wip_pieces);
  if (more > 0) {
    leg(count, -more, "");
    leg(wip_pieces, more, "");
  }
  leg(wip_pieces, -out_pieces, "");
  if (event_.value("close", false)) {
    record_.closes_run = run;
  }
}

void Judge::sink(const std::string& kind) {
  const std::string party = text(event_.at("to"), "party");
  if (!party.empty() && !world_.deals(party, record_.time)) {
    throw Refusal{"unknown_party", "/to/party"};
  }
  const Json& inputs = event_.at("inputs");
  std::vector<std::int64_t> masses;
  for (const Json& input : inputs) {
    masses.push_back(input.at("mass_g"));
  }
  const auto deducted = weighings(masses);
  std::int64_t total = 0;
  for (std::size_t i = 0; i < masses.size(); ++i) {
    if (deducted[i] > masses[i]) {
      throw Refusal{"bad_field", "/weighings"};
    }
    std::string material;
    for (const Drawn& drawn : take(inputs[i], i)) {
      both("sink", kind, record_.context.cls, drawn.mass, drawn.pieces, drawn.material);
      material = drawn.material;
    }
    const std::int64_t amount = price_of(inputs[i], masses[i] - deducted[i]);
    leg({"trade", event_.at("place"), "", "fen"}, -amount, material);
    leg({"party", party.empty() ? "-" : party, "", "fen"}, amount, material);
    total += amount;
  }
  if (kind == "sold") {
    pay(total, -1);
  }
}

void Judge::adjust() {
  const Json& lines = event_.at("lines");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string at = "/lines/" + std::to_string(i);
    if (lines[i].contains("lot")) {
      adjust_lot(lines[i], at);
    } else {
      adjust_material(lines[i], at);
    }
  }
}

void Judge::adjust_lot(const Json& line, const std::string& at) {
  const std::string place = event_.at("place");
  const std::string name = line.at("lot");
  const Account grams{"stock", place, name, "g"};
  const Account pieces{"stock", place, name, "pcs"};
  const auto known = before_.lots.find(name);
  const bool here = known != before_.lots.end() && known->second.place == place;
  const bool left = known != before_.lots.end() && (raw_[grams] != 0 || raw_[pieces] != 0);
  if (!here && !left) {
    throw Refusal{"unknown_lot", at + "/lot"};
  }
  const Lot& lot = before_.stood.at({name, place});
  if (lot.time > record_.time + world_.tolerance_s) {
    throw Refusal{"before_lot", at + "/lot"};
  }
  const auto vary = [&](const std::string& unit, std::int64_t amount) {
    leg({"stock", place, name, unit}, amount, lot.material);
    leg({"variance", place, name, unit}, -amount, lot.material);
  };
  vary("g", std::max<std::int64_t>(0, -raw_[grams]));  // what is short is explained first
  vary("pcs", std::max<std::int64_t>(0, -raw_[pieces]));
  const std::int64_t there = visible(grams);
  const std::int64_t difference =
      line.at("counted_g").get<std::int64_t>() - number(line, "book_g", there);
  if (there + difference < 0 && !correcting_) {
    throw Refusal{"insufficient_mass", at + "/counted_g"};
  }
  if (!here && difference > 0) {
    throw Refusal{"unknown_lot", at + "/lot"};
  }
  vary("g", difference);
  if (there + difference > 0) {
    return;
  }
  vary("pcs", -visible(pieces));
  for (const std::string& code : here ? items_in(name) : std::vector<std::string>{}) {
    move(code, "", false);
  }
}

void Judge::adjust_material(const Json& line, const std::string& at) {
  const std::string place = event_.at("place");
  const std::string material = line.at("material");
  if (world_.materials.count(material) == 0) {
    throw Refusal{"unknown_material", at + "/material"};
  }
  std::map<std::string, bool> lots;  // standing here of the material, without items
  for (const auto& [name, lot] : before_.lots) {
    if (lot.place == place && lot.material == material && !lot.has_items) {
      lots[name] = true;
    }
  }
  for (const Made& made : record_.made) {
    lots[made.lot] = made.material == material;
  }
  std::int64_t there = 0;
  for (const auto& [name, counts] : lots) {
    there += counts ? visible({"stock", place, name, "g"}) : 0;
  }
  const std::int64_t difference =
      line.at("counted_g").get<std::int64_t>() - number(line, "book_g", there);
  if (difference > 0) {
    const std::string lot = make_lot(text(line, "lot_new"), material, false, at + "/lot_new");
    leg({"stock", place, lot, "g"}, difference, material);
    leg({"variance", place, lot, "g"}, -difference, material);
  } else if (difference < 0) {
    for (const Drawn& drawn : draw(material, -difference, at + "/counted_g")) {
      both("variance", place, drawn.lot, drawn.mass, drawn.pieces, material);
    }
  }
}

void Judge::settle() {
  const Json& legs = event_.at("legs");
  std::map<std::string, std::int64_t> sums;
  for (const Json& l : legs) {
    sums[l.at("unit")] += l.at("amount").get<std::int64_t>();
  }
  for (const auto& [unit, sum] : sums) {
    if (sum != 0) {
      throw Refusal{"not_balanced", "/legs"};
    }
  }
  for (std::size_t i = 0; i < legs.size(); ++i) {
    const std::string at = "/legs/" + std::to_string(i);
    const std::string account = legs[i].at("account");
    const std::string kind = account.substr(0, account.find(':'));
    const std::string name = account.substr(account.find(':') + 1);
    const std::string unit = legs[i].at("unit");
    const std::int64_t amount = legs[i].at("amount");
    if ((kind == "party" || kind == "bank") && name != "-" &&
        world_.party(name, record_.time) == nullptr) {
      throw Refusal{"unknown_party", at + "/account"};
    }
    if ((kind == "trade" || kind == "till") && world_.place(name, record_.time) == nullptr) {
      throw Refusal{"unknown_place", at + "/account"};
    }
    const Account full{kind, name, "", unit};
    if (kind == "party" && unit == "points" && !correcting_ && amount < 0 &&
        -amount > visible(full)) {
      throw Refusal{"insufficient_points", at + "/amount"};
    }
    leg(full, amount, "");
  }
}

}  // namespace huan::auditor
