// SPDX-License-Identifier: Apache-2.0
// Findings over time. What is judged is kept as versions of a record for each subject (place,
// district, enterprise, vehicle, scale, person; shipments, which are open for days, from when one
// fails): one when a verdict or the rules' version changed, none when all is as it was. What was
// judged under an old text stays judged under it. A subject that is no longer there gets a version
// without norms.
//
//   Findings today{"shijiazhuang", "2026.1", day};
//   check_norms(reading, city, book, request, [&](const auto& s, const auto& f) { today.add(s, f);
//   }); for (const auto& version : today.changed(reading, city)) { … }      // to be recorded
//   history(reading, city, {.subject = "S-1"});                         // pass … fail … pass
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "huan/norms/judge.hpp"
#include "huan/oversight/city_on_day.hpp"
#include "huan/registry/judged.hpp"

namespace huan::oversight {

/// A record of kind `finding` to be written.
struct FindingVersion {
  std::string key;  ///< "place:S-1"
  registry::Judged judged;
};

class Findings {
 public:
  Findings(std::string pack, std::string version, base::Day day);

  void add(const norms::Subject& subject, const norms::Finding& finding);
  /// Those that differ from what is on record, by key. bad_time when something was judged on a
  /// later day: the past is not judged anew.
  [[nodiscard]] base::Result<std::vector<FindingVersion>> changed(store::RegistryReading& reading,
                                                                  const CityName& city) const;

 private:
  std::string pack_;
  std::string version_;
  base::Day day_;
  std::map<std::string, registry::Judged, std::less<>> subjects_;  // by key
};

struct HistoryRequest {
  std::string subject{};             ///< its id; empty: all
  std::string norm{};                ///< id; empty: all
  std::optional<base::Day> since{};  ///< what held on that day or later
  /// Whom the asker may see; absent: everybody.
  std::function<bool(const norms::Subject&)> sees{};
};

/// One verdict for as long as it was found.
struct Stretch {
  norms::SubjectKind kind{};
  std::string subject;
  std::string norm;
  std::string verdict;
  base::Day from;                 ///< first judged so, or from when the facts say it was so
  std::optional<base::Day> to{};  ///< the day before it was found otherwise; absent: still so
  std::string pack;
  std::string version;  ///< of the rules that it was judged under
};

/// By subject, then norm, then day.
[[nodiscard]] std::vector<Stretch> history(store::RegistryReading& reading, const CityName& city,
                                           const HistoryRequest& request);

}  // namespace huan::oversight
