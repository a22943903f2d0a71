// SPDX-License-Identifier: Apache-2.0
// A pack's rule of points (rewards.toml): what a visit earns, campaigns, when points end, what they
// are worth. A city whose pack has none earns nothing. Rates that no document gives say so
// (`synthetic = true`).
#pragma once

#include <optional>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/registry/pack.hpp"
#include "huan/rewards/rule.hpp"

namespace huan::wire_pack {

/// That of the youngest folder that has one, `pack` being its name; folders as parse() takes them.
/// bad_pack.
[[nodiscard]] base::Result<std::optional<rewards::Rule>> points_rule_of(
    const std::vector<registry::PackFolder>& folders, const registry::Pack& pack);

}  // namespace huan::wire_pack
