// SPDX-License-Identifier: Apache-2.0
#include "huan/dossiers/quotas.hpp"

#include <algorithm>

#include "huan/dossiers/fields.hpp"

namespace huan::dossiers {
namespace {

using registry::Dossier;

bool counts(const Dossier& award, const duties::Quota& quota) {
  const auto year = amount_in(award, "year");
  return award.state == "awarded" && text_in(award, "award") == quota.award && year &&
         (quota.cumulative ? *year <= quota.year : *year == quota.year) &&
         (quota.district.empty() || quota.district == award.district);
}

void add(ProjectStanding& sum, const Dossier& project) {
  ++sum.number;
  const bool at_capacity = project.state == "at_capacity";
  const bool produces = at_capacity || project.state == "in_production";
  sum.started += produces || project.state == "started" || project.state == "stopped" ? 1 : 0;
  sum.in_production += produces ? 1 : 0;
  sum.at_capacity += at_capacity ? 1 : 0;
  sum.invested += base::Money{amount_in(project, "invested_fen").value_or(0)};
  sum.paid += base::Money{amount_in(project, "paid_fen").value_or(0)};
}

}  // namespace

std::int64_t QuotaStanding::missing() const {
  return std::max<std::int64_t>(quota->at_least - awarded, 0);
}

std::vector<QuotaStanding> quota_standings(const std::vector<duties::Quota>& quotas,
                                           const std::vector<Dossier>& awards) {
  std::vector<QuotaStanding> standings;
  standings.reserve(quotas.size());
  for (const duties::Quota& quota : quotas) {
    standings.push_back({&quota, std::ranges::count_if(awards, [&](const Dossier& award) {
                           return counts(award, quota);
                         })});
  }
  return standings;
}

std::map<std::string, CleanupStanding> cleanup_standings(const std::vector<Dossier>& cleanups,
                                                         base::Day day) {
  std::map<std::string, CleanupStanding> standings;
  for (const Dossier& target : cleanups) {
    CleanupStanding& one = standings[text_in(target, "campaign")];
    const bool closed = target.state == "put_right" || target.state == "closed_down";
    const bool found = closed || target.state == "visited";
    ++one.targets;
    one.visited += found || target.state == "clean" ? 1 : 0;
    one.found += found ? 1 : 0;
    one.closed += closed ? 1 : 0;
    const auto due = day_in(target, "due");
    one.overdue += target.state == "visited" && due && *due < day ? 1 : 0;
  }
  return standings;
}

std::vector<ProjectStanding> project_standings(const std::vector<Dossier>& projects) {
  std::map<std::string, ProjectStanding> groups;
  ProjectStanding all;
  for (const Dossier& project : projects) {
    if (project.state == "dropped") {
      continue;
    }
    const std::string group = text_in(project, "group");
    groups[group].group = group;
    add(groups[group], project);
    add(all, project);
  }
  std::vector<ProjectStanding> standings{all};
  standings.reserve(groups.size() + 1);
  for (auto& [group, standing] : groups) {
    standings.push_back(std::move(standing));
  }
  return standings;
}

}  // namespace huan::dossiers
