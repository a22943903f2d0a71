// SPDX-License-Identifier: Apache-2.0
// Rules about modules: which may see which (edges.txt), which stay pure, and that each file belongs
// to a target.
#pragma once

#include <string_view>

#include "tree.hpp"

namespace huan::tidy {

/// Includes between modules against the declared list, and the list against the tiers.
Complaints edges(const Tree& tree, std::string_view declared);
/// Engines and the store port neither print nor exit, and take time and randomness from outside.
Complaints impurities(const Tree& tree, std::string_view declared);
/// Sources and public headers named in no CMakeLists.txt, private headers that nothing includes.
Complaints orphans(const Tree& tree);

}  // namespace huan::tidy
