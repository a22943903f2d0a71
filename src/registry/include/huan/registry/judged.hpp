// SPDX-License-Identifier: Apache-2.0
// What was found of one subject on a day, as it is kept: the verdict of each norm, under which
// version of whose rules. A version is recorded when something of it changed, so that the versions
// of the record are the history of its findings; nobody writes it by hand. Without norms: the
// subject is not there any more.
//
//   finding  {"day":"2025-06-30","district":"130102","kind":"place","norms":[{"norm":"base.a4",
//             "since":"2025-03-01","verdict":"fail"}],"pack":"shijiazhuang","party":"E-001",
//             "subject":"S-1","version":"2026.1"}
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/json/value.hpp"

namespace huan::registry {

struct JudgedNorm {
  std::string norm;                ///< its id
  std::string verdict;             ///< pass, fail, not_known, not_applicable
  std::optional<base::Day> since;  ///< from when it was so, where the facts say it
  friend bool operator==(const JudgedNorm&, const JudgedNorm&) = default;
};

struct Judged {
  std::string subject_kind;
  std::string subject;
  std::string district;
  std::string party;
  base::Day day;        ///< judged on
  std::string pack;     ///< whose rules
  std::string version;  ///< of these rules
  std::vector<JudgedNorm> norms;
};

/// bad_field, bad_text.
[[nodiscard]] base::Result<Judged> parse_judged(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Judged& judged);

}  // namespace huan::registry
