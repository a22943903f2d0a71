// SPDX-License-Identifier: Apache-2.0
// Measures over the ledger's roll-ups and over the registry.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "huan/indicators/evaluate.hpp"
#include "huan/ledger/posting.hpp"
#include "huan/oversight/city_on_day.hpp"
#include "huan/registry/pack.hpp"
#include "huan/store/reading.hpp"

namespace huan::oversight {

/// Both days included.
struct Span {
  base::Day from;
  base::Day to;
};

/// Sums of one measure. A catalogue's schemes and branches are resolved to leaves once.
class LedgerMeasure {
 public:
  LedgerMeasure(const indicators::Measure& measure, const CityOnDay& picture);
  [[nodiscard]] std::int64_t sum(store::StatisticsReading& reading, store::City city,
                                 Span span) const;
  /// Whole months; `last` is included.
  [[nodiscard]] indicators::Months months(store::StatisticsReading& reading, store::City city,
                                          std::int32_t first, std::int32_t last) const;
  /// Does a row that an event adds to the roll-ups count in the sum? The same as query() asks.
  [[nodiscard]] bool takes(const ledger::RollupDelta& row) const;
  /// A material is asked for that the catalogue does not have: nothing can be on record under it.
  [[nodiscard]] bool is_empty() const { return empty_; }

 private:
  [[nodiscard]] store::StatisticsQuery query(Span span) const;
  /// Of one query: sums by `day` (of the month its first) where `by_month`, else all under day 0.
  [[nodiscard]] std::map<base::Day, std::int64_t> ask(store::StatisticsReading& reading,
                                                      store::City city, Span span,
                                                      bool by_month) const;
  [[nodiscard]] bool counts(const store::StatisticsRow& row) const;
  void resolve_places();
  /// Of a kind and form that is asked for.
  [[nodiscard]] bool stands_in(const registry::Place& place) const;

  const indicators::Measure& measure_;
  const CityOnDay& picture_;
  std::vector<std::string> leaves_;
  std::vector<std::string> places_;  ///< those asked for; where any will do, none
  bool by_place_{false};             ///< they are too many to name
  bool empty_{false};
};

/// The first day with anything on record; nullopt for an empty ledger.
[[nodiscard]] std::optional<base::Day> ledger_begins(store::StatisticsReading& reading,
                                                     store::City city);

/// Counts on the picture's day. nullopt where a sum has nothing that states it.
[[nodiscard]] std::optional<std::int64_t> count_registry(const indicators::Measure& measure,
                                                         const CityOnDay& picture,
                                                         const registry::Pack& pack);

}  // namespace huan::oversight
