// SPDX-License-Identifier: Apache-2.0
#include "huan/declarations/term.hpp"

#include "huan/base/text.hpp"

namespace huan::declarations {
namespace {

constexpr std::int32_t kQuarterMonths = 3;
constexpr std::size_t kYearSize = 4;
constexpr std::int64_t kFirstYear = 1980;
constexpr std::int64_t kLastYear = 2199;

std::string two(std::int32_t n) {
  return (n < 10 ? "0" : "") + std::to_string(n);  // NOLINT(readability-magic-numbers)
}

std::optional<duties::Term> term_in(duties::Period period, std::int64_t year, std::int32_t month) {
  if (year < kFirstYear || year > kLastYear) {
    return std::nullopt;
  }
  return duties::term_of(period,
                         base::day_of(base::Civil{static_cast<std::int32_t>(year), month, 1}));
}

}  // namespace

std::string term_text(duties::Period period, const duties::Term& term) {
  const base::Civil civil = base::civil_of(term.first);
  switch (period) {
    case duties::Period::month:
      return std::to_string(civil.year) + "-" + two(civil.month);
    case duties::Period::quarter:
      return std::to_string(civil.year) + "-Q" +
             std::to_string((civil.month - 1) / kQuarterMonths + 1);
    case duties::Period::year:
      return std::to_string(civil.year);
    case duties::Period::once:
      break;
  }
  return "once";
}

std::optional<duties::Term> parse_term(duties::Period period, std::string_view text) {
  if (period == duties::Period::once) {
    return text == "once" ? std::optional<duties::Term>(duties::Term{}) : std::nullopt;
  }
  const auto year = base::parse_integer(text.substr(0, kYearSize));
  if (!year || text.size() < kYearSize) {
    return std::nullopt;
  }
  const std::string_view rest = text.substr(kYearSize);
  std::optional<duties::Term> term;
  if (period == duties::Period::year) {
    term = rest.empty() ? term_in(period, *year, 1) : std::nullopt;
  } else if (period == duties::Period::quarter && rest.size() == 3 && rest.starts_with("-Q") &&
             rest[2] >= '1' && rest[2] <= '4') {
    term = term_in(period, *year, (rest[2] - '1') * kQuarterMonths + 1);
  } else if (period == duties::Period::month) {
    const auto day = base::parse_day(std::string(text) + "-01");
    term = day ? term_in(period, *year, base::civil_of(*day).month) : std::nullopt;
  }
  return term && term_text(period, *term) == text ? term : std::nullopt;
}

duties::Term latest_term(const duties::Form& form, base::Day day) {
  if (form.period == duties::Period::once) {
    return duties::term_of(form.period, form.due.deadline ? form.due.deadline->last : day);
  }
  const duties::Term here = duties::term_of(form.period, day);
  // What is handed in within its own term (an assessment in November) is about the running one.
  return form.due.next_period ? duties::term_of(form.period, base::Day{here.first.n - 1}) : here;
}

}  // namespace huan::declarations
