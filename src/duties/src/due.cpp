// SPDX-License-Identifier: Apache-2.0
#include "huan/duties/due.hpp"

#include <algorithm>

#include "month.hpp"

namespace huan::duties {
namespace {

constexpr std::int32_t kQuarter = 3;
constexpr std::int32_t kWeek = 7;
constexpr std::int32_t kLongestHolidays = 40;

std::int32_t months_in(Period period) {
  switch (period) {
    case Period::month:
      return 1;
    case Period::quarter:
      return kQuarter;
    case Period::year:
    case Period::once:
      break;
  }
  return kMonths;
}

bool is_weekend(base::Day day) {
  constexpr std::int32_t kMondayIs = 3;  // 1970-01-01 was a Thursday
  constexpr std::int32_t kSaturday = 5;
  const std::int32_t weekday = ((day.n + kMondayIs) % kWeek + kWeek) % kWeek;
  return weekday >= kSaturday;
}

bool is_worked(base::Day day, const OperatorChoice& choice) {
  const auto in = [&](const std::vector<base::Day>& days) {
    return std::find(days.begin(), days.end(), day) != days.end();
  };
  return is_weekend(day) ? in(choice.working_weekends) : !in(choice.holidays);
}

base::Day moved(base::Day day, const OperatorChoice& choice) {
  if (!choice.move_to_working_day) {
    return day;
  }
  base::Day out = day;
  while (!is_worked(out, choice) && out.n - day.n < kLongestHolidays) {
    ++out.n;
  }
  return out;
}

}  // namespace

Term term_of(Period period, base::Day day) {
  const std::int32_t size = months_in(period);
  const std::int32_t first = month_of(day).n / size * size;
  return {first_day({first}), last_day({first + size - 1})};
}

Term next_term(Period period, const Term& term) {
  return term_of(period, base::Day{term.last.n + 1});
}

Due due_of(const Form& form, const Term& term, const OperatorChoice& choice) {
  if (form.due.deadline) {
    return {moved(form.due.deadline->last, choice), {}};
  }
  const auto day = form.due.day ? form.due.day : choice.day;
  const auto month = form.due.month ? form.due.month : choice.month;
  const bool wants_month = form.period != Period::month;
  if (form.period == Period::once || !day || (wants_month && !month)) {
    return {std::nullopt, form.due.reason.empty() ? "not stated" : form.due.reason};
  }
  const Term in = form.due.next_period ? next_term(form.period, term) : term;
  const Month due{month_of(in.first).n + (wants_month ? *month - 1 : 0)};
  const base::Day stated{first_day(due).n + *day - 1};
  return {moved(std::min(stated, last_day(due)), choice), {}};
}

}  // namespace huan::duties
