// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/evidence.hpp"

#include <gtest/gtest.h>

#include "huan/json/document.hpp"
#include "huan/registry/record.hpp"

namespace huan::registry {
namespace {

std::string at_of(Kind kind, std::string_view json) {
  const auto document = json::Document::parse(json);
  EXPECT_TRUE(document.has_value());
  const auto data = parse_data(kind, "k", document->root());
  return data ? to_json(*data) : data.error().at;
}

TEST(Evidence, IsReadAndWrittenBack) {
  for (
      const char* text :
      {R"({"fact":"place.walled","from":"2025-03-01","source":"inspection","subject":"S-1","subject_kind":"place","to":"2026-02-28","value":true})",
       R"({"fact":"place.distance_to_housing","source":"survey","subject":"CC-1","subject_kind":"place","unit":"km","value":2})",
       R"({"fact":"place.opened","source":"x","subject":"S","subject_kind":"place","value":"2020-01-01","withdrawn":true})"}) {
    EXPECT_EQ(at_of(Kind::evidence, text), text);
  }
}

TEST(Evidence, IsRefusedWithThePlaceThatIsWrong) {
  const auto with = [](std::string_view members) {
    return at_of(Kind::evidence, R"({"subject":"S-1","subject_kind":"place","fact":"place.x",)" +
                                     std::string(members) + "}");
  };
  EXPECT_EQ(with(R"("value":true)"), "/data/source");
  EXPECT_EQ(with(R"("source":"s")"), "/data/value");
  EXPECT_EQ(with(R"("source":"s","value":[])"), "/data/value");
  EXPECT_EQ(with(R"("source":"s","value":1,"from":"2025-01-02","to":"2025-01-01")"), "/data/to");
  EXPECT_EQ(with(R"("source":"s","value":1,"colour":"red")"), "/data/colour");
  EXPECT_EQ(at_of(Kind::evidence, R"({"subject":"S","subject_kind":"planet","fact":"f"})"),
            "/data/subject_kind");
}

TEST(DeclaredValue, StatesAValueOrWhetherItIsMet) {
  for (
      const char* text :
      {R"({"day":"2025-06-30","indicator":"shijiazhuang.7","source":"ledger Q2","value":92000})",
       R"({"day":"2020-12-31","indicator":"liaocheng.1","is_base":true,"source":"yearbook","value":5})",
       R"({"day":"2025-06-30","indicator":"shijiazhuang.26","met":false,"source":"s","text":"drafting"})"}) {
    EXPECT_EQ(at_of(Kind::indicator_value, text), text);
  }
  const auto with = [](std::string_view members) {
    return at_of(Kind::indicator_value,
                 R"({"indicator":"i","source":"s",)" + std::string(members) + "}");
  };
  EXPECT_EQ(with(R"("value":1)"), "/data/day");
  EXPECT_EQ(with(R"("day":"2025-06-30")"), "/data/value");
  EXPECT_EQ(with(R"("day":"2025-06-30","value":1,"met":true)"), "/data/value");
  EXPECT_EQ(with(R"("day":"2025-06-30","met":1)"), "/data/met");
}

}  // namespace
}  // namespace huan::registry
