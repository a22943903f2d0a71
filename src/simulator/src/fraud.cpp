// SPDX-License-Identifier: Apache-2.0
#include "fraud.hpp"

#include <algorithm>
#include <array>

#include "flows.hpp"

namespace huan::simulator {
namespace {

constexpr std::uint64_t kFraudSeed = 0x6672617564ULL;
constexpr std::int64_t kFraudHourS = 3'600;
constexpr std::int64_t kTurnG = 800'000;
constexpr std::int64_t kPaperG = 300'000;

/// Takes a place of the kind that is up to nothing yet; the number of places when there is none.
class Choice {
 public:
  Choice(World& world, Random& random) : world_(world), random_(random) {}
  [[nodiscard]] SiteId of(SiteKind kind, std::size_t every = 1, std::size_t not_first = 0) {
    std::vector<SiteId> free;
    const auto& all = world_.of(kind);
    for (std::size_t n = 0; n < all.size(); ++n) {
      if (world_.state(all[n]).frauds == 0 && (every <= 1 || n % every >= not_first)) {
        free.push_back(all[n]);
      }
    }
    return free.empty() ? none() : random_.of(free);
  }
  [[nodiscard]] SiteId none() const { return static_cast<SiteId>(world_.states.size()); }
  void mark(SiteId site, Fraud fraud) {
    world_.state(site).frauds |= 1U << static_cast<unsigned>(fraud);
  }

 private:
  World& world_;
  Random& random_;
};

void plant_at(World& world, Choice& choice, SiteKind kind, Fraud fraud) {
  // Every fourth works takes appliances apart and loses something by its nature.
  const SiteId site = fraud == Fraud::no_loss ? choice.of(kind, 4, 1) : choice.of(kind);
  if (site != choice.none()) {
    choice.mark(site, fraud);
    world.planted.push_back({fraud, world.site(site).key});
  }
}

void plant_seller(World& world, Choice& choice, Random& random, Fraud fraud) {
  const SiteId site = choice.of(SiteKind::station);
  auto& list = fraud == Fraud::one_seller ? world.residents : world.shops;
  if (site == choice.none() || list.empty()) {
    return;
  }
  choice.mark(site, fraud);
  world.state(site).accomplice = random.of(list);
  world.planted.push_back({fraud, world.state(site).accomplice, world.site(site).key});
}

void plant_pair(World& world, Choice& choice) {
  const SiteId first = choice.of(SiteKind::transfer);
  if (first == choice.none()) {
    return;
  }
  choice.mark(first, Fraud::round_trips);
  const SiteId second = choice.of(SiteKind::transfer);
  if (second == choice.none()) {
    world.state(first).frauds = 0;
    return;
  }
  choice.mark(second, Fraud::round_trips);
  world.planted.push_back({Fraud::round_trips, world.site(first).key, world.site(second).key});
}

std::vector<Lot> up_to(Stock& stock, std::int64_t room_g) {
  std::vector<Lot> lots;
  for (std::size_t n = 0; n < stock.piles().size() && room_g > 0; ++n) {
    const MaterialId material = stock.piles()[n].material;
    for (Lot& lot : stock.take(material, {room_g, false, 40})) {
      room_g -= lot.mass_g;
      lots.push_back(std::move(lot));
    }
  }
  return lots;
}

SiteId site_of(const World& world, const std::string& key) {
  SiteId found = 0;
  while (found < world.city.sites.size() && world.site(found).key != key) {
    ++found;
  }
  return found;
}

void turn(World& world, SiteId site) {
  for (const Planted& one : world.planted) {
    const bool first = one.fraud == Fraud::round_trips && one.subject == world.site(site).key;
    const bool second = one.fraud == Fraud::round_trips && one.other == world.site(site).key;
    if (!first && !second) {
      continue;
    }
    const SiteId to = site_of(world, first ? one.other : one.subject);
    auto lots = up_to(world.state(site).raw, kTurnG);
    if (!lots.empty()) {
      send_on(world, site, to, std::move(lots));
    }
  }
}

void ship_on_paper(World& world, SiteId site) {
  const auto& centres = world.of(SiteKind::centre);
  auto lots = up_to(world.state(site).raw, kPaperG);
  if (!lots.empty() && !centres.empty()) {
    send_on(world, site, centres.front(), std::move(lots), false);
  }
}

void granulate(World& world, SiteId site) {
  SiteState& s = world.state(site);
  for (std::size_t n = 0; n < s.raw.piles().size(); ++n) {
    const MaterialId id = s.raw.piles()[n].material;
    if (info(id).family != Family::plastic) {
      continue;
    }
    std::vector<Lot> lots = s.raw.take(id, {kTurnG, false, 40});
    if (lots.empty()) {
      continue;
    }
    std::int64_t in_g = 0;
    for (const Lot& lot : lots) {
      in_g += lot.mass_g;
    }
    const std::int64_t now = world.time_at(site, world.now_s);
    const std::int64_t out_g = std::max<std::int64_t>(in_g * 95 / 100, 1);
    const std::string made = world.new_name(site, 'P');
    json::Writer w = world.begin("transform", site, now);
    write_inputs(w, lots, false);
    w.member("loss_g", in_g - out_g).key("outputs").begin_array().begin_object();
    w.member("lot", made).member("mass_g", out_g).member("material", info(id).code);
    w.end_object().end_array().member("process", "granulate");
    world.send(w);
    s.raw.add({made, id, out_g, 0, false, now});
    return;
  }
}

}  // namespace

std::string_view name(Fraud fraud) noexcept {
  constexpr std::array<std::string_view, kFrauds> kNames{
      "heavy_tickets", "short_scale",     "hoard",           "one_seller",       "cheap_goods",
      "round_trips",   "work_at_station", "paper_shipments", "bulk_corrections", "no_loss"};
  return kNames.at(static_cast<std::size_t>(fraud));
}

void plant(World& world) {
  Random random(hash(world.tag_text, world.tag ^ kFraudSeed));
  Choice choice(world, random);
  for (std::int32_t n = 0; n < world.settings.frauds; ++n) {
    for (const Fraud fraud : {Fraud::heavy_tickets, Fraud::hoard, Fraud::work_at_station,
                              Fraud::paper_shipments, Fraud::bulk_corrections}) {
      plant_at(world, choice, SiteKind::station, fraud);
    }
    plant_at(world, choice, SiteKind::processor, Fraud::short_scale);
    plant_at(world, choice, SiteKind::processor, Fraud::no_loss);
    plant_seller(world, choice, random, Fraud::one_seller);
    plant_seller(world, choice, random, Fraud::cheap_goods);
    plant_pair(world, choice);
  }
}

void plan_frauds(World& world, std::int64_t midnight) {
  if (world.settings.frauds == 0) {
    return;
  }
  for (SiteId site = 0; site < world.states.size(); ++site) {
    const std::int64_t shift = static_cast<std::int64_t>(site % 50) * 60;
    for (const Fraud fraud : {Fraud::round_trips, Fraud::work_at_station, Fraud::paper_shipments}) {
      if (world.commits(site, fraud) && world.goes_on()) {
        world.push(midnight + 12 * kFraudHourS + shift, TaskKind::fraud, site,
                   static_cast<std::uint32_t>(fraud));
      }
    }
  }
}

void commit_fraud(World& world, SiteId site, std::uint32_t which) {
  switch (static_cast<Fraud>(which)) {
    case Fraud::round_trips:
      return turn(world, site);
    case Fraud::paper_shipments:
      return ship_on_paper(world, site);
    case Fraud::work_at_station:
      return granulate(world, site);
    default:
      return;
  }
}

}  // namespace huan::simulator
