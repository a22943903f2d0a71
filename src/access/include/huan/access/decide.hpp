// SPDX-License-Identifier: Apache-2.0
// The decision: may this subject do that, and if so on which rows. Fails closed: who has no role
// that reaches, or whose account does not say the district, organisation or place that the role's
// reach is measured by, is refused. Of several roles the widest reach counts.
//
//   const auto grant = decide({{Role::station_clerk}, "130100", "", "e1", "S1"},
//                             Action::read_stock);      // rows of place S1 of e1
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "huan/access/table.hpp"

namespace huan::access {

/// Who asks, as their account or token says.
struct Subject {
  std::vector<Role> roles;
  std::string city{};  ///< empty: every city of the server
  std::string district{};
  std::string organisation{};
  std::string place{};
};

/// Rows that are reached: each limit that is not empty has to hold.
struct Grant {
  Scope scope{Scope::none};
  std::string district{};
  std::string organisation{};
  std::string place{};
};

/// nullopt: refused.
[[nodiscard]] std::optional<Grant> decide(const Subject& subject, Action action);

/// Whether one may give the other: no role that reaches further than an own one in any action, and
/// no wider limits. Keeps who manages accounts from making one that is more than theirs.
[[nodiscard]] bool may_give(const Subject& giver, const Subject& taker);

}  // namespace huan::access
