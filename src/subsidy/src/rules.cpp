// SPDX-License-Identifier: Apache-2.0
#include "huan/subsidy/rules.hpp"

#include <algorithm>

namespace huan::subsidy {

bool is_in_branch(std::string_view material, std::string_view branch) noexcept {
  return material.starts_with(branch) &&
         (material.size() == branch.size() || material[branch.size()] == '.');
}

const Tier* tier_on(const Rules& rules, std::string_view code, base::Day day) noexcept {
  const auto found = std::find_if(rules.tiers.rbegin(), rules.tiers.rend(), [&](const Tier& one) {
    return one.code == code && one.from <= day && (!one.to || day <= *one.to);
  });
  return found == rules.tiers.rend() ? nullptr : &*found;
}

}  // namespace huan::subsidy
