// SPDX-License-Identifier: Apache-2.0
#include "world.hpp"

#include <algorithm>

#include "fraud.hpp"
#include "huan/base/id.hpp"

namespace huan::simulator {
namespace {

constexpr std::string_view kLetters = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::int64_t kWeightMin = 400;
constexpr std::int64_t kWeightSpan = 1'201;

std::string padded(std::int64_t n, std::size_t width) {
  std::string text = std::to_string(n);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string short_day(base::Day day) {  // 261121
  const base::Civil c = base::civil_of(day);
  return padded(c.year % 100, 2) + padded(c.month, 2) + padded(c.day, 2);
}

std::uint64_t tag_of(const City& city, const Settings& settings) {
  std::uint64_t tag = hash(city.code, settings.seed);
  tag = mix(tag ^ static_cast<std::uint64_t>(settings.scale_ppm));
  return mix(tag + static_cast<std::uint64_t>(settings.from.n));
}

}  // namespace

World::World(City the_city, Settings the_settings)
    : city(std::move(the_city)),
      settings(the_settings),
      tag(tag_of(city, settings)),
      random(tag),
      states(city.sites.size()) {
  for (std::size_t i = 0; i < 4; ++i) {
    tag_text.push_back(kLetters[tag >> (5 * i) & 31U]);
  }
  for (SiteId i = 0; i < city.sites.size(); ++i) {
    by_kind[static_cast<std::size_t>(site(i).kind)].push_back(i);
    const std::uint64_t h = hash(site(i).key);
    state(i).weight = kWeightMin + static_cast<std::int64_t>(h % kWeightSpan);
    if (site(i).kind == SiteKind::station) {
      stations_of[site(i).district].push_back(i);
    }
  }
  for (const auto& [district, stations] : stations_of) {
    districts.push_back(district);
  }
  for (std::size_t kind = 0; kind < kSiteKinds; ++kind) {
    supplies.emplace_back(static_cast<SiteKind>(kind));
  }
  for (const Material& m : materials()) {
    const auto listed = std::find_if(city.prices.begin(), city.prices.end(),
                                     [&](const ListedPrice& p) { return p.material == m.code; });
    const bool taken = listed != city.prices.end() && (m.counted || !listed->per_piece);
    prices_.push_back(taken ? Price{listed->fen, listed->per_piece}
                            : Price{m.price_fen, m.family == Family::secondhand});
  }
  register_parties();
  plant(*this);
  now_s = midnight(settings.from);
  push(now_s, TaskKind::plan_day, 0);
}

void World::add_parties(const char* prefix, std::int64_t count, const char* kind,
                        std::vector<std::string>& list) {
  for (std::int64_t i = 1; i <= count; ++i) {
    Registration r;
    r.key = std::string{"sim-"} + prefix + "-" + padded(i, 4);
    const std::uint64_t h = hash(city.code + r.key);
    r.id = base::make_uuid_v7(0, h, mix(h)).text();
    json::Writer w(r.data);
    w.begin_object().member("kind", kind);
    const std::string_view is = kind;
    if (is != "resident") {
      w.member("name", std::string{"模拟 "} + prefix + " " + padded(i, 4));
    }
    w.member("synthetic", true).end_object();
    list.push_back(r.key);
    registrations.push_back(std::move(r));
  }
}

void World::register_parties() {
  add_parties("resident", 400, "resident", residents);
  add_parties("shop", 160, "sole_trader", shops);
  add_parties("works", 80, "enterprise", works);
  add_parties("office", 40, "institution", institutions);
  add_parties("buyer", 12, "enterprise", buyers);
  std::vector<std::string> one;
  add_parties("incinerator", 1, "enterprise", one);
  incinerator = one.front();
}

base::Day World::today() const { return base::day_of(base::Instant{now_s}, city.offset_s); }

std::int64_t World::midnight(base::Day day) const {
  return std::int64_t{day.n} * kDayS - city.offset_s;
}

std::int64_t World::time_at(SiteId id, std::int64_t not_before_s) {
  SiteState& s = state(id);
  s.last_s = std::max(not_before_s, s.last_s + 1);
  return s.last_s;
}

std::string World::new_id(std::int64_t time_s) {
  const std::int64_t ms = time_s * 1'000 + random.below(1'000);
  const std::uint64_t a = random.next();
  return base::make_uuid_v7(ms, a, random.next()).text();
}

SiteState& World::named(SiteId id) {
  SiteState& s = state(id);
  const base::Day day = base::day_of(base::Instant{std::max(s.last_s, now_s)}, city.offset_s);
  if (s.series_day != day.n) {
    s.series_day = day.n;
    s.tickets = 0;
    s.names = 0;
  }
  return s;
}

std::string World::last_ticket(SiteId id) const {
  const SiteState& s = states[id];
  const std::string& device = site(id).scale.empty() ? site(id).key : site(id).scale;
  return device + "." + tag_text + "." + short_day(base::Day{s.series_day}) + "-" +
         padded(s.tickets, 4);
}

std::string World::new_ticket(SiteId id) {
  ++named(id).tickets;
  return last_ticket(id);
}

std::string World::new_name(SiteId id, char letter) {
  SiteState& s = named(id);
  return site(id).key + "." + tag_text + "." + short_day(base::Day{s.series_day}) + "." + letter +
         padded(++s.names, 5);
}

std::string World::time_text(std::int64_t time_s) const {
  return base::format_time(base::Instant{time_s}, city.offset_s);
}

json::Writer World::begin(std::string_view type, SiteId where, std::int64_t time_s) {
  text_.clear();
  id_ = new_id(time_s);
  json::Writer w(text_);
  w.begin_object().member("id", id_).member("type", type).member("time", time_text(time_s));
  w.member("place", site(where).key);
  return w;
}

void World::send(json::Writer& writer, Expect expect) {
  writer.end_object();
  send_text(text_, expect);
}

void World::send_text(std::string text, Expect expect) {
  sent_s_ = std::max(sent_s_, now_s);
  (*sink)(Sent{base::Instant{sent_s_}, expect, std::move(text)});
}

void World::push(std::int64_t at_s, TaskKind kind, std::uint32_t a, std::uint32_t b) {
  tasks.push(Task{at_s, ++task_order, kind, a, b});
}

std::string World::any_vehicle() {
  return city.vehicles.empty() ? std::string{} : random.of(city.vehicles);
}

std::string World::buyer() {
  const auto& processors = of(SiteKind::processor);
  if (!city.market.empty() && random.chance(150)) {
    return city.market;
  }
  if (!processors.empty() && random.chance(700)) {
    const std::string& party = site(random.of(processors)).operator_id;
    if (!party.empty()) {
      return party;
    }
  }
  return random.of(buyers);
}

std::int64_t World::price_of(MaterialId id, std::int64_t time_s) const {
  const std::uint64_t week = static_cast<std::uint64_t>((time_s + city.offset_s) / (7 * kDayS));
  const std::uint64_t sway = hash(info(id).code, week) % 61;
  return prices_[id].fen * (970 + static_cast<std::int64_t>(sway)) / 1'000;
}

void World::tally(MaterialId id, std::int64_t mass_g) {
  mass_of[static_cast<std::size_t>(info(id).family)] += mass_g;
}

}  // namespace huan::simulator
