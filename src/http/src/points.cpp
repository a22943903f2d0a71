// SPDX-License-Identifier: Apache-2.0
// Points: how many one has, what they are spent on, spending them.
#include "huan/app/points.hpp"

#include <algorithm>

#include "huan/app/payouts.hpp"
#include "huan/app/points_book.hpp"
#include "huan/json/writer.hpp"
#include "object_body.hpp"
#include "payout_doors.hpp"
#include "public_city.hpp"

namespace huan::http {
namespace {

/// Whose points: a resident's own, for others the party that they name.
Result<std::string> holder_of(const app::Access& who, std::string named, const char* at) {
  if (who.grant.scope == access::Scope::own) {
    named = who.account;
  }
  if (named.empty()) {
    return Error{ErrorCode::bad_field, at, "whose"};
  }
  return named;
}

void write_reward(json::Writer& w, const app::KeptReward& one) {
  w.begin_object().member("en", one.reward.en).member("key", one.key);
  w.member("place", one.reward.place).member("points", one.reward.points);
  w.member("stock", one.reward.stock).member("zh", one.reward.zh).end_object();
}

/// The last digits of the account that is paid to; empty: none is known.
std::string account_of(Context& context, const Ask& ask, const std::string& customer) {
  if (context.parts.personal == nullptr) {
    return {};
  }
  for (const auto& one : context.parts.personal->masked(ask.reading, {ask.city.city, customer})) {
    if (one.field == vault::Field::bank_account) {
      return one.value;
    }
  }
  return {};
}

constexpr std::size_t kMonthsShown = 3;

/// The next months whose points end, the earliest first.
void write_expiring(json::Writer& w, const Ask& ask, app::PointsBook& book,
                    const std::string& customer, std::int64_t expire_months) {
  w.key("expiring").begin_array();
  if (expire_months > 0) {
    book.catch_up(ask.reading, ask.city.city);
    auto months = book.of(ask.city.city, customer);
    months.resize(std::min(months.size(), kMonthsShown));
    for (const app::PointsOfMonth& one : months) {
      const auto day = base::format_day(app::end_of(one.month, expire_months));
      w.begin_object().member("day", day).member("points", one.points).end_object();
    }
  }
  w.end_array();
}

Result<Response> show_points(const Ask& ask, Context& context, app::PointsBook& book) {
  HUAN_TRY(customer, holder_of(ask.access, ask.text("party"), "party"));
  const auto rule = app::rule_on_record(ask.reading, ask.city.city);
  std::string out;
  json::Writer w(out);
  w.begin_object().member("account", account_of(context, ask, customer));
  write_expiring(w, ask, book, customer, rule ? rule->expire_months : 0);
  w.member("fen_per_point", rule && rule->payout ? rule->payout->fen_per_point : 0);
  w.member("owed_fen", app::owed_to(ask.reading, ask.city.city, customer));
  w.member("party", customer);
  w.member("points", app::points_of(ask.reading, ask.city.city, customer));
  w.member("rule", rule.has_value()).member("synthetic", rule && rule->synthetic).end_object();
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Result<Response> show_rewards(Context& context, const Request& request) {
  HUAN_CHECK(check_parameters(request, {"city"}));
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, public_city(request, *reading));
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const app::KeptReward& one : app::rewards_on_offer(*reading, city.city)) {
    write_reward(w, one);
  }
  w.end_array().end_object();
  return http_server::json_response(200, std::move(out));
}

Result<Response> redeem_door(Context& context, const Request& request, const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_TRY(body, ObjectBody::parse(request, {"id", "party", "reward"}));
  HUAN_TRY(id, body.text("id"));
  HUAN_TRY(reward, body.text("reward"));
  HUAN_TRY(named, body.optional_text("party"));
  HUAN_TRY(customer, holder_of(who, std::move(named), "/party"));
  const app::Redemption wanted{city.city, id, customer, reward, who.principal};
  HUAN_TRY(done, app::redeem(context.parts.recorder, context.parts.clock, wanted));
  std::string out;
  json::Writer w(out);
  w.begin_object().member("id", done.id).member("left", done.left).key("reward");
  write_reward(w, done.reward);
  w.end_object();
  return http_server::json_response(done.again ? 200 : 201, std::move(out));
}

}  // namespace

void add_point_doors(Doors& doors) {
  Context& context = doors.context();
  add_payout_doors(doors);
  doors.read("/api/v1/points", {"party"},
             [&context, book = std::make_shared<app::PointsBook>()](const Ask& ask) {
               return show_points(ask, context, *book);
             });
  doors.open("GET", "/api/v1/rewards", [&context](const Request& request) {
    return guarded(request, [&] { return show_rewards(context, request); });
  });
  doors.write("POST", "/api/v1/redemptions", {},
              [&context](const Request& request, const app::Access& who) {
                return redeem_door(context, request, who);
              });
}

}  // namespace huan::http
