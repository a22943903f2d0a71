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

TEST(Gateway, ForeignWordsAreOneHarmlessLineWithoutAnybodysNumber) {
  EXPECT_EQ(foreign_words(" 超出额度，\r\n\t请核对 <b>A&B</b> ", ""),
            "超出额度， 请核对 <b>A&B</b>");
  EXPECT_EQ(foreign_words("a\x1b[2Jb\x7f\u0085\u202Ec\u200Bd\uFEFF\U000E0041", ""), "a[2Jbcd");
  EXPECT_EQ(
      foreign_words("卡 6222 0000-1111 2222 与 11010519491231002X 及１３８００００００００", ""),
      "卡 ● 与 ● 及●");
  EXPECT_EQ(foreign_words("1380\u200B0001\u200B234", ""), "●") << "hidden between its digits";
  EXPECT_EQ(foreign_words("2026-11-23 09:30 限额 5000000", ""), "2026-11-23 09:30 限额 5000000");
  EXPECT_EQ(foreign_words("李四与李四四", "李四"), "●与●四");
  EXPECT_EQ(foreign_words("\xff\xfe", ""), "");
  EXPECT_EQ(foreign_words("", "李四"), "");
  std::string many;
  std::string most;
  for (std::size_t i = 0; i < kRefusalWordsMax + 50; ++i) {
    many += "拒";
    most += i < kRefusalWordsMax ? "拒" : "";
  }
  EXPECT_EQ(foreign_words(many, ""), most) << "whole characters";
}

}  // namespace
}  // namespace huan::invoicing
