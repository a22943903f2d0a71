// SPDX-License-Identifier: Apache-2.0
// Workbooks made by the test itself, part by part, so that broken and hostile ones can be made as
// well.
#pragma once

#include <map>
#include <string>

namespace huan::wire_table {

/// name -> text. What a smallest workbook needs; a test replaces or adds parts.
using Parts = std::map<std::string, std::string>;
[[nodiscard]] Parts workbook_parts(const std::string& sheet_data);
[[nodiscard]] std::string zipped(const Parts& parts);

}  // namespace huan::wire_table
