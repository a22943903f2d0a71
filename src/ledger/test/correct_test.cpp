// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "desk.hpp"

namespace huan::ledger {
namespace {

std::string receipt(const std::string& lot, int mass, const std::string& more = "") {
  return R"("type":"receive","from":{"origin":"household"},"outputs":[{"lot":")" + lot +
         R"(","material":"paper","mass_g":)" + std::to_string(mass) + more + "}]";
}
std::string sale(const std::string& lot, int mass) {
  return R"("type":"sell","to":{},"inputs":[{"lot":")" + lot + R"(","mass_g":)" +
         std::to_string(mass) + "}]";
}

TEST(Correct, ReplacesTheOwnLegs) {
  Desk desk;
  desk.at("S1", receipt("L1", 1000));
  EXPECT_EQ(desk.correct(1, Desk::event("S1", receipt("L1", 900))), "posted");
  EXPECT_EQ(desk.g("stock S1 L1"), 900);
  EXPECT_EQ(desk.flow("receive", "paper", "household"), 900);
}

TEST(Correct, OnlyTheLatestVersion) {
  Desk desk;
  desk.at("S1", receipt("L1", 1000));
  desk.correct(1, "null");
  EXPECT_EQ(desk.g("stock S1 L1"), 0);
  EXPECT_EQ(desk.correct(1, "null"), "version_conflict /corrects");
  EXPECT_EQ(desk.correct(9, "null"), "unknown_event /corrects");
  EXPECT_EQ(desk.correct(2, Desk::event("S1", receipt("L1", 7))), "posted")
      << "undone, its lot named again";
  EXPECT_EQ(desk.g("stock S1 L1"), 7);
}

TEST(Correct, WhatUsesExceedStandsAsImbalance) {
  Desk desk;
  desk.at("S1", receipt("L1", 1000));
  desk.at("S1", sale("L1", 800));
  EXPECT_EQ(desk.correct(1, Desk::event("S1", receipt("L1", 500))), "posted");
  EXPECT_EQ(desk.g("stock S1 L1"), 0);
  EXPECT_EQ(desk.g("imbalance stock S1 L1"), -300);
  EXPECT_EQ(desk.flow("imbalance", "paper", ""), 300);
  EXPECT_EQ(desk.at("S1", sale("L1", 1)), "insufficient_mass /inputs/0/mass_g");
  EXPECT_EQ(desk.correct(2, Desk::event("S1", sale("L1", 500))), "posted");
  EXPECT_EQ(desk.g("imbalance stock S1 L1"), 0) << "made good";
}

TEST(Correct, AReplacementMayTakeMoreThanThereIs) {
  Desk desk;
  desk.at("S1", receipt("L1", 1000));
  desk.at("S1", sale("L1", 800));
  EXPECT_EQ(desk.correct(2, Desk::event("S1", sale("L1", 1100))), "posted");
  EXPECT_EQ(desk.g("imbalance stock S1 L1"), -100);
  EXPECT_EQ(desk.flow("imbalance", "paper", ""), 100) << "under its material";
}

TEST(Correct, ACountExplainsAnImbalanceFirst) {
  Desk desk;
  desk.at("S1", receipt("L1", 1000));
  desk.at("S1", sale("L1", 800));
  desk.correct(1, Desk::event("S1", receipt("L1", 500)));
  EXPECT_EQ(desk.at("S1", R"("type":"adjust","reason":"r","lines":[{"lot":"L1","counted_g":5}])"),
            "posted");
  EXPECT_EQ(desk.g("imbalance stock S1 L1"), 0);
  EXPECT_EQ(desk.g("stock S1 L1"), 5);
  EXPECT_EQ(desk.g("variance S1 L1"), -305);
}

TEST(Correct, ACountExplainsMissingPiecesToo) {
  Desk desk;
  desk.at("S1", receipt("L1", 1000, R"(,"pieces":5)"));
  desk.at("S1", sale("L1", 1000));
  desk.correct(1, Desk::event("S1", receipt("L1", 1000, R"(,"pieces":3)")));
  EXPECT_EQ(desk.pieces("imbalance stock S1 L1"), -2);
  EXPECT_EQ(desk.at("S1", R"("type":"adjust","reason":"r","lines":[{"lot":"L1","counted_g":0}])"),
            "posted");
  EXPECT_EQ(desk.pieces("imbalance stock S1 L1"), 0);
  EXPECT_EQ(desk.pieces("variance S1 L1"), -2);
}

