// SPDX-License-Identifier: Apache-2.0
// Registered things of every kind: lists, one with its versions, and new versions by PUT. An edit
// names the version that it was made on (ETag, If-Match), so that nobody overwrites what they have
// not read.
#include "huan/registry/record.hpp"

#include <algorithm>

#include "dossier_door.hpp"
#include "huan/app/settings.hpp"
#include "huan/base/text.hpp"
#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"
#include "huan/registry/dossier.hpp"
#include "table.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kRecordMax = 1U << 20U;

/// The record {data,id,key,kind,time,version} inside a stored body.
std::string record_of(const std::string& body) {
  const auto document = json::Document::parse(body, json::kStored);
  const auto record = document ? document->root().find("record") : std::nullopt;
  return record ? json::canonical(*record) : std::string("null");
}

std::string etag(std::int64_t version) { return "\"" + std::to_string(version) + "\""; }

Result<registry::Kind> kind_of(const Request& request) {
  const auto name = request.param("kind");
  const auto kind = registry::kind_from(name);
  if (!kind || registry::collection(*kind) != name) {
    return Error{ErrorCode::not_found, "kind", std::string(name)};
  }
  return *kind;
}

struct ListedRow {
  store::RegistryRow row;
  [[nodiscard]] std::string key() const { return row.key; }
};

/// A place limits places only: people of a station see what is their organisation's.
store::RowScope registry_scope(const Ask& ask, registry::Kind kind) {
  auto scope = ask.scope();
  if (kind != registry::Kind::place) {
    scope.place.clear();
  }
  return scope;
}

/// Inspectors have a door of their own, for what a draw gave them.
bool is_hidden(const Ask& ask, const store::RegistryRow& row) {
  return ask.access.role == "inspector" && row.kind == "dossier" && row.subkind == "inspection";
}

bool sees(const Ask& ask, registry::Kind kind, const store::RegistryRow& row) {
  return !is_hidden(ask, row) &&
         app::sees_thing(ask.reading, ask.city.city, row, registry_scope(ask, kind));
}

Result<Response> list_kind(const Ask& ask) {
  HUAN_TRY(kind, kind_of(ask.request));
  store::RegistryFilter filter{ask.text("kind"), ask.text("district"), ask.text("party"), {}};
  const auto reach = app::reach_of(kind);
  if (reach == app::RecordReach::closed && !ask.scope().any()) {
    return Error{ErrorCode::forbidden, "kind", "only for an account of the whole city"};
  }
  if (reach == app::RecordReach::tenant) {
    filter.scope = registry_scope(ask, kind);
  }
  return list(
      ask, {"key", "version", "time", "kind", "district", "party", "record"},
      [&](const store::Page& page) {
        std::vector<ListedRow> rows;
        for (auto& row : ask.reading.registry(ask.city.city, registry::name(kind), filter, page)) {
          if (!is_hidden(ask, row)) {
            rows.push_back({std::move(row)});
          }
        }
        return rows;
      },
      [&](Table& table, const ListedRow& listed) {
        const auto& row = listed.row;
        table.text(row.key).integer(row.version).text(ask.time(row.time)).text(row.subkind);
        table.text(row.district).text(row.party).json(record_of(row.body));
      });
}

Response render(const store::RegistryRow& row, int status) {
  auto response = http_server::json_response(status, record_of(row.body));
  response.headers.add("ETag", etag(row.version));
  return response;
}

Result<Response> all_versions(const Ask& ask, registry::Kind kind, const std::string& key) {
  const auto rows = ask.reading.versions(ask.city.city, registry::name(kind), key);
  if (rows.empty() || !sees(ask, kind, rows.back())) {
    return Error{ErrorCode::not_found, "key", key};
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const auto& row : rows) {
    w.raw(record_of(row.body));
  }
  w.end_array().key("next").null().end_object();
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("ETag", etag(rows.back().version));
  return response;
}

Result<Response> one_thing(const Ask& ask) {
  HUAN_TRY(kind, kind_of(ask.request));
  const std::string key(ask.request.param("key"));
  if (const auto versions = ask.query("versions")) {
    if (*versions != "all") {
      return Error{ErrorCode::bad_field, "versions", "all"};
    }
    return all_versions(ask, kind, key);
  }
  auto at = base::Instant{};
  if (const auto text = ask.query("at")) {
    const auto parsed = base::parse_time(*text);
    if (!parsed) {
      return Error{ErrorCode::bad_time, "at", std::string(*text) + " (in an address + is %2B)"};
    }
    at = *parsed;
  }
  const auto name = registry::name(kind);
  const auto row = ask.query("at") ? ask.reading.registered_at(ask.city.city, name, key, at)
                                   : ask.reading.registered(ask.city.city, name, key);
  const auto latest = ask.reading.registered(ask.city.city, name, key);
  if (!row || !sees(ask, kind, *latest)) {
    return Error{ErrorCode::not_found, "key", key};
  }
  if (ask.request.headers.find("If-None-Match") == etag(row->version)) {
    auto same = http_server::empty_response(304);
    same.headers.add("ETag", etag(row->version));
    return same;
  }
  return render(*row, 200);
}

struct Precondition {
  std::int64_t based_on{0};
  bool given{false};
  const char* field{"If-Match"};  ///< that says so, or should
};

