// SPDX-License-Identifier: Apache-2.0
// What a record of the registry names has to be there: a place its district and operator, a scale
// its place, a price its material. Judged once, when the record is written, by what is on record
// then.
#pragma once

#include <string>
#include <string_view>

#include "huan/base/result.hpp"
#include "huan/registry/record.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

/// unknown_party, unknown_place, unknown_material, unknown_district; `at` is a pointer from the
/// record's root, "/data/operator". A city whose packs list no districts takes any.
[[nodiscard]] base::Result<void> check_references(const registry::Record& record,
                                                  store::Reading& reading, const std::string& city);

/// Whether what a dossier is about is on record; kinds that the registry does not hold pass.
/// unknown_place, unknown_party, unknown_district.
[[nodiscard]] base::Result<void> check_subject(std::string_view kind, const std::string& id,
                                               store::Reading& reading, const std::string& city);

}  // namespace huan::app
