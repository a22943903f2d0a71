// SPDX-License-Identifier: Apache-2.0
#include "huan/dossiers/dispatch.hpp"

#include <gtest/gtest.h>

namespace huan::dossiers {
namespace {

using registry::Dossier;

base::Day day(std::string_view text) { return *base::parse_day(text); }

duties::Task task_of(std::string code, std::string_view deadline) {
  duties::Task task;
  task.row.code = std::move(code);
  task.lead = {"commerce"};
  task.supporting = {"urban"};
  task.responsible = {"counties"};
  task.deadline = deadline.empty() ? std::nullopt : duties::parse_deadline(deadline);
  return task;
}

Dossier report(std::string task, std::string_view as_of, std::int64_t ppm,
               std::string state = "reported") {
  Dossier one;
  one.type = "task_report";
  one.about_kind = "task";
  one.about = std::move(task);
  one.state = std::move(state);
  one.fields["day"] = std::string(as_of);
  one.fields["progress_ppm"] = ppm;
  return one;
}

TEST(Dispatch, ExpectsEvenProgressUpToTheLastDay) {
  EXPECT_EQ(expected_ppm(day("2025-01-01"), day("2025-01-10"), day("2024-12-31")), 0);
  EXPECT_EQ(expected_ppm(day("2025-01-01"), day("2025-01-10"), day("2025-01-01")), 100'000);
  EXPECT_EQ(expected_ppm(day("2025-01-01"), day("2025-01-10"), day("2025-01-05")), 500'000);
  EXPECT_EQ(expected_ppm(day("2025-01-01"), day("2025-01-10"), day("2025-01-10")), 1'000'000);
  EXPECT_EQ(expected_ppm(day("2025-02-01"), day("2025-01-10"), day("2025-01-20")), 1'000'000);
}

TEST(Dispatch, TheSlowAreRemindedAndTheSeriouslyLateNamed) {
  const std::vector<duties::Task> tasks{task_of("1", "2025-12-31"), task_of("2", "2025-12-31"),
                                        task_of("3", "2025-12-31"), task_of("4", "2025-12-31"),
                                        task_of("5", ""),           task_of("6", "2025-12-31"),
                                        task_of("7", "2025-12-31")};
  const std::vector<Dossier> reports{report("1", "2025-06-30", 400'000),
                                     report("2", "2025-06-30", 396'000),
                                     report("3", "2025-06-30", 100'000),
                                     report("3", "2025-06-30", 900'000),
                                     report("4", "2025-01-10", 900'000),              // stale
                                     report("5", "2025-06-30", 0),                    // no date
                                     report("6", "2025-06-30", 900'000, "returned"),  // is none
                                     report("7", "2025-06-30", 1'000'000)};
  // 181 of 365 days are over: 495,890 ppm are expected.
  const DispatchDay on{day("2025-01-01"), day("2025-06-30"), DispatchRule{99'890, 300'000, 60}};
  const auto seen = stand(tasks, reports, on);
  const std::vector<Pace> expected{Pace::on_time,   Pace::slow,    Pace::seriously_late,
                                   Pace::no_report, Pace::no_date, Pace::no_report,
                                   Pace::done};
  ASSERT_EQ(seen.size(), expected.size());
  for (std::size_t i = 0; i < seen.size(); ++i) {
    EXPECT_EQ(seen[i].pace, expected[i]) << tasks[i].row.code << " " << name(seen[i].pace);
  }
  EXPECT_EQ(seen[1].lag_ppm, 99'890);  // exactly the threshold is slow
  for (const TaskStanding& one : stand(tasks, reports, {on.begin, on.day, {}})) {
    EXPECT_NE(one.pace, Pace::slow);  // no document states a threshold
    EXPECT_NE(one.pace, Pace::seriously_late);
  }
}

TEST(Dispatch, TheOperatorsLastRuleInForceCounts) {
  Dossier rule;
  rule.state = "in_force";
  rule.fields = {{"reminder_lag_ppm", std::int64_t{100'000}},
                 {"notice_lag_ppm", std::int64_t{300'000}},
                 {"stale_days", std::int64_t{30}}};
  rule.from = day("2025-01-01");
  Dossier later = rule;
  later.from = day("2025-07-01");
  later.fields["stale_days"] = std::int64_t{10};
  EXPECT_FALSE(rule_on({}, day("2025-06-30")));
  EXPECT_EQ(rule_on({rule, later}, day("2025-06-30"))->stale_days, 30);
  EXPECT_EQ(rule_on({rule, later}, day("2025-07-01"))->stale_days, 10);
  rule.fields["notice_lag_ppm"] = std::int64_t{50'000};  // below the reminder's
  EXPECT_FALSE(rule_on({rule}, day("2025-06-30")));
  EXPECT_EQ(recipients(task_of("1", ""), false),
            (std::vector<std::string>{"commerce", "counties"}));
  EXPECT_EQ(recipients(task_of("1", ""), true).size(), 3U);
  EXPECT_EQ(document_number("通报", 2025, 3), "通报〔2025〕3号");
}

}  // namespace
}  // namespace huan::dossiers
