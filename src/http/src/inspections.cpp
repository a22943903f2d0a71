// SPDX-License-Identifier: Apache-2.0
// Draws and inspections: commit, seed and run a draw, its two texts for anyone who has an account,
// and for those whom it sent the subjects, the checklist, answers and signatures.
#include "huan/app/inspections.hpp"

#include <set>

#include "huan/dossiers/fields.hpp"
#include "huan/oversight/check.hpp"
#include "huan/oversight/dossiers.hpp"
#include "huan/oversight/render.hpp"
#include "inspection_filter.hpp"
#include "object_body.hpp"
#include "rules_shelf.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kAnswersMax = 200;

struct InspectionRoom {
  explicit InspectionRoom(Context& given) : context(given), files(given.parts.files_folder) {}
  Context& context;
  app::Files files;
  RulesShelf shelf;
};

/// A desk for the asker, by the rules in force today; bad_field where none are on record.
struct RoomDesk {
  store::CityRow city;
  RulesOnRecord rules;
  base::Day today;
  [[nodiscard]] app::DrawDesk desk(InspectionRoom& room, const app::Access& access) const {
    return {room.context.parts.store,
            room.context.parts.recorder,
            room.context.parts.clock,
            room.files,
            rules->rules.duties,
            city,
            access.role,
            access.principal};
  }
};

Result<RoomDesk> room_desk(InspectionRoom& room, store::Reading& reading,
                           const store::CityRow& city) {
  RoomDesk out;
  out.city = city;
  out.today = base::day_of(room.context.parts.clock.now(), city.offset_s);
  HUAN_TRY(rules, room.shelf.at(reading, city, out.today));
  if (!rules) {
    return Error{ErrorCode::bad_field, "", "no rules are on record"};
  }
  out.rules = std::move(rules);
  return out;
}

Response keyed_response(int status, const std::string& key, const app::FiledDossier& filed) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("data").raw(registry::to_json(filed.dossier)).member("key", key);
  w.member("version", filed.version).end_object();
  return http_server::json_response(status, std::move(out));
}

Result<Response> commit(InspectionRoom& room, const Request& request, const app::Access& access) {
  HUAN_TRY(body,
           ObjectBody::parse(request, {"key", "item", "district", "count", "source", "known_at"}));
  const auto reading = room.context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  app::DrawPlan plan;
  HUAN_TRY(key, body.text("key"));
  HUAN_TRY(item, body.text("item"));
  HUAN_TRY(source, body.text("source"));
  HUAN_TRY(known_at, body.text("known_at"));
  HUAN_TRY(district, body.optional_text("district"));
  HUAN_TRY(count, body.integer("count", 0));
  const auto scope = app::row_scope(access);
  plan = {key, item, district.empty() ? scope.district : district, count, source, known_at};
  if (!scope.holds_district(plan.district)) {
    return Error{ErrorCode::forbidden, "/district", plan.district};
  }
  HUAN_TRY(at, room_desk(room, *reading, city));
  HUAN_TRY(filed, app::commit_draw(at.desk(room, access), plan));
  return keyed_response(201, key, filed);
}

/// Draws of another district are not seen.
Result<std::string> draw_key(store::Reading& reading, const store::CityRow& city,
                             const Request& request, const app::Access& access) {
  std::string key(request.param("key"));
  const auto row = reading.registered(city.city, "dossier", key);
  if (!row || row->subkind != "draw" || !app::row_scope(access).holds_district(row->district)) {
    return Error{ErrorCode::not_found, "key", key};
  }
  return key;
}

Result<Response> seed(InspectionRoom& room, const Request& request, const app::Access& access) {
  HUAN_TRY(body, ObjectBody::parse(request, {"value", "evidence"}));
  const auto reading = room.context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  HUAN_TRY(key, draw_key(*reading, city, request, access));
  HUAN_TRY(value, body.text("value"));
  HUAN_TRY(evidence, body.text("evidence"));
  HUAN_TRY(at, room_desk(room, *reading, city));
  HUAN_TRY(filed, app::seed_draw(at.desk(room, access), {key, value, evidence}));
  return keyed_response(200, key, filed);
}

Result<Response> run(InspectionRoom& room, const Request& request, const app::Access& access) {
  HUAN_TRY(body, ObjectBody::parse(request, {}));
  static_cast<void>(body);
  const auto reading = room.context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  HUAN_TRY(key, draw_key(*reading, city, request, access));
  HUAN_TRY(at, room_desk(room, *reading, city));
  HUAN_TRY(outcome, app::run_draw(at.desk(room, access), key));
  HUAN_TRY(people, app::people_of_draw(*reading, room.files, city, key));
  std::string out;
  json::Writer w(out);
  w.begin_object().key("drawn").begin_array();
  for (const draw::Drawn& one : outcome.drawn) {
    w.begin_object().key("inspectors").begin_array();
    for (const std::string& who : app::names_of(people, one.people)) {
      w.string(who);
    }
    w.end_array().member("subject", one.object).end_object();
  }
  w.end_array().member("key", key).member("seed", crypto::hex(outcome.seed)).end_object();
  return http_server::json_response(200, std::move(out));
}

