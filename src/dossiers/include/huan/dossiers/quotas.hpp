// SPDX-License-Identifier: Apache-2.0
// Where campaigns and projects stand by their dossiers: awards against the quotas of each district
// and year, clean-ups by what became of their targets, projects by group beside what the document
// states and what its groups add up to. Counting only; what is not on record counts as nothing.
//
//   for (const QuotaStanding& one : quota_standings(duties.quotas, awards)) { … }
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "huan/duties/duties.hpp"
#include "huan/registry/dossier.hpp"

namespace huan::dossiers {

struct QuotaStanding {
  const duties::Quota* quota{nullptr};
  std::int64_t awarded{0};  ///< in the year, or up to it where the quota is cumulative
  [[nodiscard]] std::int64_t missing() const;
};
/// `awards` are dossiers of the type award; those in the state awarded count, each in its district.
[[nodiscard]] std::vector<QuotaStanding> quota_standings(
    const std::vector<duties::Quota>& quotas, const std::vector<registry::Dossier>& awards);

struct CleanupStanding {
  std::int64_t targets{0};
  std::int64_t visited{0};  ///< looked at, whatever came of it
  std::int64_t found{0};    ///< with something wrong
  std::int64_t closed{0};   ///< put right or closed down
  std::int64_t overdue{0};  ///< past their day and not closed
};
/// By the campaign's code. `cleanups` are dossiers of the type cleanup.
[[nodiscard]] std::map<std::string, CleanupStanding> cleanup_standings(
    const std::vector<registry::Dossier>& cleanups, base::Day day);

struct ProjectStanding {
  std::string group;  ///< empty: in all
  std::int64_t number{0};
  std::int64_t started{0};  ///< or further
  std::int64_t in_production{0};
  std::int64_t at_capacity{0};
  base::Money invested;  ///< in all, as planned; throws Overflow out of range
  base::Money paid;      ///< so far
};
/// By group in binary order, the sum of all first. `projects` are dossiers of the type project;
/// dropped ones do not count.
[[nodiscard]] std::vector<ProjectStanding> project_standings(
    const std::vector<registry::Dossier>& projects);

}  // namespace huan::dossiers
