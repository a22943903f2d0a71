// SPDX-License-Identifier: Apache-2.0
// What a pack lays down and how it stands by the dossiers: rules, tasks and dispatch, campaigns,
// projects, evaluations; dossiers are signed here, and put at the registry's door.
#include "huan/app/file_dossier.hpp"

#include "dossier_door.hpp"
#include "huan/json/canonical.hpp"
#include "huan/oversight/duty_standings.hpp"
#include "huan/wire_pack/show.hpp"
#include "object_body.hpp"
#include "rules_shelf.hpp"

namespace huan::http {
namespace {

using oversight::CityName;

/// The rules of the day asked about.
struct DutyQuestion {
  RulesOnRecord rules;  ///< null: none on record
  CityName city;
  base::Day day;
  [[nodiscard]] oversight::DutyBook book() const { return {rules->pack, rules->rules.duties}; }
};

struct DutyDesk {
  explicit DutyDesk(base::Clock& time) : clock(time) {}
  base::Clock& clock;
  RulesShelf shelf;
};

Result<DutyQuestion> duty_question(const Ask& ask, DutyDesk& desk) {
  DutyQuestion question;
  HUAN_TRY(day, asked_day(ask.request, ask.city, desk.clock));
  HUAN_TRY(rules, desk.shelf.at(ask.reading, ask.city, day));
  question.rules = std::move(rules);
  question.city = {ask.city.city, ask.city.offset_s};
  question.day = day;
  return question;
}

template <class Write>
Response written(const Write& write) {
  std::string out;
  json::Writer w(out);
  write(w);
  return http_server::json_response(200, std::move(out));
}

Response without_rules(const DutyQuestion& question) {
  return written([&](json::Writer& w) {
    w.begin_object().member("at", base::format_day(question.day)).key("pack").null().end_object();
  });
}

Result<bool> asks_inherited(const Ask& ask) {
  const std::string inherited = ask.text("inherited");
  if (ask.query("inherited") && inherited != "true" && inherited != "false") {
    return Error{ErrorCode::bad_field, "inherited", "true or false"};
  }
  return inherited == "true";
}

/// The responsibility matrix, of all or of one unit.
Result<Response> show_task_matrix(const Ask& ask, DutyDesk& desk) {
  HUAN_TRY(inherited, asks_inherited(ask));
  HUAN_TRY(question, duty_question(ask, desk));
  if (!question.rules) {
    return without_rules(question);
  }
  const oversight::TaskQuestion asked{ask.text("unit"), question.day, inherited};
  return written([&](json::Writer& w) { oversight::write_tasks(w, question.book(), asked); });
}

Result<Response> show_rules(const Ask& ask, DutyDesk& desk) {
  HUAN_TRY(inherited, asks_inherited(ask));
  const auto rows = inherited ? wire_pack::Rows::inherited : wire_pack::Rows::own;
  HUAN_TRY(question, duty_question(ask, desk));
  if (!question.rules) {
    return without_rules(question);
  }
  const auto& rules = *question.rules;
  return written([&](json::Writer& w) {
    w.begin_object().key("dossier_types");
    oversight::write_dossier_types(w, rules.rules.duties.dossier_types);
    w.member("pack", rules.pack.name).key("rules");
    w.raw(wire_pack::show(rules, rows));
    w.member("version", rules.pack.version).end_object();
  });
}

Result<Response> show_dispatch(const Ask& ask, DutyDesk& desk) {
  HUAN_TRY(question, duty_question(ask, desk));
  if (!question.rules) {
    return without_rules(question);
  }
  const auto report =
      oversight::dispatch(ask.reading, question.city, question.book(), question.day);
  return written([&](json::Writer& w) { oversight::write_dispatch(w, report); });
}

Result<Response> show_campaigns_door(const Ask& ask, DutyDesk& desk) {
  HUAN_TRY(question, duty_question(ask, desk));
  if (!question.rules) {
    return without_rules(question);
  }
  const auto report =
      oversight::campaigns(ask.reading, question.city, question.book(), question.day);
  return written([&](json::Writer& w) { oversight::write_campaigns(w, report); });
}

Result<Response> show_projects_door(const Ask& ask, DutyDesk& desk) {
  HUAN_TRY(question, duty_question(ask, desk));
  if (!question.rules) {
    return without_rules(question);
  }
  const auto projects = oversight::contents(oversight::read_dossiers(
      ask.reading, question.city, {.type = "project", .scope = {}, .day = question.day}));
  return written([&](json::Writer& w) { oversight::write_projects(w, question.book(), projects); });
}

/// Of the district asked for; who reaches one district gets that one.
oversight::EvaluationSheet sheet_for(store::Reading& reading, const DutyQuestion& question,
                                     const store::RowScope& scope, std::string district) {
  oversight::CheckRequest request{question.day, {}, std::move(district), {}};
  if (!scope.district.empty() && !scope.holds_district(request.district)) {
    request.district = scope.district;
  }
  request.sees = [&scope](const norms::Subject& subject) {
    return scope.holds_district(subject.district);
  };
  const auto& rules = *question.rules;
  return oversight::evaluation_sheet(
      reading, question.city,
      {rules.pack, rules.rules.facts, rules.rules.norms, &rules.rules.duties},
      {rules.pack, rules.rules.indicators}, request);
}

Result<Response> show_sheet(const Ask& ask, DutyDesk& desk) {
  HUAN_TRY(question, duty_question(ask, desk));
  if (!question.rules) {
    return without_rules(question);
  }
  const auto sheet = sheet_for(ask.reading, question, ask.scope(), ask.text("district"));
  return written([&](json::Writer& w) { oversight::write_sheet(w, sheet); });
}

/// {"key":…,"kind":…,"district":…}: opens an evaluation with what could be judged today.
Result<Response> open_evaluation(Context& context, DutyDesk& desk, const Request& request,
                                 const app::Access& access) {
  HUAN_TRY(body, ObjectBody::parse(request, {"district", "key", "kind"}));
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  HUAN_TRY(key, body.text("key"));
  HUAN_TRY(kind, body.text("kind"));
  HUAN_TRY(district, body.optional_text("district"));
  DutyQuestion question;
  question.city = {city.city, city.offset_s};
  question.day = base::day_of(desk.clock.now(), city.offset_s);
  HUAN_TRY(rules, desk.shelf.at(*reading, city, question.day));
  if (!rules) {
    return Error{ErrorCode::not_found, "", "no rules are on record to evaluate by"};
  }
  question.rules = std::move(rules);
  const auto scope = app::row_scope(access);
  if (!district.empty() && !scope.holds_district(district)) {
    return Error{ErrorCode::forbidden, "/district", district};
  }
  const auto sheet = sheet_for(*reading, question, scope, std::move(district));
  DossierSent sent;
  sent.city = city;
  sent.key = key;
  sent.dossier.type = "evaluation";
  sent.dossier.state = "open";
  sent.dossier.about_kind = sheet.district.empty() ? "city" : "district";
  sent.dossier.about = sheet.district.empty() ? city.city : sheet.district;
  sent.dossier.district = sheet.district;
  sent.dossier.fields["kind"] = std::move(kind);
  oversight::put_sheet(sheet, sent.dossier);
  HUAN_TRY(filed, file_sent(context, desk.shelf, sent, access));
  return written([&](json::Writer& w) {
    w.begin_object().key("data").raw(registry::to_json(filed.dossier)).member("key", key);
    w.member("version", filed.version).end_object();
  });
}

/// Reminders and notices that are due now, each drawn up with its number.
Result<Response> draw_up(Context& context, DutyDesk& desk, const Request& request,
                         const app::Access& access) {
  HUAN_TRY(body, ObjectBody::parse(request, {}));
  static_cast<void>(body);
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  const CityName name{city.city, city.offset_s};
  const base::Day day = base::day_of(desk.clock.now(), city.offset_s);
  HUAN_TRY(rules, desk.shelf.at(*reading, city, day));
  std::vector<registry::Dossier> due;
  if (rules) {
    const auto report =
        oversight::dispatch(*reading, name, {rules->pack, rules->rules.duties}, day);
    due = oversight::documents_due(report, *reading, name);
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().key("drawn_up").begin_array();
  for (const registry::Dossier& draft : due) {
    app::DossierPut put;
    put.city = city.city;
    put.key = draft.type + ":" + draft.about + ":" + base::format_day(day);
    put.data = registry::to_json(draft);
    put.based_on = 0;
    put.role = access.role;
    put.by = access.principal;
    put.day = day;
    HUAN_TRY(filed, app::file_dossier(context.parts.recorder, rules->rules.duties, put));
    w.begin_object().key("data").raw(registry::to_json(filed.dossier)).member("key", put.key);
    w.end_object();
  }
  w.end_array().end_object();
  return http_server::json_response(200, std::move(out));
}

/// {"role":…,"state":…}: signs what is on record, and brings it on where a state is named.
Result<Response> sign(Context& context, DutyDesk& desk, const Request& request,
                      const app::Access& access) {
  HUAN_TRY(body, ObjectBody::parse(request, {"role", "state"}));
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  HUAN_TRY(role, body.text("role"));
  HUAN_TRY(state, body.optional_text("state"));
  const std::string key(request.param("key"));
  const auto row = reading->registered(city.city, "dossier", key);
  const auto on_record = app::dossier_on_record(*reading, city.city, key);
  if (!row || !on_record || !app::sees_thing(*reading, city.city, *row, app::row_scope(access))) {
    return Error{ErrorCode::not_found, "key", key};
  }
  DossierSent sent;
  sent.city = city;
  sent.key = key;
  sent.dossier = on_record->dossier;
  sent.dossier.state = state.empty() ? sent.dossier.state : state;
  sent.based_on = on_record->version;
  sent.sign_as = std::move(role);
  HUAN_TRY(filed, file_sent(context, desk.shelf, sent, access));
  return written([&](json::Writer& w) {
    w.begin_object().key("data").raw(registry::to_json(filed.dossier)).member("key", key);
    w.member("version", filed.version).end_object();
  });
}

}  // namespace

Result<app::FiledDossier> file_sent(Context& context, RulesShelf& shelf, const DossierSent& sent,
                                    const app::Access& access) {
  const auto reading = context.parts.store.snapshot();
  const base::Day today = base::day_of(context.parts.clock.now(), sent.city.offset_s);
  HUAN_TRY(rules, shelf.at(*reading, sent.city, today));
  if (!rules) {
    return Error{ErrorCode::bad_field, "/data/type", "no rules are on record"};
  }
  app::DossierPut put;
  put.city = sent.city.city;
  put.key = sent.key;
  put.data = registry::to_json(sent.dossier);
  put.based_on = sent.based_on;
  put.role = access.role;
  put.by = access.principal;
  put.sign_as = sent.sign_as;
  put.day = today;
  return app::file_dossier(context.parts.recorder, rules->rules.duties, put);
}

void add_duty_doors(Doors& doors) {
  Context& context = doors.context();
  const auto desk = std::make_shared<DutyDesk>(context.parts.clock);
  doors.read("/api/v1/rules", {"at", "inherited"},
             [desk](const Ask& ask) { return show_rules(ask, *desk); });
  doors.read("/api/v1/tasks", {"at", "inherited", "unit"},
             [desk](const Ask& ask) { return show_task_matrix(ask, *desk); });
  doors.read("/api/v1/dispatch", {"at"},
             [desk](const Ask& ask) { return show_dispatch(ask, *desk); });
  doors.read("/api/v1/campaigns", {"at"},
             [desk](const Ask& ask) { return show_campaigns_door(ask, *desk); });
  doors.read("/api/v1/key-projects", {"at"},
             [desk](const Ask& ask) { return show_projects_door(ask, *desk); });
  doors.read("/api/v1/evaluation", {"at", "district"},
             [desk](const Ask& ask) { return show_sheet(ask, *desk); });
  doors.write("POST", "/api/v1/evaluation", {},
              [desk, &context](const Request& request, const app::Access& access) {
                return open_evaluation(context, *desk, request, access);
              });
  doors.write("POST", "/api/v1/dispatch", {},
              [desk, &context](const Request& request, const app::Access& access) {
                return draw_up(context, *desk, request, access);
              });
  doors.write("POST", "/api/v1/dossiers/{key}/signatures", {},
              [desk, &context](const Request& request, const app::Access& access) {
                return sign(context, *desk, request, access);
              });
}

}  // namespace huan::http
