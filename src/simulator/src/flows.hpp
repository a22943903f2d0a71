// SPDX-License-Identifier: Apache-2.0
// What happens in the city, one file a flow. Each sends what the ledger will post, and changes the
// world accordingly.
#pragma once

#include "world.hpp"

namespace huan::simulator {

// receive.cpp
void receive(World& world, SiteId site, std::int64_t time_s);
void write_receipt(const World& world, json::Writer& w, const Receipt& receipt);
[[nodiscard]] std::int64_t amount_fen(const Receipt& receipt);

// ship.cpp
void dispatch(World& world, std::size_t district);
void load(World& world, const Stop& stop);
void forward(World& world, SiteId site);
/// Ships lots to another place; the arrival is in the queue afterwards.
void send_on(World& world, SiteId from, SiteId to, std::vector<Lot> lots, bool sealed = true);
void write_inputs(json::Writer& w, const std::vector<Lot>& lots, bool by_material);

// accept.cpp
void arrive(World& world, Shipment shipment);
void come_back(World& world, const Shipment& shipment);
void import_load(World& world, SiteId site);

// sort.cpp
void sort(World& world, SiteId site);
struct Yield {
  std::string_view material;
  std::int64_t per_mille;
};
/// Outputs of a mass by yields, swayed a little; what is missing is lost.
[[nodiscard]] std::vector<std::pair<MaterialId, std::int64_t>> outputs_of(
    World& world, std::int64_t mass_g, const std::vector<Yield>& yields);

// process.cpp
void start_runs(World& world, SiteId site);
void run_step(World& world, std::uint32_t run, std::uint32_t step);

// sell.cpp
void sell(World& world, SiteId site);

// correct.cpp
void plan_correction(World& world, const Receipt& receipt, std::vector<std::int64_t> right,
                     std::int64_t after_s);
void correct(World& world, Correction correction);

// mistake.cpp
void mistake(World& world, SiteId site, std::uint32_t which);

// settle.cpp
void settle(World& world);
void count(World& world, SiteId site);

// fraud.cpp
void plan_frauds(World& world, std::int64_t midnight);
void commit_fraud(World& world, SiteId site, std::uint32_t which);

// day.cpp
void plan_day(World& world);
void act(World& world, const Task& task);

}  // namespace huan::simulator
