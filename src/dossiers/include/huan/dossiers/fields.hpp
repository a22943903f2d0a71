// SPDX-License-Identifier: Apache-2.0
// A dossier's fields by name; nothing where the field is absent or of another type.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "huan/registry/dossier.hpp"

namespace huan::dossiers {

[[nodiscard]] std::optional<std::int64_t> amount_in(const registry::Dossier& dossier,
                                                    std::string_view field);
[[nodiscard]] std::optional<base::Day> day_in(const registry::Dossier& dossier,
                                              std::string_view field);
[[nodiscard]] std::string text_in(const registry::Dossier& dossier, std::string_view field);

}  // namespace huan::dossiers
