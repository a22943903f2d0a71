// SPDX-License-Identifier: Apache-2.0
#include "huan/dossiers/dispatch.hpp"

#include <algorithm>
#include <array>

#include "huan/dossiers/fields.hpp"

namespace huan::dossiers {
namespace {

using registry::Dossier;

constexpr std::int64_t kWhole = 1'000'000;
constexpr std::array<std::string_view, 7> kPaces{"on_time",   "slow",    "seriously_late", "done",
                                                 "no_report", "no_date", "no_rule"};

bool is_fresh(const Dossier& report, const DispatchDay& on) {
  const auto as_of = day_in(report, "day");
  return as_of && *as_of <= on.day && report.state != "returned" &&
         (!on.rule || on.day.n - as_of->n <= on.rule->stale_days);
}

/// The slowest fresh report of the task.
const Dossier* slowest(const duties::Task& task, const std::vector<Dossier>& reports,
                       const DispatchDay& on) {
  const Dossier* found = nullptr;
  for (const Dossier& one : reports) {
    const auto progress = amount_in(one, "progress_ppm");
    if (one.about == task.row.code && progress && is_fresh(one, on) &&
        (found == nullptr || *progress < amount_in(*found, "progress_ppm").value_or(kWhole))) {
      found = &one;
    }
  }
  return found;
}

Pace pace_of(const TaskStanding& standing, const DispatchDay& on) {
  if (standing.progress_ppm && *standing.progress_ppm >= kWhole) {
    return Pace::done;
  }
  if (!standing.expected_ppm) {
    return Pace::no_date;
  }
  if (!on.rule) {
    return Pace::no_rule;
  }
  if (!standing.lag_ppm) {
    return Pace::no_report;
  }
  return *standing.lag_ppm >= on.rule->notice_lag_ppm     ? Pace::seriously_late
         : *standing.lag_ppm >= on.rule->reminder_lag_ppm ? Pace::slow
                                                          : Pace::on_time;
}

}  // namespace

std::string_view name(Pace pace) noexcept { return kPaces.at(static_cast<std::size_t>(pace)); }

std::int64_t expected_ppm(base::Day begin, base::Day last, base::Day day) {
  if (day >= last) {
    return kWhole;
  }
  if (day < begin) {
    return 0;
  }
  const std::int64_t all = std::int64_t{last.n} - begin.n + 1;
  return (std::int64_t{day.n} - begin.n + 1) * kWhole / all;
}

std::vector<TaskStanding> stand(const std::vector<duties::Task>& tasks,
                                const std::vector<Dossier>& reports, const DispatchDay& on) {
  std::vector<TaskStanding> standings;
  standings.reserve(tasks.size());
  for (const duties::Task& task : tasks) {
    TaskStanding one;
    one.task = &task;
    if (const Dossier* report = slowest(task, reports, on)) {
      one.reported = day_in(*report, "day");
      one.progress_ppm = amount_in(*report, "progress_ppm");
    }
    if (task.deadline) {
      one.expected_ppm = expected_ppm(on.begin, task.deadline->last, on.day);
      if (one.progress_ppm) {
        one.lag_ppm = std::max<std::int64_t>(*one.expected_ppm - *one.progress_ppm, 0);
      }
    }
    one.pace = pace_of(one, on);
    standings.push_back(one);
  }
  return standings;
}

std::optional<DispatchRule> rule_on(const std::vector<Dossier>& rules, base::Day day) {
  const Dossier* found = nullptr;
  for (const Dossier& one : rules) {
    const bool in_term = (!one.from || *one.from <= day) && (!one.to || *one.to >= day);
    if (one.state == "in_force" && in_term &&
        (found == nullptr || found->from.value_or(base::Day{}) <= one.from.value_or(base::Day{}))) {
      found = &one;
    }
  }
  if (found == nullptr) {
    return std::nullopt;
  }
  const auto reminder = amount_in(*found, "reminder_lag_ppm");
  const auto notice = amount_in(*found, "notice_lag_ppm");
  const auto stale = amount_in(*found, "stale_days");
  if (!reminder || !notice || !stale || *reminder < 0 || *notice < *reminder) {
    return std::nullopt;
  }
  constexpr std::int64_t kDaysMax = 3'650;
  return DispatchRule{*reminder, *notice,
                      static_cast<std::int32_t>(std::clamp<std::int64_t>(*stale, 0, kDaysMax))};
}

std::vector<std::string> recipients(const duties::Task& task, bool notice) {
  std::vector<std::string> units;
  for (const auto* role : {&task.lead, &task.responsible, &task.shared}) {
    units.insert(units.end(), role->begin(), role->end());
  }
  if (notice) {
    units.insert(units.end(), task.supporting.begin(), task.supporting.end());
  }
  return units;
}

std::string document_number(std::string_view kind_zh, std::int32_t year, std::int64_t n) {
  return std::string(kind_zh) + "〔" + std::to_string(year) + "〕" + std::to_string(n) + "号";
}

}  // namespace huan::dossiers
