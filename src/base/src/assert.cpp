// SPDX-License-Identifier: Apache-2.0
#include "huan/base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace huan::base {

void assertion_failed(const char* expression, const char* file, int line) noexcept {
  std::fprintf(stderr, "huan: assertion failed: %s (%s:%d)\n", expression, file, line);
  std::abort();
}

}  // namespace huan::base
