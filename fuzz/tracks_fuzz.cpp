// SPDX-License-Identifier: Apache-2.0
// What can be decoded is encoded and decoded to the same again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "huan/tracks/codec.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto track = huan::tracks::decode({reinterpret_cast<const char*>(data), size});
  if (track) {
    const auto again = huan::tracks::decode(huan::tracks::encode(*track));
    if (!again || *again != *track) {
      std::abort();
    }
  }
  return 0;
}
