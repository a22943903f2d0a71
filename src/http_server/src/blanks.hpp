// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace huan::http_server {

/// `text` without the blanks and tabs around it, which a header's value may have (RFC 9110, 5.5).
[[nodiscard]] inline std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  return first == std::string_view::npos
             ? std::string_view()
             : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace huan::http_server
