// SPDX-License-Identifier: Apache-2.0
// Histories by the number, from the first that fails. HUAN_AUDIT_SEED plays one history,
// HUAN_AUDIT_HISTORIES says how many, HUAN_AUDIT_FIRST from which seed on.
#pragma once

#include "audit.hpp"

namespace huan::auditor {

/// Empty, or the report of the first that failed.
[[nodiscard]] std::string audit_all(const MakeSubject& make, std::uint64_t first,
                                    std::uint64_t count);

}  // namespace huan::auditor
