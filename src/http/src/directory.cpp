// SPDX-License-Identifier: Apache-2.0
// What anybody may know without a login: places with their hours and their history, prices with
// theirs, and the catalogue; as JSON, and places as CSV too. Coordinates that are asked about are
// not kept.
#include "huan/app/directory.hpp"

#include <charconv>
#include <cmath>

#include "huan/app/orders.hpp"
#include "huan/app/points.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/material.hpp"
#include "huan/wire_table/csv_writer.hpp"
#include "public_city.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kPlacesMax = 5'000;
constexpr std::size_t kPlacesUsual = 50;
constexpr std::size_t kCataloguePage = 1'000;
constexpr std::size_t kWordsMax = 60;
constexpr double kE7Degrees = 1e7;

std::optional<double> degrees_in(std::string_view text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return whole && std::abs(value) <= 180 ? std::optional(value) : std::nullopt;
}

Result<std::optional<registry::Degrees>> near_of(const Request& request) {
  const auto text = request.query_value("near");
  if (!text) {
    return std::optional<registry::Degrees>{};
  }
  const auto comma = text->find(',');
  const auto lat = degrees_in(text->substr(0, comma));
  const auto lng =
      comma == std::string_view::npos ? std::nullopt : degrees_in(text->substr(comma + 1));
  if (!lat || !lng || std::abs(*lat) > 90) {
    return Error{ErrorCode::bad_coordinates, "near", "latitude,longitude in degrees, WGS-84"};
  }
  return std::optional(
      registry::Degrees{static_cast<std::int32_t>(std::lround(*lat * kE7Degrees)),
                        static_cast<std::int32_t>(std::lround(*lng * kE7Degrees))});
}

Result<app::PlaceQuestion> place_question(const Request& request) {
  app::PlaceQuestion question;
  const auto text = [&](std::string_view name) {
    return std::string(request.query_value(name).value_or(""));
  };
  question.text = text("q");
  question.material = text("material");
  question.kind = text("kind");
  question.district = text("district");
  const auto open = text("open");
  if (question.text.size() > kWordsMax || (!open.empty() && open != "now")) {
    return Error{ErrorCode::bad_field, open.empty() || open == "now" ? "q" : "open",
                 open.empty() || open == "now" ? "at most 60 bytes" : "now"};
  }
  question.open_now = open == "now";
  HUAN_TRY(near, near_of(request));
  HUAN_TRY(limit, integer_parameter(request, "limit", kPlacesUsual));
  question.near = near;
  question.limit = std::min(static_cast<std::size_t>(limit), kPlacesMax);
  return question;
}

void write_hours(json::Writer& w, const registry::Place& place) {
  w.key("hours").begin_array();
  for (const registry::OpeningHours& one : place.hours) {
    w.begin_object().key("days").begin_array();
    for (int day = 0; day < 7; ++day) {
      if (((one.days >> day) & 1) != 0) {
        w.integer(day + 1);
      }
    }
    w.end_array().member("from", booking::clock_text(one.from_min));
    w.member("to", booking::clock_text(one.to_min)).end_object();
  }
  w.end_array();
}

/// Of a mobile station where it stands, or will next.
void write_halt(json::Writer& w, const app::FoundPlace& found) {
  if (found.halt) {
    const booking::Halt& halt = *found.halt->halt;
    w.key("halt").begin_object().member("day", base::format_day(found.halt->day));
    w.member("from", booking::clock_text(halt.from_min)).member("name", halt.name);
    w.member("to", booking::clock_text(halt.to_min)).end_object();
  }
}

void write_public(json::Writer& w, const app::FoundPlace& found) {
  const registry::Place& place = found.listed->place;
  w.begin_object().member("address", place.address).member("district", place.district);
  write_halt(w, found);
  write_hours(w, place);
  w.member("key", found.listed->key).member("kind", registry::info(place.kind).code);
  if (const auto spot = found.spot()) {
    w.member("lat_e7", std::int64_t{spot->lat_e7}).member("lng_e7", std::int64_t{spot->lng_e7});
  }
  w.key("materials").begin_array();
  for (const std::string& material : place.materials) {
    w.string(material);
  }
  w.end_array();
  if (found.metres) {
    w.member("metres", *found.metres);
  }
  w.member("name", place.name).member("name_en", place.name_en).member("open", found.open);
  w.member("since", base::format_time(found.listed->since, 0));
  w.member("status", registry::name(place.status)).member("street", place.street);
  w.member("synthetic", place.synthetic).end_object();
}

