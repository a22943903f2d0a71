// SPDX-License-Identifier: Apache-2.0
#include "huan/booking/states.hpp"

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>

namespace huan::booking {
namespace {

TEST(OrderStates, TheTableIsClosedInItself) {
  std::set<State> reached{State::booked};
  for (const StateInfo& one : states()) {
    EXPECT_EQ(state_from(one.code), one.state);
    std::istringstream next{std::string(one.next)};
    for (std::string word; next >> word;) {
      ASSERT_TRUE(state_from(word)) << one.code << " goes to " << word;
      reached.insert(*state_from(word));
    }
    EXPECT_EQ(one.ended(), one.next.empty()) << one.code;
    EXPECT_FALSE(one.who.empty()) << one.code;
  }
  EXPECT_EQ(reached.size(), states().size()) << "a state that nothing leads to";
  EXPECT_FALSE(state_from("nosuch"));
}

TEST(OrderStates, ACustomerCancelsUntilTheTruckIsOnItsWay) {
  for (const State from : {State::booked, State::planned}) {
    EXPECT_TRUE(judge_move({from, State::cancelled, Mover::resident}).has_value());
    EXPECT_TRUE(info(from).movable());
  }
  const auto late = judge_move({State::on_way, State::cancelled, Mover::resident});
  ASSERT_FALSE(late.has_value());
  EXPECT_EQ(late.error().code, base::ErrorCode::in_use);
  EXPECT_FALSE(info(State::on_way).movable());
}

TEST(OrderStates, WhatWasWeighedIsAcceptedDisputedOrGivenBackByTheCustomer) {
  for (const State to : {State::done, State::disputed, State::returned}) {
    EXPECT_TRUE(judge_move({State::weighed, to, Mover::resident}).has_value());
  }
  const auto forged = judge_move({State::on_way, State::weighed, Mover::resident});
  ASSERT_FALSE(forged.has_value());
  EXPECT_EQ(forged.error().code, base::ErrorCode::forbidden);
  EXPECT_FALSE(judge_move({State::weighed, State::disputed, Mover::driver}).has_value());
}

TEST(OrderStates, WhatHasEndedStays) {
  for (const StateInfo& from : states()) {
    for (const StateInfo& to : states()) {
      if (from.ended()) {
        EXPECT_FALSE(judge_move({from.state, to.state, Mover::desk}).has_value());
      }
    }
  }
}

}  // namespace
}  // namespace huan::booking
