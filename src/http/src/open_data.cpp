// SPDX-License-Identifier: Apache-2.0
// Open data: what was released, to anybody, without a login; and the release of a period, by
// whoever reports for the whole city.
#include "huan/json/document.hpp"
#include "huan/oversight/release.hpp"
#include "object_body.hpp"
#include "release_text.hpp"
#include "rules_shelf.hpp"
#include "table.hpp"

namespace huan::http {
namespace {

using oversight::CityName;
using oversight::Release;

constexpr std::string_view kSchemeDefault = "mofcom";

Result<store::CityRow> open_city(const Request& request, store::Reading& reading) {
  if (const auto named = request.query_value("city")) {
    auto row = reading.city(*named);
    return row ? Result<store::CityRow>(std::move(*row))
               : Error{ErrorCode::unknown_city, "city", std::string(*named)};
  }
  auto cities = reading.cities();
  if (cities.size() != 1) {
    return Error{ErrorCode::bad_field, "city", "name one"};
  }
  return std::move(cities.front());
}

void put_release(json::Writer& w, const Release& release) {
  w.begin_object().member("from", base::format_day(release.from));
  w.member("period", release.period).member("scheme", release.scheme).key("tables").begin_array();
  for (const std::string& table : release.tables) {
    w.string(table);
  }
  w.end_array().member("to", base::format_day(release.to)).end_object();
}

Result<Response> list_releases(Context& context, const Request& request) {
  HUAN_CHECK(check_parameters(request, {"city"}));
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, open_city(request, *reading));
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const Release& one : oversight::releases(*reading, {city.city, city.offset_s})) {
    put_release(w, one);
  }
  w.end_array().end_object();
  return http_server::json_response(200, std::move(out));
}

/// All of it as JSON, or one table as CSV.
Result<Response> show_release(Context& context, const Request& request) {
  HUAN_CHECK(check_parameters(request, {"city", "table"}));
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, open_city(request, *reading));
  const std::string period(request.param("period"));
  for (const Release& one : oversight::releases(*reading, {city.city, city.offset_s})) {
    if (one.period != period) {
      continue;
    }
    const auto table = request.query_value("table");
    if (!table) {
      return http_server::json_response(200, one.data);
    }
    auto csv = release_csv(one, *table);
    if (csv.empty()) {
      return Error{ErrorCode::not_found, "table", std::string(*table)};
    }
    return http_server::make_response(200, "text/csv; charset=utf-8", std::move(csv));
  }
  return Error{ErrorCode::not_found, "period", period};
}

/// {"period":"2025-Q1","scheme":"mofcom"}
Result<Response> release_period_door(Context& context, RulesShelf& shelf, const Request& request,
                                     const app::Access& access) {
  HUAN_TRY(body, ObjectBody::parse(request, {"period", "scheme"}));
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  HUAN_TRY(period, body.text("period"));
  HUAN_TRY(scheme, body.optional_text("scheme"));
  const CityName name{city.city, city.offset_s};
  const base::Day today = base::day_of(context.parts.clock.now(), city.offset_s);
  HUAN_TRY(term, oversight::release_period(period));
  HUAN_CHECK(oversight::may_release(oversight::releases(*reading, name), term, today));
  HUAN_TRY(rules, shelf.at(*reading, city, today));
  if (!rules) {
    return Error{ErrorCode::not_found, "/scheme", "no rules are on record"};
  }
  const auto& book = rules->rules;
  const oversight::ReportAsk ask{*reading,
                                 name,
                                 {rules->pack, book.duties, book.cells, book.indicators},
                                 {rules->pack, book.facts, book.norms},
                                 today};
  HUAN_TRY(
      tables,
      oversight::public_tables(
          ask, {scheme.empty() ? std::string(kSchemeDefault) : scheme, term.first, term.last, {}}));
  app::RegistryPut put;
  put.kind = "setting";
  put.key = oversight::release_key(period);
  put.data = oversight::release_json(tables, period);
  put.based_on = 0;
  const auto outcome = context.parts.recorder.put(city.city, put, access.principal);
  if (outcome.status == app::Status::refused) {
    return outcome.error;
  }
  return http_server::json_response(201, put.data);
}

}  // namespace

std::string release_csv(const Release& release, std::string_view table) {
  const auto rows = oversight::release_rows(release, table);
  std::string out;
  if (rows.empty()) {
    return out;
  }
  wire_table::CsvWriter csv(out);
  for (const auto& row : rows) {
    csv.row(row);
  }
  return out;
}

void add_open_data_doors(Doors& doors) {
  Context& context = doors.context();
  const auto shelf = std::make_shared<RulesShelf>();
  doors.open("GET", "/api/v1/open-data", [&context](const Request& request) {
    return guarded(request, [&] { return list_releases(context, request); });
  });
  doors.open("GET", "/api/v1/open-data/{period}", [&context](const Request& request) {
    return guarded(request, [&] { return show_release(context, request); });
  });
  doors.write("POST", "/api/v1/open-data", {},
              [shelf, &context](const Request& request, const app::Access& access) {
                return release_period_door(context, *shelf, request, access);
              });
}

}  // namespace huan::http
