// SPDX-License-Identifier: Apache-2.0
// What is published 公示公开, to anybody and without a login: documents, results, bulletins,
// awards, penalties and draws that stand in a public state, by the fields that a type publishes and
// no others; the same as a feed; and the two texts of a draw, from which anyone repeats it. No
// person: papers that name accounts themselves are not shown.
#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include "huan/app/draws.hpp"
#include "huan/base/text.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "huan/oversight/dossiers.hpp"
#include "inspection_filter.hpp"
#include "object_body.hpp"
#include "public_city.hpp"
#include "published_results.hpp"
#include "rules_shelf.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kShownMax = 500;
constexpr std::size_t kFeedMax = 50;

struct PublicType {
  std::string_view type;
  std::array<std::string_view, 12> fields;  ///< empty ones at the end stand for none
};

constexpr std::array<PublicType, 9> kPublic{{
    {"inspection", {"item", "result", "visited", "draw"}},
    {"rectification", {"number", "day", "due"}},
    {"bulletin", {"number", "day", "inspected", "wanting", "lines"}},
    {"deliverable", {"doc_no", "day", "kind"}},
    {"award", {"award", "year"}},
    {"title", {"title_code"}},
    {"notice", {"number", "day"}},
    {"case", {"number", "day", "articles", "penalty", "penalty_fen"}},
    {"draw",
     {"item", "pool", "count", "known_at", "source", "value", "log_size", "log_root", "seed",
      "papers", "result"}},
}};

const PublicType* public_type(std::string_view type) {
  const auto* found =
      std::ranges::find_if(kPublic, [&](const PublicType& one) { return one.type == type; });
  return found == kPublic.end() ? nullptr : found;
}

/// Documents are published with their files; what stands behind a result may show people.
bool shows_files(std::string_view type) { return type == "deliverable"; }

struct Shown {
  oversight::KeyedDossier kept;
  const PublicType* fields{nullptr};
  const duties::DossierType* type{nullptr};
  const duties::DossierState* state{nullptr};
};

std::string data_name(store::Reading& reading, const std::string& city, std::string_view kind,
                      const std::string& key) {
  const auto row = reading.registered(city, kind, key);
  const auto document =
      row ? json::Document::parse(row->body, json::kStored) : Result<json::Document>(Error{});
  const auto record = document ? document->root().find("record") : std::nullopt;
  const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
  const auto name = data && data->is_object() ? data->find("name") : std::nullopt;
  return name && name->is_string() ? std::string(name->string()) : std::string();
}

/// Whom it is about, by name: a place's or a firm's, never a person's.
std::string about_name(store::Reading& reading, const std::string& city,
                       const registry::Dossier& one) {
  const bool named = one.about_kind == "place" || one.about_kind == "enterprise";
  return named ? data_name(reading, city, one.about_kind == "place" ? "place" : "party", one.about)
               : std::string();
}

void write_value(json::Writer& w, const registry::DossierValue& value) {
  if (const auto* truth = std::get_if<bool>(&value)) {
    w.boolean(*truth);
  } else if (const auto* amount = std::get_if<std::int64_t>(&value)) {
    w.integer(*amount);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    w.string(*text);
  } else {
    w.begin_array();
    for (const std::string& line : std::get<std::vector<std::string>>(value)) {
      w.string(line);
    }
    w.end_array();
  }
}

class Published {
 public:
  Published(Context& context, RulesShelf& shelf) : context_(context), shelf_(shelf) {}

