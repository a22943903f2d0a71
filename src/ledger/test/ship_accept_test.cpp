// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "desk.hpp"

namespace huan::ledger {
namespace {

/// L1: 1,000 g paper, 4 pieces. L2: 500 g paper. L3: 300 g glass.
class Shipment : public testing::Test {
 protected:
  Shipment() {
    desk_.at("S1", R"("type":"receive","from":{"origin":"household"},"outputs":[
      {"lot":"L1","material":"paper","mass_g":1000,"pieces":4},
      {"lot":"L2","material":"paper","mass_g":500},{"lot":"L3","material":"glass","mass_g":300}])");
  }
  std::string ship(const std::string& inputs, const std::string& to = R"("place":"C1")") {
    return desk_.at(
        "S1", R"("type":"ship","shipment":"T1","to":{)" + to + R"(},"inputs":[)" + inputs + "]");
  }
  std::string accept(const std::string& rest, const std::string& place = "C1") {
    return desk_.at(place, R"("type":"accept","shipment":"T1",)" + rest);
  }
  void ship_all() {
    ASSERT_EQ(
        ship(R"({"lot":"L1","mass_g":1000},{"lot":"L2","mass_g":500},{"lot":"L3","mass_g":300})"),
        "posted");
  }
  Desk desk_;
};

TEST_F(Shipment, TakesStockOnTheWay) {
  EXPECT_EQ(ship(R"({"lot":"L1","mass_g":400,"pieces":1})"), "posted");
  EXPECT_EQ(desk_.g("stock S1 L1"), 600);
  EXPECT_EQ(desk_.g("transit T1 L1"), 400);
  EXPECT_EQ(desk_.pieces("transit T1 L1"), 1);
  EXPECT_EQ(ship(R"({"lot":"L1","mass_g":600})"), "posted") << "a round";
  EXPECT_EQ(desk_.pieces("transit T1 L1"), 4) << "the whole lot takes all its pieces along";
}

TEST_F(Shipment, DrawsAMaterialByAge) {
  EXPECT_EQ(ship(R"({"material":"paper","mass_g":1200})"), "posted");
  EXPECT_EQ(desk_.g("transit T1 L1"), 1000);
  EXPECT_EQ(desk_.pieces("transit T1 L1"), 4);
  EXPECT_EQ(desk_.g("transit T1 L2"), 200);
  EXPECT_EQ(ship(R"({"material":"paper","mass_g":301})"), "insufficient_mass /inputs/0/mass_g");
}

TEST_F(Shipment, RefusesWhatIsNotThere) {
  EXPECT_EQ(ship(R"({"lot":"L9","mass_g":1})"), "unknown_lot /inputs/0/lot");
  EXPECT_EQ(ship(R"({"lot":"L1","mass_g":1001})"), "insufficient_mass /inputs/0/mass_g");
  EXPECT_EQ(ship(R"({"lot":"L1","mass_g":1,"pieces":5})"), "insufficient_mass /inputs/0/pieces");
  EXPECT_EQ(ship(R"({"lot":"L1","mass_g":1000,"pieces":3})"), "bad_field /inputs/0/pieces");
  EXPECT_EQ(ship(R"({"lot":"L1","mass_g":1,"items":["I1"]})"), "unknown_item /inputs/0/items/0");
  EXPECT_EQ(ship(R"({"material":"moon","mass_g":1})"), "unknown_material /inputs/0/material");
  EXPECT_EQ(ship(R"({"lot":"L1","mass_g":1})", R"("place":"X1")"), "unknown_place /to/place");
  desk_.city.held_lot = "L1";
  EXPECT_EQ(ship(R"({"lot":"L1","mass_g":1})"), "held /inputs/0/lot");
}

TEST_F(Shipment, ALotIsNotUsedBeforeItWasMade) {
  EXPECT_EQ(desk_.at("S1", R"("time":"2026-03-02T07:49:59+08:00","type":"ship","shipment":"T1",
    "to":{"place":"C1"},"inputs":[{"lot":"L1","mass_g":1}])"),
            "before_lot /inputs/0/lot");
  EXPECT_EQ(desk_.at("S1", R"("time":"2026-03-02T07:50:00+08:00","type":"ship","shipment":"T1",
    "to":{"place":"C1"},"inputs":[{"lot":"L1","mass_g":1}])"),
            "posted");
}

TEST_F(Shipment, GoesToOnePlace) {
  ASSERT_EQ(ship(R"({"lot":"L1","mass_g":1})"), "posted");
  EXPECT_EQ(ship(R"({"lot":"L1","mass_g":1})", R"("place":"N1")"), "bad_field /to");
}

TEST_F(Shipment, ToAnotherCityItsPapersStandForIt) {
  ASSERT_EQ(ship(R"({"lot":"L1","mass_g":1000})", R"("place":"K1","city":"130200")"), "posted");
  EXPECT_EQ(desk_.g("abroad 130200 T1 L1"), 1000);
  EXPECT_EQ(desk_.flow("ship", "paper", "other-city:130200"), 1000);
  EXPECT_EQ(accept(R"("total_g":1000)"), "unknown_shipment /shipment");
}

TEST_F(Shipment, IsAcceptedByLine) {
  ship_all();
  EXPECT_EQ(accept(R"("lines":[{"line":"L1","accepted_g":990,"lot":"A1"}])"), "posted");
  EXPECT_EQ(desk_.g("stock C1 A1"), 990);
  EXPECT_EQ(desk_.g("transit T1 L1"), 10);
  EXPECT_EQ(desk_.pieces("stock C1 A1"), 0) << "pieces stay with the rest";
  EXPECT_EQ(accept(R"("lines":[{"line":"L1","accepted_g":10,"lot":"A2"}])"), "posted");
  EXPECT_EQ(desk_.pieces("stock C1 A2"), 4);
  EXPECT_EQ(accept(R"("lines":[{"line":"L9","accepted_g":1}])"), "unknown_lot /lines/0/line");
  EXPECT_EQ(accept(R"("lines":[{"line":"L2","material":"glass","accepted_g":1}])"),
            "bad_field /lines/0/material");
}

TEST_F(Shipment, IsAcceptedByMaterialInProportion) {
  ship_all();
  EXPECT_EQ(accept(R"("lines":[{"material":"paper","accepted_g":751,"lot":"A1"}])"), "posted");
  EXPECT_EQ(desk_.g("stock C1 A1"), 751);
  EXPECT_EQ(desk_.g("transit T1 L1"), 1000 - 501);  // 500.67
  EXPECT_EQ(desk_.g("transit T1 L2"), 500 - 250);   // 250.33
}

TEST_F(Shipment, IsAcceptedByTotalAndClosed) {
  ship_all();
  EXPECT_EQ(accept(R"("total_g":1790,"refused_g":179)"), "posted");
  EXPECT_EQ(desk_.g("stock C1 " + Desk::id(3) + ".1"), 1343);  // paper
  EXPECT_EQ(desk_.g("stock C1 " + Desk::id(3) + ".2"), 268);   // glass
  EXPECT_EQ(desk_.g("transit T1 L1") + desk_.g("transit T1 L2") + desk_.g("transit T1 L3"), 0);
  EXPECT_EQ(desk_.g("variance T1 L1") + desk_.g("variance T1 L2") + desk_.g("variance T1 L3"), 10);
  EXPECT_EQ(desk_.g("transit " + Desk::id(3) + " L1") + desk_.g("transit " + Desk::id(3) + " L2") +
                desk_.g("transit " + Desk::id(3) + " L3"),
            179);
  EXPECT_EQ(accept(R"("total_g":1)"), "already_closed /shipment");
  EXPECT_EQ(desk_.at("S1", R"("type":"accept","shipment":")" + Desk::id(3) + R"(","total_g":179)"),
            "posted");
}

TEST_F(Shipment, BothEndsAreCompared) {
  ship_all();
  EXPECT_EQ(accept(R"("final":true,"lines":[{"line":"L1","accepted_g":989},
    {"line":"L2","accepted_g":500},{"line":"L3","accepted_g":250}])"),
            "posted two_ends")
      << "11 g of 1,000 are beyond 10 per mille; 50 g of glass are not beyond 50 g";
  EXPECT_EQ(desk_.g("variance T1 L1"), 11);
  EXPECT_EQ(desk_.g("variance T1 L3"), 50);
}

