// SPDX-License-Identifier: Apache-2.0
#include "huan/duties/due.hpp"

#include <gtest/gtest.h>

namespace huan::duties {
namespace {

base::Day day(const char* text) { return base::parse_day(text).value(); }

std::string due(const Form& form, const char* in, const OperatorChoice& choice = {}) {
  const Due due = due_of(form, term_of(form.period, day(in)), choice);
  return due.day ? base::format_day(*due.day) : due.reason;
}

Form form(Period period, DueRule rule) {
  Form out;
  out.period = period;
  out.due = std::move(rule);
  return out;
}

TEST(Deadline, RemembersHowExactlyItWasStated) {
  for (const auto& [text, last] :
       {std::pair{"2025", "2025-12-31"}, std::pair{"2024-02", "2024-02-29"},
        std::pair{"2023-05-31", "2023-05-31"}}) {
    const auto deadline = parse_deadline(text);
    ASSERT_TRUE(deadline) << text;
    EXPECT_EQ(base::format_day(deadline->last), last);
    EXPECT_EQ(format_deadline(*deadline), text);
  }
  for (const char* text :
       {"", "25", "2025-13", "2025-1", "2025-02-30", "20250101", "soon", "2O25"}) {
    EXPECT_FALSE(parse_deadline(text)) << text;
  }
}

TEST(Term, IsTheMonthQuarterOrYearOfTheDay) {
  const Term quarter = term_of(Period::quarter, day("2024-02-29"));
  EXPECT_EQ(base::format_day(quarter.first), "2024-01-01");
  EXPECT_EQ(base::format_day(quarter.last), "2024-03-31");
  EXPECT_EQ(base::format_day(next_term(Period::quarter, quarter).last), "2024-06-30");
  const Term december = term_of(Period::month, day("2023-12-31"));
  EXPECT_EQ(base::format_day(december.first), "2023-12-01");
  EXPECT_EQ(base::format_day(next_term(Period::month, december).first), "2024-01-01");
  EXPECT_EQ(base::format_day(term_of(Period::year, day("2023-06-05")).last), "2023-12-31");
}

TEST(Due, OfAMonthlyFormWithoutADayIsNotStated) {
  const Form monthly = form(Period::month, {.day = {},
                                            .month = {},
                                            .next_period = true,
                                            .deadline = {},
                                            .reason = "day of month not stated"});
  EXPECT_EQ(due(monthly, "2023-10-05"), "day of month not stated");
  OperatorChoice fifth;
  fifth.day = 5;
  EXPECT_EQ(due(monthly, "2023-12-05", fifth), "2024-01-05");
}

TEST(Due, OfAQuarterlyFormNeedsTheMonth) {
  const Form quarterly = form(
      Period::quarter,
      {.day = 10, .month = {}, .next_period = true, .deadline = {}, .reason = "month not stated"});
  EXPECT_EQ(due(quarterly, "2023-11-01"), "month not stated");
  OperatorChoice first;
  first.month = 1;
  EXPECT_EQ(due(quarterly, "2023-11-01", first), "2024-01-10");
  EXPECT_EQ(due(quarterly, "2024-03-31", first), "2024-04-10");
}

TEST(Due, LiesInThePeriodOrInTheNext) {
  const Form summary = form(
      Period::year, {.day = 10, .month = 1, .next_period = true, .deadline = {}, .reason = {}});
  EXPECT_EQ(due(summary, "2023-07-01"), "2024-01-10");
  const Form assessment = form(
      Period::year, {.day = 15, .month = 11, .next_period = false, .deadline = {}, .reason = {}});
  EXPECT_EQ(due(assessment, "2023-07-01"), "2023-11-15");
  const Form end = form(
      Period::month, {.day = 31, .month = {}, .next_period = false, .deadline = {}, .reason = {}});
  EXPECT_EQ(due(end, "2023-02-10"), "2023-02-28");
}

TEST(Due, MovesToAWorkingDayOnlyIfTheOperatorSaysSo) {
  const Form summary = form(
      Period::year, {.day = 10, .month = 1, .next_period = true, .deadline = {}, .reason = {}});
  // 2026-01-10 is a Saturday.
  EXPECT_EQ(due(summary, "2025-03-01"), "2026-01-10");
  OperatorChoice moving;
  moving.move_to_working_day = true;
  EXPECT_EQ(due(summary, "2025-03-01", moving), "2026-01-12");
  moving.holidays = {day("2026-01-12")};
  EXPECT_EQ(due(summary, "2025-03-01", moving), "2026-01-13");
  moving.working_weekends = {day("2026-01-10")};
  EXPECT_EQ(due(summary, "2025-03-01", moving), "2026-01-10");
}

TEST(Due, OfAOneOffIsItsDeadline) {
  const Form final_report = form(Period::once, {.day = {},
                                                .month = {},
                                                .next_period = true,
                                                .deadline = parse_deadline("2025"),
                                                .reason = {}});
  EXPECT_EQ(due(final_report, "2023-07-01"), "2025-12-31");
}

}  // namespace
}  // namespace huan::duties
