// SPDX-License-Identifier: Apache-2.0
#include "huan/dossiers/fields.hpp"
#include "huan/oversight/duty_standings.hpp"
#include "huan/oversight/render.hpp"

namespace huan::oversight {
namespace {

void put_amount(json::Writer& w, std::string_view key, const std::optional<std::int64_t>& amount) {
  w.key(key);
  amount ? w.integer(*amount) : w.null();
}

void put_texts(json::Writer& w, std::string_view key, const std::vector<std::string>& texts) {
  w.key(key).begin_array();
  for (const std::string& text : texts) {
    w.string(text);
  }
  w.end_array();
}

void put_sum(json::Writer& w, std::string_view key, std::int64_t number, base::Money invested) {
  w.key(key).begin_object().member("invested_fen", invested.count()).member("number", number);
  w.end_object();
}

void put_task(json::Writer& w, const dossiers::TaskStanding& one) {
  w.begin_object().member("bracket", one.task->row.code).key("deadline");
  one.task->deadline ? w.string(duties::format_deadline(*one.task->deadline)) : w.null();
  put_amount(w, "expected_ppm", one.expected_ppm);
  put_amount(w, "lag_ppm", one.lag_ppm);
  w.member("pace", dossiers::name(one.pace));
  put_amount(w, "progress_ppm", one.progress_ppm);
  w.key("reported");
  one.reported ? w.string(base::format_day(*one.reported)) : w.null();
  put_texts(w, "units", dossiers::recipients(*one.task, true));
  w.member("zh", one.task->row.zh).end_object();
}

void put_state(json::Writer& w, const duties::DossierState& state) {
  w.begin_object();
  put_texts(w, "by", state.by);
  w.member("code", state.code).member("en", state.en).key("ended").boolean(state.ended);
  w.key("evidence").boolean(state.evidence).key("first").boolean(state.first);
  w.key("gives").boolean(state.gives);
  put_texts(w, "needs", state.needs);
  put_texts(w, "next", state.next);
  w.key("public").boolean(state.is_public);
  put_texts(w, "signed_by", state.signed_by);
  w.member("zh", state.zh).end_object();
}

void put_field(json::Writer& w, const duties::DossierField& field) {
  w.begin_object();
  put_texts(w, "choices", field.choices);
  w.member("en", field.en).member("name", field.name).member("type", duties::name(field.type));
  w.member("unit", field.unit).member("zh", field.zh).end_object();
}

}  // namespace

void write_dispatch(json::Writer& w, const DispatchReport& report) {
  w.begin_object().member("at", base::format_day(report.day));
  w.member("begin", base::format_day(report.begin)).key("rule");
  if (report.rule) {
    w.begin_object().member("notice_lag_ppm", report.rule->notice_lag_ppm);
    w.member("reminder_lag_ppm", report.rule->reminder_lag_ppm);
    w.key("stale_days").integer(report.rule->stale_days).end_object();
  } else {
    w.null();
  }
  w.key("tasks").begin_array();
  for (const dossiers::TaskStanding& one : report.tasks) {
    put_task(w, one);
  }
  w.end_array().end_object();
}

void write_campaigns(json::Writer& w, const CampaignReport& report) {
  w.begin_object().member("at", base::format_day(report.day)).key("awarded").begin_array();
  for (const KeyedDossier& one : report.awarded) {
    w.begin_object().member("about", one.dossier.about);
    w.member("award", dossiers::text_in(one.dossier, "award"));
    w.member("district", one.dossier.district).member("key", one.key);
    w.member("title", one.dossier.title);
    put_amount(w, "year", dossiers::amount_in(one.dossier, "year"));
    w.end_object();
  }
  w.end_array().key("cleanups").begin_array();
  for (const auto& [campaign, one] : report.cleanups) {
    w.begin_object().member("campaign", campaign).member("closed", one.closed);
    w.member("found", one.found).member("overdue", one.overdue).member("targets", one.targets);
    w.member("visited", one.visited).end_object();
  }
  w.end_array().key("quotas").begin_array();
  for (const dossiers::QuotaStanding& one : report.quotas) {
    w.begin_object().member("at_least", one.quota->at_least).member("award", one.quota->award);
    w.member("awarded", one.awarded).key("cumulative").boolean(one.quota->cumulative);
    w.member("district", one.quota->district).member("missing", one.missing());
    w.key("year").integer(one.quota->year).end_object();
  }
  w.end_array().end_object();
}

void write_projects(json::Writer& w, const DutyBook& book,
                    const std::vector<registry::Dossier>& projects) {
  const duties::ProjectCount summed = duties::sum_of(book.duties.project_groups);
  w.begin_object().key("on_record").begin_array();
  for (const dossiers::ProjectStanding& one : dossiers::project_standings(projects)) {
    w.begin_object().member("at_capacity", one.at_capacity).member("group", one.group);
    w.member("in_production", one.in_production).member("invested_fen", one.invested.count());
    w.member("number", one.number).member("paid_fen", one.paid.count());
    w.member("started", one.started).end_object();
  }
  w.end_array().key("stated").begin_array();
  for (const duties::ProjectSum& one : book.duties.project_totals) {
    w.begin_object().member("clause", one.row.clause).member("code", one.row.code);
    put_sum(w, "sum", one.number, one.invested.value_or(base::Money{}));
    w.end_object();
  }
  w.end_array();
  put_sum(w, "summed", summed.number, summed.invested);
  w.end_object();
}

void write_sheet(json::Writer& w, const EvaluationSheet& sheet) {
  w.begin_object().member("at", base::format_day(sheet.day)).member("district", sheet.district);
  put_texts(w, "missed", sheet.missed);
  w.key("tally");
  write_tally(w, sheet.tally);
  w.member("targets", sheet.targets).member("targets_met", sheet.targets_met);
  w.member("targets_not_known", sheet.targets_not_known).end_object();
}

void write_dossier_types(json::Writer& w, const std::vector<duties::DossierType>& types) {
  w.begin_array();
  for (const duties::DossierType& type : types) {
    w.begin_object();
    put_texts(w, "about", type.about);
    w.member("code", type.row.code).member("en", type.row.en).key("fields").begin_array();
    for (const duties::DossierField& field : type.fields) {
      put_field(w, field);
    }
    w.end_array().key("numbered").boolean(type.numbered).member("pack", type.row.pack);
    w.key("states").begin_array();
    for (const duties::DossierState& state : type.states) {
      put_state(w, state);
    }
    w.end_array().member("zh", type.row.zh).end_object();
  }
  w.end_array();
}

}  // namespace huan::oversight
