// SPDX-License-Identifier: Apache-2.0
// A report as one self-contained page for print (A4): no script, nothing fetched, every text
// escaped, charts as inline SVG.
#pragma once

#include <string>
#include <string_view>

#include "huan/reports/report.hpp"

namespace huan::reports {

[[nodiscard]] std::string to_html(const Report& report);
/// The chart alone, as an <svg> element; the same bytes for the same chart.
[[nodiscard]] std::string to_svg(const Chart& chart);
[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace huan::reports
