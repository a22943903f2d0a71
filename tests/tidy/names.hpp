// SPDX-License-Identifier: Apache-2.0
// Rules about names: of files, and of the files and commands that the documents speak of.
#pragma once

#include "tree.hpp"

namespace huan::tidy {

/// File names that say nothing (utils, helpers, manager, …) or are not snake_case.
Complaints file_names(const Tree& tree);
/// Paths in back quotes, links and `make` targets in *.md that do not exist.
Complaints dead_references(const Tree& tree);

}  // namespace huan::tidy
