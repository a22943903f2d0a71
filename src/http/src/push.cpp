// SPDX-License-Identifier: Apache-2.0
// Browsers that are told: a resident's own, a driver's, who hears of the own rounds, and those of a
// firm's staff, who hear what their firm is told.
#include "huan/app/push.hpp"

#include "huan/app/staff_notices.hpp"
#include "huan/crypto/base64url.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "payout_doors.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kSubscriptionMax = 4U << 10U;

Result<app::Personal*> vault_of(const Context& context) {
  if (context.parts.personal == nullptr || !app::push_key(*context.parts.personal)) {
    return Error{ErrorCode::vault_locked, "", "browsers are told with a key of the vault"};
  }
  return context.parts.personal;
}

Result<app::PushOwner> owner_of(const std::string& city, const app::Access& who) {
  const bool drives = who.role == "driver" && !who.account.empty();
  const std::string party = drives                   ? app::party_of_driver(who.account)
                            : who.role == "resident" ? who.account
                                                     : who.subject.organisation;
  if (party.empty()) {
    return Error{ErrorCode::bad_field, "", "residents and the staff of a firm are told"};
  }
  return app::PushOwner{city, party};
}

Response unkept_push(std::string out) {
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Result<Response> list_push(const Context& context, const Ask& ask) {
  HUAN_TRY(personal, vault_of(context));
  const auto found = owner_of(ask.city.city, ask.access);
  const app::PushOwner owner = found ? *found : app::PushOwner{ask.city.city, ""};  // nobody's
  const app::PushRule rule = app::push_rule(ask.reading, owner.city);
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const app::PushSubscription& one : app::push_of(ask.reading, *personal, owner)) {
    w.begin_object().member("id", one.id());
    w.member("service", rule.origin_of(one.endpoint)).end_object();
  }
  w.end_array().member("key", crypto::base64url(app::push_key(*personal)->point())).end_object();
  return unkept_push(std::move(out));
}

Result<Response> add_push(const Context& context, const Request& request, const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_TRY(personal, vault_of(context));
  HUAN_TRY(owner, owner_of(city.city, who));
  HUAN_CHECK(check_json_body(request));
  if (request.body().size() > kSubscriptionMax) {
    return Error{ErrorCode::too_large, "", "at most 4 KiB"};
  }
  HUAN_TRY(document, json::Document::parse(request.body()));
  HUAN_TRY(subscription, app::parse_push(document.root(), app::push_rule(*reading, city.city)));
  HUAN_CHECK(app::keep_push({context.parts.recorder, *personal}, owner, subscription));
  std::string out;
  json::Writer w(out);
  w.begin_object().member("id", subscription.id()).end_object();
  return unkept_push(std::move(out));
}

Result<Response> remove_push(const Context& context, const Request& request,
                             const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_TRY(personal, vault_of(context));
  HUAN_TRY(owner, owner_of(city.city, who));
  const std::string id(request.param("id"));
  if (!app::drop_push({context.parts.recorder, *personal}, owner, id)) {
    return Error{ErrorCode::not_found, "id", id};
  }
  return unkept_push("{}");
}

}  // namespace

void add_push_doors(Doors& doors) {
  const Context& context = doors.context();
  doors.read("/api/v1/push-subscriptions", {},
             [&context](const Ask& ask) { return list_push(context, ask); });
  doors.write("POST", "/api/v1/push-subscriptions", {},
              [&context](const Request& request, const app::Access& who) {
                return add_push(context, request, who);
              });
  doors.write("DELETE", "/api/v1/push-subscriptions/{id}", {},
              [&context](const Request& request, const app::Access& who) {
                return remove_push(context, request, who);
              });
}

}  // namespace huan::http
