// SPDX-License-Identifier: Apache-2.0
// Booking from the shell: what places offer, free slots, orders and their steps. Who ordered is
// read from a file or standard input, since what stands on a command line is read by others.
#include <fmt/core.h>

#include <fstream>
#include <iostream>
#include <iterator>

#include "huan/app/orders.hpp"
#include "huan/app/push.hpp"
#include "huan/app/timetables.hpp"
#include "huan/json/document.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using booking::Mover;

struct OrderOptions {
  std::string action;
  std::string key;
  std::string place;
  std::string day;
  std::string to;
  std::string file;  ///< none: standard input
  std::string role{"desk"};
};

Result<std::string> sent_text(const std::string& file) {
  if (file.empty() || file == "-") {
    return std::string(std::istreambuf_iterator<char>(std::cin), {});
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    return Error{ErrorCode::bad_file, file, "cannot be opened"};
  }
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<json::Document> sent_json(const std::string& file) {
  HUAN_TRY(text, sent_text(file));
  return json::Document::parse(text);
}

Result<store::CityRow> city_row(const Common& common, store::Reading& reading) {
  HUAN_TRY(code, common.one_city(reading));
  const auto row = reading.city(code);
  return row ? Result<store::CityRow>(*row) : Error{ErrorCode::unknown_city, "--city", code};
}

/// The day that is meant: the city's today unless one is named.
Result<base::Day> asked_day(const OrderOptions& options, const store::CityRow& city) {
  if (options.day.empty()) {
    base::SystemClock clock;
    return base::day_of(clock.now(), city.offset_s);
  }
  const auto day = base::parse_day(options.day);
  return day ? Result<base::Day>(*day)
             : Error{ErrorCode::bad_time, "--day", "a day like 2026-11-23"};
}

void say_order(const Common& common, const app::KeptOrder& kept) {
  if (common.json) {
    std::string out;
    json::Writer w(out);
    app::write_kept(w, kept);
    fmt::print("{}\n", out);
    return;
  }
  const booking::Order& order = kept.order;
  fmt::print("{:<20} {:<12} {} {}-{} {:<16} {} kinds, about {}.{:02} yuan\n", kept.key,
             booking::info(order.state).code, base::format_day(order.slot.day),
             booking::clock_text(order.slot.from_min), booking::clock_text(order.slot.to_min),
             order.place, order.lines.size(), order.about.count() / 100, order.about.count() % 100);
}

int show_states(const Common& common) {
  std::string out;
  json::Writer w(out);
  w.begin_array();
  for (const booking::StateInfo& one : booking::states()) {
    w.begin_object().member("code", one.code).member("en", one.en).member("next", one.next);
    w.member("who", one.who).member("zh", one.zh).end_object();
    if (!common.json) {
      fmt::print("{:<12} {:<24} {:<4} {}\n", one.code, one.en, one.who, one.next);
    }
  }
  w.end_array();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return kDone;
}

int offer(const Common& common, const OrderOptions& options) {
  Writing writing{common};
  const auto city = city_row(common, *writing.store->snapshot());
  if (!city) {
    return refused(common, city.error());
  }
  const auto document = sent_json(options.file);
  const auto service = document ? booking::parse_service(document->root(), "")
                                : Result<booking::Service>(document.error());
  if (!service) {
    return refused(common, service.error());
  }
  const auto done =
      app::offer_service(writing.recorder, city->city, options.place, *service, {"operator/shell"});
  if (!done) {
    return refused(common, done.error());
  }
  fmt::print("{}: {} windows a week are offered\n",
             options.place.empty() ? "every station" : options.place, service->windows.size());
  return kDone;
}

/// Which push services browsers may name.
int lay_down_push(const Common& common, const OrderOptions& options) {
  Writing writing{common};
  const auto city = common.one_city(*writing.store->snapshot());
  if (!city) {
    return refused(common, city.error());
  }
  const auto document = sent_json(options.file);
  const auto rule =
      document ? app::parse_push_rule(document->root()) : Result<app::PushRule>(document.error());
  if (!rule) {
    return refused(common, rule.error());
  }
  const auto done = app::lay_down_push_rule(writing.recorder, *city, *rule, {"operator/shell"});
  if (!done) {
    return refused(common, done.error());
  }
  fmt::print("{} push services may be named\n", rule->services.size());
  return kDone;
}

void print_halt(const booking::Halt& halt) {
  fmt::print("{}-{}  {:>11.6f} {:>11.6f}  {}\n", booking::clock_text(halt.from_min),
             booking::clock_text(halt.to_min), halt.at.lat_e7 / 1e7, halt.at.lng_e7 / 1e7,
             halt.name);
}

int show_halts(const Common& common, const OrderOptions& options) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  const auto city = city_row(common, *reading);
  if (!city) {
    return refused(common, city.error());
  }
  const auto day = asked_day(options, *city);
  if (!day) {
    return refused(common, day.error());
  }
  const auto timetable = app::timetable_of(*reading, city->city, options.place);
  if (!timetable) {
    return refused(common, {ErrorCode::not_found, "--place", options.place + " has no timetable"});
  }
  for (const booking::Halt* halt : booking::halts_on(*timetable, *day)) {
    print_halt(*halt);
  }
  return kDone;
}

