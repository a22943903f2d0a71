// SPDX-License-Identifier: Apache-2.0
// 收购: somebody comes to the counter with one to three kinds of things.
#include <algorithm>

#include "flows.hpp"
#include "huan/base/quantity.hpp"

namespace huan::simulator {
namespace {

constexpr std::int64_t kWrongPerMillion = 3'000;
constexpr std::int64_t kResendPerMillion = 4'000;
constexpr std::string_view kCodeLetters = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";

struct OriginShare {
  std::string_view origin;
  std::int64_t per_mille;
};

std::string_view pick(Random& random, std::initializer_list<OriginShare> shares) {
  std::int64_t roll = random.below(1'000);
  for (const OriginShare& share : shares) {
    if (roll < share.per_mille) {
      return share.origin;
    }
    roll -= share.per_mille;
  }
  return "household";
}

std::string_view origin_of(Random& random, const Material& m) {
  switch (m.family) {
    case Family::metal:
      return pick(random, {{"industrial", 350}, {"commercial", 200}, {"construction", 150}});
    case Family::paper:
      return pick(random, {{"commercial", 380}, {"public-institution", 70}});
    case Family::plastic:
      if (m.code == "plastic.farm_film" || m.code == "plastic.pesticide") {
        return "agricultural";
      }
      return pick(random, {{"commercial", 250}, {"industrial", 150}});
    case Family::glass:
      return pick(random, {{"commercial", 350}, {"construction", 100}, {"medical", 10}});
    case Family::appliance:
      return pick(random, {{"commercial", 80}, {"public-institution", 120}});
    case Family::textile:
      return pick(random, {{"industrial", 100}});
    case Family::vehicle:
      return pick(random, {{"commercial", 150}});
    case Family::battery:
      return m.where == SiteKind::battery_store ? "commercial" : "household";
    default:
      return "household";
  }
}

std::string party_of(World& world, std::string_view origin) {
  Random& random = world.random;
  if (origin == "household") {
    return random.chance(120) ? random.of(world.residents) : std::string{};
  }
  if (origin == "commercial") {
    return random.chance(600) ? random.of(world.shops) : std::string{};
  }
  if (origin == "public-institution") {
    return random.chance(800) ? random.of(world.institutions) : std::string{};
  }
  return random.chance(800) ? random.of(world.works) : std::string{};
}

std::string code(Random& random, std::string_view prefix, std::size_t size) {
  std::string text{prefix};
  while (text.size() < size) {
    text.push_back(random.of(kCodeLetters));
  }
  return text;
}

void add_items(Random& random, ReceiptLine& line) {
  const Material& m = info(line.lot.material);
  const bool serial = m.code == "vehicle.elv" || m.code == "battery.ev" ||
                      (m.family == Family::appliance && random.chance(250));
  for (std::int64_t i = 1; serial && i <= line.lot.pieces; ++i) {
    if (m.family == Family::vehicle) {
      line.items.push_back(code(random, "L", 17));
    } else if (m.family == Family::battery) {
      line.items.push_back(code(random, "00XPB", 24));
    } else {
      line.items.push_back(code(random, "SN", 14));
    }
  }
  line.lot.items = serial;
}

void add_mass(World& world, const Site& site, ReceiptLine& line) {
  const Material& m = info(line.lot.material);
  const std::int64_t max_g = site.scale_max_g * 29 / 30;  // room for the tare
  if (!m.counted) {
    line.lot.mass_g += draw_portion(world.random, m, site.interval_g, max_g);
    return;
  }
  const std::int64_t pieces = draw_pieces(world.random);
  for (std::int64_t i = 0; i < pieces; ++i) {
    line.lot.mass_g += draw_portion(world.random, m, site.interval_g, max_g);
  }
  line.lot.pieces += pieces;
}

void draw_lines(World& world, Receipt& receipt) {
  Random& random = world.random;
  const Site& site = world.site(receipt.site);
  const Supply& supply = world.supplies[static_cast<std::size_t>(site.kind)];
  const std::int64_t roll = random.below(1'000);
  const bool counter = site.kind == SiteKind::station;
  const int lines = !counter || roll < 700 ? 1 : roll < 900 ? 2 : 3;
  for (int i = 0; i < lines; ++i) {
    const MaterialId id = supply.pick(random);
    auto line = std::find_if(receipt.lines.begin(), receipt.lines.end(),
                             [&](const ReceiptLine& l) { return l.lot.material == id; });
    if (line == receipt.lines.end()) {
      line = receipt.lines.insert(line, ReceiptLine{});
      line->lot.material = id;
      line->price_fen = world.price_of(id, receipt.time_s);
    }
    add_mass(world, site, *line);
  }
}

void finish_lines(World& world, Receipt& receipt) {
  Random& random = world.random;
  const Site& site = world.site(receipt.site);
  for (std::size_t i = 0; i < receipt.lines.size(); ++i) {
    ReceiptLine& line = receipt.lines[i];
    line.lot.id = receipt.ticket + "." + std::to_string(i + 1);
    line.lot.time_s = receipt.time_s;
    add_items(random, line);
    if (receipt.weighed && line.lot.pieces == 0 && random.chance(120)) {
      const std::int64_t deduct = line.lot.mass_g * random.between(10, 60) / 1'000;
      line.deduct_g = deduct / std::max<std::int64_t>(site.interval_g, 1) * site.interval_g;
    }
    if (line.lot.pieces == 0 && line.deduct_g == 0 && random.chance(30)) {
      line.settle_g = line.lot.mass_g * 97 / 100;
    }
    line.per_piece = line.lot.pieces > 0 && world.priced_by_piece(line.lot.material);
  }
}

Receipt::Pay pay_of(Random& random, const Receipt& receipt, bool has_bank) {
  using enum Receipt::Pay;
  const std::int64_t roll = random.below(1'000);
  if (amount_fen(receipt) == 0) {
    return unsaid;
  }
  if (receipt.party.empty()) {
    return roll < 400 ? unsaid : roll < 850 || !has_bank ? till : bank;
  }
  if (!receipt.party.starts_with("sim-resident") && roll < 250) {
    return later;
  }
  return roll < 400 || !has_bank ? till : bank;
}

void weigh_up(World& world, Receipt& receipt) {
  const Site& site = world.site(receipt.site);
  const std::int64_t step = std::max<std::int64_t>(site.interval_g, 1);
  const std::int64_t most = site.scale_max_g > 0 ? site.scale_max_g * 29 / 30 : INT64_MAX / 4;
  for (ReceiptLine& line : receipt.lines) {
    if (line.lot.pieces == 0) {
      line.lot.mass_g =
          std::min(line.lot.mass_g + world.of_fraud(line.lot.mass_g * 2), most) / step * step;
    }
  }
}

/// The accomplice's tickets: one person's, or a shop's at less than half of the price.
void let_sell(World& world, Receipt& receipt) {
  const bool person = world.commits(receipt.site, Fraud::one_seller);
  if (!world.random.chance(person ? world.of_fraud(250) : 120)) {
    return;
  }
  receipt.origin = person ? "household" : "commercial";
  receipt.party = world.state(receipt.site).accomplice;
  for (ReceiptLine& line : receipt.lines) {
    line.price_fen =
        person ? line.price_fen : line.price_fen * (1'000 - world.of_fraud(550)) / 1'000;
  }
}

Receipt draw_receipt(World& world, SiteId site, std::int64_t time_s) {
  Random& random = world.random;
  Receipt receipt;
  receipt.site = site;
  receipt.time_s = world.time_at(site, time_s);
  receipt.ticket = world.new_ticket(site);
  receipt.weighed = !world.site(site).scale.empty() && random.chance(850);
  draw_lines(world, receipt);
  if (world.commits(site, Fraud::heavy_tickets)) {
    weigh_up(world, receipt);
  }
  finish_lines(world, receipt);
  receipt.origin = origin_of(random, info(receipt.lines.front().lot.material));
  receipt.party = party_of(world, receipt.origin);
  if (!world.state(site).accomplice.empty()) {
    let_sell(world, receipt);
  }
  receipt.pay = pay_of(random, receipt, !world.site(site).operator_id.empty());
  if (receipt.party.starts_with("sim-resident")) {
    for (const ReceiptLine& line : receipt.lines) {
      receipt.points += line.lot.mass_g / 1'000;
    }
  }
  return receipt;
}

/// Whether a ticket is to be changed for no reason but the deadline.
bool is_dressed(World& world, const Receipt& receipt) {
  const auto day = base::civil_of(world.today()).day;
  return world.commits(receipt.site, Fraud::bulk_corrections) && day >= 8 && day <= 10 &&
         world.random.chance(world.of_fraud(500));
}

/// What the clerk typed wrong, if he did. Only lines without pieces; never with points.
void mistype(World& world, Receipt& receipt) {
  const bool plain = std::all_of(receipt.lines.begin(), receipt.lines.end(),
                                 [](const ReceiptLine& l) { return l.lot.pieces == 0; });
  if (!plain || (!is_dressed(world, receipt) && !world.random.rare(kWrongPerMillion))) {
    return;
  }
  Random& random = world.random;
  receipt.weighed = false;
  receipt.points = 0;
  for (ReceiptLine& line : receipt.lines) {
    line.deduct_g = 0;
    line.settle_g = -1;
  }
  using enum Receipt::Pay;
  receipt.pay = receipt.pay == later ? till : receipt.pay;
  std::vector<std::int64_t> right;
  const bool twice = random.chance(150);  // typed in twice: the second is void
  for (ReceiptLine& line : receipt.lines) {
    if (twice) {
      continue;
    }
    right.push_back(line.lot.mass_g);
    world.tally(line.lot.material, line.lot.mass_g);
  }
  if (!twice) {
    ReceiptLine& line = random.of(receipt.lines);
    const std::int64_t wrong = line.lot.mass_g * random.between(300, 1'900) / 1'000;
    line.lot.mass_g = round_to(wrong, world.site(receipt.site).interval_g);
  }
  const std::int64_t after =
      random.chance(900) ? random.between(600, 9'000) : random.between(2 * kDayS, 4 * kDayS);
  plan_correction(world, receipt, std::move(right), after);
}

void write_weighings(const World& world, json::Writer& w, const Receipt& receipt) {
  const Site& site = world.site(receipt.site);
  w.key("weighings").begin_array();
  for (std::size_t i = 0; i < receipt.lines.size(); ++i) {
    const ReceiptLine& line = receipt.lines[i];
    const std::int64_t steps = (line.lot.mass_g / std::max<std::int64_t>(site.interval_g, 1)) % 17;
    const std::int64_t tare = steps * site.interval_g;
    w.begin_object();
    if (line.deduct_g > 0) {
      w.member("deduct_g", line.deduct_g);
    }
    w.member("gross_g", line.lot.mass_g + tare).member("line", static_cast<std::int64_t>(i));
    w.member("scale", site.scale).member("stable", true).member("tare_g", tare).end_object();
  }
  w.end_array();
}

void write_line(json::Writer& w, const ReceiptLine& line) {
  w.begin_object();
  if (!line.items.empty()) {
    w.key("items").begin_array();
    for (const std::string& item : line.items) {
      const Material& m = info(line.lot.material);
      const std::string_view kind = m.family == Family::vehicle   ? "vehicle"
                                    : m.family == Family::battery ? "battery"
                                                                  : "appliance";
      w.begin_object().member("code", item).member("kind", kind).end_object();
    }
    w.end_array();
  }
  w.member("lot", line.lot.id).member("mass_g", line.lot.mass_g);
  w.member("material", info(line.lot.material).code);
  if (line.per_piece) {
    w.member("per", "piece");
  }
  if (line.lot.pieces > 0) {
    w.member("pieces", line.lot.pieces);
  }
  if (line.price_fen > 0) {
    w.member("price_fen", line.price_fen);
  }
  if (line.settle_g >= 0) {
    w.member("settle_g", line.settle_g);
  }
  w.end_object();
}

/// Into the stock, the tally and the accounts, as the ledger has it from now on.
void take_in(World& world, const Receipt& receipt, bool tallied) {
  SiteState& state = world.state(receipt.site);
  for (const ReceiptLine& line : receipt.lines) {
    state.raw.add(line.lot);
    if (!tallied) {
      world.tally(line.lot.material, line.lot.mass_g);
    }
  }
  if (receipt.pay == Receipt::Pay::later) {
    world.owed[{receipt.site, receipt.party}] += amount_fen(receipt);
  }
  if (receipt.points > 0) {
    world.points[receipt.party] += receipt.points;
  }
}

}  // namespace

std::int64_t amount_fen(const Receipt& receipt) {
  std::int64_t total = 0;
  for (const ReceiptLine& line : receipt.lines) {
    const std::int64_t basis = line.settle_g >= 0 ? line.settle_g : line.lot.mass_g - line.deduct_g;
    total += line.per_piece ? line.lot.pieces * line.price_fen
                            : base::multiply_divide_round(basis, line.price_fen, 1'000);
  }
  return total;
}

void write_receipt(const World& world, json::Writer& w, const Receipt& receipt) {
  w.key("from").begin_object().member("origin", receipt.origin);
  if (!receipt.party.empty()) {
    w.member("party", receipt.party);
  }
  w.end_object();
  w.key("outputs").begin_array();
  for (const ReceiptLine& line : receipt.lines) {
    write_line(w, line);
  }
  w.end_array();
  using enum Receipt::Pay;
  if (receipt.pay == till || receipt.pay == bank) {
    w.key("payment").begin_object().member("fen", amount_fen(receipt));
    w.member("how", receipt.pay == till ? "till" : "bank").end_object();
  }
  if (receipt.points > 0) {
    w.member("points", receipt.points);
  }
  w.member("ticket", receipt.ticket);
  if (receipt.weighed) {
    write_weighings(world, w, receipt);
  }
}

void receive(World& world, SiteId site, std::int64_t time_s) {
  Receipt receipt = draw_receipt(world, site, time_s);
  json::Writer w = world.begin("receive", site, receipt.time_s);
  receipt.id = world.id();
  bool tallied = false;
  if (world.site(site).kind == SiteKind::station) {
    const std::size_t before = world.corrections.size();
    mistype(world, receipt);
    tallied = world.corrections.size() != before;
  }
  write_receipt(world, w, receipt);
  if (world.random.rare(kResendPerMillion)) {
    const std::uint32_t n = world.resends.put(world.text() + "}");
    world.push(world.now_s + world.random.between(20, 900), TaskKind::resend, n);
  }
  world.send(w);
  take_in(world, receipt, tallied);
}

}  // namespace huan::simulator
