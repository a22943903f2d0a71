// SPDX-License-Identifier: Apache-2.0
// transform, sell, dispose, adjust, settle
#include <gtest/gtest.h>

#include "desk.hpp"

namespace huan::ledger {
namespace {

/// L1: 1,000 g paper, 4 pieces. L2: 500 g paper.
class Stock : public testing::Test {
 protected:
  Stock() {
    desk_.at("S1",
             R"("type":"receive","from":{"origin":"household","party":"A1"},"points":10,"outputs":[
      {"lot":"L1","material":"paper","mass_g":1000,"pieces":4},{"lot":"L2","material":"paper","mass_g":500}])");
  }
  std::string transform(const std::string& rest, const std::string& place = "S1") {
    return desk_.at(place, R"("type":"transform",)" + rest);
  }
  std::string adjust(const std::string& lines) {
    return desk_.at("S1", R"("type":"adjust","reason":"r","lines":[)" + lines + "]");
  }
  std::string settle(const std::string& legs) {
    return desk_.at("S1", R"("type":"settle","reason":"r","legs":[)" + legs + "]");
  }
  Desk desk_;
};

TEST_F(Stock, TransformAtOnceBalances) {
  EXPECT_EQ(
      transform(
          R"("inputs":[{"lot":"L1","mass_g":1000}],"loss_g":99,"outputs":[{"material":"glass","mass_g":900}])"),
      "not_balanced /loss_g");
  EXPECT_EQ(
      transform(
          R"("inputs":[{"lot":"L1","mass_g":1000}],"loss_g":100,"outputs":[{"lot":"O","material":"glass","mass_g":900,"pieces":1}])"),
      "posted");
  EXPECT_EQ(desk_.g("stock S1 O"), 900);
  EXPECT_EQ(desk_.g("loss sort"), 100);
  EXPECT_EQ(desk_.pieces("count sort"), 3);
  EXPECT_EQ(desk_.flow("in", "paper", "sort"), 1000);
  EXPECT_EQ(desk_.flow("out", "glass", "sort"), 900);
  EXPECT_EQ(desk_.flow("loss", "", "sort"), 100);
}

TEST_F(Stock, ARunHoldsWorkInProgress) {
  EXPECT_EQ(transform(R"("run":"R","outputs":[{"material":"glass","mass_g":1}])"),
            "unknown_run /run");
  EXPECT_EQ(transform(R"("run":"R","inputs":[{"lot":"L1","mass_g":1000}])"), "posted");
  EXPECT_EQ(transform(R"("run":"R","outputs":[{"lot":"O","material":"glass","mass_g":700}])"),
            "posted");
  EXPECT_EQ(desk_.g("wip R"), 300);
  EXPECT_EQ(transform(R"("run":"R","close":true)", "C1"), "unknown_run /run");
  EXPECT_EQ(transform(R"("run":"R","close":true)"), "posted");
  EXPECT_EQ(desk_.g("wip R"), 0);
  EXPECT_EQ(desk_.g("loss R"), 300);
  EXPECT_EQ(desk_.pieces("count R"), 4);
  EXPECT_EQ(transform(R"("run":"R","close":true)"), "already_closed /run");
}

TEST_F(Stock, MoreOutThanInNeedsAReason) {
  transform(R"("run":"R","inputs":[{"lot":"L1","mass_g":1000}])");
  const std::string more = R"("run":"R","outputs":[{"material":"glass","mass_g":1005}])";
  EXPECT_EQ(transform(more), "insufficient_mass /outputs");
  EXPECT_EQ(transform(R"("reason":"rain",)" + more), "posted");
  EXPECT_EQ(desk_.g("loss R"), -5);
  EXPECT_EQ(desk_.g("wip R"), 0);
  const std::string again =
      R"("type":"transform","run":"R","reason":"rain","outputs":[{"material":"glass","mass_g":1007}])";
  EXPECT_EQ(desk_.correct(4, Desk::event("S1", again)), "posted");
  EXPECT_EQ(desk_.g("loss R"), -7) << "a gain with a reason is no imbalance, corrected or not";
  EXPECT_EQ(desk_.g("imbalance wip R"), 0);
}

TEST_F(Stock, AClosedPlaceStartsNoRun) {
  desk_.city.places["S1"].state = PlaceState::closed;
  EXPECT_EQ(transform(R"("run":"R","inputs":[{"lot":"L1","mass_g":1}])"),
            "place_not_active /place");
  EXPECT_EQ(transform(R"("inputs":[{"lot":"L1","mass_g":1}],"loss_g":1)"),
            "place_not_active /place");
  EXPECT_EQ(adjust(R"({"lot":"L1","counted_g":1})"), "posted");
}

TEST_F(Stock, IsSoldAtAPriceOrGivenAway) {
  EXPECT_EQ(desk_.at("S1", R"("type":"sell","to":{"party":"A2"},"payment":{"how":"till","fen":100},
    "inputs":[{"lot":"L1","mass_g":1000,"price_fen":120}])"),
            "posted");
  EXPECT_EQ(desk_.g("sink sold energy"), 1000) << "the buyer's class";
  EXPECT_EQ(desk_.fen("trade S1"), -120);
  EXPECT_EQ(desk_.fen("party A2"), 20);
  EXPECT_EQ(desk_.fen("till S1"), 100);
  EXPECT_EQ(desk_.at("S1", R"("type":"sell","to":{},"inputs":[{"lot":"L2","mass_g":1}])"),
            "posted");
  EXPECT_EQ(desk_.g("sink sold recycle"), 1);
  for (const std::string party : {"X", "A9"}) {  // not on record; ended
    EXPECT_EQ(desk_.at("S1", R"("type":"sell","to":{"party":")" + party +
                                 R"("},"inputs":[{"lot":"L2","mass_g":1}])"),
              "unknown_party /to/party");
    EXPECT_EQ(desk_.at("S1", R"("type":"dispose","method":"landfill","to":{"party":")" + party +
                                 R"("},"inputs":[{"lot":"L2","mass_g":1}])"),
              "unknown_party /to/party");
  }
}

