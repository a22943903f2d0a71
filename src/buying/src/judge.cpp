// SPDX-License-Identifier: Apache-2.0
#include "huan/buying/judge.hpp"

#include <algorithm>

namespace huan::buying {
namespace {

bool in_any(std::string_view material, const std::vector<std::string>& branches) {
  return std::any_of(branches.begin(), branches.end(),
                     [&](const std::string& branch) { return in_branch(material, branch); });
}

bool asks(const RegistrationRule& rule, const Bought& bought) {
  const bool of_seller = rule.sellers.empty() || std::find(rule.sellers.begin(), rule.sellers.end(),
                                                           bought.seller) != rule.sellers.end();
  return of_seller && in_any(bought.material, rule.materials) && rule.from <= bought.day &&
         (!rule.to || bought.day <= *rule.to);
}

}  // namespace

bool in_branch(std::string_view material, std::string_view branch) noexcept {
  return material.starts_with(branch) &&
         (material.size() == branch.size() || material[branch.size()] == '.');
}

const RegistrationRule* registration_for(const Rules& rules, const Bought& bought) {
  const auto found = std::find_if(rules.registrations.begin(), rules.registrations.end(),
                                  [&](const RegistrationRule& rule) { return asks(rule, bought); });
  return found == rules.registrations.end() ? nullptr : &*found;
}

const LeavingRule* leaving_for(const Rules& rules, std::string_view material) {
  const auto found =
      std::find_if(rules.leavings.begin(), rules.leavings.end(),
                   [&](const LeavingRule& rule) { return in_any(material, rule.materials); });
  return found == rules.leavings.end() ? nullptr : &*found;
}

}  // namespace huan::buying
