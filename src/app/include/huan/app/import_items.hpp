// SPDX-License-Identifier: Apache-2.0
// Imported rows through the write path: events and registry records, each judged for itself, so
// many in one commit. What is on record already with the same id and content counts as a duplicate,
// so the same file again changes nothing. Personal data of a party goes to the vault in the same
// commit; where it cannot, its row is refused. So is what is not the sender's to record.
//
//   ImportInto into{recorder, personal, "130100", {"tester"}};
//   const ImportSums sums = import_rows(into, next_row, tell_refused, {});
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "huan/app/personal.hpp"
#include "huan/app/recorder.hpp"
#include "huan/app/scope.hpp"

namespace huan::app {

struct ImportItem {
  bool registry{false};
  std::string id;          ///< registry records: UUID made from key and content
  std::string json;        ///< the event, or the registry record {data, key, kind, time, …}
  PersonalPut personal{};  ///< of a party; never to be logged
};

/// A row of a table, with what its sender is told should it be refused.
struct ImportRow {
  std::int64_t row{0};
  std::vector<std::string> cells;
  std::optional<ImportItem> item;
  std::optional<base::Error> error;  ///< it could not be read, and nothing of it is sent
};

struct ImportInto {
  Recorder& recorder;
  Personal* personal;  ///< null: rows with personal data are refused
  std::string city;
  Principal by;
  store::RowScope scope{};  ///< what the sender may record; nothing said: everything
  bool dry_run{false};      ///< tell what would become of it, and undo it
  base::ErrorCode no_personal{base::ErrorCode::vault_locked};  ///< why there is no `personal`
};

struct ImportSums {
  Counts counts;
  PersonalCounts personal;
};

/// nullopt: the table has ended.
using NextRow = std::function<std::optional<ImportRow>()>;
using RefusedRow = std::function<void(const ImportRow&, base::Error)>;
/// After each commit; false: no more of it. What was recorded stays.
using GoOn = std::function<bool(const ImportSums&)>;

/// Refused rows are told in the order of the table, whoever refused them. A dry run judges each row
/// as if what it speaks of further up were on record, as it would be.
[[nodiscard]] ImportSums import_rows(const ImportInto& into, const NextRow& next,
                                     const RefusedRow& refused, const GoOn& go_on);

}  // namespace huan::app
