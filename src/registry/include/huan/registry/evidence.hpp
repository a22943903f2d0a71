// SPDX-License-Identifier: Apache-2.0
// What people enter because nothing computes it: evidence 佐证 for a fact about a subject, with its
// term and source, and declared values of indicators, with the day that they are of. Both go
// through the one write path; a later version replaces, `withdrawn` takes back. Whether the fact or
// the indicator is one of a pack's is the reader's to look up, since packs change.
//
//   evidence         {"subject_kind":"place","subject":"S-1","fact":"place.walled","value":true,
//                     "from":"2025-03-01","to":"2026-02-28","source":"inspection 2025-118"}
//   indicator_value  {"indicator":"shijiazhuang.7","day":"2025-06-30","value":92000,
//                     "source":"邮政管理局 quarterly ledger 2025 Q2"}
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/json/value.hpp"

namespace huan::registry {

struct Evidence {
  std::string subject_kind;  ///< place, district, enterprise, vehicle, scale, person, shipment
  std::string subject;       ///< its id
  std::string fact;          ///< "place.walled"
  /// Days are text, 2025-03-01; amounts whole numbers in `unit`, or in the fact's.
  std::variant<bool, std::int64_t, std::string> value;
  std::string unit;
  std::optional<base::Day> from;  ///< of its term, both days included; absent: open
  std::optional<base::Day> to;
  std::string source;  ///< document, inspection, photo
  std::string file;    ///< hash of an uploaded file; empty: none
  std::string note;
  bool withdrawn{false};
};
/// bad_field, bad_text, bad_number; a source must be stated.
[[nodiscard]] base::Result<Evidence> parse_evidence(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Evidence& evidence);

struct DeclaredValue {
  std::string indicator;              ///< id of an indicator, or the name of a declared series
  base::Day day;                      ///< what it is of: the last day of the year, quarter or month
  std::optional<std::int64_t> value;  ///< smallest units: pieces, grams, ppm, fen
  std::optional<bool> met;            ///< of a statement
  bool is_base{false};                ///< the value of the base year, where the document has none
  std::string text;
  std::string source;
  bool withdrawn{false};
};
/// bad_field, bad_text, bad_number; a value or `met` and a source must be stated.
[[nodiscard]] base::Result<DeclaredValue> parse_declared_value(json::Value data,
                                                               std::string_view pointer);
[[nodiscard]] std::string to_json(const DeclaredValue& value);

}  // namespace huan::registry