/// If-Match names a version, If-None-Match: * none; neither means that nothing is there yet.
Result<Precondition> precondition(const Request& request) {
  if (const auto none = request.headers.find("If-None-Match")) {
    if (*none != "*") {
      return Error{ErrorCode::bad_field, "If-None-Match", "only * is meant here"};
    }
    return Precondition{0, true, "If-None-Match"};
  }
  const auto match = request.headers.find("If-Match");
  if (!match) {
    return Precondition{};
  }
  const bool quoted = match->size() > 2 && match->front() == '"' && match->back() == '"';
  const auto version =
      quoted ? base::parse_integer(match->substr(1, match->size() - 2)) : std::nullopt;
  if (!version || *version < 1) {
    return Error{ErrorCode::bad_field, "If-Match", "the ETag as it was read"};
  }
  return Precondition{*version, true, "If-Match"};
}

Result<std::string> optional_text(json::Value value, std::string_view key) {
  const auto found = value.find(key);
  if (!found) {
    return std::string();
  }
  if (!found->is_string() || found->string().empty()) {
    return Error{ErrorCode::bad_field, "/" + std::string(key), "a text, or leave it out"};
  }
  return std::string(found->string());
}

/// {"data":{…},"id":…,"time":…}
Result<app::RegistryPut> parse_put(const Request& request, registry::Kind kind) {
  if (request.body().size() > kRecordMax) {
    return Error{ErrorCode::too_large, "", "a record has at most 1 MiB"};
  }
  HUAN_TRY(document, json::Document::parse(request.body()));
  const auto root = document.root();
  if (!root.is_object()) {
    return Error{ErrorCode::bad_field, "", "an object with data"};
  }
  for (const json::Member member : root.members()) {
    if (member.key != "data" && member.key != "id" && member.key != "time") {
      return Error{ErrorCode::bad_field, "/" + base::pointer_token(member.key), "unknown field"};
    }
  }
  const auto data = root.find("data");
  if (!data || !data->is_object()) {
    return Error{ErrorCode::bad_field, "/data", "an object"};
  }
  HUAN_TRY(id, optional_text(root, "id"));
  HUAN_TRY(time, optional_text(root, "time"));
  app::RegistryPut put;
  put.kind = registry::name(kind);
  put.key = request.param("key");
  put.data = json::canonical(*data);
  put.id = std::move(id);
  put.time = std::move(time);
  return put;
}

/// As the write path answers, whatever the kind: a dossier is held to its type's table first, a
/// setting to its own form.
Result<app::Outcome> record_put(Context& context, const store::CityRow& city,
                                const app::RegistryPut& put, const app::Access& access) {
  if (put.kind == registry::name(registry::Kind::setting)) {
    HUAN_TRY(setting, json::Document::parse(put.data));
    const auto reading = context.parts.store.snapshot();
    HUAN_CHECK(app::check_setting(*reading, city.city, put.key, setting.root()));
  }
  if (put.kind != registry::name(registry::Kind::dossier)) {
    return context.parts.recorder.put(city.city, put, access.principal);
  }
  HUAN_TRY(document, json::Document::parse(put.data));
  HUAN_TRY(dossier, registry::parse_dossier(document.root(), "/data"));
  RulesShelf shelf;
  DossierSent sent{city, put.key, std::move(dossier), put.based_on};
  app::Outcome outcome;
  outcome.status = app::Status::posted;
  if (auto filed = file_sent(context, shelf, sent, access); !filed) {
    outcome.status = app::Status::refused;
    outcome.error = std::move(filed).error();
  }
  return outcome;
}

Result<Response> put_thing(Context& context, const Request& request, const app::Access& access) {
  HUAN_TRY(kind, kind_of(request));
  HUAN_CHECK(check_json_body(request));
  HUAN_TRY(put, parse_put(request, kind));
  HUAN_TRY(condition, precondition(request));
  put.based_on = condition.based_on;
  const auto before = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *before, access));
  HUAN_CHECK(app::may_register(*before, city.city, put, app::row_scope(access)));
  HUAN_TRY(outcome, record_put(context, city, put, access));
  if (outcome.status == app::Status::refused) {
    if (outcome.error.code == ErrorCode::version_conflict) {
      const auto code =
          condition.given ? ErrorCode::version_conflict : ErrorCode::precondition_required;
      return Error{code, condition.field, outcome.error.detail};
    }
    const bool in_address = outcome.error.at == "/key";
    return in_address ? at_parameter(std::move(outcome.error)) : std::move(outcome.error);
  }
  const auto snapshot = context.parts.store.snapshot();
  const auto row = snapshot->registered(city.city, put.kind, put.key);
  if (!row) {
    return Error{ErrorCode::internal, "", ""};
  }
  auto response = render(*row, put.based_on == 0 ? 201 : 200);
  if (put.based_on == 0) {
    response.headers.add("Location", request.path);
  }
  return response;
}

}  // namespace

void add_registry_doors(Doors& doors) {
  doors.read("/api/v1/{kind}", list_parameters({"kind", "district", "party"}), list_kind);
  doors.read("/api/v1/{kind}/{key}", {"at", "versions"}, one_thing);
  doors.write("PUT", "/api/v1/{kind}/{key}", {},
              [&context = doors.context()](const Request& request, const app::Access& access) {
                return put_thing(context, request, access);
              });
}

}  // namespace huan::http
