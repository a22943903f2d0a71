// SPDX-License-Identifier: Apache-2.0
// How a city's indicators stand on a day: their measures are summed over the roll-ups, counted in
// the registry as it held, or taken from what was declared, and judged by the engine. Whole months
// come from the month's roll-up, the rest of a window from the day's, so that a figure is the fold
// of the entries and costs no reading of records.
//
//   for (const NamedStanding& one : stand(reading, city, {pack, indicators}, day)) { … }
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "huan/indicators/evaluate.hpp"
#include "huan/indicators/indicator.hpp"
#include "huan/ledger/posting.hpp"
#include "huan/oversight/city_on_day.hpp"
#include "huan/registry/pack.hpp"
#include "huan/store/reading.hpp"

namespace huan::oversight {

struct IndicatorBook {
  const registry::Pack& pack;  ///< communities; materials not on record
  std::span<const indicators::Indicator> indicators;
};

/// What a value was made of, on the first day that was needed.
struct Basis {
  indicators::Measure measure;  ///< limited to the district that was asked for
  bool denominator{false};
  std::optional<base::Day> from;  ///< of a sum; both days included
  std::optional<base::Day> to;    ///< of a count in the registry: its day
  std::optional<std::int64_t> value;
  std::string key;  ///< of what was declared: the indicator_value
};

struct NamedStanding {
  const indicators::Indicator* indicator{nullptr};
  indicators::Standing standing;
  std::vector<Basis> basis;  ///< the measure, and of a ratio what it is divided by
};

/// As the book's. `district` limits ledger and registry measures to one; declared ones then have no
/// value, since they are the city's.
[[nodiscard]] std::vector<NamedStanding> stand(store::Reading& reading, const CityName& city,
                                               const IndicatorBook& book, base::Day day,
                                               const std::string& district = {});

/// Whether a row of the roll-ups counts in what the basis sums, by the same rule that summed it.
/// `basis` of a ledger measure; it and the reading's city as of `to` are copied.
[[nodiscard]] std::function<bool(const ledger::RollupDelta&)> rows_of(store::Reading& reading,
                                                                      const CityName& city,
                                                                      const Basis& basis);

/// One ledger measure between two days, both included; nullopt when the ledger begins after `to`.
[[nodiscard]] std::optional<std::int64_t> sum_measure(store::Reading& reading, const CityName& city,
                                                      const indicators::Measure& measure,
                                                      base::Day from, base::Day to);

}  // namespace huan::oversight
