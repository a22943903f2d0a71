// SPDX-License-Identifier: Apache-2.0
// Imported rows through the write path: events and registry records, each judged for itself, a
// batch in one commit. What is on record already with the same id and content counts as a
// duplicate, so the same file again changes nothing. Personal data of a party goes to the vault in
// the same commit; where it cannot, its row is refused.
#pragma once

#include <string>
#include <vector>

#include "huan/app/personal.hpp"
#include "huan/app/recorder.hpp"

namespace huan::app {

struct ImportItem {
  bool registry{false};
  std::string id;          ///< registry records: UUID made from key and content
  std::string json;        ///< the event, or the registry record {data, key, kind, time, …}
  PersonalPut personal{};  ///< of a party; never to be logged
};

struct Imported {
  std::vector<Outcome> outcomes;  ///< one an item, in order
  PersonalCounts personal;
};

/// `personal` null: rows with personal data are refused (vault_locked).
[[nodiscard]] Imported import_items(Recorder& recorder, const std::string& city,
                                    const std::vector<ImportItem>& items, const Principal& by,
                                    Personal* personal);

}  // namespace huan::app