TEST(Correct, WhatALotLeavesAtItsOldPlaceIsCountedThere) {
  const auto count = [](const std::string& lot, int mass) {
    return R"("type":"adjust","reason":"r","lines":[{"lot":")" + lot + R"(","counted_g":)" +
           std::to_string(mass) + "}]";
  };
  Desk desk;
  desk.at("S1", receipt("L1", 1000));
  desk.at("S1", count("L1", 1050));
  desk.correct(1, Desk::event("C1", receipt("L1", 1000)));
  EXPECT_EQ(desk.g("stock S1 L1"), 50) << "left behind";
  EXPECT_EQ(desk.at("S1", count("L1", 51)), "unknown_lot /lines/0/lot");
  EXPECT_EQ(desk.at("N1", count("L1", 0)), "unknown_lot /lines/0/lot");
  EXPECT_EQ(desk.at("S1", count("L1", 0)), "posted");
  EXPECT_EQ(desk.g("stock S1 L1"), 0);
  EXPECT_EQ(desk.g("stock C1 L1"), 1000);
  EXPECT_EQ(desk.at("S1", count("L1", 0)), "unknown_lot /lines/0/lot") << "nothing left to count";

  desk.at("S1", receipt("L2", 1000));
  desk.at("S1", sale("L2", 300));
  desk.correct(8, Desk::event("C1", receipt("L2", 1000)));
  EXPECT_EQ(desk.g("imbalance stock S1 L2"), -300);
  EXPECT_EQ(desk.at("S1", count("L2", 0)), "posted");
  EXPECT_EQ(desk.g("imbalance stock S1 L2"), 0);
  EXPECT_EQ(desk.g("variance S1 L2"), -300);
}

TEST(Correct, ReopensAShipmentAndARun) {
  Desk desk;
  desk.at("S1", receipt("L1", 1000));
  desk.at(
      "S1",
      R"("type":"ship","shipment":"T","to":{"place":"C1"},"inputs":[{"lot":"L1","mass_g":600}])");
  desk.at("C1", R"("type":"accept","shipment":"T","total_g":590)");
  EXPECT_EQ(desk.g("variance T L1"), 10);
  EXPECT_EQ(desk.correct(3, "null"), "posted");
  EXPECT_EQ(desk.g("variance T L1"), 0);
  EXPECT_EQ(desk.g("transit T L1"), 600);
  desk.at("S1",
          R"("type":"transform","run":"R","close":true,"inputs":[{"lot":"L1","mass_g":100}])");
  EXPECT_EQ(desk.g("loss R"), 100);
  desk.correct(5, "null");
  EXPECT_EQ(desk.g("loss R"), 0);
  EXPECT_EQ(desk.g("stock S1 L1"), 400);
}

TEST(Correct, ARunsLossIsItsProcesssWhoeverReopensIt) {
  Desk desk;
  desk.at("S1", receipt("L1", 1000));
  desk.at("S1", R"("type":"transform","run":"R","process":"bale","close":true,
    "inputs":[{"lot":"L1","mass_g":100}])");
  EXPECT_EQ(desk.flow("loss", "", "bale"), 100);
  desk.correct(2, Desk::event("S1", sale("L1", 100)));
  EXPECT_EQ(desk.flow("loss", "", "bale"), 0);
  EXPECT_EQ(desk.flow("loss", "", "recycle"), 0);
}

TEST(Correct, WhatIsKeptIsCountedWhereItStands) {
  Desk desk;
  desk.at("S1", receipt("L1", 1000));
  desk.at("S1", sale("L1", 800));
  desk.correct(1, Desk::event("C1", receipt("L1", 1000)));
  EXPECT_EQ(desk.g("imbalance stock S1 L1"), -800);
  EXPECT_EQ(desk.flow_at("S1", "imbalance"), 800) << "stock, not the place of the replacement";
  EXPECT_EQ(desk.flow_at("C1", "imbalance"), 0);
  EXPECT_EQ(desk.flow_at("S1", "receive") + desk.flow_at("S1", "imbalance"),
            desk.flow_at("S1", "sell"));

  desk.at("S1", receipt("L2", 1000));
  desk.at("S1", R"("type":"transform","run":"R","close":true,
    "inputs":[{"lot":"L2","mass_g":100}])");
  EXPECT_EQ(desk.flow_at("S1", "loss"), 100);
  desk.correct(5, Desk::event("C1", sale("L1", 100)));
  EXPECT_EQ(desk.flow_at("S1", "loss"), 0) << "the run's";
  EXPECT_EQ(desk.flow_at("C1", "loss"), 0);
}

