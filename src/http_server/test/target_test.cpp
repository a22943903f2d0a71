// SPDX-License-Identifier: Apache-2.0
#include "huan/http_server/target.hpp"

#include <gtest/gtest.h>

namespace huan::http_server {
namespace {

TEST(Target, TakesPathAndQueryApart) {
  const auto target = parse_target("/api/v1/lots/L%2F1?city=130100&q=a+b%20c&flag&q=%E7%BA%B8");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/api/v1/lots/L%2F1");
  const Pairs expected{{"city", "130100"}, {"q", "a b c"}, {"flag", ""}, {"q", "纸"}};
  EXPECT_EQ(target->query, expected);
}

TEST(Target, KnowsTheFormsOfRfc9112) {
  EXPECT_EQ(parse_target("http://example.test:80/a?b=1")->path, "/a");
  EXPECT_EQ(parse_target("HTTPS://example.test")->path, "/");
  EXPECT_EQ(parse_target("http://example.test?b=1")->query.size(), 1U);
  EXPECT_EQ(parse_target("*")->path, "*");
}

TEST(Target, RefusesWhatCanBeReadInTwoWays) {
  for (const char* bad : {"", "a", "//", "http://", "http:///x", "/a b", "/a#b", "/a\tb", "/a?x=%",
                          "/a?x=%4", "/a?x=%zz", "/a?x=%00", "/a?x=%ff", "/a?x=%c0%af",
                          "/a?x=%ed%a0%80", "/\xe7\xba\xb8", "ftp://x/y"}) {
    if (std::string_view(bad) == "//") {
      EXPECT_EQ(parse_target(bad)->path, "//");  // two empty segments, which no route has
      continue;
    }
    EXPECT_FALSE(parse_target(bad)) << bad;
  }
}

TEST(Target, CountsParameters) {
  std::string query;
  for (std::size_t i = 0; i < kQueryPairsMax; ++i) {
    query += "a=1&";
  }
  EXPECT_EQ(parse_query(query)->size(), kQueryPairsMax);
  query += "a=1";
  EXPECT_EQ(parse_query(query).error().code, base::ErrorCode::too_large);
}

TEST(Target, DecodesSegmentsOneByOne) {
  const std::vector<std::string> expected{"lots", "a/b", "..", ""};
  EXPECT_EQ(*split_path("/lots/a%2Fb/%2e%2E/"), expected);
  EXPECT_EQ(split_path("/")->size(), 1U);
  EXPECT_FALSE(split_path("/a/%"));
  EXPECT_FALSE(split_path("/a/%80"));
  EXPECT_FALSE(split_path("a"));
}

}  // namespace
}  // namespace huan::http_server
