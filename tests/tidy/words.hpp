// SPDX-License-Identifier: Apache-2.0
// Rules about the text of files: words that do not belong, the licence line, white space, and C++
// that we do not write.
#pragma once

#include "tree.hpp"

namespace huan::tidy {

/// Notes to oneself, paths of one machine, names of hosts and of tools that have no place in a
/// product's source.
Complaints banned_words(const Tree& tree);
Complaints missing_licences(const Tree& tree);
/// Tabs, spaces at the end of a line, no line break at the end of the file, carriage returns.
Complaints white_space(const Tree& tree);
/// `assert` (gone in release), `using namespace` in headers, headers without `#pragma once`.
Complaints unwanted_cpp(const Tree& tree);

}  // namespace huan::tidy
