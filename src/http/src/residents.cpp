// SPDX-License-Identifier: Apache-2.0
// Residents prove their phone by a code for one use, and have a session of their own role from
// then on. What they are told says nothing about whether anybody is known by that phone.
#include <array>

#include "huan/app/orders.hpp"
#include "huan/app/phone_codes.hpp"
#include "huan/json/writer.hpp"
#include "object_body.hpp"
#include "public_city.hpp"
#include "session_cookie.hpp"

namespace huan::http {
namespace {

constexpr std::int64_t kResendS = 60;
constexpr std::string_view kResident = "resident";

struct ResidentDesk {
  app::PhoneCodes codes;
};

Result<app::Personal*> personal_of(Context& context) {
  if (context.parts.personal == nullptr) {
    return Error{ErrorCode::not_found, "", "personal data is not kept here"};
  }
  return context.parts.personal;
}

/// A line of the outbox: what is to be sent to whom, for whatever gateway reads it.
bool send_code(Context& context, const std::string& phone, const std::string& code) {
  std::string line;
  json::Writer w(line);
  w.begin_object()
      .member("channel", "sms")
      .member("code", code)
      .member("en", "Your code is " + code + ", for 5 minutes.");
  w.member("kind", "phone_code").member("phone", phone);
  w.member("time", base::format_time(context.parts.clock.now(), 0));
  w.member("zh", "验证码 " + code + "，5 分钟内有效，请勿告诉他人。").end_object();
  return context.parts.outbox && context.parts.outbox(line);
}

Result<Response> ask_code(Context& context, ResidentDesk& desk, const Request& request) {
  HUAN_CHECK(from_no_other_site(request));
  HUAN_TRY(body, ObjectBody::parse(request, {"phone"}));
  HUAN_TRY(phone, body.text("phone"));
  HUAN_TRY(personal, personal_of(context));
  HUAN_TRY(customer, app::customer_of(*personal, phone));
  HUAN_TRY(code, desk.codes.ask({customer, request.remote}, context.parts.clock.now()));
  if (!send_code(context, phone, code)) {
    return Error{ErrorCode::unreachable, "", "no message can be sent from here"};
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().member("again_after_s", kResendS).end_object();
  return http_server::json_response(202, std::move(out));
}

/// The account of a resident, made when they come for the first time; empty: shut out.
std::string enter(app::CityWriter& writer, const std::string& customer, base::Instant now) {
  auto account = writer.reading().account(customer);
  if (account && (account->disabled || account->roles != kResident)) {
    return {};
  }
  if (!account) {
    account.emplace();
    account->account = customer;
    account->name = customer;
    account->roles = kResident;
    account->city = writer.setting().city;
    account->created = now;
    account->password_set = now;
    writer.transaction().account(*account);
  }
  return app::begin_session(writer, *account, now);
}

Result<Response> enter_by_code(Context& context, ResidentDesk& desk, const Request& request) {
  HUAN_CHECK(from_no_other_site(request));
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, public_city(request, *reading));
  HUAN_TRY(body, ObjectBody::parse(request, {"phone", "code"}));
  HUAN_TRY(phone, body.text("phone"));
  HUAN_TRY(code, body.text("code"));
  HUAN_TRY(personal, personal_of(context));
  HUAN_TRY(customer, app::customer_of(*personal, phone));
  const auto now = context.parts.clock.now();
  HUAN_CHECK(desk.codes.check(customer, code, now));
  std::string secret;
  Result<void> known;
  context.parts.recorder.run(city.city, 2, [&](app::CityWriter& writer) {
    secret = enter(writer, customer, now);
    known = app::keep_phone(writer, *personal, {customer, phone, {"account/" + customer}});
    return !secret.empty() && known.has_value();
  });
  HUAN_CHECK(known);
  if (secret.empty()) {
    return Error{ErrorCode::unauthorized, "", "this account is closed"};
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().member("csrf", app::csrf_of(secret)).member("customer", customer).end_object();
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Set-Cookie", session_cookie(secret, request.secure));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

}  // namespace

void add_resident_doors(Doors& doors) {
  Context& context = doors.context();
  const auto desk = std::make_shared<ResidentDesk>();
  doors.open("POST", "/api/v1/residents/code", [&context, desk](const Request& request) {
    return guarded(request, [&] { return ask_code(context, *desk, request); });
  });
  doors.open("POST", "/api/v1/residents/session", [&context, desk](const Request& request) {
    return guarded(request, [&] { return enter_by_code(context, *desk, request); });
  });
}

}  // namespace huan::http