  /// Latest first.
  Result<std::vector<Shown>> all(store::Reading& reading, const store::CityRow& city,
                                 std::string_view type) {
    const base::Day today = base::day_of(context_.parts.clock.now(), city.offset_s);
    HUAN_TRY(rules, shelf_.at(reading, city, today));
    rules_ = std::move(rules);
    std::vector<Shown> shown;
    for (const PublicType& one : kPublic) {
      const auto* kind =
          rules_ ? duties::type_of(rules_->rules.duties.dossier_types, one.type) : nullptr;
      if (kind == nullptr || (!type.empty() && type != one.type)) {
        continue;
      }
      for (auto& kept :
           oversight::read_dossiers(reading, {city.city, city.offset_s},
                                    {.type = std::string(one.type), .scope = {}, .day = {}})) {
        const auto* state = duties::state_of(*kind, kept.dossier.state);
        if (state != nullptr && state->is_public && kept.dossier.about_kind != "person") {
          shown.push_back({std::move(kept), &one, kind, state});
        }
      }
    }
    std::ranges::stable_sort(
        shown, [](const Shown& a, const Shown& b) { return a.kept.time.s > b.kept.time.s; });
    return shown;
  }
  /// By which it was listed; nullptr: none are on record.
  [[nodiscard]] const wire_pack::Rules* rules() const { return rules_ ? &rules_->rules : nullptr; }

 private:
  Context& context_;
  RulesShelf& shelf_;
  RulesOnRecord rules_;  ///< what is shown points into it
};

void write_shown(json::Writer& w, const ResultsAt& at, const Shown& one) {
  const store::CityRow& city = at.city;
  const registry::Dossier& data = one.kept.dossier;
  w.begin_object().key("about").begin_object().member("id", data.about);
  w.member("kind", data.about_kind).member("name", about_name(at.reading, city.city, data));
  w.end_object();
  write_results(w, at, one.kept);
  w.member("day", base::format_day(base::day_of(one.kept.time, city.offset_s)));
  w.member("district", data.district).key("fields").begin_object();
  std::vector<std::string_view> names(one.fields->fields.begin(), one.fields->fields.end());
  std::ranges::sort(names);
  for (const std::string_view name : names) {
    if (const auto found = data.fields.find(name); !name.empty() && found != data.fields.end()) {
      w.key(name);
      write_value(w, found->second);
    }
  }
  w.end_object().key("files").begin_array();
  for (const registry::DossierEvidence& evidence : data.evidence) {
    if (shows_files(data.type) && !evidence.file.empty()) {
      w.begin_object().member("name", evidence.source).member("sha256", evidence.file);
      w.end_object();
    }
  }
  w.end_array().member("from", data.from ? base::format_day(*data.from) : "");
  w.member("key", one.kept.key).member("state", data.state);
  w.member("state_en", one.state->en).member("state_zh", one.state->zh);
  w.member("title", data.title).member("to", data.to ? base::format_day(*data.to) : "");
  w.member("type", data.type).member("type_en", one.type->row.en);
  w.member("type_zh", one.type->row.zh).end_object();
}

struct PublishedRoom {
  explicit PublishedRoom(Context& given) : context(given), files(given.parts.files_folder) {}
  Context& context;
  app::Files files;
  RulesShelf shelf;
};

bool mentions(const Shown& one, const std::string& name, const std::string& wanted) {
  const registry::Dossier& data = one.kept.dossier;
  return wanted.empty() || data.title.find(wanted) != std::string::npos ||
         data.about.find(wanted) != std::string::npos || name.find(wanted) != std::string::npos ||
         one.kept.key.find(wanted) != std::string::npos;
}

