// SPDX-License-Identifier: Apache-2.0
// A release 开放数据发布: the public tables of one period as they were published, kept as a record
// of kind `setting` with the key "release.<period>", signed with the rest of the log. What was
// published stays as it was, whatever is corrected later, and no period is published twice or in
// part: figures of a quarter and of its months together could give away what each of them hides.
//
//   HUAN_CHECK(may_release(releases(reading, city), term, today));
//   put({"setting", release_key("2025-Q1"), release_json(tables, "2025-Q1")})
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "huan/oversight/public_tables.hpp"

namespace huan::oversight {

struct Release {
  std::string period;  ///< "2025", "2025-Q1", "2025-03"
  base::Day from;
  base::Day to;
  std::string scheme;
  std::vector<std::string> tables;  ///< names
  std::string data;                 ///< the record's JSON
};

/// "2025", "2025-Q1" or "2025-03" as days. bad_field.
[[nodiscard]] base::Result<duties::Term> release_period(std::string_view text);
[[nodiscard]] std::string release_key(std::string_view period);

/// All on record, by period.
[[nodiscard]] std::vector<Release> releases(store::RegistryReading& reading, const CityName& city);
/// bad_field: the term has not ended before `today`; already_closed: a release on record has days
/// of it.
[[nodiscard]] base::Result<void> may_release(const std::vector<Release>& before,
                                             const duties::Term& term, base::Day today);

/// {"categories":[[…]],"dictionary":{…},"from","period","scheme","tables":[{"columns":[…],
/// "name","rows":[[…]],"zh"}],"to"}; in rows grams are integers, or null where they are blank.
[[nodiscard]] std::string release_json(const PublicTables& tables, std::string_view period);

/// One table (or "category_map") as rows for CSV with its header; empty: no such table.
[[nodiscard]] std::vector<std::vector<std::string>> release_rows(const Release& release,
                                                                 std::string_view table);

}  // namespace huan::oversight
