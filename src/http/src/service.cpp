// SPDX-License-Identifier: Apache-2.0
// What runs the server asks: is it alive, is it ready, how is it doing; the cities; live events;
// login; the API description.
#include "doors.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/writer.hpp"
#include "object_body.hpp"
#include "session_cookie.hpp"

namespace huan::http {
namespace {

constexpr std::string_view kPrometheus = "text/plain; version=0.0.4; charset=utf-8";

Response ready(Context& context, const Request& request) {
  try {
    context.parts.store.snapshot()->cities();
    return http_server::json_response(200, R"({"ready":true})");
  } catch (const store::Failure&) {
    return http_server::problem_response(
        Error{ErrorCode::overloaded, "", "the store does not answer"}, request);
  }
}

Response metrics(Context& context) {
  std::string out;
  context.figures.write(out);
  const auto figures = context.parts.recorder.figures();
  write_counter(out, "huan_commit_groups_total", "Commits, each of one or more jobs.",
                static_cast<double>(figures.groups));
  write_counter(out, "huan_commit_jobs_total", "Jobs committed.",
                static_cast<double>(figures.jobs));
  write_counter(out, "huan_records_total", "Records written since the start.",
                static_cast<double>(figures.records));
  write_gauge(out, "huan_live_listeners", "Open event streams.",
              static_cast<double>(context.live.listeners()));
  const std::lock_guard lock(context.server_mutex);
  if (context.server != nullptr) {
    const auto stats = context.server->stats();
    write_gauge(out, "huan_http_connections", "Open connections.",
                static_cast<double>(stats.connections));
    write_gauge(out, "huan_http_in_flight", "Requests without a written answer.",
                static_cast<double>(stats.in_flight));
    write_gauge(out, "huan_http_queued", "Requests that wait for a worker.",
                static_cast<double>(stats.queued));
  }
  return http_server::make_response(200, std::string(kPrometheus), std::move(out));
}

/// A listener who says where it stopped and cannot be understood must not miss what came since.
Result<std::optional<std::uint64_t>> last_heard(const Request& request) {
  const auto last = http_server::EventHub::last_event_id(request);
  const auto header = request.headers.find("Last-Event-ID");
  if (!last && (header || request.query_value("last_event_id"))) {
    return Error{ErrorCode::bad_number, header ? "Last-Event-ID" : "last_event_id",
                 "the seq of the last one seen"};
  }
  return last;
}

void follow(Context& context, const Request& request, const app::Access& access,
            http_server::Responder responder) {
  auto city = choose_city(request, *context.parts.store.snapshot(), access);
  const auto last = last_heard(request);
  if (!city || !last) {
    responder.send(http_server::problem_response(!city ? city.error() : last.error(), request));
    return;
  }
  context.live.follow(std::move(responder), {city->city, app::row_scope(access)}, *last);
}

Result<Response> cities(const Ask& ask) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const auto& row : ask.reading.cities()) {
    if (!sees_city(ask.access, row.city)) {
      continue;
    }
    w.begin_object().member("city", row.city).member("name", row.name);
    w.member("offset_s", static_cast<std::int64_t>(row.offset_s)).member("pack", row.pack);
    w.member("records", static_cast<std::int64_t>(ask.reading.last(row.city).seq)).end_object();
  }
  w.end_array().key("next").null().member("role", ask.access.role).end_object();
  return http_server::json_response(200, std::move(out));
}

/// A login link's token for a session, once. The cookie is what the browser keeps; scripts of the
/// page cannot read it.
Result<Response> login(Context& context, const Request& request) {
  HUAN_CHECK(from_no_other_site(request));
  HUAN_TRY(body, ObjectBody::parse(request, {"token"}));
  HUAN_TRY(token, body.text("token"));
  HUAN_TRY(session, app::exchange_login(context.parts.recorder, context.parts.clock, token));
  std::string out;
  json::Writer w(out);
  w.begin_object().member("token", session).end_object();
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Set-Cookie", session_cookie(session, request.secure));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

/// Takes the cookie away; of a session that is shown with it nothing is left.
Result<Response> logout(Context& context, const Request& request) {
  HUAN_CHECK(from_no_other_site(request));
  if (const auto secret = session_secret(request); !secret.empty()) {
    app::end_session(context.parts.recorder, crypto::sha256(secret));
    context.gate.forget_all();
  }
  auto response = http_server::empty_response(204);
  response.headers.add("Set-Cookie", session_cookie("", request.secure));
  return response;
}

}  // namespace

void add_service_doors(Doors& doors) {
  auto& context = doors.context();
  doors.open("GET", "/healthz",
             [](const Request&) { return http_server::json_response(200, R"({"ok":true})"); });
  doors.open("GET", "/readyz", [&context](const Request& r) { return ready(context, r); });
  doors.open("GET", "/api/openapi.yaml", [](const Request&) {
    return http_server::make_response(200, "application/yaml", std::string(openapi_yaml()));
  });
  doors.read_any("/metrics", {},
                 [&context](const Ask&) { return Result<Response>(metrics(context)); });
  doors.read_any("/api/v1/cities", {}, cities);
}

void add_live_doors(Doors& doors) {
  auto& context = doors.context();
  doors.async("GET", "/api/v1/events/stream", {"last_event_id"},
              [&context](const Request& request, const app::Access& access,
                         http_server::Responder responder) {
                follow(context, request, access, std::move(responder));
              });
}

void add_login_doors(Doors& doors) {
  auto& context = doors.context();
  doors.open("POST", "/api/v1/login", [&context](const Request& request) {
    return guarded(request, [&] { return login(context, request); });
  });
  doors.open("POST", "/api/v1/logout", [&context](const Request& request) {
    return guarded(request, [&] { return logout(context, request); });
  });
}

}  // namespace huan::http
