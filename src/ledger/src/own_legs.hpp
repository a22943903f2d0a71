// SPDX-License-Identifier: Apache-2.0
// The own legs of each type of event (events.md §3), one file a type.
#pragma once

#include "worksheet.hpp"

namespace huan::ledger {

base::Result<void> post_receive(Worksheet& sheet);
base::Result<void> post_ship(Worksheet& sheet);
base::Result<void> post_accept(Worksheet& sheet);
base::Result<void> post_transform(Worksheet& sheet);
base::Result<void> post_sell(Worksheet& sheet);
base::Result<void> post_dispose(Worksheet& sheet);
base::Result<void> post_adjust(Worksheet& sheet);
base::Result<void> post_settle(Worksheet& sheet);

}  // namespace huan::ledger
