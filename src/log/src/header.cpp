// SPDX-License-Identifier: Apache-2.0
#include "huan/log/header.hpp"

#include "huan/base/assert.hpp"
#include "huan/json/writer.hpp"

namespace huan::log {

void header_bytes(const Header& header, std::string& out) {
  out.clear();
  json::Writer(out)
      .begin_object()
      .member("id", header.id)
      .member("kind", header.kind)
      .member("recorded_at", header.recorded_at)
      .member("seq", static_cast<std::int64_t>(header.seq))
      .member("sha256", crypto::hex(header.record))
      .member("time", header.time)
      .member("type", header.type)
      .end_object();
  HUAN_ASSERT(out.size() <= kHeaderMax);
}

std::string header_bytes(const Header& header) {
  std::string out;
  header_bytes(header, out);
  return out;
}

}  // namespace huan::log