Result<Response> list_published(PublishedRoom& room, const Request& request) {
  HUAN_CHECK(check_parameters(
      request, {"bulletin", "city", "district", "draw", "item", "limit", "q", "result", "type"}));
  const auto reading = room.context.parts.store.snapshot();
  HUAN_TRY(city, public_city(request, *reading));
  const std::string type(request.query_value("type").value_or(""));
  if (!type.empty() && public_type(type) == nullptr) {
    return Error{ErrorCode::bad_field, "type", type};
  }
  HUAN_TRY(limit, integer_parameter(request, "limit", 100));
  if (limit < 1 || limit > static_cast<std::int64_t>(kShownMax)) {
    return Error{ErrorCode::bad_number, "limit", "1 to 500"};
  }
  const std::string wanted(request.query_value("q").value_or(""));
  const store::RowScope district{std::string(request.query_value("district").value_or("")), {}, {}};
  Published published(room.context, room.shelf);
  HUAN_TRY(filter, InspectionFilter::parse(request, *reading, city));
  HUAN_TRY(shown, published.all(*reading, city, type));
  Published inspections(room.context, room.shelf);
  HUAN_TRY(results, inspections.all(*reading, city, "inspection"));
  std::vector<const oversight::KeyedDossier*> kept;
  kept.reserve(results.size());
  for (const Shown& one : results) {
    kept.push_back(&one.kept);
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().member("city", city.name).key("items").begin_array();
  std::int64_t written = 0;
  for (const Shown& one : shown) {
    const bool here =
        district.district.empty() || district.holds_district(one.kept.dossier.district);
    if (written < limit && here && filter.holds(one.kept) &&
        mentions(one, about_name(*reading, city.city, one.kept.dossier), wanted)) {
      write_shown(w, {*reading, city, *published.rules(), kept}, one);
      ++written;
    }
  }
  w.end_array().end_object();
  return http_server::json_response(200, std::move(out));
}

/// Whose award it is, of those that stand.
void write_awarded(json::Writer& w, store::Reading& reading, const store::CityRow& city,
                   const std::vector<Shown>& shown, std::string_view code) {
  w.key("awarded").begin_array();
  for (const Shown& one : shown) {
    if (dossiers::text_in(one.kept.dossier, "award") != code) {
      continue;
    }
    const registry::Dossier& data = one.kept.dossier;
    const auto year = data.fields.find("year");
    const auto* number =
        year == data.fields.end() ? nullptr : std::get_if<std::int64_t>(&year->second);
    w.begin_object().member("day", base::format_day(base::day_of(one.kept.time, city.offset_s)));
    w.member("district", data.district).member("key", one.kept.key);
    w.member("name", about_name(reading, city.city, data)).member("title", data.title);
    w.key("year");
    number != nullptr ? w.integer(*number) : w.null();
    w.end_object();
  }
  w.end_array();
}

/// By year, over the districts that the rules name.
void write_quotas(json::Writer& w, const std::vector<duties::Quota>& quotas,
                  std::string_view award) {
  std::set<std::int32_t> years;
  for (const duties::Quota& one : quotas) {
    if (one.award == award) {
      years.insert(one.year);
    }
  }
  w.key("quotas").begin_array();
  for (const std::int32_t year : years) {
    w.begin_object().member("at_least", duties::quota_sum(quotas, award, year));
    w.member("year", std::int64_t{year}).end_object();
  }
  w.end_array();
}

/// What may be awarded (waste-free malls 无废商场 are one), by which criteria, and to whom it was.
Result<Response> list_awards(PublishedRoom& room, const Request& request) {
  HUAN_CHECK(check_parameters(request, {"city"}));
  const auto reading = room.context.parts.store.snapshot();
  HUAN_TRY(city, public_city(request, *reading));
  const base::Day today = base::day_of(room.context.parts.clock.now(), city.offset_s);
  HUAN_TRY(rules, room.shelf.at(*reading, city, today));
  Published published(room.context, room.shelf);
  HUAN_TRY(shown, published.all(*reading, city, "award"));
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const duties::Award& one :
       rules ? rules->rules.duties.awards : std::vector<duties::Award>{}) {
    w.begin_object();
    write_awarded(w, *reading, city, shown, one.row.code);
    w.member("clause", one.row.clause).member("code", one.row.code).key("criteria").begin_array();
    for (const std::string& criterion : one.criteria) {
      w.string(criterion);
    }
    w.end_array().member("en", one.row.en).member("note", one.row.note);
    w.member("pack", one.row.pack);
    write_quotas(w, rules->rules.duties.quotas, one.row.code);
    w.member("zh", one.row.zh).end_object();
  }
  w.end_array().end_object();
  return http_server::json_response(200, std::move(out));
}

std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

