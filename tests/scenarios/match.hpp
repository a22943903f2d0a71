// SPDX-License-Identifier: Apache-2.0
// What a command answered against the patterns of a scenario (README.md).
#pragma once

#include <map>
#include <string>
#include <vector>

namespace huan::scenarios {

/// What the names of a scenario stand for: {hash:root} once seen is the same text ever after.
using Names = std::map<std::string, std::string>;

/// Empty when they match; else what differs.
[[nodiscard]] std::string compare(const std::vector<std::string>& patterns,
                                  const std::vector<std::string>& lines, Names& names);
[[nodiscard]] std::vector<std::string> lines_of(const std::string& text);

}  // namespace huan::scenarios
