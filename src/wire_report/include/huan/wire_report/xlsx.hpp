// SPDX-License-Identifier: Apache-2.0
// A report as a spreadsheet: a sheet for each section, numbers as numbers, every text as text and
// never as a formula, bars beside charts as figures. Numbers with more than 15 digits are written
// as text, so that no gram is lost in a double.
#pragma once

#include <string>

#include "huan/base/result.hpp"
#include "huan/reports/report.hpp"

namespace huan::wire_report {

/// Writes the file anew. bad_file when it cannot be written; too_large past a sheet's rows.
[[nodiscard]] base::Result<void> write_xlsx(const reports::Report& report, const std::string& path);

/// The same, in memory. too_large; bad_file where there is no room for it on the way.
[[nodiscard]] base::Result<std::string> xlsx_bytes(const reports::Report& report);

}  // namespace huan::wire_report
