// SPDX-License-Identifier: Apache-2.0
// 销售, 处置: full lorries leave to processors, the market, other cities; residue and hazardous
// fractions to where they are disposed of.
#include <algorithm>

#include "flows.hpp"
#include "huan/base/quantity.hpp"

namespace huan::simulator {
namespace {

constexpr std::int64_t kSaleLoadG = 26'000'000;
constexpr std::int64_t kSaleWorthG = 18'000'000;
constexpr std::int64_t kSaleWaitS = 6 * kDayS;
constexpr std::int64_t kMargin = 1'180;  // per mille of what stations pay

std::string_view class_of(Random& random, const Material& m) {
  switch (m.family) {
    case Family::textile:
      return random.chance(250) ? "reuse" : "recycle";
    case Family::secondhand:
    case Family::packaging:
      return "reuse";
    case Family::wood:
      return "energy";
    default:
      return m.code == "vehicle.part" ? "reuse" : "recycle";
  }
}

void dispose(World& world, SiteId site, const std::vector<Lot>& lots) {
  const bool hazardous = info(lots.front().material).family == Family::hazardous;
  json::Writer w = world.begin("dispose", site, world.time_at(site, world.now_s));
  write_inputs(w, lots, false);
  w.member("method", hazardous ? "hazardous" : "incineration");
  w.key("to").begin_object();
  const std::string& keeper = world.site(site).operator_id;
  w.member("party", hazardous && !keeper.empty() ? keeper : world.incinerator).end_object();
  world.send(w);
}

void sell_load(World& world, SiteId site, const std::vector<Lot>& lots) {
  Random& random = world.random;
  const Material& m = info(lots.front().material);
  const std::int64_t now = world.time_at(site, world.now_s);
  json::Writer w = world.begin("sell", site, now);
  const MaterialId id = lots.front().material;
  const std::int64_t bought = world.priced_by_piece(id) ? m.price_fen : world.price_of(id, now);
  const std::int64_t price = bought * kMargin / 1'000;
  std::int64_t total = 0;
  w.key("inputs").begin_array();
  for (const Lot& lot : lots) {
    w.begin_object().member("lot", lot.id).member("mass_g", lot.mass_g);
    if (price > 0) {
      w.member("price_fen", price);
      total += base::multiply_divide_round(lot.mass_g, price, 1'000);
    }
    w.end_object();
  }
  w.end_array();
  const bool away = m.family != Family::wood && random.chance(180);
  const std::string party = world.buyer();
  w.key("to").begin_object();
  w.member("class", away ? std::string_view{"other-city:130600"} : class_of(random, m));
  w.member("party", party).end_object();
  if (total > 0 && random.chance(400) && !world.site(site).operator_id.empty()) {
    w.key("payment").begin_object().member("fen", total).member("how", "bank");
    w.member("ref", "ZZ" + std::to_string(random.between(10'000'000, 99'999'999))).end_object();
  } else if (total > 0) {
    world.owed[{site, party}] -= total;
  }
  if (random.chance(300)) {
    w.member("vehicle", world.any_vehicle());
  }
  world.send(w);
}

/// Glass goes to the float works of a neighbouring city under its own papers.
void export_load(World& world, SiteId site, const std::vector<Lot>& lots) {
  const std::int64_t now = world.time_at(site, world.now_s);
  const std::string shipment = world.new_name(site, 'S');
  json::Writer w = world.begin("ship", site, now);
  write_inputs(w, lots, false);
  w.member("shipment", shipment).key("to").begin_object();
  w.member("city", "130500").member("place", "XT-GLASS-1").end_object();
  world.send(w);
}

std::size_t role_for(Family family) {
  return family == Family::metal ? 1 : family == Family::plastic ? 2 : 3;
}

void part_with(World& world, SiteId site, std::vector<Lot> lots) {
  Random& random = world.random;
  const Family family = info(lots.front().material).family;
  if (family == Family::residue || family == Family::hazardous) {
    return dispose(world, site, lots);
  }
  if (world.site(site).kind == SiteKind::centre) {
    if (family == Family::glass && random.chance(400)) {
      return export_load(world, site, lots);
    }
    const auto& processors = world.of(SiteKind::processor);
    const bool worked =
        family == Family::metal || family == Family::plastic || family == Family::paper;
    if (worked && processors.size() >= 4 && random.chance(350)) {
      const std::size_t turn =
          static_cast<std::size_t>(random.below(static_cast<std::int64_t>(processors.size() / 4)));
      return send_on(world, site, processors[turn * 4 + role_for(family)], std::move(lots));
    }
  }
  sell_load(world, site, lots);
}

bool sold_here(const World& world, SiteId site, const Material& m) {
  switch (m.family) {
    case Family::hazardous:
      return world.site(site).kind == SiteKind::hazardous;
    case Family::battery:
      return world.site(site).kind == SiteKind::battery_store;
    case Family::appliance:
      return false;
    default:
      return true;
  }
}

}  // namespace

void sell(World& world, SiteId site) {
  SiteState& s = world.state(site);
  const SiteKind kind = world.site(site).kind;
  const bool trades = kind == SiteKind::battery_store || kind == SiteKind::second_hand ||
                      kind == SiteKind::hazardous;
  const std::int64_t worth = kind == SiteKind::second_hand ? 200'000 : kSaleWorthG;
  Stock& stock = trades ? s.raw : s.products;
  for (std::size_t i = 0; i < stock.piles().size(); ++i) {
    const MaterialId id = stock.piles()[i].material;
    for (int loads = 0; loads < 8 && sold_here(world, site, info(id)); ++loads) {
      const Pile& pile = stock.piles()[i];
      const bool due = !pile.lots.empty() &&
                       (pile.mass_g >= world.worth(worth) ||
                        world.now_s - pile.lots.front().time_s > world.lasting(kSaleWaitS));
      if (!due) {
        break;
      }
      std::vector<Lot> lots = stock.take(id, {kSaleLoadG, true, 300});
      if (lots.empty()) {
        break;
      }
      part_with(world, site, std::move(lots));
    }
  }
}

}  // namespace huan::simulator
