// SPDX-License-Identifier: Apache-2.0
// Lawful buying: the look back over purchases and departures, what is due with which authority, the
// register of refusals, a thing's file.
#include "buying_desk.hpp"
#include "huan/app/file_dossier.hpp"
#include "huan/app/filings.hpp"
#include "huan/app/item_file.hpp"
#include "huan/app/lawful_buying.hpp"
#include "huan/base/text.hpp"
#include "huan/dossiers/fields.hpp"
#include "object_body.hpp"
#include "rules_shelf.hpp"
#include "table.hpp"

namespace huan::http {
namespace {

Result<base::Day> day_parameter(const Ask& ask, std::string_view name, base::Day otherwise) {
  const auto text = ask.query(name);
  const auto day = text ? base::parse_day(*text) : std::optional(otherwise);
  if (!day) {
    return Error{ErrorCode::bad_time, std::string(name), "a day is written 2026-11-21"};
  }
  return *day;
}

Result<Response> look_back(Context& context, RulesShelf& shelf, const Ask& ask) {
  const base::Day today = base::day_of(context.parts.clock.now(), ask.city.offset_s);
  HUAN_TRY(to, day_parameter(ask, "to", today));
  HUAN_TRY(from, day_parameter(ask, "from", to));
  HUAN_TRY(rules, buying_rules(shelf, ask.reading, ask.city, to));
  const app::BuyingDays days{ask.city.city, ask.city.offset_s, from, to,
                             organisation_scope(ask.scope())};
  const auto found = app::check_buying(ask.reading, days, rules->rules.buying);
  return numbered(
      ask, {"day", "finding", "event", "place", "material", "party", "missing", "clause", "source"},
      found, [](Table& table, const app::BuyingFinding& one) {
        std::string missing;
        for (const std::string& field : one.missing) {
          missing += (missing.empty() ? "" : " ") + field;
        }
        table.text(base::format_day(one.day)).text(app::name(one.what)).text(one.event);
        table.text(one.place).text(one.material).text(one.party).text(missing);
        table.text(one.clause).text(one.source);
      });
}

Result<Response> list_filings(Context& context, RulesShelf& shelf, const Ask& ask) {
  HUAN_TRY(day, asked_day(ask.request, ask.city, context.parts.clock));
  HUAN_TRY(rules, buying_rules(shelf, ask.reading, ask.city, day));
  const app::FilingsAsked asked{ask.city.city, ask.city.offset_s, day,
                                organisation_scope(ask.scope())};
  const auto due = app::filings_due(ask.reading, asked, rules->rules.buying);
  return numbered(
      ask,
      {"party", "code", "authority", "state", "opened", "due", "number", "from", "to", "source"},
      due, [](Table& table, const app::FilingDue& one) {
        const auto put_day = [&](const std::optional<base::Day>& value) {
          if (value) {
            table.text(base::format_day(*value));
          } else {
            table.none();
          }
        };
        table.text(one.party).text(one.code).text(one.authority);
        table.text(app::name(one.state)).text(base::format_day(one.opened));
        table.text(base::format_day(one.due)).text(one.number);
        put_day(one.from);
        put_day(one.to);
        table.text(one.source);
      });
}

struct Refusal {
  std::string kept_key;
  registry::Dossier dossier;
  [[nodiscard]] std::string key() const { return kept_key; }
};

Result<Response> list_refusals(const Ask& ask) {
  const store::RegistryFilter filter{"refused_purchase", {}, {}, organisation_scope(ask.scope())};
  return list(
      ask, {"key", "day", "place", "item", "reason", "person", "state", "reported_to"},
      [&](const store::Page& page) {
        std::vector<Refusal> rows;
        for (const auto& row : ask.reading.registry(ask.city.city, "dossier", filter, page)) {
          auto kept = app::dossier_on_record(ask.reading, ask.city.city, row.key);
          rows.push_back({row.key, kept ? std::move(kept->dossier) : registry::Dossier{}});
        }
        return rows;
      },
      [&](Table& table, const Refusal& row) {
        const auto text = [&](std::string_view field) {
          table.text(dossiers::text_in(row.dossier, field));
        };
        const auto day = dossiers::day_in(row.dossier, "day");
        table.text(row.kept_key).text(day ? base::format_day(*day) : "").text(row.dossier.about);
        text("item");
        text("reason");
        text("person");
        table.text(row.dossier.state);
        text("reported_to");
      });
}

Result<Response> one_item(Context& context, RulesShelf& shelf, const Ask& ask) {
  const base::Day today = base::day_of(context.parts.clock.now(), ask.city.offset_s);
  HUAN_TRY(rules, shelf.at(ask.reading, ask.city, today));
  const std::string code(ask.request.param("code"));
  const buying::Rules none;
  HUAN_TRY(file, app::item_file(ask.reading, {ask.city.city, ask.city.offset_s, ask.scope()}, code,
                                rules ? rules->rules.buying : none));
  std::string out;
  json::Writer w(out);
  app::write_item_file(w, file, ask.city.offset_s);
  return http_server::json_response(200, std::move(out));
}

}  // namespace

Result<RulesOnRecord> buying_rules(RulesShelf& shelf, store::Reading& reading,
                                   const store::CityRow& city, base::Day day) {
  HUAN_TRY(rules, shelf.at(reading, city, day));
  if (!rules) {
    return Error{ErrorCode::not_supported, "", "no pack's rules are on record"};
  }
  return rules;
}

store::RowScope organisation_scope(store::RowScope scope) {
  scope.place.clear();
  return scope;
}

void add_buying_doors(Doors& doors) {
  const auto shelf = std::make_shared<RulesShelf>();
  Context& context = doors.context();
  doors.read("/api/v1/buying/check", list_parameters({"from", "to"}),
             [shelf, &context](const Ask& ask) { return look_back(context, *shelf, ask); });
  doors.read("/api/v1/buying/filings", list_parameters({"at"}),
             [shelf, &context](const Ask& ask) { return list_filings(context, *shelf, ask); });
  doors.read("/api/v1/buying/refusals", list_parameters({}), list_refusals);
  doors.read("/api/v1/items/{code}/file", {},
             [shelf, &context](const Ask& ask) { return one_item(context, *shelf, ask); });
  add_registration_doors(doors, shelf);
}

}  // namespace huan::http