TEST_F(Shipment, MoreThanShippedIsAnImbalanceUntilClosed) {
  ship_all();
  EXPECT_EQ(accept(R"("lines":[{"line":"L1","accepted_g":1003}])"), "posted");
  EXPECT_EQ(desk_.g("transit T1 L1"), 0);
  EXPECT_EQ(desk_.g("imbalance transit T1 L1"), -3);
  EXPECT_EQ(
      accept(
          R"("final":true,"lines":[{"line":"L2","accepted_g":500},{"line":"L3","accepted_g":300}])"),
      "posted");
  EXPECT_EQ(desk_.g("imbalance transit T1 L1"), 0);
  EXPECT_EQ(desk_.g("variance T1 L1"), -3);
}

TEST_F(Shipment, WhatIsDoubtfulIsRaised) {
  ship_all();
  EXPECT_EQ(accept(R"("lines":[{"line":"L2","accepted_g":1}])", "N1"), "posted diverted");
  desk_.city.materials["metal"] = {};
  EXPECT_EQ(accept(R"("lines":[{"material":"metal","accepted_g":5}])"), "posted not_declared");
  EXPECT_EQ(desk_.g("imbalance transit T1 %metal"), -5);
  desk_.city.not_taken = desk_.city.not_qualified = "paper";
  EXPECT_EQ(accept(R"("lines":[{"line":"L2","accepted_g":1}])"),
            "posted material_not_allowed not_qualified");
}