TEST(Correct, ADrawTakesTheLotsOfTheVersionBeforeFirst) {
  Desk desk;
  desk.at("S1", receipt("L1", 100));
  desk.at("S1", receipt("L2", 100));
  desk.at("S1", sale("L2", 50));
  const std::string draw = R"("type":"sell","to":{},"inputs":[{"material":"paper","mass_g":)";
  EXPECT_EQ(desk.correct(3, Desk::event("S1", draw + "60}]")), "posted");
  EXPECT_EQ(desk.g("stock S1 L2"), 40);
  EXPECT_EQ(desk.g("stock S1 L1"), 100);
  EXPECT_EQ(desk.correct(4, Desk::event("S1", draw + "250}]")), "posted");
  EXPECT_EQ(desk.g("imbalance stock S1 L2"), -50);
}

TEST(Correct, AVoidedCorrectionGivesNoItemsBackThatItTookItself) {
  Desk desk;
  desk.at("S1", receipt("L1", 10, R"(,"items":[{"code":"I1","kind":"box"}])"));
  desk.correct(1, Desk::event("S1", receipt("L1", 10)));
  EXPECT_EQ(desk.item("I1"), "");
  desk.correct(2, "null");
  EXPECT_EQ(desk.item("I1"), "") << "no event in force says that it is there";
}

const char* const kBox = R"(,"items":[{"code":"I1","kind":"box"}])";

TEST(Correct, WhatNoEventInForceSaysOfAnItemIsForgotten) {
  Desk desk;
  desk.at("S1", receipt("L1", 10, kBox));
  desk.at("S1", sale("L1", 10));
  desk.correct(1, "null");
  EXPECT_EQ(desk.item("I1"), "") << "sold";
  desk.correct(2, "null");
  EXPECT_EQ(desk.item("I1"), "") << "neither received nor sold";
  desk.correct(3, Desk::event("S1", receipt("L1", 10, kBox)));
  EXPECT_EQ(desk.item("I1"), "L1");
}

TEST(Correct, AnItemIsWhereTheLastMoveInForcePutIt) {
  Desk desk;
  desk.at("S1", receipt("L1", 10, kBox));
  desk.at("S1", sale("L1", 10));
  desk.at("S1", receipt("L3", 10, kBox));
  desk.correct(2, "null");
  EXPECT_EQ(desk.item("I1"), "L3");
  desk.correct(3, "null");
  EXPECT_EQ(desk.item("I1"), "L1") << "as if it had never left";
}

TEST(Correct, AnItemThatMovedOnStaysThere) {
  Desk desk;
  desk.at("S1", receipt("L1", 10, kBox));
  desk.at("S1", sale("L1", 10));
  EXPECT_EQ(desk.correct(1, Desk::event("S1", receipt("L1", 11, kBox))), "posted");
  EXPECT_EQ(desk.item("I1"), "") << "sold";
  desk.correct(2, "null");
  EXPECT_EQ(desk.item("I1"), "L1") << "of the replacement";
}

TEST(Correct, AnAcceptFindsItsItemsThoughTheyWereSoldSince) {
  Desk desk;
  desk.at("S1", receipt("L1", 10, kBox));
  desk.at(
      "S1",
      R"("type":"ship","shipment":"T","to":{"place":"C1"},"inputs":[{"lot":"L1","mass_g":10}])");
  const auto accept = [](int mass) {
    return R"("type":"accept","shipment":"T","final":true,"lines":[{"line":"L1","lot":"L2","accepted_g":)" +
           std::to_string(mass) + "}]";
  };
  desk.at("C1", accept(9));
  EXPECT_EQ(desk.item("I1"), "L2");
  desk.at("C1", sale("L2", 9));
  EXPECT_EQ(desk.correct(1, Desk::event("S1", receipt("L1", 12, kBox))), "posted");
  EXPECT_EQ(desk.correct(3, Desk::event("C1", accept(10))), "posted");
  EXPECT_EQ(desk.item("I1"), "") << "sold";
  desk.correct(4, "null");
  EXPECT_EQ(desk.item("I1"), "L2");
}

TEST(Correct, AReplacementThatFirstNamesAnItemMovesIt) {
  Desk desk;
  desk.at("S1", sale("L9", 1));
  desk.at("S1", receipt("L1", 10));
  desk.at("S1", sale("L1", 5));
  desk.at("S1", receipt("L2", 10, kBox));
  EXPECT_EQ(desk.correct(3, Desk::event("S1", sale("L2", 10))), "posted");
  EXPECT_EQ(desk.item("I1"), "") << "though its lot was received later";
  desk.correct(5, "null");
  EXPECT_EQ(desk.item("I1"), "L2");
}

