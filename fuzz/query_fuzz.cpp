// SPDX-License-Identifier: Apache-2.0
// Request targets: whatever parses must be clean text, and must survive being encoded and parsed
// again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "huan/base/text.hpp"
#include "huan/http_server/message.hpp"
#include "huan/http_server/target.hpp"

namespace {

using namespace huan;

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

void check_query(const http_server::Pairs& pairs) {
  std::string again;
  for (const auto& [name, value] : pairs) {
    require(base::is_clean_utf8(name) && base::is_clean_utf8(value));
    again += "&" + base::percent_encode(name) + "=" + base::percent_encode(value);
  }
  const auto parsed = http_server::parse_query(again);
  require(parsed.has_value() && parsed.value() == pairs);
}

void check_path(const std::string& path) {
  const auto segments = http_server::split_path(path);
  if (!segments) {
    return;
  }
  std::string again;
  for (const auto& segment : segments.value()) {
    require(base::is_clean_utf8(segment));
    again += "/" + base::percent_encode(segment);
  }
  require(http_server::split_path(again).value() == segments.value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto target = http_server::parse_target(text)) {
    check_query(target.value().query);
    check_path(target.value().path);
  }
  static_cast<void>(http_server::preferred_language(text));
  static_cast<void>(http_server::accepts_coding(text, "gzip"));
  static_cast<void>(http_server::negotiate(text, {"application/json", "text/csv"}));
  return 0;
}