Result<Response> text_of_draw(const Ask& ask, InspectionRoom& room) {
  const auto which = ask.request.param("text");
  if (which != "papers" && which != "result") {
    return Error{ErrorCode::not_found, "text", std::string(which)};
  }
  HUAN_TRY(text,
           app::draw_text(ask.reading, room.files, ask.city, ask.request.param("key"),
                          which == "papers" ? app::DrawPaper::papers : app::DrawPaper::result));
  return http_server::make_response(200, "text/plain; charset=utf-8", std::move(text));
}

bool is_theirs(const Ask& ask, const oversight::KeyedDossier& one) {
  return ask.access.role != "inspector" || app::is_sent(one.dossier, ask.access.principal.name);
}

/// Draws, inspections and orders of the asker's districts, as the plan's figures are made of them.
std::vector<dossiers::Filed> plan_dossiers(const Ask& ask) {
  std::vector<dossiers::Filed> seen;
  for (dossiers::Filed& one :
       app::filed_dossiers(ask.reading, ask.city, {"draw", "inspection", "rectification"})) {
    if (ask.scope().holds_district(one.dossier.district)) {
      seen.push_back(std::move(one));
    }
  }
  return seen;
}

/// Keys that make up the figure `counted` of the item `plan`; nothing where none is asked for.
Result<std::optional<std::set<std::string>>> keys_of_figure(const Ask& ask, base::Day today) {
  const auto item = ask.query("plan");
  const auto figure = dossiers::plan_figure_from(ask.query("counted").value_or("subjects"));
  if (!item) {
    return std::optional<std::set<std::string>>();
  }
  if (!figure) {
    return Error{ErrorCode::bad_field, "counted", ask.text("counted")};
  }
  const auto keys = dossiers::counted_in_plan(*item, *figure, plan_dossiers(ask), today);
  return std::optional(std::set<std::string>(keys.begin(), keys.end()));
}

Result<Response> my_inspections(const Ask& ask, InspectionRoom& room) {
  HUAN_TRY(filter, InspectionFilter::parse(ask.request, ask.reading, ask.city));
  HUAN_TRY(figure,
           keys_of_figure(ask, base::day_of(room.context.parts.clock.now(), ask.city.offset_s)));
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const auto& one :
       oversight::read_dossiers(ask.reading, {ask.city.city, ask.city.offset_s},
                                {.type = "inspection", .scope = ask.scope(), .day = {}})) {
    if (is_theirs(ask, one) && filter.holds(one) && (!figure || figure->contains(one.key)) &&
        (ask.text("state").empty() || one.dossier.state == ask.text("state"))) {
      w.begin_object().key("data").raw(registry::to_json(one.dossier)).member("key", one.key);
      w.member("version", one.version).end_object();
    }
  }
  w.end_array().end_object();
  return http_server::json_response(200, std::move(out));
}

/// The inspection, if the asker may see it: an inspector theirs, others of their district or firm.
Result<app::FiledDossier> seen_inspection(store::Reading& reading, const store::CityRow& city,
                                          const std::string& key, const app::Access& access) {
  const auto row = reading.registered(city.city, "dossier", key);
  auto found = app::dossier_on_record(reading, city.city, key);
  if (!row || !found || found->dossier.type != "inspection" ||
      !app::sees_thing(reading, city.city, *row, app::row_scope(access)) ||
      (access.role == "inspector" && !app::is_sent(found->dossier, access.principal.name))) {
    return Error{ErrorCode::not_found, "key", key};
  }
  return std::move(*found);
}

Result<Response> checklist(const Ask& ask, InspectionRoom& room) {
  const std::string key(ask.request.param("key"));
  HUAN_TRY(found, seen_inspection(ask.reading, ask.city, key, ask.access));
  HUAN_TRY(at, room_desk(room, ask.reading, ask.city));
  const auto& rules = at.rules->rules;
  const auto* item =
      duties::item_of(rules.duties.inspection_items, dossiers::text_in(found.dossier, "item"));
  std::string out;
  json::Writer w(out);
  w.begin_object().key("content").begin_array();
  for (std::size_t n = 0; item != nullptr && n < item->content.size(); ++n) {
    w.begin_object().member("check", item->row.code + "/" + std::to_string(n + 1));
    w.member("en", duties::content_en(*item, n)).member("zh", item->content[n]).end_object();
  }
  w.end_array().key("findings").begin_array();
  const oversight::NormBook book{at.rules->pack, rules.facts, rules.norms, &rules.duties};
  const oversight::CheckRequest wanted{at.today, found.dossier.about, "", {}};
  static_cast<void>(oversight::check_norms(
      ask.reading, {ask.city.city, ask.city.offset_s}, book, wanted,
      [&](const norms::Subject& subject, const norms::Finding& finding) {
        if (finding.verdict != norms::Verdict::not_applicable &&
            (item == nullptr || dossiers::asks_norm(*item, finding.norm->id))) {
          oversight::write_finding(w, subject, finding, rules.facts);
        }
      }));
  w.end_array().member("item_en", item == nullptr ? "" : item->row.en);
  w.member("item_zh", item == nullptr ? "" : item->row.zh)
      .member("key", key)
      .member("subject", found.dossier.about)
      .end_object();
  return http_server::json_response(200, std::move(out));
}