/// Where a mobile station stands from now on each week; without a file it says where on a day.
int halts(const Common& common, const OrderOptions& options) {
  if (options.file.empty()) {
    return show_halts(common, options);
  }
  Writing writing{common};
  const auto reading = writing.store->snapshot();
  const auto city = city_row(common, *reading);
  if (!city) {
    return refused(common, city.error());
  }
  const auto document = sent_json(options.file);
  const auto timetable = document ? booking::parse_timetable(document->root(), "")
                                  : Result<booking::Timetable>(document.error());
  if (!timetable) {
    return refused(common, timetable.error());
  }
  const auto done = app::lay_down_timetable(
      writing.recorder, *reading, {city->city, options.place, *timetable, -1}, {"operator/shell"});
  if (!done) {
    Error error = done.error();
    error.at = error.at == "/place" ? "--place" : error.at;
    return refused(common, error);
  }
  fmt::print("{}: {} halts\n", options.place, timetable->halts.size());
  return kDone;
}

int show_slots(const Common& common, const OrderOptions& options) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  const auto city = city_row(common, *reading);
  base::SystemClock clock;
  const auto slots = city ? app::free_slots(*reading, *city, options.place, clock.now())
                          : Result<std::vector<booking::FreeSlot>>(city.error());
  if (!slots) {
    return refused(common, slots.error());
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const booking::FreeSlot& one : *slots) {
    const std::string day = base::format_day(one.slot.day);
    const std::string from = booking::clock_text(one.slot.from_min);
    const std::string to = booking::clock_text(one.slot.to_min);
    w.begin_object().member("day", day).member("free", one.free).member("from", from);
    w.member("to", to).member("units", one.units).end_object();
    if (!common.json) {
      fmt::print("{} {}-{} {:>4} of {} free\n", day, from, to, one.free, one.units);
    }
  }
  w.end_array().end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return kDone;
}

int list_orders(const Common& common, const OrderOptions& options) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  const auto city = city_row(common, *reading);
  if (!city) {
    return refused(common, city.error());
  }
  const auto day = asked_day(options, *city);
  if (!day) {
    return refused(common, day.error());
  }
  for (const app::KeptOrder& kept : app::orders_of_day(*reading, city->city, *day)) {
    if (options.place.empty() || kept.order.place == options.place) {
      say_order(common, kept);
    }
  }
  return kDone;
}

int show_order(const Common& common, const OrderOptions& options) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  const auto city = common.one_city(*reading);
  const auto kept = city ? app::order_on_record(*reading, *city, options.key) : std::nullopt;
  if (!kept) {
    return refused(common, city ? Error{ErrorCode::not_found, "--key", options.key} : city.error());
  }
  say_order(common, *kept);
  return kDone;
}

Result<app::KeptOrder> book_sent(const app::OrderParts& parts, const std::string& city,
                                 const std::string& file) {
  HUAN_TRY(document, sent_json(file));
  HUAN_TRY(request, app::parse_order_request(document.root()));
  request.city = city;
  request.by = {"operator/shell"};
  return app::book_order(parts, std::move(request));
}

