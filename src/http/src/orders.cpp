// SPDX-License-Identifier: Apache-2.0
// Orders: residents see and move their own, an enterprise those that it collects, the desk on the
// phone looks up who calls. Where an order is in its life decides what may be done, by the table
// that is served here too.
#include "huan/app/orders.hpp"

#include <algorithm>

#include "huan/crypto/digest.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "object_body.hpp"
#include "order_photos.hpp"
#include "public_city.hpp"

namespace huan::http {
namespace {

using access::Scope;
using app::KeptOrder;
using booking::Mover;

constexpr std::size_t kOrderBodyMax = 32U << 10U;

bool is_resident(const app::Access& who) { return who.grant.scope == Scope::own; }

Mover mover_of(const app::Access& who) {
  const auto& roles = who.subject.roles;
  const bool drives = roles.size() == 1 && roles.front() == access::Role::driver;
  return is_resident(who) ? Mover::resident : drives ? Mover::driver : Mover::desk;
}

Result<app::OrderParts> order_parts(Context& context) {
  if (context.parts.personal == nullptr) {
    return Error{ErrorCode::not_found, "", "personal data is not kept here"};
  }
  return app::OrderParts{context.parts.recorder, *context.parts.personal, context.parts.clock};
}

/// The customer's own copy says their code for the door.
void write_own(json::Writer& w, Context& context, const app::Access& who, const KeptOrder& kept) {
  w.begin_object();
  const auto code = is_resident(who) && context.parts.personal != nullptr
                        ? app::door_code_of(*context.parts.personal, kept.key)
                        : Result<std::string>(Error{});
  if (code) {
    w.member("door_code", *code);
  }
  w.member("key", kept.key).key("order").raw(booking::to_json(kept.order));
  w.member("time", base::format_time(kept.time, 0)).member("version", kept.version).end_object();
}

Response one_response(Context& context, const app::Access& who, const KeptOrder& kept, int status) {
  std::string out;
  json::Writer w(out);
  write_own(w, context, who, kept);
  auto response = http_server::json_response(status, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Result<KeptOrder> own_order(store::Reading& reading, const std::string& city,
                            const Request& request, const app::Access& who) {
  const std::string key(request.param("key"));
  auto kept = app::order_on_record(reading, city, key);
  if (!kept || !reaches_order(who, kept->order)) {
    return Error{ErrorCode::not_found, "key", key};
  }
  return std::move(*kept);
}

Result<Response> list_orders_door(const Ask& ask, Context& context) {
  std::vector<KeptOrder> orders;
  if (is_resident(ask.access)) {
    orders = app::orders_of_customer(ask.reading, ask.city.city, ask.access.account);
  } else {
    const auto named = ask.query("day");
    const auto day = named ? base::parse_day(*named)
                           : base::day_of(context.parts.clock.now(), ask.city.offset_s);
    if (!day) {
      return Error{ErrorCode::bad_time, "day", "a day like 2026-11-23"};
    }
    orders = app::orders_of_day(ask.reading, ask.city.city, *day);
  }
  const auto place = ask.text("place");
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const KeptOrder& kept : orders) {
    if (reaches_order(ask.access, kept.order) && (place.empty() || kept.order.place == place)) {
      write_own(w, context, ask.access, kept);
    }
  }
  w.end_array().end_object();
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Result<Response> show_order_door(const Ask& ask, Context& context) {
  HUAN_TRY(kept, own_order(ask.reading, ask.city.city, ask.request, ask.access));
  return one_response(context, ask.access, kept, 200);
}

Result<json::Document> order_body(const Request& request) {
  HUAN_CHECK(check_json_body(request));
  if (request.body().size() > kOrderBodyMax) {
    return Error{ErrorCode::too_large, "", "at most 32 KiB"};
  }
  return json::Document::parse(request.body());
}

/// A photo is a file that was sent before.
Result<void> check_photos(store::Reading& reading, const std::string& city,
                          const booking::Order& order) {
  for (const booking::OrderLine& line : order.lines) {
    const auto digest = crypto::digest_from_hex(line.photo);
    if (!line.photo.empty() && !(digest && reading.file(city, *digest))) {
      return Error{ErrorCode::unknown_evidence, "/lines", line.photo};
    }
  }
  return {};
}

Result<Response> book_door(Context& context, const Request& request, const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_TRY(document, order_body(request));
  HUAN_TRY(sent, app::parse_order_request(document.root()));
  HUAN_CHECK(check_photos(*reading, city.city, sent.order));
  HUAN_TRY(parts, order_parts(context));
  sent.city = city.city;
  sent.by = who.principal;
  if (is_resident(who)) {
    if (who.account.empty()) {
      return Error{ErrorCode::not_found, "", "a token is nobody's account"};
    }
    sent.customer = who.account;
    sent.phone.clear();  // they proved the one that is kept
    sent.order.channel = "web";
  } else {
    if (!app::sees_place(*reading, city.city, sent.order.place, app::row_scope(who))) {
      return Error{ErrorCode::unknown_place, "/place", sent.order.place};
    }
    sent.order.channel = "hotline";
  }
  HUAN_TRY(kept, app::book_order(parts, std::move(sent)));
  return one_response(context, who, kept, 201);
}

Result<Response> move_door(Context& context, const Request& request, const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_TRY(document, order_body(request));
  HUAN_TRY(move, app::parse_order_move(document.root()));
  HUAN_TRY(before, own_order(*reading, city.city, request, who));
  const auto to = booking::state_from(request.param("state"));
  if (!to) {
    return Error{ErrorCode::not_found, "state", std::string(request.param("state"))};
  }
  HUAN_TRY(parts, order_parts(context));
  move.city = city.city;
  move.key = before.key;
  move.to = *to;
  move.mover = mover_of(who);
  move.by = who.principal;
  HUAN_TRY(kept, app::move_order(parts, move));
  return one_response(context, who, kept, 200);
}

void write_contact(json::Writer& w, const std::vector<app::PersonalField>& fields) {
  w.begin_object();
  for (const auto& field : fields) {
    const bool of_contact = field.field == vault::Field::address ||
                            field.field == vault::Field::contact ||
                            field.field == vault::Field::phone;
    if (of_contact && !field.value.empty()) {
      w.member(vault::name(field.field), field.value);
    }
  }
  w.end_object();
}

/// Who is calling: their orders and what is known of them, masked. The number is sent in a body,
/// since addresses are kept in logs.
Result<Response> look_up_caller(Context& context, const Request& request, const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_TRY(body, ObjectBody::parse(request, {"phone"}));
  HUAN_TRY(phone, body.text("phone"));
  HUAN_TRY(parts, order_parts(context));
  HUAN_TRY(customer, app::customer_of(parts.personal, phone));
  std::string out;
  json::Writer w(out);
  w.begin_object().key("contact");
  const bool own = is_resident(who);
  auto orders =
      own ? std::vector<KeptOrder>{} : app::orders_of_customer(*reading, city.city, customer);
  std::erase_if(orders, [&](const KeptOrder& one) { return !reaches_order(who, one.order); });
  const bool known = !orders.empty() || who.grant.scope == Scope::all;
  write_contact(w, known ? parts.personal.masked(*reading, {city.city, customer})
                         : std::vector<app::PersonalField>{});
  w.key("items").begin_array();
  for (const KeptOrder& kept : orders) {
    write_own(w, context, who, kept);
  }
  w.end_array().end_object();
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

/// Where to go and whom to call, for who collects it, while there is a reason; each reading is
/// recorded.
Result<Response> show_contact(Context& context, const Request& request, const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_TRY(kept, own_order(*reading, city.city, request, who));
  HUAN_TRY(parts, order_parts(context));
  if (booking::info(kept.order.state).ended()) {
    return Error{ErrorCode::not_found, "key", "the order has ended"};
  }
  const std::string purpose = "collecting an order";
  app::FieldSet allowed;
  for (const auto field : {vault::Field::address, vault::Field::contact, vault::Field::phone}) {
    allowed.set(static_cast<std::size_t>(field));
  }
  HUAN_TRY(fields, parts.personal.read({who.principal.name, purpose},
                                       {city.city, kept.order.customer}, {{}, allowed}));
  std::string out;
  json::Writer w(out);
  write_contact(w, fields);
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Response states_response() {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const booking::StateInfo& one : booking::states()) {
    w.begin_object().member("code", one.code).member("en", one.en).member("ended", one.ended());
    w.member("movable", one.movable()).key("movers").begin_array();
    for (const Mover mover : {Mover::resident, Mover::desk, Mover::driver}) {
      if (booking::may_bring(mover, one.state)) {
        w.string(booking::name(mover));
      }
    }
    w.end_array().key("next").begin_array();
    for (const booking::StateInfo& to : booking::states()) {
      if (booking::follows(one.state, to.state)) {
        w.string(to.code);
      }
    }
    w.end_array().member("zh", one.zh).end_object();
  }
  w.end_array().end_object();
  return http_server::json_response(200, std::move(out));
}

Result<Response> show_slots_door(Context& context, const Request& request) {
  HUAN_CHECK(check_parameters(request, {"place", "city"}));
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, public_city(request, *reading));
  const std::string place(request.query_value("place").value_or(""));
  auto found = app::free_slots(*reading, city, place, context.parts.clock.now());
  if (!found) {
    return at_parameter(std::move(found).error());
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const booking::FreeSlot& one : *found) {
    w.begin_object().member("day", base::format_day(one.slot.day)).member("free", one.free);
    w.member("from", booking::clock_text(one.slot.from_min));
    w.member("to", booking::clock_text(one.slot.to_min)).end_object();
  }
  w.end_array().end_object();
  return http_server::json_response(200, std::move(out));
}

}  // namespace

bool reaches_order(const app::Access& who, const booking::Order& order) {
  switch (who.grant.scope) {
    case Scope::own:
      return !who.account.empty() && order.customer == who.account;
    case Scope::organisation:
    case Scope::place:
      return order.party == who.grant.organisation;
    default:
      return app::row_scope(who).holds_district(order.district);
  }
}

Result<store::CityRow> public_city(const Request& request, store::Reading& reading) {
  return choose_city(request, reading, app::Access{});
}

void add_order_doors(Doors& doors) {
  Context& context = doors.context();
  add_order_photo_doors(doors);
  doors.read("/api/v1/orders", {"day", "place"},
             [&context](const Ask& ask) { return list_orders_door(ask, context); });
  doors.read("/api/v1/orders/{key}", {},
             [&context](const Ask& ask) { return show_order_door(ask, context); });
  doors.write("POST", "/api/v1/orders", {},
              [&context](const Request& request, const app::Access& who) {
                return book_door(context, request, who);
              });
  doors.write("POST", "/api/v1/orders/{key}/moves/{state}", {},
              [&context](const Request& request, const app::Access& who) {
                return move_door(context, request, who);
              });
  doors.write("GET", "/api/v1/orders/{key}/contact", {},
              [&context](const Request& request, const app::Access& who) {
                return show_contact(context, request, who);
              });
  doors.write("POST", "/api/v1/callers", {},
              [&context](const Request& request, const app::Access& who) {
                return look_up_caller(context, request, who);
              });
  doors.open("GET", "/api/v1/order-states", [](const Request& request) {
    return guarded(request, [&]() -> Result<Response> { return states_response(); });
  });
  doors.open("GET", "/api/v1/slots", [&context](const Request& request) {
    return guarded(request, [&] { return show_slots_door(context, request); });
  });
}

}  // namespace huan::http
