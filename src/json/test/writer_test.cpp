// SPDX-License-Identifier: Apache-2.0
#include "huan/json/writer.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "huan/json/document.hpp"

namespace huan::json {
namespace {

TEST(Writer, PutsCommasWhereTheyBelong) {
  std::string out = "data: ";
  Writer(out)
      .begin_object()
      .member("a", 1)
      .member("b", "x\"[")
      .key("c")
      .begin_array()
      .integer(-2)
      .begin_object()
      .end_object()
      .begin_array()
      .end_array()
      .null()
      .string("{")
      .string(":")
      .raw(R"({"r":0})")
      .number(0.5)
      .number(INFINITY)
      .end_array()
      .member("d", true)
      .member("e", std::string("[,"))
      .key("f")
      .begin_object()
      .end_object()
      .member("g", std::int64_t{7})
      .end_object();
  EXPECT_EQ(
      out,
      R"(data: {"a":1,"b":"x\"[","c":[-2,{},[],null,"{",":",{"r":0},0.5,null],"d":true,"e":"[,","f":{},"g":7})");
}

TEST(Writer, WritesValuesInCanonicalForm) {
  const auto document = Document::parse(R"({"event": {"b" : 1, "a" : [ "\u0041" ]}})");
  ASSERT_TRUE(document.has_value());
  std::string out;
  Writer(out).begin_object().member("e", *document->root().find("event")).end_object();
  EXPECT_EQ(out, R"({"e":{"a":["A"],"b":1}})");
}

}  // namespace
}  // namespace huan::json
