// SPDX-License-Identifier: Apache-2.0
#include "huan/invoicing/gateway.hpp"

#include <gtest/gtest.h>

namespace huan::invoicing {
namespace {

const GatewayRequest kRequest{"130100/INV-1", "{}"};

TEST(Gateway, TheSameRequestHasTheSameNumber) {
  SimulatedGateway gateway;
  const auto first = deliver(gateway, kRequest, 0);
  EXPECT_EQ(first.answer, GatewayAnswer::issued);
  EXPECT_TRUE(first.number.starts_with("SIM"));
  EXPECT_EQ(deliver(gateway, kRequest, 1).number, first.number);
  EXPECT_EQ(deliver(gateway, kRequest, 0).number, first.number);
  EXPECT_EQ(gateway.issued(), 1U);
  EXPECT_NE(deliver(gateway, {"130100/INV-2", "{}"}, 0).number, first.number);
}

TEST(Gateway, ALostAnswerIsFoundAgainAndNothingIsIssuedTwice) {
  for (int down = 0; down < 3; ++down) {
    for (int lost = 0; lost < 3; ++lost) {
      SimulatedGateway gateway({down, lost, 0});
      std::int64_t attempts = 0;
      GatewayReply reply;
      while (reply.answer == GatewayAnswer::no_answer && attempts < 10) {
        reply = deliver(gateway, kRequest, attempts++);
      }
      EXPECT_EQ(reply.answer, GatewayAnswer::issued);
      EXPECT_LE(attempts, down + 2) << "a lost answer is asked for, not sent again";
      EXPECT_EQ(gateway.issued(), 1U);
    }
  }
}

TEST(Gateway, ARefusalIsForGood) {
  SimulatedGateway gateway({0, 0, 1});
  EXPECT_EQ(deliver(gateway, kRequest, 0).answer, GatewayAnswer::refused);
  EXPECT_EQ(gateway.issued(), 0U);
}

}  // namespace
}  // namespace huan::invoicing
