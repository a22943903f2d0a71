// SPDX-License-Identifier: Apache-2.0
#include "huan/rounds/drive.hpp"

#include <gtest/gtest.h>

namespace huan::rounds {
namespace {

base::Instant at(const char* text) { return *base::parse_time(text); }

Stop stop_of(const char* id, StopKind kind) {
  Stop stop;
  stop.id = id;
  stop.kind = kind;
  stop.ref = id;
  stop.place = "P-1";
  stop.from_s = 8 * 3'600;
  stop.to_s = 10 * 3'600;
  return stop;
}

Round round() {
  Round round;
  round.day = *base::parse_day("2026-11-23");
  round.vehicle = "V-1";
  round.state = RoundState::published;
  round.stops = {stop_of("o:1", StopKind::order), stop_of("s:1", StopKind::station),
                 stop_of("u:1:C", StopKind::unload)};
  return round;
}

Step step(const char* stop, StopState to, std::vector<Loaded> loaded = {}) {
  return {stop, to, at("2026-11-23T01:00:00Z"), "", std::move(loaded)};
}

TEST(Drive, ADoorIsWeighedBeforeItIsDoneAndAStationIsLoaded) {
  Round day = round();
  EXPECT_EQ(take_step(day, step("o:1", StopState::done)).error().code, base::ErrorCode::bad_field);
  ASSERT_TRUE(take_step(day, step("o:1", StopState::arrived)).has_value());
  EXPECT_EQ(take_step(day, step("o:1", StopState::done)).error().at, "/to");
  EXPECT_EQ(take_step(day, step("o:1", StopState::weighed)).error().at, "/loaded");
  ASSERT_TRUE(
      take_step(day, step("o:1", StopState::weighed, {{"paper", base::Mass{5}}})).has_value());
  ASSERT_TRUE(take_step(day, step("o:1", StopState::done)).has_value());
  EXPECT_EQ(day.stops[0].loaded.front().mass.count(), 5);
  ASSERT_TRUE(take_step(day, step("s:1", StopState::arrived)).has_value());
  EXPECT_FALSE(take_step(day, step("s:1", StopState::weighed, {{"x", base::Mass{1}}})).has_value());
  EXPECT_EQ(take_step(day, step("s:1", StopState::done)).error().at, "/loaded");
}

TEST(Drive, TheSameStepAgainChangesNothing) {
  Round day = round();
  EXPECT_EQ(*take_step(day, step("o:1", StopState::arrived)), Stepped::taken);
  EXPECT_EQ(*take_step(day, step("o:1", StopState::arrived)), Stepped::again);
  const auto weigh = step("o:1", StopState::weighed, {{"paper", base::Mass{5}}});
  EXPECT_EQ(*take_step(day, weigh), Stepped::taken);
  EXPECT_EQ(*take_step(day, weigh), Stepped::again);
  EXPECT_EQ(*take_step(day, step("o:1", StopState::weighed, {{"paper", base::Mass{6}}})),
            Stepped::taken);
  day.state = RoundState::closed;  // what was sent before the end came back late
  EXPECT_EQ(take_step(day, step("o:1", StopState::done)).error().code, base::ErrorCode::in_use);
}

TEST(Drive, WhatIsNotTakenSaysWhyAndIsNotOnBoard) {
  Round day = round();
  ASSERT_TRUE(take_step(day, step("o:1", StopState::arrived)).has_value());
  ASSERT_TRUE(
      take_step(day, step("o:1", StopState::weighed, {{"paper", base::Mass{5}}})).has_value());
  EXPECT_EQ(take_step(day, step("o:1", StopState::refused)).error().at, "/reason");
  Step refused = step("o:1", StopState::refused);
  refused.reason = "wet";
  ASSERT_TRUE(take_step(day, refused).has_value());
  EXPECT_TRUE(on_board(day).empty());
  EXPECT_EQ(take_step(day, step("no", StopState::arrived)).error().code,
            base::ErrorCode::not_found);
}

TEST(Drive, ADayAddsUpWhenAllHasEndedAndNothingIsOnBoard) {
  Round day = round();
  Step missed = step("o:1", StopState::missed);
  missed.reason = "road closed";
  ASSERT_TRUE(take_step(day, missed).has_value());
  ASSERT_TRUE(take_step(day, {"s:1", StopState::arrived, at("2026-11-23T02:00:01Z"), "", {}}));
  ASSERT_TRUE(take_step(day, step("s:1", StopState::done, {{"paper", base::Mass{7}}})));
  EXPECT_EQ(on_board(day).front().mass.count(), 7);
  EXPECT_FALSE(balance_of(day, 8 * 3'600).holds());
  ASSERT_TRUE(take_step(day, step("u:1:C", StopState::arrived)));
  ASSERT_TRUE(take_step(day, step("u:1:C", StopState::done, {{"paper", base::Mass{7}}})));
  const Balance sums = balance_of(day, 8 * 3'600);
  EXPECT_TRUE(sums.holds());
  EXPECT_EQ(sums.missed, 1);
  EXPECT_EQ(sums.done, 2);
  EXPECT_EQ(sums.late, 1);  // ten o'clock and a second, local time
  EXPECT_TRUE(on_board(day).empty());
}

}  // namespace
}  // namespace huan::rounds
