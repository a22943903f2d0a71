// SPDX-License-Identifier: Apache-2.0
// What several kinds of record check in the same way: identifiers, masses, and that no personal
// data gets into the log.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "huan/base/quantity.hpp"
#include "huan/json/value.hpp"
#include "huan/registry/fields.hpp"
#include "huan/registry/identifiers.hpp"

namespace huan::registry {

/// Identity numbers of those not yet born when this was written are no concern of the search.
inline constexpr base::Day kFarDay{54'787};  // 2120-01-01

inline std::optional<base::Mass> as_mass(std::optional<std::int64_t> grams) {
  return grams ? std::optional{base::Mass{*grams}} : std::nullopt;
}

/// Takes a failed identifier check over as the error of the field `key`.
void require_identifier(Fields& f, std::string_view key, base::Result<void> check);
/// Refuses every field whose name says that it holds personal data, but for `allowed`.
void refuse_personal_fields(Fields& f, json::Value object, std::string_view allowed = {});
/// Refuses text with an identity or mobile number in it.
void refuse_personal_text(Fields& f, std::string_view key, std::string_view text);
/// `paper.occ`: segments of [a-z0-9_] joined by dots, at most 40 characters.
[[nodiscard]] bool is_material_code(std::string_view code);

}  // namespace huan::registry
