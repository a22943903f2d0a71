// SPDX-License-Identifier: Apache-2.0
// A text made from several cells: "{BOROUGH_ID}{COMMUNITYDISTRICT:02}". `:02` pads with zeros to
// that width, since a spreadsheet drops them. `{{` and `}}` are the braces themselves.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"

namespace huan::wire_table {

struct TemplatePart {
  std::string text;    ///< before the header
  std::string header;  ///< empty in the last part
  std::size_t width{0};
};

/// Errors: bad_mapping; a template names at least one header.
[[nodiscard]] base::Result<std::vector<TemplatePart>> parse_template(std::string_view text);

}  // namespace huan::wire_table
