// SPDX-License-Identifier: Apache-2.0
// 结算 on Fridays: what places and parties owe each other is paid, points are spent. 盘点 at the
// end of the month: what was counted differs a little from the book.
#include <algorithm>

#include "flows.hpp"

namespace huan::simulator {
namespace {

void leg(json::Writer& w, std::string_view account, std::string_view unit, std::int64_t amount) {
  w.begin_object().member("account", account).member("amount", amount).member("unit", unit);
  w.end_object();
}

void settle_money(World& world) {
  auto next = world.owed.begin();
  while (next != world.owed.end()) {
    const SiteId site = next->first.first;
    const std::string& keeper = world.site(site).operator_id;
    const std::string own = keeper.empty() ? "till:" + world.site(site).key : "bank:" + keeper;
    json::Writer w = world.begin("settle", site, world.time_at(site, world.now_s));
    w.member("reason", "周结").key("legs").begin_array();
    std::int64_t sum = 0;
    for (; next != world.owed.end() && next->first.first == site; ++next) {
      leg(w, "party:" + next->first.second, "fen", next->second);
      sum += next->second;
    }
    leg(w, own, "fen", -sum);
    w.end_array();
    world.send(w);
  }
  world.owed.clear();
}

void settle_points(World& world) {
  const auto& stations = world.of(SiteKind::station);
  for (auto& [party, points] : world.points) {
    if (points < 50 || stations.empty() || !world.random.chance(400)) {
      continue;
    }
    const std::int64_t spent = world.random.between(20, points);
    const SiteId site = world.random.of(stations);
    json::Writer w = world.begin("settle", site, world.time_at(site, world.now_s));
    w.member("reason", "积分兑换").key("legs").begin_array();
    leg(w, "party:" + party, "points", -spent);
    leg(w, "spent:" + world.site(site).key, "points", spent);
    w.end_array();
    world.send(w);
    points -= spent;
  }
}

}  // namespace

void settle(World& world) {
  settle_money(world);
  settle_points(world);
}

void count(World& world, SiteId site) {
  SiteState& s = world.state(site);
  for (Stock* stock : {&s.raw, &s.products}) {
    std::vector<Lot> counted;
    for (const Pile& pile : stock->piles()) {
      if (!pile.lots.empty() && pile.lots.back().pieces == 0 && !pile.lots.back().items &&
          pile.lots.back().mass_g > 50'000) {
        counted.push_back(pile.lots.back());
      }
    }
    if (counted.empty()) {
      continue;
    }
    json::Writer w = world.begin("adjust", site, world.time_at(site, world.now_s));
    w.member("reason", "月末盘点").key("lines").begin_array();
    for (const Lot& lot : counted) {
      const std::int64_t difference = lot.mass_g * world.random.between(-6, 4) / 1'000 / 100 * 100;
      w.begin_object().member("counted_g", lot.mass_g + difference).member("lot", lot.id);
      w.end_object();
      stock->change(lot, difference);
    }
    w.end_array();
    world.send(w);
  }
}

}  // namespace huan::simulator
