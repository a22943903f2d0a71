// SPDX-License-Identifier: Apache-2.0
#include "huan/subsidy/rules.hpp"

namespace huan::subsidy {

bool is_in_branch(std::string_view material, std::string_view branch) noexcept {
  return material.starts_with(branch) &&
         (material.size() == branch.size() || material[branch.size()] == '.');
}

}  // namespace huan::subsidy
