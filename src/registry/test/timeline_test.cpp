// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/timeline.hpp"

#include <gtest/gtest.h>

#include <string>

namespace huan::registry {
namespace {

using Names = Timeline<std::string>;

TEST(Timeline, EmptyHoldsNothing) {
  const Names names;
  EXPECT_EQ(names.at({100}), nullptr);
  EXPECT_EQ(names.last(), nullptr);
  EXPECT_EQ(names.version_max(), 0);
}

TEST(Timeline, AnswersByHoldsFromTime) {
  Names names;
  EXPECT_TRUE(names.add({{100}, 1, "first"}));
  EXPECT_TRUE(names.add({{300}, 2, "later"}));
  EXPECT_EQ(names.at({99}), nullptr);
  EXPECT_EQ(*names.at({100}), "first");
  EXPECT_EQ(*names.at({299}), "first");
  EXPECT_EQ(*names.at({300}), "later");
}

TEST(Timeline, AVersionMayBeEnteredLateForAnEarlierTime) {
  Names names;
  EXPECT_TRUE(names.add({{100}, 1, "first"}));
  EXPECT_TRUE(names.add({{300}, 2, "later"}));
  EXPECT_TRUE(names.add({{200}, 3, "between"}));
  EXPECT_EQ(*names.at({250}), "between");
  EXPECT_EQ(*names.at({300}), "later");
  EXPECT_EQ(*names.last(), "later");
  EXPECT_EQ(names.version_max(), 3);
}

TEST(Timeline, OfTheSameTimeTheHigherVersionHolds) {
  Names names;
  EXPECT_TRUE(names.add({{100}, 2, "second"}));
  EXPECT_TRUE(names.add({{100}, 1, "first"}));
  EXPECT_EQ(*names.at({100}), "second");
}

TEST(Timeline, AVersionNumberIsTakenOnce) {
  Names names;
  EXPECT_TRUE(names.add({{100}, 1, "first"}));
  EXPECT_FALSE(names.add({{200}, 1, "other"}));
  EXPECT_EQ(*names.at({200}), "first");
}

}  // namespace
}  // namespace huan::registry
