// SPDX-License-Identifier: Apache-2.0
// HUAN_ASSERT: a statement about our own code that is never reachable from input. It stays on in
// release: a ledger that has lost its invariants must stop before it writes.
#pragma once

namespace huan::base {

[[noreturn]] void assertion_failed(const char* expression, const char* file, int line) noexcept;

}  // namespace huan::base

#define HUAN_ASSERT(expression)        \
  ((expression) ? static_cast<void>(0) \
                : ::huan::base::assertion_failed(#expression, __FILE__, __LINE__))
