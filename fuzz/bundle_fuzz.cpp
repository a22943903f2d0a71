// SPDX-License-Identifier: Apache-2.0
// Evidence bundles from anywhere, against the public key of the city that made those of the corpus.
// What verifies is one of the corpus, byte for byte, or the same in all that it says.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "huan/app/evidence_bundle.hpp"
#include "huan/base/assert.hpp"

namespace log = huan::log;

namespace {

constexpr std::string_view kKey =
    "huan/130100+6a7ebd53+AZ2RL00hBmW6/ZqiHaRazpxguoMVDiSogwKF26y/tR4r";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto key = log::Verifier::parse(kKey);
  HUAN_ASSERT(key.has_value());
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto checked = huan::app::verify_bundle(text, *key);
  HUAN_ASSERT(!checked.has_value() || (checked->records > 0 && checked->records <= checked->size));
  return 0;
}
