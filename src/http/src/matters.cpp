// SPDX-License-Identifier: Apache-2.0
// Matters of oversight by their steps: orders to put right, case files, appeals, bulletins, draws.
// Each is a dossier, so that its type's table says who brings it where; the doors say who sees it.
#include <algorithm>

#include "huan/app/evidence_bundle.hpp"
#include "huan/app/inspections.hpp"
#include "huan/app/vehicle_passes.hpp"

#include "dossier_door.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "huan/oversight/dossiers.hpp"
#include "object_body.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kMatterMax = 64U << 10U;

struct MatterDoor {
  std::string_view path;
  std::vector<std::string_view> types;
};

const std::vector<std::string_view>& case_types() {
  static const std::vector<std::string_view> all{"case", "unlicensed_site", "suspected_goods",
                                                 "complaint"};
  return all;
}

/// An order is its inspection's: inspectors see those of what a draw gave them.
bool sees_matter(store::Reading& reading, const store::CityRow& city, const app::Access& access,
                 const registry::Dossier& dossier) {
  if (access.role != "inspector" || dossier.type != "rectification") {
    return true;
  }
  const auto of =
      app::dossier_on_record(reading, city.city, dossiers::text_in(dossier, "inspection"));
  return of && app::is_sent(of->dossier, access.principal.name);
}

void write_matter(json::Writer& w, const oversight::KeyedDossier& one) {
  w.begin_object().key("data").raw(registry::to_json(one.dossier)).member("key", one.key);
  w.member("version", one.version).end_object();
}

Result<Response> list_matters(const Ask& ask, const MatterDoor& door) {
  const std::string type = ask.text("type");
  if (!type.empty() && std::ranges::find(door.types, type) == door.types.end()) {
    return Error{ErrorCode::bad_field, "type", type};
  }
  const std::string state = ask.text("state");
  const std::string about = ask.text("subject");
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const std::string_view one_type : door.types) {
    if (!type.empty() && type != one_type) {
      continue;
    }
    for (const auto& one : oversight::read_dossiers(
             ask.reading, {ask.city.city, ask.city.offset_s},
             {.type = std::string(one_type), .scope = ask.scope(), .day = {}})) {
      const bool asked_for = (state.empty() || one.dossier.state == state) &&
                             (about.empty() || one.dossier.about == about);
      if (asked_for && sees_matter(ask.reading, ask.city, ask.access, one.dossier)) {
        write_matter(w, one);
      }
    }
  }
  w.end_array().end_object();
  return http_server::json_response(200, std::move(out));
}

struct MatterStep {
  registry::Dossier dossier;
  std::int64_t version{0};
  std::string sign_as;
};

/// {"data":{…},"sign_as":…,"version":…}
Result<MatterStep> parse_step(const Request& request, const MatterDoor& door) {
  HUAN_CHECK(check_json_body(request));
  if (request.body().size() > kMatterMax) {
    return Error{ErrorCode::too_large, "", "at most 64 KiB"};
  }
  HUAN_TRY(document, json::Document::parse(request.body()));
  const auto root = document.root();
  const auto data = root.is_object() ? root.find("data") : std::nullopt;
  if (!data) {
    return Error{ErrorCode::bad_field, "/data", "an object"};
  }
  MatterStep step;
  HUAN_TRY(dossier, registry::parse_dossier(*data, "/data"));
  step.dossier = std::move(dossier);
  if (std::ranges::find(door.types, step.dossier.type) == door.types.end()) {
    return Error{ErrorCode::bad_field, "/data/type", step.dossier.type};
  }
  const auto version = root.find("version");
  const auto sign_as = root.find("sign_as");
  if ((version && (!version->is_integer() || version->integer() < 0)) ||
      (sign_as && !sign_as->is_string())) {
    return Error{ErrorCode::bad_field, version ? "/version" : "/sign_as", "as it was read"};
  }
  step.version = version ? version->integer() : 0;
  step.sign_as = sign_as ? std::string(sign_as->string()) : std::string();
  return step;
}

