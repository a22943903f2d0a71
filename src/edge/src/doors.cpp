// SPDX-License-Identifier: Apache-2.0
#include "doors.hpp"

#include "huan/http_server/problem.hpp"
#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"

namespace huan::edge {
namespace {

using base::Error;
using base::ErrorCode;
using http_server::Request;
using http_server::Response;

constexpr const char* kTopic = "scale";
constexpr std::int64_t kShowMs = 100;
constexpr std::size_t kTicketBytes = std::size_t{1} << 20U;
constexpr std::size_t kListed = 200;

bool is_loopback_name(std::string_view host) {
  const auto name = host.substr(0, host.starts_with('[') ? host.find(']') + 1 : host.find(':'));
  return name == "127.0.0.1" || name == "localhost" || name == "[::1]";
}

void write_ticket(json::Writer& w, const Ticket& ticket) {
  w.begin_object();
  if (ticket.answer && !ticket.answer->code.empty()) {
    w.member("code", ticket.answer->code);
  }
  w.member("id", ticket.id);
  if (ticket.answer && !ticket.answer->message.empty()) {
    w.member("message", ticket.answer->message);
  }
  w.member("status", ticket.answer ? ticket.answer->status : std::string{"kept"}).end_object();
}

Response ticket_response(int status, const Ticket& ticket) {
  std::string out;
  json::Writer w(out);
  write_ticket(w, ticket);
  return http_server::json_response(status, std::move(out));
}

/// A text member that may be absent.
base::Result<std::string> optional_name(json::Value object, std::string_view key) {
  const auto value = object.find(key);
  if (!value) {
    return std::string{};
  }
  if (!value->is_string() || !base::is_name(value->string(), base::kShortNameMax)) {
    return Error{ErrorCode::bad_text, "/" + std::string{key}, "1 to 40 printable characters"};
  }
  return std::string{value->string()};
}

}  // namespace

void SharedPlatform::see(const scales::Reading& reading, std::int64_t at_ms) {
  const std::scoped_lock lock(mutex_);
  platform_.see(reading, at_ms);
}

void SharedPlatform::see_second(const scales::Reading& reading, std::int64_t at_ms) {
  const std::scoped_lock lock(mutex_);
  platform_.see_second(reading, at_ms);
}

std::optional<scales::Rest> SharedPlatform::now() const {
  const std::scoped_lock lock(mutex_);
  return platform_.now(now_ms());
}

base::Result<scales::Taken> SharedPlatform::take() {
  const std::scoped_lock lock(mutex_);
  return platform_.take(now_ms());
}

EdgeDoors::EdgeDoors(const EdgeOptions& options, SharedPlatform& platform, Journal& journal,
                     Sender& sender)
    : options_(options), platform_(platform), journal_(journal), sender_(sender) {}

http_server::Router EdgeDoors::router() {
  http_server::Router router;
  const auto admitted = [this](Response (EdgeDoors::*handler)(const Request&)) {
    return [this, handler](const Request& request) {
      const auto may = admit(request);
      return may ? (this->*handler)(request) : http_server::problem_response(may.error(), request);
    };
  };
  router.add("GET", "/healthz",
             [](const Request&) { return http_server::json_response(200, R"({"ok":true})"); });
  router.add("GET", "/scale", admitted(&EdgeDoors::scale));
  router.add_async("GET", "/scale/stream", [this](const Request& request, auto responder) {
    stream(request, std::move(responder));
  });
  router.add("POST", "/scale/weighings", admitted(&EdgeDoors::weigh));
  router.add("POST", "/tickets", admitted(&EdgeDoors::put_ticket));
  router.add("GET", "/tickets", admitted(&EdgeDoors::tickets));
  router.add("GET", "/tickets/{id}", admitted(&EdgeDoors::ticket));
  return router;
}

void EdgeDoors::decorate(Response& response) const {
  response.headers.set("Access-Control-Allow-Origin", options_.page);
  response.headers.set("Access-Control-Allow-Headers", "Content-Type, Last-Event-ID");
  response.headers.set("Access-Control-Allow-Private-Network", "true");
  response.headers.set("Vary", "Origin");
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("X-Content-Type-Options", "nosniff");
}

base::Result<void> EdgeDoors::admit(const Request& request) const {
  const auto origin = request.headers.find("Origin");
  if (origin && *origin != options_.page) {
    return Error{ErrorCode::forbidden, "Origin", std::string{*origin}};
  }
  if (!is_loopback_name(request.headers.value_or("Host", ""))) {
    return Error{ErrorCode::forbidden, "Host", ""};
  }
  // Without it a form of any page could post here, and the browser would not ask first.
  const bool json = request.headers.value_or("Content-Type", "").starts_with("application/json");
  if (request.method == "POST" && !json) {
    return Error{ErrorCode::unsupported_media, "", "application/json"};
  }
  return {};
}

std::string EdgeDoors::scale_json() const {
  const auto rest = platform_.now();
  std::string out;
  json::Writer w(out);
  w.begin_object();
  if (rest) {
    const std::int64_t age = now_ms() - rest->at_ms;
    w.member("at_rest", rest->at_rest).member("heard", age <= options_.platform.steady.silence_ms);
    w.member("mass_g", rest->reading.mass.count());
    w.member("out_of_range", rest->reading.out_of_range);
    w.member("scale", options_.scale).member("shows", scales::name(rest->reading.shows));
  } else {
    w.member("at_rest", false).member("heard", false).member("scale", options_.scale);
  }
  w.end_object();
  return out;
}

Response EdgeDoors::scale(const Request& /*request*/) {
  const Heard heard = indicator_ == nullptr ? Heard{} : indicator_->heard();
  const SenderState sender = sender_.state();
  std::string out;
  json::Writer w(out);
  w.begin_object().key("line").begin_object();
  w.member("checksums", static_cast<std::int64_t>(heard.checksums));
  w.member("frames", static_cast<std::int64_t>(heard.frames)).member("open", heard.open);
  w.member("skipped", static_cast<std::int64_t>(heard.skipped)).end_object();
  w.key("now").raw(scale_json()).key("server").begin_object();
  w.member("reached", sender.reached).member("trouble", sender.trouble);
  w.member("waiting", static_cast<std::int64_t>(journal_.waiting_count())).end_object();
  w.end_object();
  return http_server::json_response(200, std::move(out));
}

void EdgeDoors::stream(const Request& request, http_server::Responder responder) {
  if (const auto may = admit(request); !may) {
    responder.send(http_server::problem_response(may.error(), request));
    return;
  }
  hub_.subscribe(std::move(responder), kTopic, [this] {
    http_server::ServerSentEvent now;
    now.event = "scale";
    now.data = scale_json();
    return std::vector{now};
  });
}

void EdgeDoors::show() {
  const std::int64_t now = now_ms();
  http_server::ServerSentEvent event;
  {
    const std::scoped_lock lock(shown_mutex_);
    if (now - shown_ms_ < kShowMs) {
      return;
    }
    event.data = scale_json();
    if (event.data == shown_) {
      return;
    }
    shown_ms_ = now;
    shown_ = event.data;
  }
  event.event = "scale";
  hub_.publish(kTopic, event);
}

base::Result<std::string> EdgeDoors::weighed(const Request& request) {
  HUAN_TRY(body, json::Document::parse(request.body().empty() ? "{}" : request.body()));
  if (!body.root().is_object()) {
    return Error{ErrorCode::bad_field, "", "an object is expected"};
  }
  HUAN_TRY(as, optional_name(body.root(), "as"));
  HUAN_TRY(vehicle, optional_name(body.root(), "vehicle"));
  if (!as.empty() && as != "gross" && as != "tare") {
    return Error{ErrorCode::bad_field, "/as", "gross or tare"};
  }
  const std::vector<base::Mass> before = journal_.tares(vehicle);
  HUAN_TRY(taken, platform_.take());
  if (as == "tare") {
    if (const auto finding = scales::judge_tare(taken.mass, before, options_.tare_band)) {
      taken.findings.push_back(*finding);
    }
  }
  base::SystemClock clock;
  const std::int64_t serial = journal_.weigh({0, taken.mass, as.empty() ? "gross" : as, vehicle});
  std::string out;
  json::Writer w(out);
  w.begin_object().member("at", base::format_time(clock.now(), 0)).key("findings").begin_array();
  for (const scales::Finding finding : taken.findings) {
    w.string(scales::name(finding));
  }
  w.end_array().member("mass_g", taken.mass.count()).member("scale", options_.scale);
  w.member("serial", options_.scale + "-" + std::to_string(serial));
  w.member("stable", true).end_object();
  return out;
}

Response EdgeDoors::weigh(const Request& request) {
  auto out = weighed(request);
  return out ? http_server::json_response(200, *std::move(out))
             : http_server::problem_response(out.error(), request);
}

base::Result<Ticket> EdgeDoors::keep_ticket(const Request& request) {
  if (request.body().size() > kTicketBytes) {
    return Error{ErrorCode::too_large, "", "1 MiB for one ticket"};
  }
  HUAN_TRY(event, json::Document::parse(request.body()));
  const auto id = event.root().is_object() ? event.root().find("id") : std::nullopt;
  const auto uuid = id && id->is_string() ? base::Uuid::parse(id->string()) : std::nullopt;
  if (!uuid) {
    return Error{ErrorCode::bad_field, "/id", "a UUID made ahead is needed"};
  }
  return journal_.keep(*uuid, json::canonical(event.root()));
}

Response EdgeDoors::put_ticket(const Request& request) {
  const auto ticket = keep_ticket(request);
  if (!ticket) {
    return http_server::problem_response(ticket.error(), request);
  }
  sender_.wake();
  return ticket_response(ticket->answer ? 200 : 202, *ticket);
}

Response EdgeDoors::tickets(const Request& /*request*/) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const Ticket& ticket : journal_.latest(kListed)) {
    write_ticket(w, ticket);
  }
  w.end_array().member("waiting", static_cast<std::int64_t>(journal_.waiting_count()));
  w.end_object();
  return http_server::json_response(200, std::move(out));
}

Response EdgeDoors::ticket(const Request& request) {
  const auto id = base::Uuid::parse(request.param("id"));
  const auto found = id ? journal_.find(id->text()) : std::nullopt;
  return found ? ticket_response(200, *found)
               : http_server::problem_response({ErrorCode::not_found, "", ""}, request);
}

}  // namespace huan::edge
