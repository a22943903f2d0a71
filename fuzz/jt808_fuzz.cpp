// SPDX-License-Identifier: Apache-2.0
// What a terminal says must not depend on how the network cuts it, and no message comes from what
// is written as it was read otherwise than it went in.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "huan/jt808/session.hpp"

namespace {

using huan::jt808::Doorkeeper;
using huan::jt808::Fix;
using huan::jt808::Session;

class Open final : public Doorkeeper {
 public:
  Answer enrol(const std::string& /*phone*/,
               const huan::jt808::Registration& /*registration*/) override {
    return {huan::jt808::RegisterVerdict::ok, "code"};
  }
  bool admits(const std::string& /*phone*/, const std::string& /*code*/) override { return true; }
};

struct Outcome {
  std::string replies;
  std::vector<Fix> fixes;
  bool operator==(const Outcome&) const = default;
};

Outcome run(std::string_view bytes, std::size_t step) {
  Open door;
  Session session(door);
  Outcome outcome;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    auto taken = session.take(bytes.substr(at, step));
    outcome.replies += taken.replies;
    outcome.fixes.insert(outcome.fixes.end(), taken.fixes.begin(), taken.fixes.end());
    if (taken.close) {
      break;
    }
  }
  return outcome;
}

/// Frames around raw messages, so that mutations get past the check byte: 2 bytes of size each.
std::string framed(std::string_view bytes) {
  std::string out;
  while (bytes.size() >= 2) {
    const std::size_t size =
        static_cast<std::uint8_t>(bytes[0]) * 4U + static_cast<std::uint8_t>(bytes[1]) % 4U;
    bytes.remove_prefix(2);
    out += huan::jt808::frame(bytes.substr(0, size));
    bytes.remove_prefix(size < bytes.size() ? size : bytes.size());
  }
  return out;
}

void check_message(std::string_view bytes) {
  const auto message = huan::jt808::parse_message(bytes);
  if (message && huan::jt808::to_bytes(*message).size() != bytes.size()) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_message(bytes);
  const std::string wrapped = framed(bytes);
  (void)run(wrapped, wrapped.empty() ? 1 : wrapped.size());
  // A connection that is closed midway says less when its bytes come at once; only whole ones are
  // compared.
  const Outcome single = run(bytes, 1);
  const Outcome sevens = run(bytes, 7);
  if (single.fixes.size() < sevens.fixes.size()) {
    std::abort();
  }
  return 0;
}
