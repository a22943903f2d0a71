// SPDX-License-Identifier: Apache-2.0
#include "huan/reports/report.hpp"

#include <string_view>

namespace huan::reports {

Cell text(std::string value) { return {std::move(value), false}; }
Cell number(std::string decimal) { return {std::move(decimal), true}; }
Cell number(std::int64_t value) { return {std::to_string(value), true}; }

std::string harmless(const std::string& text) {
  constexpr std::string_view kLeads = "=+-@\t\r\n";
  return !text.empty() && kLeads.find(text.front()) != std::string_view::npos ? "'" + text : text;
}

}  // namespace huan::reports
