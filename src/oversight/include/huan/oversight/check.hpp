// SPDX-License-Identifier: Apache-2.0
// Holds a city's subjects (districts, open places, enterprises, vehicles, scales, open shipments,
// and whoever evidence names) against norms as of a day, in one pass over the registry, the
// roll-ups and the open lots. Only facts that a norm speaks of are computed. What stands in the
// ledger is as of its last record: for a day before that, stock and its age are not known rather
// than guessed.
//
//   const CheckReport report = check_norms(reading, city, {pack, table, norms}, {day, ""},
//                                          [&](const Subject& s, const Finding& f) { … });
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "huan/duties/duties.hpp"
#include "huan/norms/judge.hpp"
#include "huan/norms/score.hpp"
#include "huan/oversight/city_on_day.hpp"
#include "huan/registry/pack.hpp"
#include "huan/store/reading.hpp"

namespace huan::oversight {

struct NormBook {
  const registry::Pack& pack;  ///< districts, streets, communities
  const norms::FactTable& table;
  std::span<const norms::Norm> norms;
  const duties::Duties* duties{nullptr};  ///< whose dossiers give facts; nullptr: nobody's
};

struct CheckRequest {
  base::Day day;
  std::string subject{};   ///< its id; empty: everybody
  std::string district{};  ///< code; empty: all
  /// Whom the asker may see; absent: everybody.
  std::function<bool(const norms::Subject&)> sees{};
};

struct CheckReport {
  base::Day day;
  store::Seq seq{0};  ///< the ledger's last record that was seen
  std::map<norms::SubjectKind, std::int64_t> subjects;
  norms::ScoreBoard board;
  std::vector<std::string> notes;  ///< evidence that could not be used, and why
};

/// The finding is valid during the visit.
using FindingVisit = std::function<void(const norms::Subject&, const norms::Finding&)>;

[[nodiscard]] CheckReport check_norms(store::Reading& reading, const CityName& city,
                                      const NormBook& book, const CheckRequest& request,
                                      const FindingVisit& visit);

}  // namespace huan::oversight
