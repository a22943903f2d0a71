// SPDX-License-Identifier: Apache-2.0
// One step towards asking less, for each kind of rule.
#include <algorithm>

#include "huan/siting/network.hpp"

namespace huan::siting {

using siting_problem::Network;
using siting_problem::Rule;
using siting_problem::RuleKind;
using siting_problem::Standing;

std::optional<std::string> ease_rule(Network& network, std::uint32_t index) {
  constexpr double kPoint = 0.01;
  constexpr double kNearerM = 100;
  constexpr double kTenth = 0.1;
  constexpr double kTwentieth = 0.05;
  Rule& rule = network.rules[index];
  if (rule.permission) {
    return std::nullopt;
  }
  switch (rule.kind) {
    case RuleKind::at_least:
      rule.eased += 1;
      return "one site fewer in each area";
    case RuleKind::at_most:
      rule.eased += 1;
      return "one site more in each area";
    case RuleKind::coverage:
      rule.share = std::max(0.0, rule.share - kPoint);
      return "one household in a hundred fewer";
    case RuleKind::away_from_homes:
    case RuleKind::away_from_zones:
      rule.metres = std::max(0.0, rule.metres - kNearerM);
      return "100 metres nearer";
    case RuleKind::capacity:
      rule.eased += kTenth;
      return "a tenth more in each site";
    case RuleKind::budget:
      rule.amount += kTwentieth * rule.amount;
      return "a twentieth more money";
    case RuleKind::kept:
      break;
  }
  for (siting_problem::Site& site : network.sites) {
    site.standing = site.standing == Standing::existing ? Standing::closable : site.standing;
  }
  return "what exists may be closed";
}

}  // namespace huan::siting