TEST(Correct, KeepsItsTicket) {
  Desk desk;
  desk.at("S1", R"("ticket":"D-1",)" + receipt("L1", 10));
  EXPECT_EQ(desk.correct(1, Desk::event("S1", R"("ticket":"D-1",)" + receipt("L1", 11))), "posted");
  desk.at("S1", R"("ticket":"D-2",)" + receipt("L2", 10));
  EXPECT_EQ(desk.correct(2, Desk::event("S1", R"("ticket":"D-2",)" + receipt("L1", 11))),
            "number_range /replacement/ticket");
}

std::string ticket(const std::string& number, const std::string& rest) {
  return R"("ticket":")" + number + R"(",)" + rest;
}
std::string correction(int n, const std::string& replacement) {
  return R"("type":"correct","reason":"r","corrects":")" + Desk::id(n) + R"(","replacement":)" +
         replacement;
}

TEST(Correct, ATicketIsOfTheEventInAllItsVersions) {
  Desk desk;
  desk.at("S1", ticket("D-1", receipt("L1", 10)));
  EXPECT_EQ(desk.correct(1, Desk::event("S1", ticket("D-2", receipt("L1", 10)))), "posted");
  EXPECT_EQ(desk.correct(2, Desk::event("S1", ticket("D-1", receipt("L1", 10)))), "posted");
  EXPECT_EQ(desk.at("S1", ticket("D-1", receipt("L2", 10))), "number_range /ticket")
      << "moved on with its version";
  EXPECT_EQ(desk.correct(3, "null"), "posted");
  EXPECT_EQ(desk.correct(5, Desk::event("S1", ticket("D-1", receipt("L1", 10)))), "posted")
      << "undone";
  EXPECT_EQ(desk.at("S1", ticket("D-1", receipt("L2", 10))), "number_range /ticket");
}

TEST(Correct, ANumberThatNoVersionInForceCarriesIsFreeAndRaised) {
  Desk desk;
  desk.at("S1", ticket("D-8", receipt("L1", 10)));  // mistyped
  desk.correct(1, Desk::event("S1", ticket("D-7", receipt("L1", 10))));
  EXPECT_EQ(desk.at("S1", ticket("D-8", receipt("L2", 10))), "posted ticket_again");
  EXPECT_EQ(desk.correct(2, Desk::event("S1", ticket("D-8", receipt("L1", 10)))),
            "number_range /replacement/ticket")
      << "another event carries it now";
  EXPECT_EQ(desk.correct(3, "null"), "posted");
  EXPECT_EQ(desk.at("S1", ticket("D-8", receipt("L3", 10))), "posted ticket_again");
  EXPECT_EQ(desk.correct(5, Desk::event("S1", ticket("D-8", receipt("L2", 10)))),
            "number_range /replacement/ticket");
}

TEST(Correct, ACorrectionsOwnTicketAndVehicleAreJudgedAndKept) {
  Desk desk;
  desk.at("S1", ticket("D-1", receipt("L1", 10)));
  desk.at("S1", ticket("D-2", receipt("L2", 10)));
  EXPECT_EQ(desk.at("S1", R"("vehicle":"V9",)" + correction(1, "null")),
            "unknown_vehicle /vehicle");
  EXPECT_EQ(desk.at("S1", ticket("D-2", correction(1, "null"))), "number_range /ticket");
  const std::string again = Desk::event("S1", ticket("D-1", receipt("L1", 11)));
  EXPECT_EQ(desk.at("S1", R"("vehicle":"V1",)" + ticket("D-4", correction(1, again))),
            "posted ticket_gap");
  EXPECT_EQ(desk.at("S1", ticket("D-4", receipt("L3", 10))), "number_range /ticket");
  EXPECT_EQ(desk.at("S1", ticket("D-1", receipt("L3", 10))), "number_range /ticket");
  EXPECT_EQ(desk.at("S1", ticket("D-4", correction(5, "null"))), "posted") << "its own chain's";
}

TEST(Correct, RefusesWithThePointerIntoTheReplacement) {
  Desk desk;
  desk.at("S1", receipt("L1", 10));
  desk.at("S1", receipt("L2", 10));
  EXPECT_EQ(desk.correct(1, Desk::event("X1", receipt("L1", 11))),
            "unknown_place /replacement/place");
  EXPECT_EQ(desk.correct(1, Desk::event("S1", receipt("L2", 11))),
            "lot_exists /replacement/outputs/0/lot");
}

TEST(Correct, ReversingLegsKeepTheDayOfWhatTheyReverse) {
  Desk desk;
  desk.at("S1", R"("time":"2026-02-27T08:00:00+08:00",)" + receipt("L1", 10));
  desk.correct(1, Desk::event("S1", receipt("L1", 12)));
  EXPECT_EQ(desk.flow("receive", "paper", "household"), 12);
}

}  // namespace
}  // namespace huan::ledger