Result<Response> visit(InspectionRoom& room, const Request& request, const app::Access& access) {
  HUAN_TRY(body, ObjectBody::parse(request, {"answers", "day", "refusal", "result"}));
  const auto reading = room.context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  const std::string key(request.param("key"));
  HUAN_CHECK(seen_inspection(*reading, city, key, access));
  HUAN_TRY(texts, body.texts("answers", kAnswersMax));
  HUAN_TRY(result, body.optional_text("result"));
  HUAN_TRY(refusal, body.optional_text("refusal"));
  HUAN_TRY(said, body.optional_text("day"));
  HUAN_TRY(at, room_desk(room, *reading, city));
  HUAN_TRY(day, app::visit_day(at.desk(room, access), key, said));
  dossiers::Visit entered{day, {}, result, refusal};
  for (const std::string& text : texts) {
    HUAN_TRY(answer, dossiers::parse_answer(text));
    entered.answers.push_back(std::move(answer));
  }
  HUAN_TRY(done, app::visit_inspection(at.desk(room, access), key, entered));
  return keyed_response(200, key, done.inspection);
}

Result<Response> sign_visit(InspectionRoom& room, const Request& request,
                            const app::Access& access) {
  HUAN_TRY(body, ObjectBody::parse(request, {"by_hand", "role", "state"}));
  const auto reading = room.context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  const std::string key(request.param("key"));
  HUAN_CHECK(seen_inspection(*reading, city, key, access));
  HUAN_TRY(role, body.optional_text("role"));
  HUAN_TRY(state, body.optional_text("state"));
  HUAN_TRY(at, room_desk(room, *reading, city));
  HUAN_TRY(by_hand, body.optional_text("by_hand"));
  HUAN_TRY(filed, app::sign_inspection(at.desk(room, access), {key, role, state, by_hand}));
  return keyed_response(200, key, filed);
}

Result<Response> plan_and_late(const Ask& ask, InspectionRoom& room) {
  HUAN_TRY(at, room_desk(room, ask.reading, ask.city));
  const auto seen = plan_dossiers(ask);
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const dossiers::PlanStanding& one :
       dossiers::plan_standings(at.rules->rules.duties.inspection_items, seen, at.today)) {
    w.begin_object().member("draws", one.draws).member("draws_planned", one.item->per_year);
    w.member("en", one.item->row.en)
        .member("item", one.item->row.code)
        .member("late_publications", one.late_publications);
    w.member("late_visits", one.late_visits).member("published", one.published);
    w.member("subjects", one.subjects).member("visited", one.visited);
    w.member("wanting", one.wanting).member("zh", one.item->row.zh).end_object();
  }
  w.end_array().key("late").begin_array();
  for (const dossiers::Late& one : dossiers::late_on(seen, at.today)) {
    w.begin_object().member("due", base::format_day(one.due)).member("key", one.key);
    w.member("step", name(one.step)).member("subject", one.subject).end_object();
  }
  w.end_array().end_object();
  return http_server::json_response(200, std::move(out));
}

}  // namespace

void add_inspection_doors(Doors& doors) {
  const auto room = std::make_shared<InspectionRoom>(doors.context());
  const auto post = [&](std::string_view pattern, auto act) {
    doors.write("POST", pattern, {}, [room, act](const Request& request, const app::Access& a) {
      return act(*room, request, a);
    });
  };
  post("/api/v1/draws", commit);
  post("/api/v1/draws/{key}/seed", seed);
  post("/api/v1/draws/{key}/run", run);
  post("/api/v1/inspections/{key}/visit", visit);
  post("/api/v1/inspections/{key}/signatures", sign_visit);
  doors.read("/api/v1/draws/{key}/{text}", {},
             [room](const Ask& ask) { return text_of_draw(ask, *room); });
  doors.read("/api/v1/inspections",
             {"bulletin", "counted", "draw", "item", "plan", "result", "state"},
             [room](const Ask& ask) { return my_inspections(ask, *room); });
  doors.read("/api/v1/inspections/{key}/checklist", {},
             [room](const Ask& ask) { return checklist(ask, *room); });
  doors.read("/api/v1/inspection-plan", {},
             [room](const Ask& ask) { return plan_and_late(ask, *room); });
}

}  // namespace huan::http