TEST_F(Stock, IsDisposedOf) {
  EXPECT_EQ(
      desk_.at(
          "S1",
          R"("type":"dispose","to":{"party":"A1"},"method":"landfill","inputs":[{"material":"paper","mass_g":7}])"),
      "posted");
  EXPECT_EQ(desk_.g("sink disposed landfill"), 7);
  EXPECT_EQ(desk_.flow("dispose", "paper", "landfill"), 7);
}

TEST_F(Stock, IsCountedByLot) {
  EXPECT_EQ(adjust(R"({"lot":"L1","counted_g":990})"), "posted");
  EXPECT_EQ(desk_.g("stock S1 L1"), 990);
  EXPECT_EQ(desk_.g("variance S1 L1"), 10);
  EXPECT_EQ(adjust(R"({"lot":"L1","counted_g":1000,"book_g":995})"), "posted")
      << "counted when the book said 995";
  EXPECT_EQ(desk_.g("stock S1 L1"), 995);
  EXPECT_EQ(adjust(R"({"lot":"L1","counted_g":0,"book_g":996})"),
            "insufficient_mass /lines/0/counted_g");
  EXPECT_EQ(adjust(R"({"lot":"L9","counted_g":0})"), "unknown_lot /lines/0/lot");
  EXPECT_EQ(desk_.flow("adjust", "paper", ""), -5);
}

