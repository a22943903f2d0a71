// SPDX-License-Identifier: Apache-2.0
#include "huan/trace/graph.hpp"

#include <gtest/gtest.h>

#include "story.hpp"

namespace huan::trace::test {
namespace {

struct Told {
  explicit Told(const std::string& text) : story(text) { append(graph, story); }
  std::string up(std::string_view lot) {
    return told(graph, reader.upstream(graph.find(lot).value()));
  }
  std::string down(std::string_view lot) {
    return told(graph, reader.downstream(graph.find(lot).value()));
  }
  Story story;
  Graph graph;
  Reader reader{graph};
};

//   household -> A --T1--> P (880, 20 g missing)
TEST(Trace, FollowsALotOverTheRoad) {
  Told t(R"(
    1 receive source(S1,household)-900 stock(S1,A)+900
    2 ship    stock(S1,A)-900 transit(T1,A)+900
    3 accept  transit(T1,A)-900 stock(C,P)+880 variance(T1,A)+20)");
  EXPECT_EQ(t.up("P"), "source(S1,household):A#1=880");
  EXPECT_EQ(t.down("A"), "standing:P=880 variance=20");
  const NodeInfo lot = t.graph.describe(*t.graph.find("P"));
  EXPECT_EQ(lot.place, "C");
  EXPECT_EQ(lot.mass, 880);
  EXPECT_EQ(lot.standing, 880);
  EXPECT_EQ(lot.made_by, std::vector<std::uint64_t>{3});
  EXPECT_EQ(t.graph.describe(*t.graph.find_line("T1", "A")).standing, 0);
}

//   A 600 \                 / PET 500 -> sold
//          +-- sort (1000) +- HDPE 450
//   B 400 /                 \ loss 50
TEST(Trace, MixesInProportionToMass) {
  Told t(R"(
    1 receive   source(S1,household)-600 stock(S1,A)+600
    2 receive   source(S1,commercial)-400 stock(S1,B)+400
    3 transform stock(S1,A)-600 stock(S1,B)-400 stock(S1,PET)+500 stock(S1,HDPE)+450 loss(sort)+50
    4 sell      stock(S1,PET)-500 sink(sold,recycle)+500)");
  EXPECT_EQ(t.up("PET"), "source(S1,commercial):B#2=200 source(S1,household):A#1=300");
  EXPECT_EQ(t.up("HDPE"), "source(S1,commercial):B#2=180 source(S1,household):A#1=270");
  EXPECT_EQ(t.down("A"), "loss(sort)=30 sink(sold,recycle)=300 standing:HDPE=270");
}

TEST(Trace, LargestRemaindersGoByLotId) {
  Told t(R"(
    1 receive   source(S,h)-1 stock(S,C)+1
    2 receive   source(S,h)-1 stock(S,B)+1
    3 receive   source(S,h)-1 stock(S,A)+1
    4 transform stock(S,A)-1 stock(S,B)-1 stock(S,C)-1 stock(S,X)+2 stock(S,Y)+1)");
  EXPECT_EQ(t.up("X"), "source(S,h):A#3=1 source(S,h):B#2=1 source(S,h):C#1=0");
  EXPECT_EQ(t.up("Y"), "source(S,h):A#3=1 source(S,h):B#2=0 source(S,h):C#1=0");
}

// Lines of a ship and lots by line stay apart; lots by material mix.
TEST(Trace, GroupsOfAnAcceptDoNotMix) {
  Told t(R"(
    1 receive source(S,h)-100 stock(S,A)+100
    2 receive source(S,h)-300 stock(S,B)+300
    3 receive source(S,h)-50 stock(S,C)+50
    4 ship    stock(S,A)-100 stock(S,B)-300 stock(S,C)-50 transit(T,A)+100 transit(T,B)+300 transit(T,C)+50
    5 accept  transit(T,A)-100@1 transit(T,B)-300@1 stock(Z,P)+400@1 transit(T,C)-50@2 stock(Z,Q)+50@2)");
  EXPECT_EQ(t.up("P"), "source(S,h):A#1=100 source(S,h):B#2=300");
  EXPECT_EQ(t.up("Q"), "source(S,h):C#3=50");
  EXPECT_EQ(t.down("B"), "standing:P=300");
}

TEST(Trace, RefusedMassComesBack) {
  Told t(R"(
    1 receive source(S,h)-100 stock(S,A)+100
    2 ship    stock(S,A)-100 transit(T,A)+100
    3 accept  transit(T,A)-100 stock(Z,P)+70 transit(R,A)+30
    4 accept  transit(R,A)-30 stock(S,B)+30)");
  EXPECT_EQ(t.up("B"), "source(S,h):A#1=30");
  EXPECT_EQ(t.down("A"), "standing:B=30 standing:P=70");
}

TEST(Trace, SeveralShipsOfALotAddUp) {
  Told t(R"(
    1 receive source(S,h)-100 stock(S,A)+100
    2 ship    stock(S,A)-60 transit(T,A)+60
    3 ship    stock(S,A)-30 transit(T,A)+30
    4 accept  transit(T,A)-85 stock(Z,P)+85)");
  EXPECT_EQ(t.up("P"), "source(S,h):A#1=85");
  EXPECT_EQ(t.down("A"), "standing:A=10 standing:P=85 standing:T/A=5");
  EXPECT_EQ(t.graph.describe(*t.graph.find_line("T", "A")).made_by,
            (std::vector<std::uint64_t>{2, 3}));
}

TEST(Trace, OverArrivalIsASourceByName) {
  Told t(R"(
    1 receive source(S,h)-100 stock(S,A)+100
    2 ship    stock(S,A)-100 transit(T,A)+100
    3 accept  transit(T,A)-105 stock(Z,P)+105 transit(T,A)+5 variance(T,A)-5)");
  EXPECT_EQ(t.up("P"), "source(S,h):A#1=100 variance#3=5");
}

TEST(Trace, AbroadIsASourceAndAFate) {
  Told t(R"(
    1 accept  abroad(130200+T9,K)-100 stock(Z,P)+100
    2 ship    stock(Z,P)-100 abroad(130200+T10,P)+100)");
  EXPECT_EQ(t.up("P"), "abroad(130200+T9,K):P#1=100");
  EXPECT_EQ(t.down("P"), "abroad(130200+T10,P)=100");
}

TEST(Trace, CountsMakeAndTake) {
  Told t(R"(
    1 receive source(S,h)-100 stock(S,A)+100
    2 adjust  stock(S,A)-10 variance(S,A)+10 stock(S,N)+7 variance(S,N)-7)");
  EXPECT_EQ(t.up("N"), "variance:N#2=7");
  EXPECT_EQ(t.down("A"), "standing:A=90 variance=10");
}

//   A 100 -> X 100, then A was 80 all along: 20 stand in imbalance until a count books them.
TEST(Trace, ImbalanceIsASource) {
  Told t(R"(
    1 receive source(S,h)-100 stock(S,A)+100
    2 transform stock(S,A)-100 stock(S,X)+100
    3 correct:receive 1 source(S,h)+100~ stock(S,A)-100~ source(S,h)-80 stock(S,A)+80 stock(S,A)+20! imbalance(stock:S,A)-20!)");
  EXPECT_EQ(t.up("X"), "imbalance:A=20 source(S,h):A#3=80");
  const NodeInfo lot = t.graph.describe(*t.graph.find("A"));
  EXPECT_EQ(lot.mass, 100);
  EXPECT_EQ(lot.made, 80);
  EXPECT_EQ(lot.imbalance, 20);
  ASSERT_EQ(lot.corrections.size(), 1U);
  EXPECT_EQ(lot.corrections[0].supersedes, 1U);
  t.story.add("4 adjust imbalance(stock:S,A)+20 variance(S,A)-20");
  append(t.graph, t.story, 3);
  EXPECT_EQ(t.up("X"), "gain:A=20 source(S,h):A#3=80");
  t.story.add("5 correct:- 4 imbalance(stock:S,A)-20~ variance(S,A)+20~");
  t.story.add(
      "6 correct:receive 3 source(S,h)+80~ stock(S,A)-80~ source(S,h)-120 stock(S,A)+120 "
      "stock(S,A)-20! imbalance(stock:S,A)+20!");
  append(t.graph, t.story, 4);
  EXPECT_EQ(t.up("X"), "source(S,h):A#6=100");
  EXPECT_EQ(t.down("A"), "standing:A=20 standing:X=100");
}

TEST(Trace, AVoidLeavesNothing) {
  Told t(R"(
    1 receive source(S,h)-100 stock(S,A)+100
    2 transform stock(S,A)-100 stock(S,X)+100
    3 correct:- 2 stock(S,A)+100~ stock(S,X)-100~)");
  EXPECT_EQ(t.up("X"), "");
  EXPECT_EQ(t.down("A"), "standing:A=100");
  ASSERT_EQ(t.graph.corrections().size(), 1U);
  EXPECT_EQ(t.graph.corrections()[0].seq, 3U);
}

// A slip of the pen: 10000 for 1000, accepted at the far end as 995.
TEST(Trace, ACorrectedShipSetsOffTheVariance) {
  Told t(R"(
    1 receive source(S,h)-20000 stock(S,A)+20000
    2 ship    stock(S,A)-10000 transit(T,A)+10000
    3 accept  transit(T,A)-10000 stock(Z,P)+995 variance(T,A)+9005
    4 correct:ship 2 stock(S,A)+10000~ transit(T,A)-10000~ stock(S,A)-1000 transit(T,A)+1000 transit(T,A)+9000! variance(T,A)-9000!)");
  EXPECT_EQ(t.up("P"), "source(S,h):A#1=995");
  EXPECT_EQ(t.down("A"), "standing:A=19000 standing:P=995 variance=5");
  // And back: the accept takes its own difference again.
  t.story.add(
      "5 correct:ship 4 stock(S,A)+1000~ transit(T,A)-1000~ stock(S,A)-10000 transit(T,A)+10000 "
      "transit(T,A)-9000! variance(T,A)+9000!");
  append(t.graph, t.story, 4);
  EXPECT_EQ(t.down("A"), "standing:A=10000 standing:P=995 variance=9005");
}

TEST(Trace, ACorrectedShipSetsOffTheGain) {
  Told t(R"(
    1 receive source(S,h)-2000 stock(S,A)+2000
    2 ship    stock(S,A)-100 transit(T,A)+100
    3 accept  transit(T,A)-995 stock(Z,P)+995 transit(T,A)+895 variance(T,A)-895
    4 correct:ship 2 stock(S,A)+100~ transit(T,A)-100~ stock(S,A)-1000 transit(T,A)+1000 transit(T,A)-900! variance(T,A)+900!)");
  EXPECT_EQ(t.up("P"), "source(S,h):A#1=995");
  EXPECT_EQ(t.down("A"), "booked_off:T/A=5 standing:A=1000 standing:P=995");
}

//   A 100 -+          +- B 60
//          | run r    |        e1: in 100, out 40 (X);  e2: in 60 (B), out 90 (Y), close: loss 30
TEST(Trace, ARunMixesWhatItHolds) {
  Told t(R"(
    1 receive source(S,h)-100 stock(S,A)+100
    2 receive source(S,c)-60 stock(S,B)+60
    3 transform stock(S,A)-100 wip(r)+100 wip(r)-40 stock(S,X)+40
    4 transform stock(S,B)-60 wip(r)+60 wip(r)-90 stock(S,Y)+90 wip(r)-30 loss(r)+30)");
  EXPECT_EQ(t.up("X"), "source(S,h):A#1=40");
  EXPECT_EQ(t.up("Y"), "source(S,c):B#2=45 source(S,h):A#1=45");
  EXPECT_EQ(t.down("A"), "loss(r)=15 standing:X=40 standing:Y=45");
}

// The input was 80, not 100: a closed run sets the difference off against its loss.
TEST(Trace, ACorrectedRunIsMixedAnew) {
  Told t(R"(
    1 receive source(S,h)-100 stock(S,A)+100
    2 transform stock(S,A)-100 wip(r)+100
    3 transform wip(r)-60 stock(S,X)+60
    4 transform wip(r)-40 loss(r)+40
    5 correct:transform 2 stock(S,A)+100~ wip(r)-100~ stock(S,A)-80 wip(r)+80 wip(r)+20! loss(r)-20!)");
  EXPECT_EQ(t.up("X"), "source(S,h):A#1=60");
  EXPECT_EQ(t.down("A"), "loss(r)=20 standing:A=20 standing:X=60");
}

TEST(Trace, ARunThatOwesNamesTheImbalance) {
  Told t(R"(
    1 receive source(S,h)-100 stock(S,A)+100
    2 receive source(S,h)-50 stock(S,B)+50
    3 transform stock(S,A)-100 wip(r)+100
    4 transform wip(r)-90 stock(S,X)+90
    5 correct:transform 3 stock(S,A)+100~ wip(r)-100~ stock(S,A)-60 wip(r)+60 wip(r)+30! imbalance(wip:r)-30!)");
  EXPECT_EQ(t.up("X"), "imbalance#4=30 source(S,h):A#1=60");
  t.story.add("6 transform stock(S,B)-50 wip(r)+50 wip(r)-30! imbalance(wip:r)+30!");
  append(t.graph, t.story, 5);
  EXPECT_EQ(t.up("X"), "imbalance#4=30 source(S,h):A#1=60");
  EXPECT_EQ(t.down("B"), "imbalance=30 standing:run r=20");
}

//   A -> B -> C; then A is said to be made from C.
TEST(Trace, ACycleIsCutAtTheBackEdge) {
  Told t(R"(
    1 receive source(S,h)-100 stock(S,A)+100
    2 transform stock(S,A)-100 stock(S,B)+100
    3 transform stock(S,B)-100 stock(S,C)+100
    4 correct:transform 1 source(S,h)+100~ stock(S,A)-100~ stock(S,C)-100 stock(S,A)+100)");
  EXPECT_EQ(t.up("C"), "break_cycle#4=100");
  EXPECT_EQ(t.down("B"), "break_cycle#4=100");
  ASSERT_EQ(t.graph.breaks().size(), 1U);
  EXPECT_EQ(t.graph.breaks()[0].seq, 4U);
  EXPECT_EQ(t.graph.lot_name(t.graph.breaks()[0].node), "C");
  t.story.add("5 correct:receive 4 stock(S,C)+100~ stock(S,A)-100~ source(S,h)-90 stock(S,A)+90");
  t.story.add("6 correct:- 2 stock(S,A)+100~ stock(S,B)-100~");
  append(t.graph, t.story, 4, 5);
  EXPECT_TRUE(t.graph.breaks().empty());
  EXPECT_EQ(t.up("C"), "source(S,h):A#5=100");
}

TEST(Trace, ACutIsHealedWhenTheCycleGoes) {
  Told t(R"(
    1 receive source(S,h)-100 stock(S,A)+100
    2 transform stock(S,A)-100 stock(S,B)+100
    3 correct:transform 1 source(S,h)+100~ stock(S,A)-100~ stock(S,B)-100 stock(S,A)+100
    4 correct:receive 2 stock(S,A)+100~ stock(S,B)-100~ source(S,h)-100 stock(S,B)+100)");
  EXPECT_TRUE(t.graph.breaks().empty());
  EXPECT_EQ(t.up("A"), "source(S,h):B#4=100");
}

TEST(Trace, WhatWasNeverMadeIsABreak) {
  Told t(R"(
    1 sell stock(S,Q)-50 sink(sold,recycle)+50
    2 transform stock(S,Q)-50 stock(S,X)+40 loss(sort)+5)");
  EXPECT_EQ(t.up("X"), "unknown:Q=40");
  const auto breaks = t.graph.breaks();
  ASSERT_EQ(breaks.size(), 2U);
  EXPECT_EQ(breaks[0].kind, LabelKind::break_unknown);
  EXPECT_EQ(breaks[0].grams, 100);
  EXPECT_EQ(breaks[1].kind, LabelKind::break_unbalanced);
  EXPECT_EQ(breaks[1].grams, 5);
}

TEST(Trace, OneLotAtTwoPlaces) {
  Told t(R"(
    1 receive source(S1,h)-10 stock(S1,A)+10
    2 receive source(S2,h)-20 stock(S2,A)+20
    3 sell    stock(S2,A)-20 sink(sold,reuse)+20)");
  EXPECT_EQ(t.graph.find_all("A").size(), 2U);
  EXPECT_EQ(t.graph.describe(*t.graph.find("A", "S2")).mass, 20);
  EXPECT_EQ(told(t.graph, t.reader.downstream(*t.graph.find("A", "S2"))), "sink(sold,reuse)=20");
  EXPECT_EQ(t.down("A"), "standing:A=10");
  EXPECT_FALSE(t.graph.find("A", "S3").has_value());
  EXPECT_FALSE(t.graph.find("B").has_value());
}

TEST(Trace, MassesBeyond32BitsStayExact) {
  Told t(R"(
    1 receive source(S,h)-1000000000000 stock(S,A)+1000000000000
    2 receive source(S,h)-999999999999 stock(S,B)+999999999999
    3 transform stock(S,A)-1000000000000 stock(S,B)-999999999999 stock(S,X)+1999999999998 loss(s)+1)");
  EXPECT_EQ(t.up("X"), "source(S,h):A#1=999999999999 source(S,h):B#2=999999999999");
}

TEST(Trace, RefusesWhatDoesNotFollow) {
  Graph graph;
  const EventFlows good{.seq = 5};
  ASSERT_TRUE(graph.append(std::span(&good, 1)).has_value());
  EXPECT_FALSE(graph.append(std::span(&good, 1)).has_value());
  const EventFlows early{.seq = 6, .type = EventType::correct, .supersedes_seq = 6};
  const auto refused = graph.append(std::span(&early, 1));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().at, "/0/supersedes_seq");
  const std::string name(121, 'x');
  const Flow flow{.kind = AccountKind::stock, .a = "S", .b = name, .grams = 1};
  const EventFlows wide{.seq = 7, .flows = std::span(&flow, 1)};
  EXPECT_FALSE(graph.append(std::span(&wide, 1)).has_value());
  EXPECT_EQ(graph.last_seq(), 5U);
}

//   A --2:ship--> T/A --3:accept--> P --4:transform--> X
TEST(Picture, ShowsTheWay) {
  Told t(R"(
    1 receive   source(S,h)-100 stock(S,A)+100
    2 ship      stock(S,A)-100 transit(T,A)+100
    3 accept    transit(T,A)-100 stock(Z,P)+100
    4 transform stock(Z,P)-100 stock(Z,X)+60 stock(Z,Y)+40
    5 correct:transform 4 stock(Z,P)+100~ stock(Z,X)-60~ stock(Z,Y)-40~ stock(Z,P)-100 stock(Z,X)+100)");
  const Picture up = t.reader.picture(*t.graph.find("X"), Direction::up, {});
  std::vector<std::uint64_t> seqs;
  seqs.reserve(up.steps.size());
  for (const Picture::Step& step : up.steps) {
    seqs.push_back(step.seq);
  }
  EXPECT_EQ(seqs, (std::vector<std::uint64_t>{5, 3, 2, 1}));
  EXPECT_EQ(up.steps[0].supersedes, 4U);
  EXPECT_EQ(up.points.size(), 5U);
  EXPECT_EQ(up.edges.size(), 8U);
  EXPECT_FALSE(up.cut);
  const Picture parents = t.reader.parents(*t.graph.find("X"));
  ASSERT_EQ(parents.points.size(), 2U);
  EXPECT_EQ(t.graph.lot_name(parents.points[1].node), "P");
  EXPECT_TRUE(parents.points[1].open);
  EXPECT_TRUE(parents.cut);
  const Picture down = t.reader.picture(*t.graph.find("A"), Direction::down, {.limit = 3});
  EXPECT_EQ(down.points.size(), 3U);
  EXPECT_TRUE(down.cut);
  EXPECT_EQ(t.reader.children(*t.graph.find("A")).edges.size(), 2U);
}

}  // namespace
}  // namespace huan::trace::test