Result<app::KeptOrder> move_sent(const app::OrderParts& parts, const std::string& city,
                                 const OrderOptions& options) {
  const auto to = booking::state_from(options.to);
  if (!to) {
    return Error{ErrorCode::bad_field, "--to", "a state: huan order states"};
  }
  HUAN_TRY(document, options.file.empty() || options.file == "-" ? json::Document::parse("{}")
                                                                 : sent_json(options.file));
  HUAN_TRY(move, app::parse_order_move(document.root()));
  move.city = city;
  move.key = options.key;
  move.to = *to;
  move.mover = options.role == "resident" ? Mover::resident
               : options.role == "driver" ? Mover::driver
                                          : Mover::desk;
  move.by = {"operator/shell"};
  return app::move_order(parts, move);
}

int write_order(const Common& common, const OrderOptions& options) {
  Writing writing{common};
  const auto city = common.one_city(*writing.store->snapshot());
  if (!city) {
    return refused(common, city.error());
  }
  const auto personal = open_personal(common, *writing.store, writing.recorder, writing.clock);
  if (!personal) {
    return refused(common, personal.error());
  }
  const app::OrderParts parts{writing.recorder, **personal, writing.clock};
  const auto kept = options.action == "book" ? book_sent(parts, *city, options.file)
                                             : move_sent(parts, *city, options);
  if (!kept) {
    return refused(common, kept.error());
  }
  say_order(common, *kept);
  return kDone;
}

int show_standing(const Common& common, const OrderOptions& options) {
  Writing writing{common};
  const auto city = city_row(common, *writing.store->snapshot());
  if (!city) {
    return refused(common, city.error());
  }
  const auto day = asked_day(options, *city);
  if (!day) {
    return refused(common, day.error());
  }
  const auto personal = open_personal(common, *writing.store, writing.recorder, writing.clock);
  if (!personal) {
    return refused(common, personal.error());
  }
  const app::OrderParts parts{writing.recorder, **personal, writing.clock};
  const auto standing = app::standing_visits(parts, *city, *day, {"operator/shell"});
  std::size_t missed = 0;
  for (const app::KeptOrder& kept : standing.visits) {
    say_order(common, kept);
    missed += kept.order.state == booking::State::missed ? 1 : 0;
  }
  for (const std::string& contract : standing.refused) {
    fmt::print(stderr, "huan: {}\n", contract);
  }
  fmt::print(stderr, "{} visits, {} new, {} on a holiday, {} missed\n", standing.visits.size(),
             standing.made, standing.off, missed);
  return missed == 0 && standing.refused.empty() ? kDone : kWanting;
}

int run_order(const Common& common, const OrderOptions& options) {
  if (options.action == "states") {
    return show_states(common);
  }
  if (options.action == "offer") {
    return offer(common, options);
  }
  if (options.action == "halts") {
    return halts(common, options);
  }
  if (options.action == "push") {
    return lay_down_push(common, options);
  }
  if (options.action == "standing") {
    return show_standing(common, options);
  }
  if (options.action == "slots") {
    return show_slots(common, options);
  }
  if (options.action == "list") {
    return list_orders(common, options);
  }
  return options.action == "show" ? show_order(common, options) : write_order(common, options);
}

}  // namespace

void add_order(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "order", "collections at the door: offer, book, move");
  auto options = std::make_shared<OrderOptions>();
  one->add_option("action", options->action,
                  "states, offer, halts, slots, standing, book, move, list, show or push")
      ->required()
      ->check(CLI::IsMember({"states", "offer", "halts", "slots", "standing", "book", "move",
                             "list", "show", "push"}));
  one->add_option("--city", common.city, "when the store holds several");
  one->add_option("--key", options->key, "of the order");
  one->add_option("--place", options->place, "of the place; offer: none means every station");
  one->add_option("--day", options->day, "list, standing: that day's, today's by default");
  one->add_option("--to", options->to, "move: the state that it is brought to");
  one->add_option("--as", options->role, "move: resident, desk or driver")
      ->check(CLI::IsMember({"resident", "desk", "driver"}));
  one->add_option("--file", options->file, "JSON that is sent; - is standard input");
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return run_order(common, *options); };
  });
}

}  // namespace huan::cli