TEST_F(Stock, CountedToNothingLeavesNoPiecesAndItemsBehind) {
  EXPECT_EQ(adjust(R"({"lot":"L1","counted_g":1})"), "posted");
  EXPECT_EQ(desk_.pieces("stock S1 L1"), 4) << "some of it is still there";
  EXPECT_EQ(adjust(R"({"lot":"L1","counted_g":0})"), "posted");
  EXPECT_EQ(desk_.pieces("stock S1 L1"), 0);
  EXPECT_EQ(desk_.pieces("variance S1 L1"), 4);
  desk_.at("S1", R"("type":"receive","from":{"origin":"household"},"outputs":[
    {"lot":"L3","material":"paper","mass_g":10,"items":[{"code":"I1","kind":"box"}]}])");
  EXPECT_EQ(adjust(R"({"lot":"L3","counted_g":3,"book_g":13})"), "posted");
  EXPECT_EQ(desk_.g("stock S1 L3"), 0);
  EXPECT_EQ(desk_.item("I1"), "");
  EXPECT_EQ(desk_.correct(5, "null"), "posted");
  EXPECT_EQ(desk_.item("I1"), "L3");
}

TEST_F(Stock, IsCountedByMaterial) {
  EXPECT_EQ(adjust(R"({"material":"paper","counted_g":400})"), "posted");
  EXPECT_EQ(desk_.g("stock S1 L1"), 0);
  EXPECT_EQ(desk_.pieces("variance S1 L1"), 4);
  EXPECT_EQ(desk_.g("stock S1 L2"), 400);
  EXPECT_EQ(adjust(R"({"material":"paper","counted_g":450,"lot_new":"N"})"), "posted");
  EXPECT_EQ(desk_.g("stock S1 N"), 50);
  EXPECT_EQ(adjust(R"({"material":"moon","counted_g":1})"), "unknown_material /lines/0/material");
}

TEST_F(Stock, LinesOfOneCountSeeEachOther) {
  EXPECT_EQ(
      adjust(
          R"({"lot":"L1","counted_g":0},{"lot":"L1","counted_g":20},{"material":"paper","counted_g":10})"),
      "posted");
  EXPECT_EQ(desk_.g("stock S1 L1"), 0);
  EXPECT_EQ(desk_.g("stock S1 L2"), 10);
}

TEST_F(Stock, SettlesMoneyAndPoints) {
  EXPECT_EQ(
      settle(
          R"({"account":"till:S1","unit":"fen","amount":-50},{"account":"party:A1","unit":"fen","amount":50})"),
      "posted");
  EXPECT_EQ(desk_.fen("party A1"), 50);
  EXPECT_EQ(
      settle(
          R"({"account":"party:A1","unit":"points","amount":-8},{"account":"spent:shop","unit":"points","amount":8})"),
      "posted");
  EXPECT_EQ(desk_.points("party A1"), 2);
  EXPECT_EQ(
      settle(
          R"({"account":"party:A1","unit":"points","amount":-3},{"account":"spent:shop","unit":"points","amount":3})"),
      "insufficient_points /legs/0/amount");
}

TEST_F(Stock, APartyThatEndedIsStillSettledWith) {
  EXPECT_EQ(settle(R"({"account":"till:S1","unit":"fen","amount":-5},
                      {"account":"party:A9","unit":"fen","amount":5})"),
            "posted");
  EXPECT_EQ(desk_.fen("party A9"), 5);
}

TEST_F(Stock, SettlementsBalanceBetweenKnownAccounts) {
  EXPECT_EQ(settle(R"({"account":"till:S1","unit":"fen","amount":1})"), "not_balanced /legs");
  EXPECT_EQ(
      settle(
          R"({"account":"till:S1","unit":"fen","amount":1},{"account":"till:S1","unit":"points","amount":-1})"),
      "not_balanced /legs");
  EXPECT_EQ(
      settle(
          R"({"account":"till:X","unit":"fen","amount":1},{"account":"till:S1","unit":"fen","amount":-1})"),
      "unknown_place /legs/0/account");
  EXPECT_EQ(
      settle(
          R"({"account":"till:S1","unit":"fen","amount":1},{"account":"bank:X","unit":"fen","amount":-1})"),
      "unknown_party /legs/1/account");
}

}  // namespace
}  // namespace huan::ledger
