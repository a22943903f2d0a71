// SPDX-License-Identifier: Apache-2.0
// Dispatch 调度: which tasks are slow, by how much, and what that calls for. A task with a date is
// expected to go on evenly from the day its document begins to its date; behind by the operator's
// first threshold it is slow (a reminder 提醒), by the second seriously late (a notice 通报). No
// document states these thresholds: without them nobody is called slow. A task without a date, or
// without a report that is fresh enough, is not judged but named as such.
//
//   const auto standings = stand(tasks, reports, {begin, day, rule});
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "huan/duties/task.hpp"
#include "huan/registry/dossier.hpp"

namespace huan::dossiers {

/// As the operator lays it down; behind is in ppm of the task.
struct DispatchRule {
  std::int64_t reminder_lag_ppm{0};
  std::int64_t notice_lag_ppm{0};
  std::int32_t stale_days{0};
};

enum class Pace : std::uint8_t {
  on_time,
  slow,            ///< a reminder
  seriously_late,  ///< a notice
  done,
  no_report,  ///< none, or none that is fresh
  no_date,    ///< the text states no date
  no_rule     ///< the operator has laid down no threshold
};
[[nodiscard]] std::string_view name(Pace pace) noexcept;

struct TaskStanding {
  const duties::Task* task{nullptr};
  Pace pace{Pace::no_rule};
  std::optional<base::Day> reported;         ///< what its last report is as of
  std::optional<std::int64_t> progress_ppm;  ///< as reported
  std::optional<std::int64_t> expected_ppm;  ///< by the day
  std::optional<std::int64_t> lag_ppm;       ///< expected − reported, not below 0
};

struct DispatchDay {
  base::Day begin;  ///< of the document
  base::Day day;
  std::optional<DispatchRule> rule{};
};

/// Share of the time from begin to the last day (both included) that is over by `day`; 0 to 10^6.
[[nodiscard]] std::int64_t expected_ppm(base::Day begin, base::Day last, base::Day day);

/// `reports` are dossiers of the type task_report, about a task by its code; of several for one
/// task the slowest counts, each by its latest state. Returned ones are none.
[[nodiscard]] std::vector<TaskStanding> stand(const std::vector<duties::Task>& tasks,
                                              const std::vector<registry::Dossier>& reports,
                                              const DispatchDay& on);

/// The rule out of the dossiers of the type dispatch_rule, the last one in force on the day.
[[nodiscard]] std::optional<DispatchRule> rule_on(const std::vector<registry::Dossier>& rules,
                                                  base::Day day);

/// Lead, responsible and shared units of a task: who a reminder goes to; a notice to the supporting
/// as well.
[[nodiscard]] std::vector<std::string> recipients(const duties::Task& task, bool notice);

/// "提醒〔2025〕3号" for the third of that year.
[[nodiscard]] std::string document_number(std::string_view kind_zh, std::int32_t year,
                                          std::int64_t n);

}  // namespace huan::dossiers
