// SPDX-License-Identifier: Apache-2.0
// What an indicator's bytes say must not depend on how the line cuts them. The first byte chooses
// the protocol and its settings.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "huan/scales/decode.hpp"
#include "huan/scales/encode.hpp"

namespace {

using huan::scales::Decoder;
using huan::scales::DecoderOptions;
using huan::scales::Protocol;
using huan::scales::Reading;

std::vector<Reading> run(std::string_view bytes, const DecoderOptions& options, std::size_t step) {
  Decoder decoder(options);
  std::vector<Reading> readings;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    decoder.feed(bytes.substr(at, step), readings);
  }
  const auto& tally = decoder.tally();
  if (tally.skipped > bytes.size() || readings.size() > tally.frames) {
    std::abort();
  }
  return readings;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  DecoderOptions options;
  options.protocol = static_cast<Protocol>(data[0] % 3);
  options.checksum = (data[0] & 0x40U) == 0;
  options.sign_bit_negative = (data[0] & 0x80U) == 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto whole = run(bytes, options, bytes.empty() ? 1 : bytes.size());
  if (run(bytes, options, 1) != whole || run(bytes, options, 7) != whole) {
    std::abort();
  }
  for (const Reading& reading : whole) {
    (void)huan::scales::encode(reading, options, 2);
    (void)huan::scales::yaohua_reply(bytes.substr(0, 6), 'A', reading);
  }
  return 0;
}
