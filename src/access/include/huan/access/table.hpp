// SPDX-License-Identifier: Apache-2.0
// Who may do what (角色与数据权限): one table of roles, actions and how far each reaches. The
// server asks it at every door, the pages are given their column of it, docs/access.md is printed
// from it. It says nothing about single rows: decide.hpp turns a cell into limits for queries.
//
//   reach(Role::station_clerk, Action::read_stock)   // Scope::place
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace huan::access {

enum class Role : std::uint8_t {
#define HUAN_ROLE(id, name, zh) id,
#include "huan/access/roles.inc"
#undef HUAN_ROLE
};

enum class Action : std::uint8_t {
#define HUAN_ACTION(id, name, ...) id,
#include "huan/access/actions.inc"
#undef HUAN_ACTION
};

/// From nothing to everything of the city, or of the server for an account without a city. `own`:
/// what the same principal asked for; `place` and `organisation` are those of the account,
/// `district` with all that its code holds.
enum class Scope : std::uint8_t { none, own, place, organisation, district, all };

inline constexpr std::size_t kRoles = 0
#define HUAN_ROLE(id, name, zh) +1
#include "huan/access/roles.inc"
#undef HUAN_ROLE
    ;
inline constexpr std::size_t kActions = 0
#define HUAN_ACTION(id, name, ...) +1
#include "huan/access/actions.inc"
#undef HUAN_ACTION
    ;

[[nodiscard]] Scope reach(Role role, Action action) noexcept;

[[nodiscard]] std::string_view name(Role role) noexcept;      ///< "station_clerk"
[[nodiscard]] std::string_view name_zh(Role role) noexcept;   ///< "站点人员"
[[nodiscard]] std::string_view name(Action action) noexcept;  ///< "stock.read"
[[nodiscard]] std::string_view name(Scope scope) noexcept;    ///< "place"
/// Also the short names that older tokens carry: regulator, enterprise, clerk.
[[nodiscard]] std::optional<Role> role_from(std::string_view name) noexcept;

/// What a role's account has to say besides its name for its widest reach: a district, an
/// organisation, a place.
[[nodiscard]] Scope needs(Role role) noexcept;

/// The table as Markdown, as docs/access.md holds it.
[[nodiscard]] std::string table_markdown();

}  // namespace huan::access
