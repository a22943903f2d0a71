// SPDX-License-Identifier: Apache-2.0
// "Where did it go": a signed link to what became of one lot, for whoever is given it. What it
// shows names no person, no firm, no place, no lot but the one asked for: masses by fate, and the
// steps with their day, the kind of place and its district. The link says its own end; the key that
// signs it follows from the log's, so that nothing is kept of it.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "huan/app/trace_lot.hpp"
#include "huan/base/text.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "huan/oidc/provider.hpp"
#include "object_body.hpp"

namespace huan::http {
namespace {

constexpr std::int64_t kWhereDays = 30;
constexpr std::int64_t kWhereDaysMax = 365;
constexpr std::int64_t kSecondsOfDay = 86'400;
constexpr std::size_t kMacBytes = 16;
constexpr std::size_t kLinkMax = 1'000;
constexpr std::size_t kStepsMax = 200;

struct WhereLink {
  std::string city;
  std::string lot;
  base::Instant until;
};

std::string mac_of(const log::Signer& signer, std::string_view text) {
  const auto key = crypto::hmac_sha256(signer.private_text(), "where link 1");
  const auto mac = crypto::hmac_sha256(crypto::bytes(key), text);
  return oidc::base64url(crypto::bytes(mac).substr(0, kMacBytes));
}

std::string link_text(const log::Signer& signer, const WhereLink& link) {
  const auto text =
      oidc::base64url(std::to_string(link.until.s) + " " + link.city + " " + link.lot);
  return text + "." + mac_of(signer, text);
}

/// nullopt: not ours, damaged, or past its end.
std::optional<WhereLink> parse_link(const log::Signer& signer, std::string_view link,
                                    base::Instant now) {
  const auto dot = link.find('.');
  if (link.size() > kLinkMax || dot == std::string_view::npos ||
      !crypto::equal_in_constant_time(link.substr(dot + 1), mac_of(signer, link.substr(0, dot)))) {
    return std::nullopt;
  }
  const auto text = oidc::from_base64url(link.substr(0, dot)).value_or("");
  const auto first = text.find(' ');
  const auto second = text.find(' ', first + 1);
  const auto until = base::parse_integer(text.substr(0, first));
  if (second == std::string::npos || !until || *until <= now.s) {
    return std::nullopt;
  }
  return WhereLink{text.substr(first + 1, second - first - 1), text.substr(second + 1), {*until}};
}

std::string text_in(const json::Value& object, std::string_view name) {
  const auto found = object.find(name);
  return found && found->is_string() ? std::string(found->string()) : std::string();
}

std::int64_t grams_in(const json::Value& object, std::string_view name) {
  const auto found = object.find(name);
  return found && found->is_integer() ? found->integer() : 0;
}

/// A fate without names: what kind of leaving it was, and its class when that is a plain word.
std::string fate_of(const json::Value& share) {
  const auto outside = share.find("outside");
  if (!outside) {
    return text_in(share, "kind");
  }
  const auto fate = text_in(*outside, "class");
  constexpr std::array<std::string_view, 7> kFates{
      "recycle", "reuse", "energy", "landfill", "incineration", "storage", "hazardous"};
  const bool known = std::find(kFates.begin(), kFates.end(), fate) != kFates.end();
  return known ? fate : fate.starts_with("other-city:") ? "other-city" : text_in(*outside, "of");
}

void write_fates(json::Writer& w, const json::Value& trace) {
  std::map<std::string, std::int64_t> fates;
  if (const auto shares = trace.find("shares"); shares && shares->is_array()) {
    for (const auto& share : shares->elements()) {
      fates[fate_of(share)] += grams_in(share, "grams");
    }
  }
  w.key("fates").begin_array();
  for (const auto& [fate, grams] : fates) {
    w.begin_object().member("fate", fate).member("grams", grams).end_object();
  }
  w.end_array();
}

struct PublicStep {
  std::string day;
  std::string type;
  std::string kind;
  std::string district;
  friend auto operator<=>(const PublicStep&, const PublicStep&) = default;
};

/// Several on one day at one kind of place are one.
std::set<PublicStep> steps_of(store::Reading& reading, const store::CityRow& city,
                              const json::Value& trace) {
  std::set<PublicStep> steps;
  const auto picture = trace.find("picture");
  const auto list = picture ? picture->find("steps") : std::nullopt;
  if (!list || !list->is_array()) {
    return steps;
  }
  for (const auto& step : list->elements()) {
    const auto time = base::parse_time(text_in(step, "time"));
    PublicStep shown;
    shown.type = text_in(step, "type");
    shown.day = time ? base::format_day(base::day_of(*time, city.offset_s)) : "";
    if (const auto place = reading.registered(city.city, "place", text_in(step, "place"))) {
      shown.kind = place->subkind;
      shown.district = place->district;
    }
    if (steps.size() < kStepsMax) {
      steps.insert(std::move(shown));
    }
  }
  return steps;
}

/// A material's names, since whoever looks has no list of them.
void write_material(json::Writer& w, store::Reading& reading, const std::string& city,
                    const std::string& code) {
  std::string zh = code;
  std::string en = code;
  if (const auto row = reading.registered(city, "material", code)) {
    const auto body = json::Document::parse(row->body, json::kStored);
    const auto record = body ? body->root().find("record") : std::nullopt;
    const auto data = record ? record->find("data") : std::nullopt;
    if (data && data->is_object()) {
      zh = text_in(*data, "zh");
      en = text_in(*data, "en");
    }
  }
  w.key("material").begin_object().member("code", code).member("en", en.empty() ? zh : en);
  w.member("zh", zh.empty() ? en : zh).end_object();
}

Result<Response> make_link(Context& context, const Request& request, const app::Access& who) {
  HUAN_TRY(body, ObjectBody::parse(request, {"days"}));
  HUAN_TRY(days, body.integer("days", kWhereDays));
  if (days < 1 || days > kWhereDaysMax) {
    return Error{ErrorCode::bad_field, "/days", "1 to 365"};
  }
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  const std::string lot(request.param("lot"));
  if (context.parts.signer == nullptr || reading->lot_places(city.city, lot).empty() ||
      !app::sees_lot(*reading, city.city, lot, app::row_scope(who))) {
    return Error{ErrorCode::unknown_lot, "lot", lot};
  }
  const WhereLink link{city.city, lot, {context.parts.clock.now().s + days * kSecondsOfDay}};
  std::string out;
  json::Writer w(out);
  w.begin_object().member("expires", base::format_time(link.until, city.offset_s));
  w.member("path", "/where#" + link_text(*context.parts.signer, link)).end_object();
  return http_server::json_response(201, std::move(out));
}

Result<Response> show_where(Context& context, const Request& request) {
  const auto* signer = context.parts.signer;
  const auto link = signer == nullptr
                        ? std::nullopt
                        : parse_link(*signer, request.param("link"), context.parts.clock.now());
  const auto reading = context.parts.store.snapshot();
  const auto city = link ? reading->city(link->city) : std::nullopt;
  if (!city) {
    return Error{ErrorCode::not_found, "link", "it has expired or is not whole"};
  }
  app::TraceRequest question;
  question.city = link->city;
  question.lot = link->lot;
  question.up = false;
  HUAN_TRY(text, app::trace_lot(context.parts.tracer, *reading, question));
  HUAN_TRY(document, json::Document::parse(text, json::kStored));
  const auto trace = document.root();
  std::string out;
  json::Writer w(out);
  w.begin_object().member("city", city->name);
  w.member("expires", base::format_time(link->until, city->offset_s));
  write_fates(w, trace);
  w.member("lot", link->lot).member("mass_g", grams_in(trace, "mass_g"));
  write_material(w, *reading, link->city, text_in(trace, "material"));
  w.key("steps").begin_array();
  for (const auto& step : steps_of(*reading, *city, trace)) {
    w.begin_object().member("day", step.day).member("district", step.district);
    w.member("kind", step.kind).member("type", step.type).end_object();
  }
  w.end_array().end_object();
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

}  // namespace

void add_where_doors(Doors& doors) {
  auto& context = doors.context();
  doors.write(
      "POST", "/api/v1/lots/{lot}/link", {},
      [&context](const Request& r, const app::Access& who) { return make_link(context, r, who); });
  doors.open("GET", "/api/v1/where/{link}", [&context](const Request& request) {
    return guarded(request, [&] { return show_where(context, request); });
  });
}

}  // namespace huan::http