/// RSS 2.0; the links lead to the public pages of this very server.
Result<Response> feed(PublishedRoom& room, const Request& request) {
  HUAN_CHECK(check_parameters(request, {"city", "lang"}));
  const bool english = request.query_value("lang").value_or("zh") == "en";
  const auto reading = room.context.parts.store.snapshot();
  HUAN_TRY(city, public_city(request, *reading));
  Published published(room.context, room.shelf);
  HUAN_TRY(shown, published.all(*reading, city, ""));
  std::string out =
      R"(<?xml version="1.0" encoding="UTF-8"?>)"
      "\n<rss version=\"2.0\"><channel><title>" +
      xml_text(city.name) + (english ? " – published" : " 公示公开") +
      "</title><link>/open</link><description>" +
      (english ? "Results, bulletins, documents and draws" : "抽查结果、通报、文件与抽取") +
      "</description>\n";
  for (std::size_t n = 0; n < std::min(shown.size(), kFeedMax); ++n) {
    const Shown& one = shown[n];
    const std::string name = about_name(*reading, city.city, one.kept.dossier);
    const std::string& what = english ? one.type->row.en : one.type->row.zh;
    const std::string& state = english ? one.state->en : one.state->zh;
    out += "<item><title>" + xml_text(what + " " + one.kept.dossier.title + " " + name) +
           "</title><description>" + xml_text(state) + "</description><link>/open#/" +
           base::percent_encode(one.kept.dossier.type) + "/" + base::percent_encode(one.kept.key) +
           "</link><guid isPermaLink=\"false\">" +
           xml_text(city.city + "/" + one.kept.key + "/" + std::to_string(one.kept.version)) +
           "</guid></item>\n";
  }
  out += "</channel></rss>\n";
  return http_server::make_response(200, "application/rss+xml; charset=utf-8", std::move(out));
}

Result<Response> published_text(PublishedRoom& room, const Request& request) {
  HUAN_CHECK(check_parameters(request, {"city"}));
  const auto reading = room.context.parts.store.snapshot();
  HUAN_TRY(city, public_city(request, *reading));
  const std::string key(request.param("key"));
  const auto which = request.param("text");
  if (which != "papers" && which != "result") {
    return Error{ErrorCode::not_found, "text", std::string(which)};
  }
  HUAN_TRY(people, app::people_of_draw(*reading, room.files, city, key));
  if (people.empty()) {
    return Error{ErrorCode::not_found, "key", "its papers name accounts"};
  }
  HUAN_TRY(text,
           app::draw_text(*reading, room.files, city, key,
                          which == "papers" ? app::DrawPaper::papers : app::DrawPaper::result));
  return http_server::make_response(200, "text/plain; charset=utf-8", std::move(text));
}

/// The file of a published document, by its hash: anyone can tell that it is the one on record.
Result<Response> published_file(PublishedRoom& room, const Request& request) {
  HUAN_CHECK(check_parameters(request, {"city"}));
  const auto reading = room.context.parts.store.snapshot();
  HUAN_TRY(city, public_city(request, *reading));
  const std::string digest(request.param("sha256"));
  Published published(room.context, room.shelf);
  HUAN_TRY(shown, published.all(*reading, city, "deliverable"));
  const bool named = std::ranges::any_of(shown, [&](const Shown& one) {
    return std::ranges::any_of(one.kept.dossier.evidence,
                               [&](const auto& evidence) { return evidence.file == digest; });
  });
  auto found = named ? room.files.get(*reading, city.city, digest)
                     : Result<app::StoredFile>(Error{ErrorCode::not_found, "sha256", digest});
  if (!found) {
    return std::move(found).error();
  }
  auto response = http_server::make_response(200, found->row.media_type, std::move(found->content));
  response.headers.add("ETag", "\"" + digest + "\"");
  response.headers.add("Content-Security-Policy", "default-src 'none'; sandbox");
  response.headers.add("Content-Disposition",
                       "attachment; filename*=UTF-8''" + base::percent_encode(found->row.name));
  return response;
}

}  // namespace

void add_published_doors(Doors& doors) {
  const auto room = std::make_shared<PublishedRoom>(doors.context());
  const auto open = [&](std::string_view pattern, auto door) {
    doors.open("GET", pattern, [room, door](const Request& request) {
      return guarded(request, [&] { return door(*room, request); });
    });
  };
  open("/api/v1/published", list_published);
  open("/api/v1/published/feed", feed);
  open("/api/v1/published-awards", list_awards);
  open("/api/v1/published-files/{sha256}", published_file);
  open("/api/v1/published-draws/{key}/{text}", published_text);
}

}  // namespace huan::http
