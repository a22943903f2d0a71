// SPDX-License-Identifier: Apache-2.0
// Findings, scores and standings as JSON and CSV, the same for every door. Amounts are whole
// numbers in the unit named; what is absent is null. `to_pass` says what would make a check pass:
// enter a fact, renew a record, or bring an amount to the border named.
//
//   std::string out;  json::Writer w(out);
//   write_finding(w, subject, finding, table);
#pragma once

#include <string>
#include <vector>

#include "huan/json/writer.hpp"
#include "huan/oversight/check.hpp"
#include "huan/oversight/standings.hpp"

namespace huan::oversight {

void write_finding(json::Writer& w, const norms::Subject& subject, const norms::Finding& finding,
                   const norms::FactTable& table);
/// {"fail":…,"score_ppm":…,…}
void write_tally(json::Writer& w, const norms::Tally& tally);
/// Members of an open object: at, seq, subjects, total, districts (down to the article), notes.
void write_report(json::Writer& w, const CheckReport& report, const NormBook& book);

void write_standing(json::Writer& w, const NamedStanding& named);

/// What would make it pass, as one English line; empty when it passes or does not apply.
[[nodiscard]] std::string remedy(const norms::CheckResult& result, const norms::FactTable& table);

/// Cells of one CSV row, as the header has them.
[[nodiscard]] std::vector<std::string> finding_header();
[[nodiscard]] std::vector<std::string> finding_cells(const norms::Subject& subject,
                                                     const norms::Finding& finding,
                                                     const norms::FactTable& table);
[[nodiscard]] std::vector<std::string> standing_header();
/// A row for each target; one without targets for an indicator that has none.
[[nodiscard]] std::vector<std::vector<std::string>> standing_rows(const NamedStanding& named);

}  // namespace huan::oversight
