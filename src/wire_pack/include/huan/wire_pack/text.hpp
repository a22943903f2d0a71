// SPDX-License-Identifier: Apache-2.0
// A pack's rules as text that is kept on record: the rule files of its folder and of its parents',
// word for word, in one JSON object. Places and prices are not in it: they have records of their
// own; nor is a list of streets or villages over 512 KiB. Reading it back gives the same rules as
// the folder did.
//
//   {"folders":[{"files":{"norms.toml":"…"},"name":"base"},…],"pack":"yangquan","version":"2026.1"}
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "huan/wire_pack/rules.hpp"

namespace huan::wire_pack {

/// RFC 8785 bytes. `folders` is what parse() accepts.
[[nodiscard]] std::string to_text(const std::vector<registry::PackFolder>& folders,
                                  const registry::Pack& pack);

/// The folders again, with the files that were kept. bad_json, bad_field.
[[nodiscard]] base::Result<std::vector<registry::PackFolder>> folders_of_text(
    std::string_view json);

/// bad_json, bad_field, or what parse() refuses.
[[nodiscard]] base::Result<City> from_text(std::string_view json);

/// The rules of lawful buying alone, without reading the rest: what every ticket is held to.
/// bad_json, bad_field, bad_pack.
[[nodiscard]] base::Result<buying::Rules> buying_rules_of(std::string_view json);

/// Does the folder itself lay down rules, beyond what its parents do?
[[nodiscard]] bool states_rules(const registry::PackFolder& folder);

}  // namespace huan::wire_pack
