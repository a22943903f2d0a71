// SPDX-License-Identifier: Apache-2.0
// Words and figures that several reports share.
#pragma once

#include <optional>
#include <string>

#include "huan/indicators/evaluate.hpp"
#include "huan/norms/judge.hpp"
#include "huan/oversight/forms.hpp"
#include "huan/oversight/reports.hpp"
#include "huan/reports/report.hpp"

namespace huan::oversight {

[[nodiscard]] std::string state_zh(const KeptDeclaration& kept);
[[nodiscard]] std::string status_zh(indicators::Status status);
[[nodiscard]] std::string verdict_zh(norms::Verdict verdict);
[[nodiscard]] std::string day_text(const std::optional<base::Day>& day);
/// A decimal in the unit; empty when it is not known.
[[nodiscard]] reports::Cell amount_cell(const std::optional<std::int64_t>& value,
                                        const indicators::Unit& unit);
/// Grams as tonnes.
[[nodiscard]] double tonnes(std::int64_t grams);
/// Reminders and notices of dispatch that stand on the day.
[[nodiscard]] reports::Section dispatch_section(const ReportAsk& ask);
[[nodiscard]] reports::Table indicator_table(const std::vector<NamedStanding>& standings);

}  // namespace huan::oversight
