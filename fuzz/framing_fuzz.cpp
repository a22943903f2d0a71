// SPDX-License-Identifier: Apache-2.0
// The borders of HTTP requests must not depend on how the network cuts the bytes.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "../src/http_server/src/framing_guard.hpp"

namespace {

using huan::http_server::FramingGuard;
using huan::http_server::FramingLimits;

struct Outcome {
  std::size_t idle_at{0};  ///< bytes up to the last border between requests
  int status{0};
  bool operator==(const Outcome&) const = default;
};

Outcome run(std::string_view bytes, std::size_t step) {
  FramingLimits limits;
  limits.target_max = 64;
  limits.header_max = 256;
  limits.fields_max = 8;
  limits.body_max = 64;
  limits.chunks_max = 8;
  FramingGuard guard(limits);
  Outcome outcome;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    const auto verdict = guard.inspect(bytes.substr(at, step));
    if (verdict.passed > step) {
      std::abort();
    }
    if (verdict.refusal) {
      outcome.status = verdict.refusal->status;
      return outcome;
    }
    if (guard.is_idle()) {
      outcome.idle_at = at + verdict.passed;
    }
  }
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto whole = run(bytes, size == 0 ? 1 : size);
  const auto single = run(bytes, 1);
  // A line that is over a limit is noticed earlier byte by byte, but then it is refused either way.
  if (whole.status != single.status && (whole.status == 0 || single.status == 0)) {
    std::abort();
  }
  return 0;
}