/// Opened where there is none, brought on where it is of the version that was read.
Result<Response> put_matter(Context& context, const MatterDoor& door, const Request& request,
                            const app::Access& access) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  HUAN_TRY(step, parse_step(request, door));
  const std::string key(request.param("key"));
  const auto before = app::dossier_on_record(*reading, city.city, key);
  if (before && (before->dossier.type != step.dossier.type ||
                 !sees_matter(*reading, city, access, before->dossier))) {
    return Error{ErrorCode::not_found, "key", key};
  }
  app::RegistryPut put;
  put.kind = "dossier";
  put.key = key;
  put.data = registry::to_json(step.dossier);
  HUAN_CHECK(app::may_register(*reading, city.city, put, app::row_scope(access)));
  RulesShelf shelf;
  const DossierSent sent{city, key, step.dossier, step.version, step.sign_as};
  HUAN_TRY(filed, file_sent(context, shelf, sent, access));
  std::string out;
  json::Writer w(out);
  w.begin_object().key("data").raw(registry::to_json(filed.dossier)).member("key", key);
  w.member("version", filed.version).end_object();
  return http_server::json_response(before ? 200 : 201, std::move(out));
}

Result<Response> bundle(const Ask& ask, Context& context) {
  const std::string key(ask.request.param("key"));
  const auto row = ask.reading.registered(ask.city.city, "dossier", key);
  if (!row || std::ranges::find(case_types(), row->subkind) == case_types().end() ||
      context.parts.signer == nullptr ||
      !app::sees_thing(ask.reading, ask.city.city, *row, ask.scope())) {
    return Error{ErrorCode::not_found, "key", key};
  }
  HUAN_TRY(text, app::evidence_bundle(ask.reading, ask.city.city, key, *context.parts.signer));
  auto response = http_server::make_response(200, "application/x-ndjson", std::move(text));
  response.headers.add("Content-Disposition", "attachment; filename=\"evidence.ndjson\"");
  return response;
}

Result<Response> draft(Context& context, const Request& request, const app::Access& access) {
  HUAN_TRY(body, ObjectBody::parse(request, {"district", "from", "key", "to"}));
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  HUAN_TRY(key, body.text("key"));
  HUAN_TRY(from_text, body.text("from"));
  HUAN_TRY(to_text, body.text("to"));
  HUAN_TRY(asked, body.optional_text("district"));
  const store::RowScope scope = app::row_scope(access);
  const std::string district = asked.empty() ? scope.district : asked;
  if (!scope.holds_district(district)) {
    return Error{ErrorCode::forbidden, "/district", district};
  }
  const auto from = base::parse_day(from_text);
  const auto to = base::parse_day(to_text);
  if (!from || !to || to->n < from->n) {
    return Error{ErrorCode::bad_time, "/from", "two days in their order"};
  }
  RulesShelf shelf;
  const base::Day today = base::day_of(context.parts.clock.now(), city.offset_s);
  HUAN_TRY(rules, shelf.at(*reading, city, today));
  if (!rules) {
    return Error{ErrorCode::bad_field, "", "no rules are on record"};
  }
  const app::Files files(context.parts.files_folder);
  const app::DrawDesk desk{context.parts.store, context.parts.recorder,
                           context.parts.clock, files,
                           rules->rules.duties, city,
                           access.role,         access.principal};
  HUAN_TRY(filed, app::draft_bulletin(desk, key, {*from, *to}, district));
  std::string out;
  json::Writer w(out);
  write_matter(w, {key, filed.version, {}, filed.dossier});
  return http_server::json_response(201, std::move(out));
}

void add_matter(Doors& doors, const MatterDoor& door, bool written) {
  doors.read(door.path, {"state", "subject", "type"},
             [door](const Ask& ask) { return list_matters(ask, door); });
  if (written) {
    doors.write("PUT", std::string(door.path) + "/{key}", {},
                [door, &context = doors.context()](const Request& r, const app::Access& a) {
                  return put_matter(context, door, r, a);
                });
  }
}

}  // namespace

void add_matter_doors(Doors& doors) {
  Context& context = doors.context();
  add_matter(doors, {"/api/v1/draws", {"draw"}}, false);
  add_matter(doors, {"/api/v1/rectifications", {"rectification"}}, true);
  add_matter(doors, {"/api/v1/credit-appeals", {"credit_appeal"}}, true);
  add_matter(doors, {"/api/v1/bulletins", {"bulletin"}}, true);
  add_matter(doors, {"/api/v1/case-files", case_types()}, true);
  add_matter(doors, {"/api/v1/vehicle-passes", {rounds::kPassType}}, true);
  doors.read("/api/v1/case-files/{key}/bundle", {},
             [&context](const Ask& ask) { return bundle(ask, context); });
  doors.write("POST", "/api/v1/bulletins", {},
              [&context](const Request& r, const app::Access& a) { return draft(context, r, a); });
}

}  // namespace huan::http
