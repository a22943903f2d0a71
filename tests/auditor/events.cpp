// SPDX-License-Identifier: Apache-2.0
// One generator for each type of event.
#include <algorithm>

#include "generator.hpp"
#include "judge.hpp"
#include "pick.hpp"

namespace huan::auditor {

std::string Generator::new_lot() {
  if (chance(3)) {
    return "H" + std::to_string(1 + below(2));
  }
  if (chance(3) && lots_ > 0) {
    return "L" + std::to_string(1 + below(lots_));
  }
  return "L" + std::to_string(++lots_);
}

Json Generator::output_line() {
  Json line{{"material", material()}, {"mass_g", mass()}};
  if (!chance(20)) {
    line["lot"] = new_lot();
  }
  if (chance(25)) {
    line["pieces"] = below(40);
  }
  if (chance(20)) {
    Json items = Json::array();
    for (std::int64_t i = 0, n = 1 + below(3); i < n; ++i) {
      items.push_back({{"code", "I" + std::to_string(below(12))}, {"kind", "box"}});
    }
    line["items"] = items;
  }
  return line;
}

void Generator::price(Json& line, std::int64_t mass_g) {
  if (!chance(40)) {
    return;
  }
  line["price_fen"] = below(500);
  if (line.contains("pieces") && chance(50)) {
    line["per"] = "piece";
  } else if (chance(20)) {
    line["settle_g"] = below(mass_g + 1);
  }
}

void Generator::money(Json& event, const char* side, const char* list) {
  if (chance(50)) {
    event[side]["party"] = party();
  }
  if (!chance(30)) {
    return;
  }
  std::int64_t total = 0;
  for (const Json& line : event.at(list)) {
    total += price_of(line, line.at("mass_g"));
  }
  if (chance(10)) {
    total += 1;
  }
  event["payment"] = {{"how", chance(50) ? "till" : "bank"}, {"fen", total}, {"ref", "r"}};
}

Json Generator::receive() {
  Json event = header("receive", place());
  static const std::vector<std::string> kOrigins{"household", "commercial", "industrial",
                                                 "other-city:130200"};
  event["from"] = {{"origin", pick(kOrigins)}};
  event["outputs"] = Json::array();
  for (std::int64_t i = 0, n = chance(60) ? 1 : 1 + below(3); i < n; ++i) {
    Json line = output_line();
    price(line, line.at("mass_g"));
    event["outputs"].push_back(line);
  }
  extras(event, "outputs");
  money(event, "from", "outputs");
  if (chance(20)) {
    event["points"] = below(100);
  }
  return event;
}

std::vector<std::pair<std::string, std::int64_t>> Generator::lots_at(const std::string& where) {
  std::vector<std::pair<std::string, std::int64_t>> lots;
  for (const auto& [name, lot] : model_->state().lots) {
    const std::int64_t there = model_->state().visible({"stock", lot.place, name, "g"});
    if (lot.place == where && there > 0) {
      lots.emplace_back(name, there);
    }
  }
  return lots;
}

/// A place where something stands, mostly.
std::string Generator::busy_place() {
  for (int i = 0; i < 6; ++i) {
    std::string where = place();
    if (!lots_at(where).empty()) {
      return where;
    }
  }
  return place();
}

Json Generator::inputs(const std::string& where) {
  Json list = Json::array();
  const auto lots = lots_at(where);
  const auto& all = model_->state().lots;
  for (std::int64_t i = 0, n = chance(70) ? 1 : 1 + below(3); i < n; ++i) {
    Json input;
    if (chance(25) || lots.empty()) {
      const std::string code =
          lots.empty() || chance(20) ? material() : all.at(pick(lots).first).material;
      std::int64_t there = 0;
      for (const auto& [name, mass_g] : lots) {
        there += all.at(name).material == code ? mass_g : 0;
      }
      input = {{"material", code},
               {"mass_g", there > 0 && !chance(10) ? 1 + below(there) : mass()}};
    } else {
      const auto& [name, there] = pick(lots);
      const std::int64_t m = chance(50) ? there : chance(90) ? 1 + below(there) : there + 1;
      input = {{"lot", name}, {"mass_g", m}};
      if (m < there && chance(20)) {
        input["pieces"] = below(10);
      }
      if (m == there && chance(3)) {
        input["pieces"] = below(10);
      }
      for (const auto& [code, lot] : model_->state().items) {
        if (m < there && (lot == name || chance(1)) && chance(50)) {
          input["items"].push_back(code);
        }
      }
      if (chance(1)) {
        input["lot"] = chance(50) || all.empty() ? "L999" : all.begin()->first;
      }
    }
    list.push_back(input);
  }
  return list;
}

Json Generator::ship() {
  const std::string from = busy_place();
  Json event = header("ship", from);
  const auto& shipments = model_->state().shipments;
  if (!shipments.empty() && chance(40)) {
    auto known = shipments.begin();
    std::advance(known, below(static_cast<std::int64_t>(shipments.size())));
    event["shipment"] = known->first;
    event["to"] = {{"place", known->second.to}};
    if (!known->second.city.empty()) {
      event["to"]["city"] = known->second.city;
    }
  } else {
    event["shipment"] = "T" + std::to_string(++names_);
    event["to"] = {{"place", place()}};
    if (chance(10)) {
      event["to"]["city"] = "130200";
    }
  }
  if (chance(2)) {
    event["to"]["place"] = "X9";
  }
  event["inputs"] = inputs(from);
  extras(event, "inputs");
  return event;
}

Json Generator::accept_line(const std::string& shipment, const std::string& name) {
  const auto& state = model_->state();
  const std::int64_t there = state.visible({"transit", shipment, name, "g"});
  Json line;
  const std::int64_t m = chance(40) ? there : chance(50) ? below(there + 1) : there + below(100);
  const std::int64_t refused = chance(25) ? below(m + 1) : 0;
  line["accepted_g"] = m - refused;
  if (refused > 0 || chance(5)) {
    line["refused_g"] = refused;
  }
  if (m == 0) {
    line["accepted_g"] = 1;
  }
  if (line.at("accepted_g") > 0 && chance(15)) {
    line["pieces"] = below(20);
  }
  if (chance(30)) {
    line["lot"] = new_lot();
  }
  return line;
}

Json Generator::accept() {
  const auto& state = model_->state();
  std::vector<std::string> known;
  for (const auto& [id, lines] : state.lines) {
    if (state.shipments.at(id).finals == 0 || chance(10)) {
      known.push_back(id);
    }
  }
  if (known.empty() || chance(8)) {
    return accept_from_city();
  }
  const std::string id = pick(known);
  const auto& lines = state.lines.at(id);
  Json event = header("accept", chance(90) ? state.shipments.at(id).to : place());
  event["shipment"] = chance(1) ? "T999" : id;
  if (chance(30)) {
    std::int64_t there = 1;
    for (const auto& [name, line] : lines) {
      there += state.visible({"transit", id, name, "g"});
    }
    event["total_g"] = chance(50) ? there : 1 + below(there + 10);
    if (chance(30)) {
      event["refused_g"] = below(event["total_g"].get<std::int64_t>() + 1);
    }
    if (chance(20)) {
      event["final"] = true;
    }
    return event;
  }
  event["lines"] = Json::array();
  for (const auto& [name, line] : lines) {
    const std::string material_of = line.material;
    if (!chance(60) && !event["lines"].empty()) {
      continue;
    }
    Json entry = accept_line(id, name);
    const bool derived = name.find('%') != std::string::npos;
    if (derived || chance(35)) {
      entry["material"] = chance(5) ? material() : material_of;
    } else {
      entry["line"] = chance(2) ? "L999" : name;
      for (const auto& [code, lot] : state.items) {
        if (lot == "%" + id + "%" + name && entry.at("accepted_g") > 0 && chance(40)) {
          entry["items"].push_back(code);
        }
      }
      if (chance(10)) {
        entry["material"] = chance(10) ? material() : material_of;
      }
    }
    event["lines"].push_back(entry);
  }
  extras(event, "lines");
  if (chance(50)) {
    event["final"] = chance(90);
  }
  return event;
}

Json Generator::accept_from_city() {
  Json event = header("accept", place());
  event["shipment"] = "F" + std::to_string(below(3));
  event["from_city"] = "130200";
  event["lines"] = Json::array();
  for (std::int64_t i = 0, n = 1 + below(2); i < n; ++i) {
    const std::int64_t m = mass();
    Json line{{"line", "Q" + std::to_string(below(4))},
              {"material", material()},
              {"declared_g", m},
              {"accepted_g", m}};
    if (chance(20)) {
      line["refused_g"] = below(100);
    }
    if (chance(20)) {
      line["pieces"] = below(9);
      line["items"] = {"I" + std::to_string(below(12))};
    }
    event["lines"].push_back(line);
  }
  return event;
}

Json Generator::transform() {
  const std::string where = busy_place();
  Json event = header("transform", where);
  if (chance(30)) {
    event["process"] = chance(50) ? "bale" : "shred";
  }
  const bool run = chance(50);
  if (run) {
    event["run"] = "R" + std::to_string(chance(50) ? ++names_ : below(names_ + 1));
    for (const auto& [id, known] : model_->state().runs) {
      if (known.closes == 0 && chance(40)) {
        event["run"] = id;
        event["place"] = chance(95) ? known.place : where;
      }
    }
    if (chance(25)) {
      event["close"] = true;
    }
  }
  std::int64_t in = 0;
  if (!run || chance(60)) {
    event["inputs"] = inputs(event.at("place"));
    for (const Json& input : event.at("inputs")) {
      in += number(input, "mass_g");
    }
  }
  if (run) {
    in += model_->state().visible({"wip", event.at("run"), "", "g"});
    if (chance(20)) {
      event["reason"] = "wet";
    }
  }
  std::int64_t left = in;
  for (std::int64_t i = 0, n = below(4); i < n && left > 0; ++i) {
    Json line = output_line();
    line["mass_g"] = run && chance(10) ? left + below(50) + 1 : 1 + below(left);
    left -= line.at("mass_g").get<std::int64_t>();
    event["outputs"].push_back(line);
  }
  if (run ? chance(20) && left > 0 : left > 0) {
    event["loss_g"] = run ? below(left + 1) : left;
  }
  if (chance(2)) {
    event["loss_g"] = 1;
  }
  if (run && !event.contains("inputs") && !event.contains("outputs")) {
    event["close"] = true;
  }
  return event;
}

Json Generator::sell() {
  const std::string where = busy_place();
  Json event = header("sell", where);
  event["to"] = Json::object();
  if (chance(30)) {
    event["to"]["class"] = chance(50) ? "reuse" : "other-city:130200";
  }
  event["inputs"] = inputs(where);
  for (Json& input : event["inputs"]) {
    price(input, input.at("mass_g"));
  }
  extras(event, "inputs");
  money(event, "to", "inputs");
  return event;
}

Json Generator::dispose() {
  const std::string where = busy_place();
  Json event = header("dispose", where);
  event["to"] = {{"party", party()}};
  event["method"] = chance(50) ? "landfill" : "incineration";
  event["inputs"] = inputs(where);
  return event;
}

Json Generator::adjust() {
  const std::string where = busy_place();
  Json event = header("adjust", where);
  event["reason"] = "counted";
  event["lines"] = Json::array();
  const auto& state = model_->state();
  std::vector<std::string> lots;  // imbalances too
  for (const auto& [name, lot] : state.lots) {
    if (lot.place == where) {
      lots.push_back(name);
    }
  }
  for (const auto& [account, raw] : state.raw) {  // and what corrections left behind
    if (account.kind == "stock" && account.a == where && account.unit == "g" && raw != 0 &&
        state.lots.at(account.b).place != where) {
      lots.push_back(account.b);
    }
  }
  for (std::int64_t i = 0, n = 1 + below(2); i < n; ++i) {
    Json line;
    std::int64_t there = 0;
    if (!lots.empty() && chance(60)) {
      const std::string name = pick(lots);
      there = state.visible({"stock", where, name, "g"});
      line["lot"] = chance(2) ? "L999" : name;
    } else {
      line["material"] = lots.empty() ? material() : state.lots.at(pick(lots)).material;
      there = mass();
      if (chance(50)) {
        line["lot_new"] = new_lot();
      }
    }
    line["counted_g"] = chance(20) ? 0 : chance(50) ? below(there + 1) : there + below(20);
    if (chance(30)) {
      line["book_g"] = chance(50) ? there : below(there + 10);
    }
    event["lines"].push_back(line);
  }
  return event;
}

Json Generator::settle() {
  Json event = header("settle", place());
  event["reason"] = "paid";
  static const std::vector<std::string> kAccounts{
      "till:S1",   "till:C1",       "bank:OP1", "party:A1",     "party:A2",
      "trade:S2",  "fee:water",     "tax:vat",  "subsidy:city", "spent:shop",
      "issued:S1", "imbalance:old", "party:-"};
  event["legs"] = Json::array();
  for (std::int64_t i = 0, n = 1 + below(2); i < n; ++i) {
    const bool points = chance(40);
    const std::int64_t amount = 1 + below(points ? 60 : 100'000);
    const char* unit = points ? "points" : "fen";
    const std::string from = points ? "party:" + party() : chance(2) ? "till:X9" : pick(kAccounts);
    event["legs"].push_back({{"account", from}, {"unit", unit}, {"amount", -amount}});
    event["legs"].push_back({{"account", points ? "spent:shop" : pick(kAccounts)},
                             {"unit", unit},
                             {"amount", chance(3) ? amount + 1 : amount}});
  }
  return event;
}

}  // namespace huan::auditor
