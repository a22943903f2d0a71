// SPDX-License-Identifier: Apache-2.0
// A measure over ledger, registry or declared values, and its unit, as both indicators and the
// cells of forms write them.
#pragma once

#include <optional>
#include <string_view>

#include "huan/indicators/indicator.hpp"
#include "huan/registry/fields.hpp"

namespace huan::wire_pack {

[[nodiscard]] std::optional<indicators::Measure> read_optional_measure(registry::Fields& f,
                                                                       std::string_view key);
/// The member `unit`; refused when no document writes it so.
[[nodiscard]] indicators::Unit read_unit(registry::Fields& f);

}  // namespace huan::wire_pack
