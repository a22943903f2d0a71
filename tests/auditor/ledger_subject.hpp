// SPDX-License-Identifier: Apache-2.0
// The ledger alone: parse_event and post() on a FoldBook, without a store.
#pragma once

#include "subject.hpp"

namespace huan::auditor {

[[nodiscard]] std::unique_ptr<Subject> make_ledger_subject(const World& world);

}  // namespace huan::auditor
