// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/duty_standings.hpp"

#include <algorithm>

#include "huan/dossiers/fields.hpp"

namespace huan::oversight {
namespace {

using dossiers::Pace;
using dossiers::TaskStanding;
using registry::Dossier;

std::vector<Dossier> of_type(store::RegistryReading& reading, const CityName& city,
                             std::string type, base::Day day) {
  return contents(read_dossiers(reading, city, {.type = std::move(type), .scope = {}, .day = day}));
}

/// Has the task a document of the kind since its last report?
bool has_one(const std::vector<Dossier>& documents, const TaskStanding& standing) {
  return std::ranges::any_of(documents, [&](const Dossier& one) {
    const auto day = dossiers::day_in(one, "day");
    return one.about == standing.task->row.code && one.state != "dropped" && day &&
           (!standing.reported || *day >= *standing.reported);
  });
}

Dossier draft(const TaskStanding& standing, base::Day day) {
  const bool notice = standing.pace == Pace::seriously_late;
  Dossier out;
  out.type = notice ? "notice" : "reminder";
  out.about_kind = "task";
  out.about = standing.task->row.code;
  out.title = standing.task->row.zh;
  out.state = "drawn_up";
  out.fields["day"] = base::format_day(day);
  out.fields["lag_ppm"] = standing.lag_ppm.value_or(0);
  out.fields["recipients"] = dossiers::recipients(*standing.task, notice);
  return out;
}

}  // namespace

DispatchReport dispatch(store::RegistryReading& reading, const CityName& city, const DutyBook& book,
                        base::Day day) {
  DispatchReport report;
  report.day = day;
  report.begin = book.pack.effective_from.value_or(
      base::day_of(book.pack.records_from, book.pack.utc_offset_s));
  report.rule = dossiers::rule_on(of_type(reading, city, "dispatch_rule", day), day);
  const auto reports = of_type(reading, city, "task_report", day);
  auto all = dossiers::stand(book.duties.tasks, reports, {report.begin, day, report.rule});
  std::ranges::copy_if(all, std::back_inserter(report.tasks), [&](const TaskStanding& one) {
    return one.task->row.pack == book.pack.name;
  });
  return report;
}

std::vector<Dossier> documents_due(const DispatchReport& report, store::RegistryReading& reading,
                                   const CityName& city) {
  const auto reminders = of_type(reading, city, "reminder", report.day);
  const auto notices = of_type(reading, city, "notice", report.day);
  std::vector<Dossier> due;
  for (const TaskStanding& standing : report.tasks) {
    const bool slow = standing.pace == Pace::slow && !has_one(reminders, standing);
    const bool late = standing.pace == Pace::seriously_late && !has_one(notices, standing);
    if (slow || late) {
      due.push_back(draft(standing, report.day));
    }
  }
  return due;
}

CampaignReport campaigns(store::RegistryReading& reading, const CityName& city,
                         const DutyBook& book, base::Day day) {
  CampaignReport report;
  report.day = day;
  auto awards = read_dossiers(reading, city, {.type = "award", .scope = {}, .day = day});
  report.quotas = dossiers::quota_standings(book.duties.quotas, contents(awards));
  report.cleanups = dossiers::cleanup_standings(of_type(reading, city, "cleanup", day), day);
  std::erase_if(awards, [](const KeyedDossier& one) { return one.dossier.state != "awarded"; });
  report.awarded = std::move(awards);
  return report;
}

EvaluationSheet evaluation_sheet(store::Reading& reading, const CityName& city,
                                 const NormBook& norms, const IndicatorBook& book,
                                 const CheckRequest& of) {
  EvaluationSheet sheet;
  sheet.day = of.day;
  sheet.district = of.district;
  const auto report =
      check_norms(reading, city, norms, of, [](const norms::Subject&, const norms::Finding&) {});
  sheet.tally = report.board.all().total;
  for (const NamedStanding& one : stand(reading, city, book, of.day, of.district)) {
    if (one.indicator->inherited || one.standing.targets.empty()) {
      continue;
    }
    const auto status = one.standing.targets.back().status;
    if (status == indicators::Status::not_known) {
      ++sheet.targets_not_known;
      continue;
    }
    ++sheet.targets;
    if (status == indicators::Status::met) {
      ++sheet.targets_met;
    } else {
      sheet.missed.push_back(one.indicator->id);
    }
  }
  return sheet;
}

void put_sheet(const EvaluationSheet& sheet, Dossier& evaluation) {
  evaluation.fields["day"] = base::format_day(sheet.day);
  evaluation.fields["not_known"] = sheet.tally.not_known;
  evaluation.fields["targets"] = sheet.targets;
  evaluation.fields["targets_met"] = sheet.targets_met;
  if (const auto share = sheet.tally.share()) {
    evaluation.fields["score_ppm"] = *share;
  }
}

}  // namespace huan::oversight
