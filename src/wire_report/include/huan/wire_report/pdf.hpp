// SPDX-License-Identifier: Apache-2.0
// Our own pages as PDF, printed by a headless Chromium: an optional program, found on PATH or named
// by HUAN_CHROMIUM. The page fetches nothing and runs no script.
#pragma once

#include <string>

#include "huan/base/result.hpp"

namespace huan::wire_report {

/// bad_config: there is no Chromium, or it did not print; overloaded: it took longer than a minute
/// and was stopped; bad_file: `path` cannot be written.
[[nodiscard]] base::Result<void> print_pdf(const std::string& html, const std::string& path);

/// The same as bytes, for servers: one at a time. overloaded as well while another is printed.
[[nodiscard]] base::Result<std::string> pdf_bytes(const std::string& html);

}  // namespace huan::wire_report
