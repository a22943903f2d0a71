// SPDX-License-Identifier: Apache-2.0
// What the doors of lawful buying share.
#pragma once

#include "rules_shelf.hpp"

namespace huan::http {

/// Those in force on the day. not_supported where none are on record.
[[nodiscard]] Result<RulesOnRecord> buying_rules(RulesShelf& shelf, store::Reading& reading,
                                                 const store::CityRow& city, base::Day day);

/// Who belongs to an organisation sees all of its places here.
[[nodiscard]] store::RowScope organisation_scope(store::RowScope scope);

/// The register of purchases: what it asks for, what stands in it, and an entry, made by whoever
/// stands at the scale.
void add_registration_doors(Doors& doors, const std::shared_ptr<RulesShelf>& shelf);

}  // namespace huan::http
