// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/standings.hpp"

#include <map>
#include <memory>

#include "huan/oversight/entered.hpp"
#include "measures.hpp"

namespace huan::oversight {
namespace {

using indicators::Indicator;
using indicators::Measure;
using indicators::MeasureSource;
using indicators::Observations;
using indicators::Observed;
using indicators::Window;

constexpr std::int32_t kMonthsOfHistory = 120;

/// All that the indicators of one city on one day share.
class Desk {
 public:
  Desk(store::Reading& reading, const CityName& city, const IndicatorBook& book,
       std::string district)
      : reading_(reading),
        city_(city),
        book_(book),
        district_(std::move(district)),
        entered_(read_entered(reading, city)),
        begins_(ledger_begins(reading, city.code)) {}

  NamedStanding stand(const Indicator& indicator, base::Day day) {
    NamedStanding named{&indicator, {}, {}};
    Observations seen;
    for (const base::Day on : indicators::days_needed(indicator, day)) {
      seen.measure.push_back(observe(indicator, indicator.formula.measure, on));
      if (indicator.formula.denominator) {
        seen.denominator.push_back(observe(indicator, *indicator.formula.denominator, on));
      }
    }
    named.basis.push_back(basis(indicator, indicator.formula.measure, seen.measure.front()));
    if (indicator.formula.denominator) {
      named.basis.push_back(
          basis(indicator, *indicator.formula.denominator, seen.denominator.front()));
      named.basis.back().denominator = true;
    }
    if (const EnteredValue* base = entered_.base(indicator.id); base != nullptr) {
      seen.base = base->value.value;
      seen.base_source = base->value.source;
    }
    if (indicator.formula.measure.source == MeasureSource::ledger) {
      seen.history = history(indicator.formula.measure, seen.measure.front().day);
    }
    named.standing = indicators::evaluate(indicator, seen, day);
    return named;
  }

 private:
  const CityOnDay& picture(base::Day day) {
    const auto found = pictures_.find(day);
    return found != pictures_.end()
               ? found->second
               : pictures_.emplace(day, read_city(reading_, city_, day)).first->second;
  }

  /// Limited to the district that is asked for.
  [[nodiscard]] Measure local(const Measure& measure) const {
    Measure one = measure;
    if (!district_.empty()) {
      one.districts = {district_};
    }
    return one;
  }

  [[nodiscard]] Basis basis(const Indicator& indicator, const Measure& measure,
                            const Observed& observed) const {
    Basis out{local(measure), false, {}, {}, observed.value, {}};
    if (measure.source == MeasureSource::declared) {
      const EnteredValue* entered = entered_value(indicator, measure, observed.day);
      out.key = entered == nullptr ? std::string() : entered->key;
    } else if (measure.source == MeasureSource::ledger) {
      out.from = indicators::window_begins(indicator.formula, observed.day);
      out.to = window_ends(indicator, observed.day);
    } else {
      out.to = observed.day;
    }
    return out;
  }

  [[nodiscard]] static base::Day window_ends(const Indicator& indicator, base::Day on) {
    return indicator.formula.window == Window::trailing_year
               ? base::Day{indicators::first_day(indicators::month_of(on)).n - 1}
               : on;
  }

  [[nodiscard]] const EnteredValue* entered_value(const Indicator& indicator,
                                                  const Measure& measure, base::Day on) const {
    const std::string& series = measure.declared.empty() ? indicator.id : measure.declared;
    return district_.empty() ? entered_.value(series, on) : nullptr;
  }

  Observed observe(const Indicator& indicator, const Measure& measure, base::Day on) {
    Observed observed;
    observed.day = on;
    observed.source = indicators::name(measure.source);
    switch (measure.source) {
      case MeasureSource::declared:
        observe_declared(indicator, measure, on, observed);
        break;
      case MeasureSource::registry:
        observed.value = count_registry(local(measure), picture(on), book_.pack);
        break;
      case MeasureSource::ledger:
        observe_ledger(indicator, measure, on, observed);
        break;
    }
    return observed;
  }

  void observe_declared(const Indicator& indicator, const Measure& measure, base::Day on,
                        Observed& observed) const {
    const EnteredValue* entered = entered_value(indicator, measure, on);
    if (entered == nullptr) {
      return;
    }
    observed.value = entered->value.value;
    observed.met = entered->value.met;
    observed.text = entered->value.text;
    observed.begins = entered->value.day;
    observed.source =
        "declared: " + entered->value.source + " [indicator_value " + entered->key + "]";
  }

  void observe_ledger(const Indicator& indicator, const Measure& measure, base::Day on,
                      Observed& observed) {
    const auto from = indicators::window_begins(indicator.formula, on);
    const base::Day to = window_ends(indicator, on);
    if (!begins_ || !from || to < *begins_ || to < *from) {
      return;  // nothing was on record yet
    }
    const Measure one = local(measure);
    observed.value = LedgerMeasure(one, picture(on)).sum(reading_, city_.code, {*from, to});
    observed.begins = std::max(*from, *begins_);
  }

  /// Whole months before the day's, from when the ledger had one.
  indicators::Months history(const Measure& measure, base::Day day) {
    if (!begins_) {
      return {};
    }
    const bool whole = base::civil_of(*begins_).day == 1;
    const std::int32_t last = indicators::month_of(day) - 1;
    const std::int32_t first =
        std::max(indicators::month_of(*begins_) + (whole ? 0 : 1), last - kMonthsOfHistory + 1);
    const Measure one = local(measure);
    return LedgerMeasure(one, picture(day)).months(reading_, city_.code, first, last);
  }

  store::Reading& reading_;
  const CityName& city_;
  const IndicatorBook& book_;
  std::string district_;
  Entered entered_;
  std::optional<base::Day> begins_;
  std::map<base::Day, CityOnDay> pictures_;
};

}  // namespace

std::vector<NamedStanding> stand(store::Reading& reading, const CityName& city,
                                 const IndicatorBook& book, base::Day day,
                                 const std::string& district) {
  Desk desk{reading, city, book, district};
  std::vector<NamedStanding> standings;
  standings.reserve(book.indicators.size());
  for (const Indicator& indicator : book.indicators) {
    standings.push_back(desk.stand(indicator, day));
  }
  return standings;
}

std::function<bool(const ledger::RollupDelta&)> rows_of(store::Reading& reading,
                                                        const CityName& city, const Basis& basis) {
  struct Kept {
    Basis basis;
    CityOnDay picture;
    LedgerMeasure measure;
    Kept(const Basis& given, CityOnDay city)
        : basis(given), picture(std::move(city)), measure(basis.measure, picture) {}
  };
  const auto kept =
      std::make_shared<const Kept>(basis, read_city(reading, city, basis.to.value_or(base::Day{})));
  return [kept](const ledger::RollupDelta& row) {
    return kept->basis.from && kept->basis.to && row.day >= *kept->basis.from &&
           row.day <= *kept->basis.to && kept->measure.takes(row);
  };
}

std::optional<std::int64_t> sum_measure(store::Reading& reading, const CityName& city,
                                        const Measure& measure, base::Day from, base::Day to) {
  const auto begins = ledger_begins(reading, city.code);
  if (!begins || to < *begins) {
    return std::nullopt;
  }
  const CityOnDay picture = read_city(reading, city, to);
  return LedgerMeasure(measure, picture).sum(reading, city.code, {from, to});
}

}  // namespace huan::oversight
