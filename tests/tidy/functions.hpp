// SPDX-License-Identifier: Apache-2.0
// Finds the functions of a C++ file that clang-format has formatted, and counts their lines. It is
// no parser: it follows braces, and takes for a function what has parentheses before its brace and
// is no class, namespace or initializer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace huan::tidy {

struct Function {
  std::string name;      ///< the word before its first parenthesis, qualified as written
  std::size_t line{0};   ///< of the opening brace, from 1
  std::size_t lines{0};  ///< from the opening to the closing brace, both included
};

/// The same text with comments, literals and preprocessor lines blanked; line breaks stay.
std::string code_only(std::string_view text);
std::vector<Function> functions_of(std::string_view text);

}  // namespace huan::tidy
