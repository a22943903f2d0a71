// SPDX-License-Identifier: Apache-2.0
#include "huan/access/table.hpp"

#include <algorithm>

namespace huan::access {
namespace {

using enum Scope;

using Line = std::array<Scope, kRoles>;
constexpr std::array<Line, kActions> kTable{{
#define HUAN_ACTION(id, name, ...) Line{__VA_ARGS__},
#include "huan/access/actions.inc"
#undef HUAN_ACTION
}};

constexpr std::array<std::string_view, kActions> kActionNames{
#define HUAN_ACTION(id, name, ...) name,
#include "huan/access/actions.inc"
#undef HUAN_ACTION
};

struct RoleName {
  std::string_view name;
  std::string_view zh;
};
constexpr std::array<RoleName, kRoles> kRoleNames{{
#define HUAN_ROLE(id, name, zh) {name, zh},
#include "huan/access/roles.inc"
#undef HUAN_ROLE
}};

constexpr std::array<std::string_view, 6> kScopeNames{"none",         "own",      "place",
                                                      "organisation", "district", "all"};

}  // namespace

Scope reach(Role role, Action action) noexcept {
  return kTable.at(static_cast<std::size_t>(action)).at(static_cast<std::size_t>(role));
}

std::string_view name(Role role) noexcept {
  return kRoleNames.at(static_cast<std::size_t>(role)).name;
}

std::string_view name_zh(Role role) noexcept {
  return kRoleNames.at(static_cast<std::size_t>(role)).zh;
}

std::string_view name(Action action) noexcept {
  return kActionNames.at(static_cast<std::size_t>(action));
}

std::string_view name(Scope scope) noexcept {
  return kScopeNames.at(static_cast<std::size_t>(scope));
}

std::optional<Role> role_from(std::string_view name) noexcept {
  if (name == "regulator") {
    return Role::regulator_city;
  }
  if (name == "enterprise") {
    return Role::enterprise_admin;
  }
  if (name == "clerk") {
    return Role::station_clerk;
  }
  for (std::size_t i = 0; i < kRoles; ++i) {
    if (kRoleNames.at(i).name == name) {
      return static_cast<Role>(i);
    }
  }
  return std::nullopt;
}

Scope needs(Role role) noexcept {
  switch (role) {
    case Role::station_clerk:
      return place;
    case Role::enterprise_admin:
    case Role::driver:
    case Role::processor:
      return organisation;
    case Role::regulator_county:
    case Role::inspector:
      return district;
    default:
      return none;
  }
}

std::string table_markdown() {
  std::string text = "| action |";
  std::string rule = "|---|";
  for (const auto& role : kRoleNames) {
    text += " " + std::string(role.name) + " |";
    rule += "---|";
  }
  text += "\n" + rule + "\n";
  for (std::size_t action = 0; action < kActions; ++action) {
    text += "| `" + std::string(kActionNames.at(action)) + "` |";
    for (const Scope scope : kTable.at(action)) {
      text += " " + std::string(scope == none ? "·" : name(scope)) + " |";
    }
    text += "\n";
  }
  return text;
}

}  // namespace huan::access
