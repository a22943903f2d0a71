// SPDX-License-Identifier: Apache-2.0
#include "huan/json/split.hpp"

#include <gtest/gtest.h>

#include <string>

namespace huan::json {
namespace {

using base::ErrorCode;

std::string pieces(std::string_view body, const SplitOptions& options = {}) {
  const auto split_body = split(body, options);
  if (!split_body.has_value()) {
    return std::string(base::name(split_body.error().code)) + " " + split_body.error().at;
  }
  std::string text = split_body->shape == Shape::one     ? "one"
                     : split_body->shape == Shape::array ? "array"
                                                         : "lines";
  for (const std::string_view item : split_body->items) {
    text.append(" <").append(item).append(">");
  }
  return text;
}

TEST(Split, CutsArrays) {
  EXPECT_EQ(pieces("[]"), "array");
  EXPECT_EQ(pieces(" [ ] "), "array");
  EXPECT_EQ(pieces(R"([{"a":[1,{"x":"]},\"\\"}]} , {"b":"[" },3,"x,y"])"),
            R"(array <{"a":[1,{"x":"]},\"\\"}]}> <{"b":"[" }> <3> <"x,y">)");
  EXPECT_EQ(pieces("[\n{}\n,\n{}\n]\n"), "array <{}> <{}>");
}

TEST(Split, CutsLines) {
  EXPECT_EQ(pieces("{\"a\":1}\n{\"a\":2}\r\n\n{\"b\":\"x\\n\"}"),
            R"(lines <{"a":1}> <{"a":2}> <{"b":"x\n"}>)");
  EXPECT_EQ(pieces("{\"a\":1} \n broken"), R"(lines <{"a":1}> <broken>)");
}

TEST(Split, TakesOneObjectOverManyLines) {
  EXPECT_EQ(pieces("{\n\"a\":1\n}\n"), "one <{\n\"a\":1\n}>");
  EXPECT_EQ(pieces("{\"a\":1}{\"b\":2}"), R"(one <{"a":1}{"b":2}>)");
  EXPECT_EQ(pieces("{\"a\":1"), R"(one <{"a":1>)");
}

TEST(Split, BelievesASenderThatSaysLines) {
  SplitOptions options;
  options.lines_only = true;
  EXPECT_EQ(pieces("{\"a\":\n{}\n[1]", options), "lines <{\"a\":> <{}> <[1]>");
  EXPECT_EQ(pieces("{}", options), "lines <{}>");
}

TEST(Split, NamesTheBrokenPiece) {
  EXPECT_EQ(pieces(""), "bad_json ");
  EXPECT_EQ(pieces(" \n "), "bad_json ");
  EXPECT_EQ(pieces("["), "bad_json /0");
  EXPECT_EQ(pieces("[1,"), "bad_json /1");
  EXPECT_EQ(pieces("[1,,2]"), "bad_json /1");
  EXPECT_EQ(pieces("[1,]"), "bad_json /1");
  EXPECT_EQ(pieces("[1]]"), "bad_json /0");
  EXPECT_EQ(pieces("[1] [2]"), "bad_json /0");
  EXPECT_EQ(pieces("[{},{\"a\":1]"), "bad_json /1");
  EXPECT_EQ(pieces("[{}{}]"), "bad_json /0");
  EXPECT_EQ(pieces("[1}"), "bad_json /0");
  EXPECT_EQ(pieces("[\"a"), "bad_json /0");
  EXPECT_EQ(pieces("[\"a\\"), "bad_json /0");
}

TEST(Split, KeepsItsLimit) {
  SplitOptions options;
  options.items_max = 2;
  EXPECT_EQ(pieces("[1,2]", options), "array <1> <2>");
  EXPECT_EQ(pieces("[1,2,3]", options), "too_large /2");
  options.lines_only = true;
  EXPECT_EQ(pieces("1\n2\n3", options), "too_large /2");
}

}  // namespace
}  // namespace huan::json
