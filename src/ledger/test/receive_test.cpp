// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "desk.hpp"

namespace huan::ledger {
namespace {

std::string receive(const std::string& lines, const std::string& from = R"("origin":"household")",
                    const std::string& more = "") {
  return R"("type":"receive","from":{)" + from + R"(},"outputs":[)" + lines + "]" + more;
}

TEST(Receive, BringsALotIntoStock) {
  Desk desk;
  EXPECT_EQ(desk.at("S1", receive(R"({"lot":"L1","material":"paper","mass_g":900,"pieces":3})")),
            "posted");
  EXPECT_EQ(desk.g("stock S1 L1"), 900);
  EXPECT_EQ(desk.pieces("stock S1 L1"), 3);
  EXPECT_EQ(desk.g("source S1 household"), -900);
  EXPECT_EQ(desk.flow("receive", "paper", "household"), 900);
}

TEST(Receive, NamesLotsThatHaveNoName) {
  Desk desk;
  desk.at("S1", receive(R"({"material":"paper","mass_g":1},{"material":"glass","mass_g":2})"));
  EXPECT_EQ(desk.g("stock S1 " + Desk::id(1) + ".1"), 1);
  EXPECT_EQ(desk.g("stock S1 " + Desk::id(1) + ".2"), 2);
}

TEST(Receive, PricesByKilogramRoundedHalfUp) {
  Desk desk;
  // 1,250 g at 0.90 yuan a kilogram: 112.5 fen.
  desk.at("S1", receive(R"({"material":"paper","mass_g":1250,"price_fen":90})",
                        R"("origin":"household","party":"A1")"));
  EXPECT_EQ(desk.fen("trade S1"), 113);
  EXPECT_EQ(desk.fen("party A1"), -113);
}

TEST(Receive, PricesBySettlementMassOrPiece) {
  Desk desk;
  const std::string party = R"("origin":"household","party":"A1")";
  desk.at("S1",
          receive(R"({"material":"paper","mass_g":2000,"settle_g":1000,"price_fen":90})", party));
  EXPECT_EQ(desk.fen("trade S1"), 90);
  desk.at("S1", receive(R"({"material":"paper","mass_g":1,"pieces":4,"price_fen":5,"per":"piece"})",
                        party));
  EXPECT_EQ(desk.fen("trade S1"), 110);
}

TEST(Receive, WithoutAPartyAllIsPaid) {
  Desk desk;
  const std::string line = R"({"material":"paper","mass_g":1000,"price_fen":90})";
  EXPECT_EQ(desk.at("S1", receive(line)), "posted");
  EXPECT_EQ(desk.fen("till S1"), -90);
  EXPECT_EQ(desk.fen("party -"), 0);
  EXPECT_EQ(desk.at("S1", receive(line, R"("origin":"household")",
                                  R"(,"payment":{"how":"till","fen":89})")),
            "bad_field /payment/fen");
}

TEST(Receive, PaysFromTheOperatorsBank) {
  Desk desk;
  const std::string line = R"({"material":"paper","mass_g":1000,"price_fen":90})";
  const std::string pay = R"(,"payment":{"how":"bank","fen":50})";
  const std::string party = R"("origin":"household","party":"A1")";
  EXPECT_EQ(desk.at("S1", receive(line, party, pay)), "posted");
  EXPECT_EQ(desk.fen("bank OP1"), -50);
  EXPECT_EQ(desk.fen("party A1"), -40);
  EXPECT_EQ(desk.at("N1", receive(line, party, pay)), "bad_field /payment/how");
}

TEST(Receive, IssuesPointsToAParty) {
  Desk desk;
  const std::string line = R"({"material":"paper","mass_g":1000})";
  EXPECT_EQ(desk.at("S1", receive(line, R"("origin":"household")", R"(,"points":7)")),
            "bad_field /points");
  EXPECT_EQ(desk.at("S1", receive(line, R"("origin":"household","party":"A1")", R"(,"points":7)")),
            "posted");
  EXPECT_EQ(desk.points("party A1"), 7);
}

TEST(Receive, TheNetWeighedMustBeTheMass) {
  Desk desk;
  const auto weighed = [&](const std::string& weighings) {
    return desk.at("S1", receive(R"({"material":"paper","mass_g":800,"price_fen":1000})",
                                 R"("origin":"household")", R"(,"weighings":[)" + weighings + "]"));
  };
  EXPECT_EQ(weighed(R"({"gross_g":1000,"tare_g":200})"), "posted");
  EXPECT_EQ(weighed(R"({"gross_g":1000,"tare_g":201})"), "not_balanced /weighings");
  EXPECT_EQ(weighed(R"({"gross_g":5,"valid":false},{"gross_g":800})"), "posted");
  EXPECT_EQ(weighed(R"({"gross_g":800,"line":1})"), "bad_field /weighings/0/line");
  EXPECT_EQ(desk.fen("trade S1"), 1600);
  EXPECT_EQ(weighed(R"({"gross_g":1000,"tare_g":200,"deduct_g":300})"), "posted");
  EXPECT_EQ(desk.fen("trade S1"), 2100) << "the deduction lowers the price, not the mass";
}

TEST(Receive, RefusesInTheOrderOfTheBook) {
  Desk desk;
  const std::string line = R"({"lot":"L1","material":"paper","mass_g":1})";
  EXPECT_EQ(desk.at("S1", R"("time":"2026-03-02T08:10:01+08:00",)" + receive(line)),
            "time_in_future /time");
  EXPECT_EQ(desk.at("S1", R"("time":"2026-03-02T08:10:00+08:00",)" + receive(line)), "posted");
  EXPECT_EQ(desk.at("X1", receive(line)), "unknown_place /place");
  EXPECT_EQ(desk.at("Z1", receive(line)), "place_not_active /place");
  EXPECT_EQ(desk.at("P1", receive(line)), "place_not_active /place");
  EXPECT_EQ(desk.at("S1", R"("vehicle":"V9",)" + receive(line)), "unknown_vehicle /vehicle");
  EXPECT_EQ(desk.at("S1", receive(line, R"("origin":"household","party":"X")")),
            "unknown_party /from/party");
  EXPECT_EQ(desk.at("S1", receive(line, R"("origin":"household","party":"A9")")),
            "unknown_party /from/party")
      << "ended";
  EXPECT_EQ(desk.at("S1", receive(line)), "lot_exists /outputs/0/lot");
  EXPECT_EQ(desk.at("S1", receive(R"({"material":"moon","mass_g":1})")),
            "unknown_material /outputs/0/material");
  EXPECT_EQ(desk.at("S1", receive(R"({"material":"ban","mass_g":1})")),
            "prohibited /outputs/0/material");
  desk.city.not_taken = "glass";
  EXPECT_EQ(desk.at("S1", receive(R"({"material":"glass","mass_g":1})")),
            "material_not_allowed /outputs/0/material");
  desk.city.not_taken = "";
  desk.city.not_qualified = "glass";
  EXPECT_EQ(desk.at("S1", receive(R"({"material":"glass","mass_g":1})")),
            "not_qualified /outputs/0/material");
}

TEST(Receive, TwoLotsOfOneEventNeedTwoNames) {
  Desk desk;
  EXPECT_EQ(desk.at("S1", receive(R"({"lot":"L1","material":"paper","mass_g":1},
                                     {"lot":"L1","material":"paper","mass_g":1})")),
            "lot_exists /outputs/1/lot");
}

TEST(Receive, ATicketIsUsedOnceAndGapsAreRaised) {
  Desk desk;
  const std::string line = receive(R"({"material":"paper","mass_g":1})");
  EXPECT_EQ(desk.at("S1", R"("ticket":"D1-7",)" + line), "posted");
  EXPECT_EQ(desk.at("S1", R"("ticket":"D1-8",)" + line), "posted");
  EXPECT_EQ(desk.at("S1", R"("ticket":"D1-08",)" + line), "number_range /ticket");
  EXPECT_EQ(desk.at("S1", R"("ticket":"D1-10",)" + line), "posted ticket_gap");
  EXPECT_EQ(desk.at("S1", R"("ticket":"D1-9",)" + line), "posted");
  EXPECT_EQ(desk.at("S1", R"("ticket":"D2-10",)" + line), "posted");
  EXPECT_EQ(desk.at("S1", R"("ticket":"handwritten",)" + line), "posted");
  EXPECT_EQ(desk.at("S1", R"("ticket":"handwritten",)" + line), "number_range /ticket");
}

TEST(Receive, AnItemStandsInOneLot) {
  Desk desk;
  const auto box = [](const std::string& lot) {
    return receive(R"({"lot":")" + lot +
                   R"(","material":"paper","mass_g":1,"items":[{"code":"I1","kind":"box"}]})");
  };
  EXPECT_EQ(desk.at("S1", box("L1")), "posted");
  EXPECT_EQ(desk.at("C1", box("L2")), "posted item_elsewhere");
  EXPECT_EQ(desk.item("I1"), "L2");
}

TEST(Receive, SumsBeyondTheRecordOverflow) {
  Desk desk;
  EXPECT_THROW(desk.at("S1", receive(R"({"material":"paper","mass_g":1000000000000,
                                         "price_fen":9007199254740991})")),
               base::Overflow);
}

}  // namespace
}  // namespace huan::ledger
