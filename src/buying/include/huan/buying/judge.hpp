// SPDX-License-Identifier: Apache-2.0
// Questions to the rules of lawful buying: has this material, bought of such a seller on that day,
// to be registered, and with what; may it leave to such a party.
//
//   if (const auto* rule = registration_for(rules, {"metal.copper", "enterprise", day})) { … }
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "huan/buying/rules.hpp"

namespace huan::buying {

struct Bought {
  std::string_view material;
  std::string_view seller;  ///< kind of party; empty: nobody is named
  base::Day day;
};

/// The first rule that asks for a registration; nullptr: none does.
[[nodiscard]] const RegistrationRule* registration_for(const Rules& rules, const Bought& bought);
/// The rule that limits where this material may leave to; nullptr: none does.
[[nodiscard]] const LeavingRule* leaving_for(const Rules& rules, std::string_view material);
[[nodiscard]] bool in_branch(std::string_view material, std::string_view branch) noexcept;

}  // namespace huan::buying
