// SPDX-License-Identifier: Apache-2.0
// A row of places, parties, vehicles or materials as a record of the registry, held against the
// registry's own form.
#pragma once

#include <string>

#include "row_values.hpp"

namespace huan::wire_table {

/// Errors name their column. `city` and `now` are what the file leaves open.
base::Result<ImportRecord> read_registry_record(const RowValues& values, TableKind kind,
                                                std::string_view city,
                                                const ImportOptions& options);
/// Of a row of parties: is its name that of a firm or an office for sure?
[[nodiscard]] bool is_organisation(const RowValues& values);

}  // namespace huan::wire_table
