// SPDX-License-Identifier: Apache-2.0
// What clerks get wrong and the ledger refuses; mostly the right thing follows. A refused event
// changes nothing, so the world stays as it is.
#include "flows.hpp"

namespace huan::simulator {
namespace {

/// Some whole lot without pieces at the station; nullptr when there is none.
const Lot* some_lot(World& world, SiteId site) {
  const auto& piles = world.state(site).raw.piles();
  for (const Pile& pile : piles) {
    if (!pile.lots.empty() && pile.lots.front().pieces == 0 && !pile.lots.front().items) {
      return &pile.lots.front();
    }
  }
  return nullptr;
}

void give(World& world, SiteId site, const Lot& lot, Expect expect) {
  json::Writer w = world.begin("sell", site, world.time_at(site, world.now_s));
  w.key("inputs").begin_array().begin_object();
  w.member("lot", lot.id).member("mass_g", lot.mass_g).end_object().end_array();
  w.key("to").begin_object().member("party", world.buyers.front()).end_object();
  w.member("note", "回收站直售");
  world.send(w, expect);
}

/// A lot's name mistyped, or more taken than is there; then the same, right.
void wrong_sale(World& world, SiteId site, bool too_much) {
  const Lot* found = some_lot(world, site);
  if (found == nullptr) {
    return;
  }
  Lot lot = *found;
  Lot wrong = lot;
  if (too_much) {
    wrong.mass_g += 50'000;
  } else {
    wrong.id += "O";
  }
  give(world, site, wrong, Expect::refused);
  give(world, site, lot, Expect::posted);
  world.state(site).raw.change(lot, -lot.mass_g);
}

void wrong_receipt(World& world, SiteId site, std::string_view code, const std::string& ticket) {
  json::Writer w = world.begin("receive", site, world.time_at(site, world.now_s));
  w.key("from").begin_object().member("origin", "commercial").end_object();
  w.key("outputs").begin_array().begin_object().member("mass_g", 12'500).member("material", code);
  w.end_object().end_array();
  if (!ticket.empty()) {
    w.member("ticket", ticket);
  }
  world.send(w, Expect::refused);
}

void unknown_shipment(World& world, SiteId site) {
  const auto& centres = world.of(SiteKind::centre);
  const SiteId at = centres.empty() ? site : world.random.of(centres);
  json::Writer w = world.begin("accept", at, world.time_at(at, world.now_s));
  w.member("shipment", world.new_name(site, 'U')).member("total_g", 2'000'000);
  world.send(w, Expect::refused);
}

}  // namespace

void mistake(World& world, SiteId site, std::uint32_t which) {
  switch (which % 6) {
    case 0:
      return wrong_sale(world, site, false);
    case 1:
      return wrong_sale(world, site, true);
    case 2: {  // the printer gives the same number twice
      receive(world, site, world.now_s);
      return wrong_receipt(world, site, "paper.occ", world.last_ticket(site));
    }
    case 3:
      return wrong_receipt(world, site, "metal.prohibited", "");
    case 4:
      return wrong_receipt(world, site, "battery.lead_acid", "");
    default:
      return unknown_shipment(world, site);
  }
}

}  // namespace huan::simulator
