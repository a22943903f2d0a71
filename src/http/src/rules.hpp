// SPDX-License-Identifier: Apache-2.0
// What each door asks for. A door without a line here does not open: the program stops when it
// starts. Which rows it may show is the door's own business only if its line says so.
#pragma once

#include <optional>
#include <string_view>

#include "huan/access/table.hpp"

namespace huan::http {

/// `filtered`: the door leaves out what is not the asker's. `whole`: it knows no rows of tenants,
/// so that only those come in who reach everything. `nobodys`: what it shows belongs to no tenant.
enum class Rows : std::uint8_t { filtered, whole, nobodys };

struct Rule {
  std::string_view method;
  std::string_view pattern;
  std::optional<access::Action> action;  ///< nullopt: open to all, without a login
  Rows rows{Rows::whole};
};

/// Asserts that there is one.
[[nodiscard]] const Rule& rule_of(std::string_view method, std::string_view pattern);

}  // namespace huan::http
