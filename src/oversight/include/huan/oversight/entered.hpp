// SPDX-License-Identifier: Apache-2.0
// What people have entered: evidence for facts and declared values of indicators, as on record. Of
// several pieces of evidence for one fact the one in term on the day counts, the latest begun
// first; when none is in term the one that ended last, so that a check can say since when it ran
// out. Evidence for a fact that no pack knows, or of another type, is not used and named.
//
//   const Entered entered = read_entered(reading, city);
//   entered.put_facts({SubjectKind::place, "S-1"}, day, table, facts, notes);
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "huan/norms/judge.hpp"
#include "huan/oversight/city_on_day.hpp"
#include "huan/registry/evidence.hpp"

namespace huan::oversight {

struct EnteredEvidence {
  std::string key;  ///< of its record
  registry::Evidence evidence;
};

struct EnteredValue {
  std::string key;
  registry::DeclaredValue value;
};

class Entered {
 public:
  void add(EnteredEvidence evidence);
  void add(EnteredValue value);

  /// Adds to the subject's facts whatever was entered and is not computed. Unusable evidence is
  /// named in `notes`.
  void put_facts(const norms::Subject& subject, base::Day day, const norms::FactTable& table,
                 norms::FactSet& facts, std::vector<std::string>& notes) const;
  /// Ids of the subjects of a kind that evidence speaks of.
  [[nodiscard]] std::set<std::string> subjects(norms::SubjectKind kind) const;
  /// The last value declared for a series that is of `day` or earlier.
  [[nodiscard]] const EnteredValue* value(std::string_view series, base::Day day) const;
  [[nodiscard]] const EnteredValue* base(std::string_view series) const;

 private:
  std::map<std::string, std::vector<EnteredEvidence>, std::less<>> evidence_;  // "kind id"
  std::map<std::string, std::vector<EnteredValue>, std::less<>> values_;       // by series
};

/// All on record, latest versions; what was withdrawn is left out.
[[nodiscard]] Entered read_entered(store::RegistryReading& reading, const CityName& city);

}  // namespace huan::oversight
