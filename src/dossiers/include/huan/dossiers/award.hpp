// SPDX-License-Identifier: Apache-2.0
// An award 创建 against the pack's list: there is such an award, what is said to be met stands in
// its list of criteria, and who is awarded meets all of them. A criterion is named by its number in
// the list, by its Chinese or its English words, or by all of it ("绿色消费宣传 / green consumption
// is promoted"). Where the list has no criteria, none can be missing.
//
//   HUAN_CHECK(judge_award(duties.awards, dossier));
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/duties/campaign.hpp"
#include "huan/registry/dossier.hpp"

namespace huan::dossiers {

/// Its place in the list; nullopt when no criterion is called so.
[[nodiscard]] std::optional<std::size_t> criterion_of(const duties::Award& award,
                                                      std::string_view text);

/// Of a dossier of the type award, whatever its state. bad_field at the field: an award that the
/// pack does not have, a criterion that is not in its list, one that is not met when awarded.
[[nodiscard]] base::Result<void> judge_award(const std::vector<duties::Award>& awards,
                                             const registry::Dossier& dossier);

}  // namespace huan::dossiers