std::string e7_text(std::int32_t e7) {
  const std::int64_t magnitude = std::abs(std::int64_t{e7});
  auto fraction = std::to_string(magnitude % 10'000'000);
  fraction.insert(0, 7 - fraction.size(), '0');
  return (e7 < 0 ? "-" : "") + std::to_string(magnitude / 10'000'000) + "." + fraction;
}

Response places_csv(const app::FoundPlaces& found) {
  std::string out;
  wire_table::CsvWriter csv(out);
  csv.row({"key", "kind", "name", "name_en", "district", "street", "address", "status", "latitude",
           "longitude", "materials", "since"});
  for (const app::FoundPlace& one : found.places) {
    const registry::Place& place = one.listed->place;
    std::string materials;
    for (const std::string& material : place.materials) {
      materials += (materials.empty() ? "" : " ") + material;
    }
    csv.row({one.listed->key, registry::info(place.kind).code, place.name, place.name_en,
             place.district, place.street, place.address, registry::name(place.status),
             place.location ? e7_text(place.location->at.lat_e7) : "",
             place.location ? e7_text(place.location->at.lng_e7) : "", materials,
             base::format_time(one.listed->since, 0)});
  }
  return http_server::make_response(200, "text/csv; charset=utf-8", std::move(out));
}

Result<Response> search_directory(Context& context, app::Directory& directory,
                                  const Request& request) {
  HUAN_CHECK(check_parameters(
      request, {"city", "q", "near", "open", "material", "kind", "district", "limit", "format"}));
  const auto format = request.query_value("format").value_or("json");
  if (format != "json" && format != "csv") {
    return Error{ErrorCode::bad_field, "format", "json or csv"};
  }
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, public_city(request, *reading));
  HUAN_TRY(question, place_question(request));
  const auto found = directory.search(*reading, city, question, context.parts.clock.now());
  if (format == "csv") {
    return places_csv(found);
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().member("city", city.city).member("city_name", city.name);
  w.key("items").begin_array();
  for (const app::FoundPlace& one : found.places) {
    write_public(w, one);
  }
  w.end_array().end_object();
  return http_server::json_response(200, std::move(out));
}

/// The data of a stored version, as it was recorded.
std::optional<json::Document> version_of(const store::RegistryRow& row) {
  auto document = json::Document::parse(row.body, json::kStored);
  return document ? std::optional(std::move(*document)) : std::nullopt;
}

std::optional<json::Value> data_in(const json::Document& document) {
  const auto record = document.root().find("record");
  return record && record->is_object() ? record->find("data") : std::nullopt;
}

Result<Response> show_history(Context& context, const Request& request) {
  HUAN_CHECK(check_parameters(request, {"city"}));
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, public_city(request, *reading));
  const std::string key(request.param("key"));
  const auto rows = reading->versions(city.city, "place", key);
  if (rows.empty()) {
    return Error{ErrorCode::not_found, "key", key};
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const store::RegistryRow& row : rows) {
    const auto document = version_of(row);
    const auto data = document ? data_in(*document) : std::nullopt;
    const auto place = data ? registry::parse_place(*data, "") : Result<registry::Place>(Error{});
    if (place) {
      const app::ListedPlace listed{row.key, row.time, *place, {}};
      write_public(w, {&listed, {}, false, {}});
    }
  }
  w.end_array().member("key", key).end_object();
  return http_server::json_response(200, std::move(out));
}