TEST_F(Shipment, LinesShippedAfterTheEndAreVariance) {
  ASSERT_EQ(ship(R"({"lot":"L1","mass_g":1000})"), "posted");
  ASSERT_EQ(accept(R"("total_g":1000)"), "posted");
  EXPECT_EQ(ship(R"({"lot":"L2","mass_g":500})"), "posted");
  EXPECT_EQ(desk_.g("transit T1 L2"), 0);
  EXPECT_EQ(desk_.g("variance T1 L2"), 500);
}

TEST_F(Shipment, ItemsTravelWithTheirLot) {
  desk_.at(
      "S1",
      R"("type":"receive","from":{"origin":"household"},"outputs":[{"lot":"B","material":"paper",
    "mass_g":10,"items":[{"code":"I1","kind":"box"},{"code":"I2","kind":"box"}]}])");
  ASSERT_EQ(ship(R"({"lot":"B","mass_g":10})"), "posted");
  EXPECT_EQ(
      accept(R"("lines":[{"line":"B","accepted_g":6,"refused_g":4,"lot":"A","items":["I2"]}])"),
      "posted");
  EXPECT_EQ(desk_.item("I2"), "A");
  EXPECT_EQ(desk_.item("I1"), "%" + Desk::id(4) + "%B") << "on its way back";
  EXPECT_EQ(accept(R"("lines":[{"line":"B","accepted_g":1,"items":["I1"]}])"),
            "unknown_item /lines/0/items/0");
}

TEST_F(Shipment, FromAnotherCityThePapersSayWhatWasSent) {
  EXPECT_EQ(
      desk_.at("C1", R"("type":"accept","shipment":"F1","from_city":"130200","final":true,"lines":[
    {"line":"Q1","material":"paper","declared_g":100,"accepted_g":90,"refused_g":5,"pieces":2}])"),
      "posted");
  EXPECT_EQ(desk_.g("abroad 130200 F1 Q1"), -95);
  EXPECT_EQ(desk_.g("stock C1 " + Desk::id(2) + ".1"), 90);
  EXPECT_EQ(desk_.pieces("stock C1 " + Desk::id(2) + ".1"), 2);
  EXPECT_EQ(desk_.flow("accept", "paper", "other-city:130200"), 90);
}

}  // namespace
}  // namespace huan::ledger
