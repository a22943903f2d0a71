// SPDX-License-Identifier: Apache-2.0
// How what offices have to do stands on a day, from their dossiers: tasks and whom dispatch 调度
// calls for, campaigns, projects, and the sheet that an evaluation 评估 begins with (what could be
// judged of a district, and its targets). The same for every door. Reads only; what dispatch calls
// for comes as drafts, to be recorded like any other dossier.
//
//   const DispatchReport report = dispatch(reading, city, {pack, duties}, day);
//   for (const registry::Dossier& draft : documents_due(report, reading, city)) { … }
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "huan/dossiers/dispatch.hpp"
#include "huan/dossiers/quotas.hpp"
#include "huan/json/writer.hpp"
#include "huan/oversight/check.hpp"
#include "huan/oversight/dossiers.hpp"
#include "huan/oversight/standings.hpp"

namespace huan::oversight {

struct DutyBook {
  const registry::Pack& pack;
  const duties::Duties& duties;  ///< must outlive what is made of it
};

/// Rows of the responsibility matrix.
struct TaskQuestion {
  std::string unit{};             ///< one unit's, by its code; empty: all
  std::optional<base::Day> at{};  ///< that deadlines are held against
  bool inherited{false};          ///< the parents' rows too
};
[[nodiscard]] std::vector<const duties::Task*> asked_tasks(const DutyBook& book,
                                                           const TaskQuestion& question);
/// Roles (lead, supporting, responsible, shared) with their units' codes.
using UnitsByRole = std::array<std::pair<std::string_view, const std::vector<std::string>*>, 4>;
[[nodiscard]] UnitsByRole units_by_role(const duties::Task& task);
/// Days until the deadline; below zero when it is over, nullopt without a day or a deadline.
[[nodiscard]] std::optional<std::int64_t> days_left(const duties::Task& task,
                                                    std::optional<base::Day> at);

struct DispatchReport {
  base::Day day;
  base::Day begin;  ///< of the document; of one without a day: when its records begin
  std::optional<dossiers::DispatchRule> rule;
  std::vector<dossiers::TaskStanding> tasks;  ///< the pack's own, in printed order
};
[[nodiscard]] DispatchReport dispatch(store::RegistryReading& reading, const CityName& city,
                                      const DutyBook& book, base::Day day);

/// Reminders to the slow and notices on the seriously late, without a number yet; none for a task
/// that has one since its last report.
[[nodiscard]] std::vector<registry::Dossier> documents_due(const DispatchReport& report,
                                                           store::RegistryReading& reading,
                                                           const CityName& city);

struct CampaignReport {
  base::Day day;
  std::vector<dossiers::QuotaStanding> quotas;  ///< in the pack's order
  std::map<std::string, dossiers::CleanupStanding> cleanups;
  std::vector<KeyedDossier> awarded;  ///< the public list
};
[[nodiscard]] CampaignReport campaigns(store::RegistryReading& reading, const CityName& city,
                                       const DutyBook& book, base::Day day);

/// What an evaluation of a district (or the city: empty) begins with.
struct EvaluationSheet {
  base::Day day;
  std::string district;
  norms::Tally tally;
  std::int64_t targets{0};      ///< with a value
  std::int64_t targets_met{0};  ///< of these
  std::int64_t targets_not_known{0};
  std::vector<std::string> missed;  ///< ids of indicators whose last target is not met
};
[[nodiscard]] EvaluationSheet evaluation_sheet(store::Reading& reading, const CityName& city,
                                               const NormBook& norms, const IndicatorBook& book,
                                               const CheckRequest& of);
/// Its figures as fields of an evaluation.
void put_sheet(const EvaluationSheet& sheet, registry::Dossier& evaluation);

// Each writes one object.
void write_tasks(json::Writer& w, const DutyBook& book, const TaskQuestion& question);
void write_dispatch(json::Writer& w, const DispatchReport& report);
void write_campaigns(json::Writer& w, const CampaignReport& report);
/// As stated, as the groups add up, and as they are on record: all three are shown.
void write_projects(json::Writer& w, const DutyBook& book,
                    const std::vector<registry::Dossier>& projects);
void write_sheet(json::Writer& w, const EvaluationSheet& sheet);
void write_dossier_types(json::Writer& w, const std::vector<duties::DossierType>& types);

}  // namespace huan::oversight
