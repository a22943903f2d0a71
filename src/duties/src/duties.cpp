// SPDX-License-Identifier: Apache-2.0
#include "huan/duties/duties.hpp"

#include <algorithm>
#include <numeric>

namespace huan::duties {

std::string_view name(UnitKind kind) noexcept {
  switch (kind) {
    case UnitKind::authority:
      return "authority";
    case UnitKind::districts:
      return "districts";
    case UnitKind::enterprises:
      return "enterprises";
    case UnitKind::group:
      break;
  }
  return "group";
}

std::string_view name(Bracket bracket) noexcept {
  switch (bracket) {
    case Bracket::shared:
      return "shared";
    case Bracket::alone:
      return "alone";
    case Bracket::roles:
      return "roles";
    case Bracket::supported:
      break;
  }
  return "supported";
}

std::string_view name(Period period) noexcept {
  switch (period) {
    case Period::once:
      return "once";
    case Period::month:
      return "month";
    case Period::quarter:
      return "quarter";
    case Period::year:
      break;
  }
  return "year";
}

std::string_view name(FormKind kind) noexcept {
  switch (kind) {
    case FormKind::declaration:
      return "declaration";
    case FormKind::evaluation:
      return "evaluation";
    case FormKind::project_update:
      break;
  }
  return "project_update";
}

Roles count_roles(const std::vector<Task>& tasks) {
  Roles out;
  for (const Task& task : tasks) {
    out.leads.insert(task.lead.begin(), task.lead.end());
    out.supporting.insert(task.supporting.begin(), task.supporting.end());
    for (const auto* role : {&task.lead, &task.supporting, &task.responsible, &task.shared}) {
      out.all.insert(role->begin(), role->end());
    }
  }
  return out;
}

std::int64_t quota_sum(const std::vector<Quota>& quotas, std::string_view award,
                       std::int32_t year) {
  std::int64_t sum = 0;
  for (const Quota& quota : quotas) {
    if (quota.award == award && quota.year == year) {
      sum = base::checked_add(sum, quota.at_least);
    }
  }
  return sum;
}

ProjectCount sum_of(const std::vector<ProjectSum>& groups) {
  ProjectCount out;
  for (const ProjectSum& group : groups) {
    out.number = base::checked_add(out.number, group.number);
    out.invested += group.invested.value_or(base::Money{});
  }
  return out;
}

std::optional<std::pair<std::size_t, std::size_t>> overlapping_blocks(
    const std::vector<Step>& steps) {
  std::vector<std::size_t> order(steps.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return steps[a].from < steps[b].from; });
  // `reach` ends last of all so far, `other` last of those in another block than `reach`.
  std::optional<std::size_t> reach;
  std::optional<std::size_t> other;
  for (const std::size_t i : order) {
    for (const auto& before : {reach, other}) {
      if (before && steps[*before].block != steps[i].block && steps[i].from <= steps[*before].to) {
        return std::pair{*before, i};
      }
    }
    if (!reach || steps[i].to > steps[*reach].to) {
      other = reach && steps[*reach].block != steps[i].block ? reach : other;
      reach = i;
    } else if (steps[i].block != steps[*reach].block &&
               (!other || steps[i].to > steps[*other].to)) {
      other = i;
    }
  }
  return std::nullopt;
}

}  // namespace huan::duties
