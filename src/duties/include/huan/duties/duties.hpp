// SPDX-License-Identifier: Apache-2.0
// Everything a jurisdiction's document asks of offices rather than of places, and what can be
// counted over it. Pure values; who has done what is on record elsewhere.
//
//   quota_sum(duties, "malls", 2023);       // 19
//   count_roles(duties).leads;              // 0 where every bracket is shared
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "huan/duties/campaign.hpp"
#include "huan/duties/dossier_type.hpp"
#include "huan/duties/form.hpp"
#include "huan/duties/inspection.hpp"
#include "huan/duties/task.hpp"

namespace huan::duties {

struct Duties {
  std::vector<Unit> units;
  std::vector<Task> tasks;
  std::vector<Milestone> milestones;
  std::vector<Step> steps;
  std::vector<Form> forms;
  std::vector<DispatchLevel> dispatch;
  std::vector<SubsidyTier> subsidies;
  std::vector<Campaign> campaigns;
  std::vector<Award> awards;
  std::vector<Quota> quotas;
  std::vector<ProjectSum> project_totals;  ///< as stated
  std::vector<ProjectSum> project_groups;
  std::vector<Named> named;
  std::vector<Contradiction> contradictions;
  std::vector<DossierType> dossier_types;
  std::vector<DossierGift> dossier_gifts;
  std::vector<InspectionItem> inspection_items;
  std::vector<CreditRule> credit_rules;
  std::vector<CreditTier> credit_tiers;
};

struct Roles {
  std::set<std::string> leads;       ///< units that lead anywhere
  std::set<std::string> supporting;  ///< units that support anywhere
  std::set<std::string> all;         ///< units in any role
};
[[nodiscard]] Roles count_roles(const std::vector<Task>& tasks);

/// Sum over the districts of what the year asks for at least.
[[nodiscard]] std::int64_t quota_sum(const std::vector<Quota>& quotas, std::string_view award,
                                     std::int32_t year);

struct ProjectCount {
  std::int64_t number{0};
  base::Money invested;  ///< throws Overflow out of range
};
[[nodiscard]] ProjectCount sum_of(const std::vector<ProjectSum>& groups);

/// Two steps of different blocks whose days overlap: indices, the first found in order of `from`.
/// Blocks are stretches that follow each other; the steps of one block may lie anywhere in it.
[[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> overlapping_blocks(
    const std::vector<Step>& steps);

}  // namespace huan::duties
