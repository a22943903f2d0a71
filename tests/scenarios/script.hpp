// SPDX-License-Identifier: Apache-2.0
// A scenario as text (README.md): files, commands and what they have to answer.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace huan::scenarios {

struct Step {
  int line{0};
  std::string command;
  std::vector<std::string> out;  ///< patterns, one a line; "..." stands for any lines
  std::vector<std::string> err;
  int code{0};
};

struct Script {
  std::vector<std::pair<std::string, std::string>> files;  ///< name, content
  std::vector<Step> steps;
  std::vector<std::string> errors;  ///< lines that are none of a scenario's
};

[[nodiscard]] Script parse_script(const std::string& text);

}  // namespace huan::scenarios