void write_price_history(json::Writer& w, store::Reading& reading, const store::CityRow& city,
                         const store::RegistryRow& latest) {
  std::optional<registry::Price> now;
  std::string history;
  json::Writer h(history);
  h.begin_array();
  for (const store::RegistryRow& row : reading.versions(city.city, "price", latest.key)) {
    const auto document = version_of(row);
    const auto data = document ? data_in(*document) : std::nullopt;
    const auto price = data ? registry::parse_price(*data, "") : Result<registry::Price>(Error{});
    if (price) {
      now = *price;
      h.begin_object().member("fen", price->price.count());
      h.member("since", base::format_time(row.time, city.offset_s)).end_object();
    }
  }
  h.end_array();
  if (!now || now->side != registry::PriceSide::buy) {
    return;
  }
  w.begin_object().member("fen", now->price.count()).key("history").raw(history);
  w.member("material", now->material).member("per", registry::name(now->per));
  w.member("place", now->place).member("since", base::format_time(latest.time, city.offset_s));
  w.member("synthetic", now->synthetic).end_object();
}

/// Every latest version of a kind.
template <class Visit>
void each_registered(store::Reading& reading, const std::string& city, const char* kind,
                     const Visit& visit) {
  store::Page page{"", kCataloguePage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city, kind, {}, page);
    for (const store::RegistryRow& row : rows) {
      visit(row);
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
}

Result<Response> show_prices(Context& context, const Request& request) {
  HUAN_CHECK(check_parameters(request, {"city"}));
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, public_city(request, *reading));
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  each_registered(*reading, city.city, "price", [&](const store::RegistryRow& row) {
    write_price_history(w, *reading, city, row);
  });
  w.end_array().end_object();
  return http_server::json_response(200, std::move(out));
}

/// What people call it, and a second use for it.
void write_everyday(json::Writer& w, const std::optional<json::Value>& words,
                    const std::string& code) {
  const auto one = words && words->is_object() ? words->find(code) : std::nullopt;
  const auto called = one ? one->find("called") : std::nullopt;
  w.key("called");
  if (called) {
    w.value(*called);
  } else {
    w.begin_array().end_array();
  }
  for (const char* name : {"tip_en", "tip_zh"}) {
    const auto tip = one ? one->find(name) : std::nullopt;
    w.member(name, tip && tip->is_string() ? tip->string() : std::string_view());
  }
}

Result<Response> show_catalogue(Context& context, const Request& request) {
  HUAN_CHECK(check_parameters(request, {"city"}));
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, public_city(request, *reading));
  const auto document =
      json::Document::parse(app::everyday_words(*reading, city.city), json::kStored);
  const auto words = document ? std::optional(document->root()) : std::nullopt;
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  each_registered(*reading, city.city, "material", [&](const store::RegistryRow& row) {
    const auto version = version_of(row);
    const auto data = version ? data_in(*version) : std::nullopt;
    const auto one =
        data ? registry::parse_material(row.key, *data, "") : Result<registry::Material>(Error{});
    if (one) {
      w.begin_object();
      write_everyday(w, words, one->code);
      w.member("code", one->code).member("en", one->en);
      w.member("hazardous", one->hazardous).member("parent", one->parent);
      w.member("prohibited", one->prohibited).member("unit", registry::name(one->unit));
      w.member("zh", one->zh).end_object();
    }
  });
  w.end_array().end_object();
  return http_server::json_response(200, std::move(out));
}

}  // namespace

void add_directory_doors(Doors& doors) {
  Context& context = doors.context();
  const auto directory = std::make_shared<app::Directory>();
  doors.open("GET", "/api/v1/directory", [&context, directory](const Request& request) {
    return guarded(request, [&] { return search_directory(context, *directory, request); });
  });
  doors.open("GET", "/api/v1/directory/{key}", [&context](const Request& request) {
    return guarded(request, [&] { return show_history(context, request); });
  });
  doors.open("GET", "/api/v1/published-prices", [&context](const Request& request) {
    return guarded(request, [&] { return show_prices(context, request); });
  });
  doors.open("GET", "/api/v1/catalogue", [&context](const Request& request) {
    return guarded(request, [&] { return show_catalogue(context, request); });
  });
}

}  // namespace huan::http
