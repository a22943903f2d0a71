// SPDX-License-Identifier: Apache-2.0
#include "huan/indicators/evaluate.hpp"

#include <algorithm>
#include <array>

#include "huan/base/assert.hpp"
#include "huan/base/quantity.hpp"

namespace huan::indicators {
namespace {

__extension__ using Wide = __int128;

constexpr std::array<std::string_view, 8> kMissing{"none",
                                                   "nothing_declared",
                                                   "nothing_recorded",
                                                   "base_not_stated",
                                                   "divided_by_nothing",
                                                   "less_than_a_year",
                                                   "no_change_asked",
                                                   "not_a_number"};
constexpr std::array<std::string_view, 6> kStatus{"met",  "on_track", "behind",
                                                  "open", "missed",   "not_known"};
constexpr Wide kPpm = 1'000'000;
constexpr std::int32_t kPaceDays = 30;
constexpr std::int32_t kMonthsInYear = 12;

std::optional<std::int64_t> narrow(Wide n) {
  const bool fits = n <= base::kIntegerMax && n >= -Wide{base::kIntegerMax};
  return fits ? std::optional(static_cast<std::int64_t>(n)) : std::nullopt;
}

Wide floor_divide(Wide a, Wide b) {
  const Wide quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

/// A figure, or why there is none.
struct Figure {
  std::optional<std::int64_t> value;
  Missing missing{Missing::none};
};

Figure absent(Missing why) { return {std::nullopt, why}; }
Figure ratio(Wide numerator, Wide denominator) {
  if (denominator == 0) {
    return absent(Missing::divided_by_nothing);
  }
  return {narrow(floor_divide(numerator * kPpm, denominator)), Missing::none};
}

Missing why_absent(const Measure& measure) {
  return measure.source == MeasureSource::declared ? Missing::nothing_declared
                                                   : Missing::nothing_recorded;
}

std::optional<std::int64_t> base_of(const Indicator& indicator, const Observations& seen) {
  return indicator.base.value ? indicator.base.value : seen.base;
}

Figure growth(const Formula& formula, const Observations& seen, std::int64_t value) {
  const auto base = formula.growth_base ? formula.growth_base : seen.base;
  return base ? ratio(Wide{value} - *base, *base) : absent(Missing::base_not_stated);
}

Figure figure(const Indicator& indicator, const Observations& seen, std::size_t i) {
  const Formula& formula = indicator.formula;
  const Observed& measure = seen.measure[i];
  if (indicator.unit.dimension == Dimension::statement) {
    return absent(measure.met ? Missing::not_a_number : Missing::nothing_declared);
  }
  if (!measure.value) {
    return absent(why_absent(formula.measure));
  }
  // What was declared for the indicator itself is its value already.
  const bool itself =
      formula.measure.source == MeasureSource::declared && formula.measure.declared.empty();
  switch (formula.shape) {
    case Shape::level:
      return {measure.value, Missing::none};
    case Shape::ratio: {
      const Observed& denominator = seen.denominator[i];
      return denominator.value ? ratio(*measure.value, *denominator.value)
                               : absent(why_absent(*formula.denominator));
    }
    case Shape::growth:
      break;
  }
  if (itself) {
    return {measure.value, Missing::none};
  }
  return growth(formula, seen, *measure.value);
}

bool holds(std::int64_t value, Comparator comparator, std::int64_t target) {
  switch (comparator) {
    case Comparator::more_than:
      return value > target;
    case Comparator::at_most:
      return value <= target;
    case Comparator::less_than:
      return value < target;
    default:
      return value >= target;
  }
}

bool rises(Comparator comparator) noexcept {
  return comparator != Comparator::at_most && comparator != Comparator::less_than;
}

Figure progress(std::optional<std::int64_t> base, std::int64_t value, std::int64_t target) {
  if (!base) {
    return absent(Missing::base_not_stated);
  }
  if (*base == target) {
    return absent(Missing::no_change_asked);
  }
  return {narrow(floor_divide((Wide{value} - *base) * kPpm, Wide{target} - *base)), Missing::none};
}

bool is_yearly_sum(const Formula& formula) {
  return formula.measure.source == MeasureSource::ledger && formula.window == Window::calendar_year;
}

/// A target of a growth starts from none; one of each year too.
std::optional<std::int64_t> progress_base(const Indicator& indicator, const Target& target,
                                          const Observations& seen) {
  if (indicator.formula.shape == Shape::growth || target.kind != TargetKind::level) {
    return 0;
  }
  return base_of(indicator, seen);
}

/// The trailing year out of the months on record: what a year's target is held against while the
/// year runs.
std::optional<std::int64_t> trailing_year(const Months& history, base::Day day) {
  const std::int32_t end = month_of(day);
  const auto size = static_cast<std::int32_t>(history.values.size());
  if (size < kMonthsInYear || history.first + size != end) {
    return std::nullopt;
  }
  Wide total = 0;
  for (auto at = history.values.end() - kMonthsInYear; at != history.values.end(); ++at) {
    total += *at;
  }
  return narrow(total);
}

/// Days whose sum is the year's so far plus forecast months until the deadline's month.
std::optional<Forecast> forecast_year(const Months& history, base::Day day, base::Day deadline) {
  const std::int32_t now = month_of(day);
  const std::int32_t last = month_of(deadline);
  const std::int32_t year_begins = last - last % kMonthsInYear;
  const auto size = static_cast<std::int32_t>(history.values.size());
  if (history.first + size != now || last < now) {
    return std::nullopt;
  }
  const std::int32_t begins = std::max(year_begins, now);
  auto coming = forecast(history.values, {begins - now, last - begins + 1});
  if (!coming) {
    return std::nullopt;
  }
  std::int64_t known = 0;
  for (std::int32_t month = std::max(year_begins, history.first); month < now; ++month) {
    known += history.values[static_cast<std::size_t>(month - history.first)];
  }
  coming->value += known;
  if (coming->low) {
    *coming->low += known;
    *coming->high += known;
  }
  return coming;
}

/// On from the base as it went so far.
std::optional<Forecast> forecast_line(const Base& stated, std::int64_t value, base::Day day,
                                      base::Day deadline) {
  if (!stated.value || stated.year == 0) {
    return std::nullopt;
  }
  const base::Day from = base::day_of(base::Civil{stated.year, 12, 31});
  if (day <= from) {
    return std::nullopt;
  }
  const Wide moved = (Wide{value} - *stated.value) * (deadline.n - day.n);
  const auto end = narrow(value + floor_divide(moved, Wide{day.n - from.n}));
  if (!end) {
    return std::nullopt;
  }
  Forecast line;
  line.value = std::max<std::int64_t>(*end, 0);
  line.method = Method::linear;
  return line;
}

std::optional<Forecast> growth_of(Forecast mass, const Formula& formula, const Observations& seen) {
  const auto value = growth(formula, seen, mass.value).value;
  if (!value) {
    return std::nullopt;
  }
  mass.value = *value;
  mass.low = mass.low ? growth(formula, seen, *mass.low).value : std::nullopt;
  mass.high = mass.high ? growth(formula, seen, *mass.high).value : std::nullopt;
  return mass;
}

std::optional<Forecast> forecast_target(const Indicator& indicator, const Observations& seen,
                                        const TargetStanding& standing, base::Day day) {
  const Target& target = *standing.target;
  if (!target.deadline || *target.deadline < day || !standing.value) {
    return std::nullopt;
  }
  const Formula& formula = indicator.formula;
  if (formula.measure.source == MeasureSource::ledger) {
    if (!is_yearly_sum(formula) || formula.shape == Shape::ratio) {
      return std::nullopt;
    }
    const auto mass = forecast_year(seen.history, day, *target.deadline);
    return mass && formula.shape == Shape::growth ? growth_of(*mass, formula, seen) : mass;
  }
  return target.kind == TargetKind::level && indicator.unit.dimension != Dimension::ratio
             ? forecast_line(indicator.base, *standing.value, day, *target.deadline)
             : std::nullopt;
}

/// While a year runs, what it has so far is no year's figure: the trailing year stands for it.
void take_running_year(const Indicator& indicator, const Observations& seen, base::Day day,
                       TargetStanding& standing) {
  const Target& target = *standing.target;
  if (!is_yearly_sum(indicator.formula) || indicator.formula.shape == Shape::ratio ||
      standing.passed || !target.value || !standing.value ||
      holds(*standing.value, target.comparator, *target.value) == rises(target.comparator)) {
    return;
  }
  const base::Civil civil = base::civil_of(day);
  if (civil.month == 12 && civil.day == 31) {
    return;
  }
  const auto year = trailing_year(seen.history, day);
  const Figure known = !year ? absent(Missing::less_than_a_year)
                       : indicator.formula.shape == Shape::growth
                           ? growth(indicator.formula, seen, *year)
                           : Figure{year, Missing::none};
  standing.value = known.value;
  standing.missing = known.missing;
}

void judge_number(const Indicator& indicator, const Observations& seen, base::Day day,
                  TargetStanding& standing) {
  const Target& target = *standing.target;
  take_running_year(indicator, seen, day, standing);
  if (!standing.value || !target.value) {
    return;
  }
  const bool met = holds(*standing.value, target.comparator, *target.value);
  const Figure done =
      progress(progress_base(indicator, target, seen), *standing.value, *target.value);
  standing.progress_ppm = done.value;
  standing.progress_missing = done.missing;
  standing.forecast = forecast_target(indicator, seen, standing, day);
  if (met && (standing.passed || rises(target.comparator))) {
    standing.status = Status::met;
  } else if (standing.passed) {
    standing.status = Status::missed;
  } else if (standing.forecast) {
    standing.status = holds(standing.forecast->value, target.comparator, *target.value)
                          ? Status::on_track
                          : Status::behind;
  } else {
    standing.status = met ? Status::met : Status::open;
  }
  if (!standing.passed && target.deadline) {
    const Wide open = met ? Wide{0} : Wide{*target.value} - *standing.value;
    const Wide days = std::max(target.deadline->n - day.n, 1);
    standing.pace_needed = narrow(-floor_divide(-open * kPaceDays, days));
  }
}

void judge_statement(const Observed& observed, TargetStanding& standing) {
  if (!observed.met) {
    standing.missing = Missing::nothing_declared;
    return;
  }
  standing.missing = Missing::not_a_number;
  standing.progress_missing = Missing::not_a_number;
  standing.status = *observed.met ? Status::met : standing.passed ? Status::missed : Status::open;
}

TargetStanding stand(const Indicator& indicator, const Target& target, const Observations& seen,
                     base::Day day) {
  const std::vector<base::Day> days = days_needed(indicator, day);
  TargetStanding standing;
  standing.target = &target;
  standing.passed = target.deadline ? *target.deadline < day : indicator.to && *indicator.to < day;
  standing.judged_on = standing.passed && target.deadline ? *target.deadline : days.front();
  const auto at = std::ranges::find(days, standing.judged_on) - days.begin();
  const auto index = static_cast<std::size_t>(at);
  HUAN_ASSERT(index < seen.measure.size());
  const Figure known = figure(indicator, seen, index);
  standing.value = known.value;
  standing.missing = known.missing;
  if (target.value) {
    judge_number(indicator, seen, day, standing);
  } else {
    judge_statement(seen.measure[index], standing);
  }
  return standing;
}

ReadingStanding read(const Indicator& indicator, const Reading& reading, const Observations& seen,
                     const TargetStanding& last) {
  ReadingStanding standing;
  standing.reading = &reading;
  const auto target = reading.target ? reading.target : last.target->value;
  if (!last.value || !target) {
    return standing;
  }
  standing.met = holds(*last.value, reading.comparator.value_or(last.target->comparator), *target);
  const auto base = reading.base ? reading.base : base_of(indicator, seen);
  standing.progress_ppm = progress(base, *last.value, *target).value;
  return standing;
}

}  // namespace

std::string_view name(Missing missing) noexcept {
  return kMissing.at(static_cast<std::size_t>(missing));
}
std::string_view name(Status status) noexcept {
  return kStatus.at(static_cast<std::size_t>(status));
}

std::optional<base::Day> end_of(const Indicator& indicator) {
  if (indicator.to) {
    return indicator.to;
  }
  std::optional<base::Day> end;
  for (const Target& target : indicator.targets) {
    if (!target.deadline) {
      return std::nullopt;
    }
    end = end ? std::max(*end, *target.deadline) : *target.deadline;
  }
  return end;
}

std::vector<base::Day> days_needed(const Indicator& indicator, base::Day day) {
  const auto end = end_of(indicator);
  std::vector<base::Day> passed;
  passed.reserve(indicator.targets.size());
  const base::Day last = end ? std::min(*end, day) : day;
  for (const Target& target : indicator.targets) {
    if (target.deadline && *target.deadline < day && *target.deadline != last) {
      passed.push_back(*target.deadline);
    }
  }
  std::ranges::sort(passed);
  passed.erase(std::unique(passed.begin(), passed.end()), passed.end());
  passed.insert(passed.begin(), last);
  return passed;
}

std::optional<base::Day> window_begins(const Formula& formula, base::Day day) {
  switch (formula.window) {
    case Window::calendar_year:
      return base::day_of(base::Civil{base::civil_of(day).year, 1, 1});
    case Window::trailing_year:
      return first_day(month_of(day) - kMonthsInYear);
    case Window::since_counts_from:
      return formula.counts_from;
    case Window::as_of:
      break;
  }
  return std::nullopt;
}

Standing evaluate(const Indicator& indicator, const Observations& observations, base::Day day) {
  const std::vector<base::Day> days = days_needed(indicator, day);
  HUAN_ASSERT(observations.measure.size() == days.size());
  HUAN_ASSERT(!indicator.formula.denominator || observations.denominator.size() == days.size());
  Standing standing;
  const Observed& now = observations.measure.front();
  standing.day = days.front();
  standing.expired = standing.day < day;
  const Figure known = figure(indicator, observations, 0);
  standing.value = known.value;
  standing.missing = known.missing;
  standing.base = base_of(indicator, observations);
  standing.source = now.source;
  standing.text = now.text;
  standing.begins = now.begins;
  standing.targets.reserve(indicator.targets.size());
  for (const Target& target : indicator.targets) {
    standing.targets.push_back(stand(indicator, target, observations, day));
  }
  if (!standing.targets.empty()) {
    standing.readings.reserve(indicator.readings.size());
    for (const Reading& reading : indicator.readings) {
      standing.readings.push_back(read(indicator, reading, observations, standing.targets.back()));
    }
  }
  return standing;
}

}  // namespace huan::indicators
