// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_siting/point_change.hpp"

#include <gtest/gtest.h>

#include "huan/wire_siting/read.hpp"

namespace huan::wire_siting {
namespace {

using base::ErrorCode;
using siting_problem::Kind;
using siting_problem::Problem;

Problem places() {
  auto problem = read("id,x,y,weight,cost\na,0,0,3,5\nb,0,10,1,6\nc,10,0,1,7\n",
                      {Format::csv, Kind::pmedian, 2});
  EXPECT_TRUE(problem.has_value());
  return problem ? std::move(*problem) : Problem{};
}

TEST(PointChange, EachStepIsTakenUp) {
  Problem problem = places();
  const auto changed = change_points(
      problem, R"([{"drop": ["a"], "open": ["b"]}, {"move": [{"id": "c", "to": [20, 1.5]}],
                   "add": [{"id": "d", "at": [5, 5], "like": "b"}]}])");
  ASSERT_TRUE(changed.has_value()) << changed.error().detail;
  EXPECT_EQ(*changed, (std::vector<std::uint32_t>{0, 1, 2, 3}));
  EXPECT_TRUE(problem.is_forbidden(0));
  EXPECT_TRUE(problem.is_required(1));
  EXPECT_EQ(problem.candidates[2].x, 20);
  EXPECT_EQ(problem.customers[2].x, 10);  // who lives there stays
  ASSERT_EQ(problem.candidate_count, 4U);
  EXPECT_EQ(problem.candidate_ids[3], "d");
  EXPECT_TRUE(problem.is_required(3));
  EXPECT_EQ(problem.required.size(), 4U);
  if (!problem.cost.empty()) {
    EXPECT_EQ(problem.cost[3], problem.cost[1]);
  }
}

TEST(PointChange, WithoutIdsNumbersAreMeant) {
  auto problem = read("4 3 2\n1 2 9\n2 3 1\n3 4 1\n", {Format::pmed, Kind::pmedian, std::nullopt});
  ASSERT_TRUE(problem.has_value());
  const auto changed = change_points(*problem, R"({"close": [3]})");
  ASSERT_TRUE(changed.has_value());
  EXPECT_TRUE(problem->is_forbidden(2));
  EXPECT_TRUE(problem->required.empty());
  EXPECT_EQ(change_points(*problem, R"({"move": [{"id": "1", "to": [1, 1]}]})").error().at,
            "/move/0");
}

struct Refusal {
  const char* change;
  ErrorCode code;
  const char* at;
};

TEST(PointChange, WhatCannotBeMeantIsNamedByItsPlace) {
  for (const Refusal& one : std::initializer_list<Refusal>{
           {"7", ErrorCode::bad_field, ""},
           {"[7]", ErrorCode::bad_field, "/0"},
           {R"({"drop": "a"})", ErrorCode::bad_field, "/drop"},
           {R"({"drop": ["z"]})", ErrorCode::bad_field, "/drop/0"},
           {R"({"drop": ["a", {}]})", ErrorCode::bad_field, "/drop/1"},
           {R"({"shut": ["a"]})", ErrorCode::bad_field, "/shut/0"},
           {R"([{"drop": ["a"]}, {"open": ["a"]}])", ErrorCode::duplicate_point, "/1/open/0"},
           {R"({"move": [{"id": "a"}]})", ErrorCode::bad_coordinates, "/move/0/to"},
           {R"({"move": [{"id": "a", "to": [1]}]})", ErrorCode::bad_coordinates, "/move/0/to"},
           {R"({"move": [{"id": "z", "to": [1, 2]}]})", ErrorCode::bad_field, "/move/0/id"},
           {R"({"add": [{"id": "a", "at": [1, 2], "like": "b"}]})", ErrorCode::duplicate_point,
            "/add/0/id"},
           {R"({"add": [{"id": "n", "at": [1, 2]}]})", ErrorCode::bad_field, "/add/0/like"}}) {
    Problem problem = places();
    const auto changed = change_points(problem, one.change);
    ASSERT_FALSE(changed.has_value()) << one.change;
    EXPECT_EQ(changed.error().code, one.code) << one.change;
    EXPECT_EQ(changed.error().at, one.at) << one.change;
  }
}

}  // namespace
}  // namespace huan::wire_siting
