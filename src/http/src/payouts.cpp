// SPDX-License-Identifier: Apache-2.0
// Payouts: residents ask for their own and see what became of them; the desk sees them all.
#include "huan/app/payouts.hpp"

#include <iterator>

#include "huan/json/writer.hpp"
#include "object_body.hpp"
#include "payout_doors.hpp"
#include "public_city.hpp"

namespace huan::http {
namespace {

using app::KeptPayout;
using rewards::PayoutOf;
using rewards::PayoutState;

constexpr std::size_t kPayoutsShown = 500;

bool sees_payout(const app::Access& who, const rewards::Payout& payout) {
  return who.grant.scope != access::Scope::own ||
         (!who.account.empty() && payout.customer == who.account);
}

Result<app::PayoutParts> payout_parts(Context& context) {
  if (context.parts.personal == nullptr) {
    return Error{ErrorCode::not_found, "", "personal data is not kept here"};
  }
  return app::PayoutParts{context.parts.recorder, context.parts.store, *context.parts.personal,
                          context.parts.clock};
}

void write_payout(json::Writer& w, const KeptPayout& kept) {
  const rewards::Payout& payout = kept.payout;
  const auto& state = rewards::info(payout.state);
  w.begin_object().member("customer", payout.customer).member("en", state.en);
  w.member("fen", payout.money.count()).member("key", kept.key).member("open", state.open());
  w.member("payer", payout.payer).member("points", payout.points.count());
  w.member("reason", payout.reason).member("reference", payout.reference);
  w.member("state", state.code).member("time", base::format_time(kept.time, 0));
  w.member("what", rewards::name(payout.what)).member("zh", state.zh).end_object();
}

Response payout_response(const KeptPayout& kept, int status) {
  std::string out;
  json::Writer w(out);
  write_payout(w, kept);
  auto response = http_server::json_response(status, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Result<Response> list_payouts(const Ask& ask) {
  std::vector<KeptPayout> payouts;
  const auto named = ask.text("state");
  const auto state = rewards::payout_state_from(named);
  if (!named.empty() && !state) {
    return Error{ErrorCode::bad_field, "state", "a state of payouts"};
  }
  const bool own = ask.access.grant.scope == access::Scope::own;
  const auto party = own ? ask.access.account : ask.text("party");
  if (own || !party.empty()) {
    payouts = app::payouts_of(ask.reading, ask.city.city, party);
  } else {
    for (const auto& one : rewards::payout_states()) {
      if (!state || *state == one.state) {
        auto some = app::payouts_in(ask.reading, ask.city.city, one.state,
                                    {ask.text("after"), kPayoutsShown});
        std::move(some.begin(), some.end(), std::back_inserter(payouts));
      }
    }
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const KeptPayout& kept : payouts) {
    if (sees_payout(ask.access, kept.payout) && (!state || kept.payout.state == *state)) {
      write_payout(w, kept);
    }
  }
  w.end_array().end_object();
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Result<Response> request_payout_door(Context& context, const Request& request,
                                     const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_TRY(body, ObjectBody::parse(request, {"account", "amount", "id", "name", "party", "what"}));
  HUAN_TRY(parts, payout_parts(context));
  app::PayoutRequest wanted;
  wanted.city = city.city;
  wanted.by = who.principal;
  HUAN_TRY(id, body.text("id"));
  HUAN_TRY(amount, body.integer("amount", 0));
  HUAN_TRY(account, body.optional_text("account"));
  HUAN_TRY(name, body.optional_text("name"));
  HUAN_TRY(party, body.optional_text("party"));
  HUAN_TRY(what, body.optional_text("what"));
  const bool own = who.grant.scope == access::Scope::own;
  wanted.customer = own ? who.account : party;
  if (wanted.customer.empty()) {
    return Error{ErrorCode::bad_field, "/party", "whose"};
  }
  if (!what.empty() && what != "points" && what != "owed") {
    return Error{ErrorCode::bad_field, "/what", "points or owed"};
  }
  wanted.id = id;
  wanted.amount = amount;
  wanted.account = account;
  wanted.name = name;
  wanted.what = what == "owed" ? PayoutOf::owed : PayoutOf::points;
  HUAN_TRY(kept, app::request_payout(parts, wanted));
  return payout_response(kept, 201);
}

/// While it is not under way yet.
Result<Response> cancel_payout_door(Context& context, const Request& request,
                                    const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  const std::string key(request.param("key"));
  const auto kept = app::payout_on_record(*reading, city.city, key);
  if (!kept || !sees_payout(who, kept->payout)) {
    return Error{ErrorCode::not_found, "key", key};
  }
  HUAN_TRY(moved,
           app::move_payout(context.parts.recorder, context.parts.clock,
                            {city.city, key, PayoutState::cancelled, "", "", who.principal}));
  return payout_response(moved, 200);
}

}  // namespace

void add_payout_doors(Doors& doors) {
  add_notice_doors(doors);
  add_push_doors(doors);
  add_staff_notice_doors(doors);
  Context& context = doors.context();
  doors.read("/api/v1/payouts", {"after", "party", "state"}, list_payouts);
  doors.write("POST", "/api/v1/payouts", {},
              [&context](const Request& request, const app::Access& who) {
                return request_payout_door(context, request, who);
              });
  doors.write("POST", "/api/v1/payouts/{key}/cancel", {},
              [&context](const Request& request, const app::Access& who) {
                return cancel_payout_door(context, request, who);
              });
}

}  // namespace huan::http
