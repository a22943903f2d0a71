// SPDX-License-Identifier: Apache-2.0
// 分拣 and 拆解: a batch of one kind becomes clean goods, residue and loss.
#include <algorithm>
#include <map>

#include "flows.hpp"

namespace huan::simulator {
namespace {

constexpr std::int64_t kBatchG = 20'000'000;
constexpr std::int64_t kSortWorthG = 4'000'000;
constexpr std::int64_t kSortWaitS = 36 * 3'600;

// Yields are assumptions: contamination and loss differ by kind. Per mille of the input.
const std::vector<Yield>& yields_of(MaterialId id) {
  static const std::map<std::string_view, std::vector<Yield>, std::less<>> kSpecial{
      {"mixed.recyclables",
       {{"paper.occ", 260},
        {"paper.mixed", 120},
        {"plastic.pet", 140},
        {"plastic.mixed", 120},
        {"metal.steel", 100},
        {"metal.can", 30},
        {"glass.mixed", 100},
        {"textile.clothes", 35},
        {"residue", 80}}},
      {"bulky.furniture",
       {{"wood", 640}, {"metal.steel", 90}, {"textile.home", 60}, {"residue", 190}}},
      {"bulky.mattress",
       {{"metal.steel", 280}, {"textile.home", 300}, {"plastic.foam", 180}, {"residue", 220}}},
      {"vehicle.elv",
       {{"metal.steel", 655},
        {"metal.aluminium", 62},
        {"metal.copper", 14},
        {"plastic.mixed", 78},
        {"glass.mixed", 28},
        {"rubber.tyre", 32},
        {"battery.lead_acid", 12},
        {"vehicle.part", 42},
        {"hazardous.oil", 8},
        {"residue", 58}}},
      {"vehicle.motorcycle",
       {{"metal.steel", 620}, {"metal.aluminium", 140}, {"plastic.mixed", 120}, {"residue", 100}}},
  };
  static std::vector<std::vector<Yield>> table = [] {
    std::vector<std::vector<Yield>> all;
    for (const Material& m : materials()) {
      const auto special = kSpecial.find(m.code);
      const std::int64_t dirt = m.family == Family::plastic   ? 52
                                : m.family == Family::glass   ? 38
                                : m.family == Family::textile ? 70
                                : m.family == Family::metal   ? 12
                                                              : 24;
      all.push_back(special != kSpecial.end()
                        ? special->second
                        : std::vector<Yield>{{m.code, 994 - dirt}, {"residue", dirt}});
    }
    return all;
  }();
  return table[id];
}

bool worked_here(const Material& m) {
  return m.family != Family::appliance && m.family != Family::battery &&
         m.family != Family::hazardous && m.family != Family::residue &&
         m.family != Family::secondhand && m.family != Family::packaging;
}

void sort_batch(World& world, SiteId site, std::vector<Lot> lots) {
  const std::int64_t now = world.time_at(site, world.now_s);
  std::int64_t in = 0;
  for (const Lot& lot : lots) {
    in += lot.mass_g;
  }
  const bool apart = info(lots.front().material).family == Family::vehicle ||
                     info(lots.front().material).family == Family::bulky;
  const auto outputs = outputs_of(world, in, yields_of(lots.front().material));
  json::Writer w = world.begin("transform", site, now);
  write_inputs(w, lots, false);
  std::int64_t loss = in;
  if (!outputs.empty()) {
    w.key("outputs").begin_array();
  }
  for (const auto& [id, mass] : outputs) {
    const std::string lot = world.new_name(site, 'P');
    w.begin_object().member("lot", lot).member("mass_g", mass);
    w.member("material", info(id).code).end_object();
    world.state(site).products.add({lot, id, mass, 0, false, now});
    loss -= mass;
  }
  if (!outputs.empty()) {
    w.end_array();
  }
  w.member("loss_g", loss);
  if (apart) {
    w.member("process", "dismantle");
  }
  world.send(w);
}

}  // namespace

std::vector<std::pair<MaterialId, std::int64_t>> outputs_of(World& world, std::int64_t mass_g,
                                                            const std::vector<Yield>& yields) {
  std::vector<std::pair<MaterialId, std::int64_t>> outputs;
  for (const Yield& yield : yields) {
    // Never more than the table says, so that they fit into the input.
    const std::int64_t sway =
        yield.per_mille > 500 ? world.random.between(990, 1'000) : world.random.between(850, 1'000);
    const std::int64_t mass = mass_g * yield.per_mille / 1'000 * sway / 1'000 / 100 * 100;
    if (mass > 0) {
      outputs.emplace_back(material(yield.material), mass);
    }
  }
  return outputs;
}

void sort(World& world, SiteId site) {
  SiteState& s = world.state(site);
  for (std::size_t i = 0; i < s.raw.piles().size(); ++i) {
    const MaterialId id = s.raw.piles()[i].material;
    if (!worked_here(info(id))) {
      continue;
    }
    for (int batches = 0; batches < 6; ++batches) {
      const Pile& pile = s.raw.piles()[i];
      const bool due = !pile.lots.empty() &&
                       (pile.mass_g >= world.worth(kSortWorthG) ||
                        world.now_s - pile.lots.front().time_s > world.lasting(kSortWaitS));
      if (!due) {
        break;
      }
      std::vector<Lot> lots = s.raw.take(id, {kBatchG, false, 200});
      if (lots.empty()) {
        break;
      }
      sort_batch(world, site, std::move(lots));
    }
  }
}

}  // namespace huan::simulator
