// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sodium.h>

#include <stdexcept>

namespace huan::crypto {

/// libsodium chooses its implementations once; before that it must not be used from several
/// threads.
inline void sodium_ready() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) {
    throw std::runtime_error("libsodium does not start");
  }
}

}  // namespace huan::crypto
