// SPDX-License-Identifier: Apache-2.0
// The store in memory: plain maps, the same answers as the real ones, nothing kept beyond the
// object. For tests of what stands on the port; a draw looks at every lot, so keep worlds small.
//
//   const auto store = store::testing::memory_store();
#pragma once

#include <memory>

#include "huan/store/store.hpp"

namespace huan::store::testing {

[[nodiscard]] std::unique_ptr<Store> memory_store();

}  // namespace huan::store::testing
