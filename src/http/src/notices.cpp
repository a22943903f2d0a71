// SPDX-License-Identifier: Apache-2.0
// A resident's notices, which of them are sent to their phone, and how. The desk may look and
// choose for somebody who rings up.
#include "huan/app/notices.hpp"

#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "payout_doors.hpp"
#include "public_city.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kChoiceMax = 4U << 10U;
constexpr std::size_t kPartyMax = 40;

Result<std::string> told_to(const app::Access& who, std::string named) {
  if (who.grant.scope == access::Scope::own) {
    named = who.account;
  }
  if (!base::is_name(named, kPartyMax)) {
    return Error{ErrorCode::bad_field, "party", "whose"};
  }
  return named;
}

void write_choice(json::Writer& w, const app::NoticeChoice& choice) {
  w.key("choice").raw(app::to_json(choice)).key("kinds").begin_array();
  for (const app::NoticeInfo& one : app::resident_notice_kinds()) {
    w.begin_object().member("code", one.code).member("en", one.en);
    w.member("sent", choice.wants(one.kind)).member("zh", one.zh).end_object();
  }
  w.end_array();
}

Response unkept(std::string out) {
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Result<Response> show_notices(const Ask& ask) {
  HUAN_TRY(customer, told_to(ask.access, ask.text("party")));
  std::string out;
  json::Writer w(out);
  w.begin_object();
  write_choice(w, app::notice_choice(ask.reading, ask.city.city, customer));
  w.key("items").begin_array();
  for (const app::Notice& one : app::notices_of(ask.reading, ask.city.city, customer)) {
    w.begin_object().member("en", app::text_of(one, true)).member("key", one.key);
    w.member("kind", app::info_of(one.kind).code);
    w.member("time", base::format_time(one.time, 0));
    w.member("zh", app::text_of(one, false)).end_object();
  }
  w.end_array().end_object();
  return unkept(std::move(out));
}

Result<Response> choose_notices(Context& context, const Request& request, const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_TRY(customer, told_to(who, std::string(request.query_value("party").value_or(""))));
  HUAN_CHECK(check_json_body(request));
  if (request.body().size() > kChoiceMax) {
    return Error{ErrorCode::too_large, "", "at most 4 KiB"};
  }
  HUAN_TRY(document, json::Document::parse(request.body()));
  HUAN_TRY(choice, app::parse_notice_choice(document.root()));
  app::keep_notice_choice(context.parts.recorder, city.city, customer, choice);
  std::string out;
  json::Writer w(out);
  w.begin_object();
  write_choice(w, choice);
  w.end_object();
  return unkept(std::move(out));
}

}  // namespace

void add_notice_doors(Doors& doors) {
  Context& context = doors.context();
  doors.read("/api/v1/residents/notices", {"party"}, show_notices);
  doors.write("PUT", "/api/v1/residents/notices", {"party"},
              [&context](const Request& request, const app::Access& who) {
                return choose_notices(context, request, who);
              });
}

}  // namespace huan::http
