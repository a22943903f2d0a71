// SPDX-License-Identifier: Apache-2.0
// 加工: a run at a processor takes a day: material goes in twice, goods come out twice, the rest is
// loss when the run is closed.
#include <algorithm>

#include "flows.hpp"

namespace huan::simulator {
namespace {

constexpr std::int64_t kRunG = 40'000'000;
constexpr std::int64_t kWorthG = 6'000'000;
constexpr std::int64_t kWaitS = 2 * kDayS;

std::string_view process_of(Family family) {
  switch (family) {
    case Family::appliance:
      return "dismantle";
    case Family::metal:
      return "remelt";
    case Family::plastic:
      return "granulate";
    default:
      return "pulp";
  }
}

std::vector<Yield> yields_of(const Material& m) {
  if (m.family != Family::appliance) {
    return {{m.code, 958}, {"residue", 22}};
  }
  std::vector<Yield> yields{{"metal.steel", 420},     {"plastic.abs", 215}, {"metal.copper", 55},
                            {"metal.aluminium", 45},  {"residue", 95},      {"glass.mixed", 60},
                            {"hazardous.circuit", 28}};
  if (m.code == "appliance.tv") {
    yields.push_back({"hazardous.crt", 60});
  }
  return yields;
}

json::Writer begin_step(World& world, const Run& run, const std::vector<Lot>& inputs) {
  const std::int64_t now = world.time_at(run.site, world.now_s);
  json::Writer w = world.begin("transform", run.site, now);
  w.member("process", process_of(info(run.material).family)).member("run", run.id);
  if (!inputs.empty()) {
    write_inputs(w, inputs, false);
  }
  return w;
}

/// `part` per mille of what is still to come; false when that is nothing.
bool write_outputs(World& world, json::Writer& w, Run& run, std::int64_t part) {
  SiteState& s = world.state(run.site);
  std::vector<Lot> made;
  for (auto& [id, left] : run.outputs) {
    const std::int64_t mass = part == 1'000 ? left : left * part / 1'000 / 100 * 100;
    if (mass > 0) {
      made.push_back({world.new_name(run.site, 'P'), id, mass, 0, false, s.last_s});
      left -= mass;
    }
  }
  if (made.empty()) {
    return false;
  }
  w.key("outputs").begin_array();
  for (Lot& lot : made) {
    w.begin_object().member("lot", lot.id).member("mass_g", lot.mass_g);
    w.member("material", info(lot.material).code).end_object();
    s.products.add(std::move(lot));
  }
  w.end_array();
  return true;
}

void start_run(World& world, SiteId site, MaterialId id, std::vector<Lot> lots) {
  Run run;
  run.id = world.new_name(site, 'R');
  run.site = site;
  run.material = id;
  for (const Lot& lot : lots) {
    run.in_g += lot.mass_g;
  }
  const auto half = static_cast<std::ptrdiff_t>((lots.size() + 1) / 2);
  run.waiting.assign(lots.begin() + half, lots.end());
  lots.erase(lots.begin() + half, lots.end());
  auto yields = yields_of(info(id));
  if (world.commits(site, Fraud::no_loss)) {
    std::int64_t kept = 0;
    for (const Yield& one : yields) {
      kept += one.per_mille;
    }
    yields = {{info(id).code, kept + world.of_fraud(999 - kept)}};
  }
  run.outputs = outputs_of(world, run.in_g, yields);
  json::Writer w = begin_step(world, run, lots);
  world.send(w);
  const std::uint32_t n = world.runs.put(std::move(run));
  world.push(world.now_s + world.lasting(world.random.between(7'200, 12'000)), TaskKind::run_step,
             n, 2);
}

}  // namespace

void start_runs(World& world, SiteId site) {
  SiteState& s = world.state(site);
  for (std::size_t i = 0; i < s.raw.piles().size(); ++i) {
    const MaterialId id = s.raw.piles()[i].material;
    for (int runs = 0; runs < 8; ++runs) {
      const Pile& pile = s.raw.piles()[i];
      const bool due =
          !pile.lots.empty() && (pile.mass_g >= world.worth(kWorthG) ||
                                 world.now_s - pile.lots.front().time_s > world.lasting(kWaitS));
      if (!due) {
        break;
      }
      std::vector<Lot> lots = s.raw.take(id, {kRunG, false, 300});
      if (lots.empty()) {
        break;
      }
      start_run(world, site, id, std::move(lots));
    }
  }
}

void run_step(World& world, std::uint32_t n, std::uint32_t step) {
  Run& run = world.runs.at(n);
  json::Writer w = begin_step(world, run, run.waiting);
  const bool fed = !run.waiting.empty();
  run.waiting.clear();
  if (step == 2) {
    const bool given = write_outputs(world, w, run, 400);
    if (fed || given) {
      world.send(w);
    }
    world.push(world.now_s + world.lasting(world.random.between(7'200, 14'000)), TaskKind::run_step,
               n, 3);
    return;
  }
  write_outputs(world, w, run, 1'000);
  w.member("close", true);
  world.send(w);
  static_cast<void>(world.runs.take(n));
}

}  // namespace huan::simulator
