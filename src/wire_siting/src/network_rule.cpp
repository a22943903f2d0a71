// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "huan/wire_siting/network.hpp"
#include "network_fields.hpp"

namespace huan::wire_siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Area;
using siting_problem::Rule;
using siting_problem::RuleKind;
using siting_problem::Who;

constexpr double kPercent = 100;

template <class T, std::size_t N>
base::Result<T> one_of(const Members& members, const char* key, const std::array<T, N>& all,
                       T otherwise) {
  HUAN_TRY(text, members.text(key));
  if (text.empty()) {
    return otherwise;
  }
  for (const T one : all) {
    if (siting_problem::name(one) == text) {
      return one;
    }
  }
  return members.wrong(key, "not one of the words that can stand here");
}

base::Result<void> read_numbers(const Members& members, Rule& rule) {
  struct Named {
    const char* key;
    double Rule::* member;
  };
  constexpr std::array<Named, 7> kNumbers{{{"sites", &Rule::sites},
                                           {"households_per_site", &Rule::households_per_site},
                                           {"streets_per_site", &Rule::streets_per_site},
                                           {"share", &Rule::share},
                                           {"metres", &Rule::metres},
                                           {"amount", &Rule::amount},
                                           {"eased", &Rule::eased}}};
  for (const Named& one : kNumbers) {
    HUAN_TRY(value, members.number(one.key, 0));
    rule.*one.member = value;
  }
  HUAN_TRY(percent, members.number("share_percent", rule.share * kPercent));
  rule.share = percent / kPercent;
  return {};
}

}  // namespace

base::Result<siting_problem::Point> read_spot(const std::optional<json::Value>& value,
                                              const std::string& at) {
  const Error missing{ErrorCode::bad_coordinates, at, "[longitude, latitude] is expected"};
  if (!value || !value->is_array() || value->size() < 2 || value->size() > 3) {
    return missing;
  }
  auto each = value->elements().begin();
  siting_problem::Point point;
  for (double* into : {&point.x, &point.y}) {
    if (!(*each).is_number() || !std::isfinite((*each).number())) {
      return missing;
    }
    *into = (*each).number();
    ++each;
  }
  constexpr double kArcticFrom = 73;
  constexpr double kChinaFrom = 3;
  constexpr double kChinaTo = 54;
  const bool swapped = point.y >= kArcticFrom && point.x >= kChinaFrom && point.x <= kChinaTo;
  if (std::abs(point.x) > 180 || std::abs(point.y) > 90 || swapped) {
    return Error{ErrorCode::bad_coordinates, at,
                 "longitude and latitude seem swapped: longitude comes first"};
  }
  return point;
}

base::Result<Rule> read_rule(json::Value value, const std::vector<siting_problem::Tier>& tiers,
                             const std::string& at) {
  if (!value.is_object()) {
    return Error{ErrorCode::bad_field, at, "an object is expected"};
  }
  const Members members(value, at);
  Rule rule;
  HUAN_TRY(name, members.text("name"));
  HUAN_TRY(source, members.text("source"));
  HUAN_TRY(kind, one_of(members, "kind",
                        std::array{RuleKind::at_least, RuleKind::at_most, RuleKind::coverage,
                                   RuleKind::away_from_homes, RuleKind::capacity, RuleKind::kept,
                                   RuleKind::budget, RuleKind::away_from_zones},
                        RuleKind::at_least));
  HUAN_TRY(area,
           one_of(members, "area",
                  std::array{Area::all, Area::district, Area::street, Area::community}, Area::all));
  HUAN_TRY(who, one_of(members, "who", std::array{Who::everyone, Who::urban, Who::rural},
                       Who::everyone));
  HUAN_TRY(neighbours, members.flag("neighbours"));
  HUAN_TRY(permission, members.flag("permission"));
  HUAN_TRY(tier, members.text("tier"));
  HUAN_TRY(zone, members.text("zone"));
  HUAN_CHECK(read_numbers(members, rule));
  rule.name = std::move(name);
  rule.source = std::move(source);
  rule.zone = std::move(zone);
  rule.kind = kind;
  rule.area = area;
  rule.who = who;
  rule.neighbours = neighbours;
  rule.permission = permission;
  if (rule.name.empty()) {
    return members.wrong("name", "every rule has a name");
  }
  const auto there =
      std::find_if(tiers.begin(), tiers.end(), [&](const auto& one) { return one.name == tier; });
  if (there == tiers.end() && !tier.empty()) {
    return members.wrong("tier", "no tier is called so");
  }
  rule.tier = tier.empty() ? 0 : static_cast<std::uint32_t>(there - tiers.begin());
  return rule;
}

}  // namespace huan::wire_siting
