// SPDX-License-Identifier: Apache-2.0
#include "huan/log/header.hpp"

#include <gtest/gtest.h>

#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"

namespace huan::log {
namespace {

TEST(Header, IsCanonicalAndSmall) {
  Header header;
  header.seq = 9007199254740991;
  header.id = "0197a3c2-7b1e-7c3a-9f00-1234567890ab";
  header.kind = "event";
  header.type = "receive";
  header.time = "2026-11-21T08:30:00+08:00";
  header.recorded_at = "2026-11-21T00:30:02Z";
  header.record = crypto::sha256("abc");
  const std::string bytes = header_bytes(header);
  EXPECT_EQ(
      bytes,
      R"({"id":"0197a3c2-7b1e-7c3a-9f00-1234567890ab","kind":"event","recorded_at":"2026-11-21T00:30:02Z",)"
      R"("seq":9007199254740991,"sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",)"
      R"("time":"2026-11-21T08:30:00+08:00","type":"receive"})");
  const auto document = json::Document::parse(bytes);
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(json::canonical(document->root()), bytes);
  EXPECT_LT(bytes.size(), 1024U);

  std::string reused = "left over";
  header_bytes(header, reused);
  EXPECT_EQ(reused, bytes);
}

}  // namespace
}  // namespace huan::log
