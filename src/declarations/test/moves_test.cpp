// SPDX-License-Identifier: Apache-2.0
#include "huan/declarations/moves.hpp"

#include <gtest/gtest.h>

namespace huan::declarations {
namespace {

using base::ErrorCode;

Declaration of(ReporterKind kind) {
  Declaration d;
  d.form = "x.f";
  d.term = "2025";
  d.reporter = {kind, "r", "r"};
  d.district = "130102";
  d.party = kind == ReporterKind::enterprise ? "E-1" : "";
  return d;
}

const Actor kCity{true, {}, {}};
const Actor kCounty{false, "130102", {}};
const Actor kOtherCounty{false, "130104", {}};
const Actor kFirm{false, {}, "E-1"};
const Actor kOtherFirm{false, {}, "E-2"};

std::string said(const Declaration& d, Move move, const Actor& actor) {
  const auto may = may_move(d, move, actor);
  return may ? "yes" : may.error().code == ErrorCode::forbidden ? "not theirs" : "not from there";
}

TEST(Moves, AreTheReportersOrTheReceivers) {
  const Declaration county = of(ReporterKind::district);
  const Declaration firm = of(ReporterKind::enterprise);
  for (const Move move : {Move::fill, Move::confirm, Move::submit}) {
    EXPECT_EQ(said(county, move, kCounty), "yes");
    EXPECT_EQ(said(county, move, kOtherCounty), "not theirs");
    EXPECT_EQ(said(county, move, kFirm), "not theirs");
    EXPECT_EQ(said(firm, move, kFirm), "yes");
    EXPECT_EQ(said(firm, move, kOtherFirm), "not theirs");
    EXPECT_EQ(said(firm, move, kCounty), "not theirs");
    EXPECT_EQ(said(county, move, kCity), "yes");
  }
  for (const Move move : {Move::give_back, Move::accept}) {
    Declaration submitted = county;
    submitted.state = State::submitted;
    EXPECT_EQ(said(submitted, move, kCity), "yes");
    EXPECT_EQ(said(submitted, move, kCounty), "not theirs") << "nobody accepts their own";
    submitted = firm;
    submitted.state = State::submitted;
    EXPECT_EQ(said(submitted, move, kCounty), "yes");
    EXPECT_EQ(said(submitted, move, kOtherCounty), "not theirs");
    EXPECT_EQ(said(submitted, move, kFirm), "not theirs");
  }
}

TEST(Moves, NobodyReachesNothing) {
  EXPECT_EQ(said(of(ReporterKind::district), Move::fill, Actor{}), "not theirs");
}

TEST(Moves, EveryOtherWayIsClosed) {
  Declaration d = of(ReporterKind::district);
  std::size_t open = 0;
  for (const State state : {State::draft, State::submitted, State::returned, State::accepted}) {
    d.state = state;
    for (const Move move :
         {Move::fill, Move::confirm, Move::submit, Move::give_back, Move::accept}) {
      open += said(d, move, kCity) == "yes" ? 1U : 0U;
    }
  }
  EXPECT_EQ(open, move_rules().size());
  d.state = State::accepted;
  EXPECT_EQ(said(d, Move::give_back, kCity), "not from there");
}

Declaration filled() {
  Declaration d = of(ReporterKind::district);
  d.lines = {{"a", "甲", "a", "吨", 10, std::nullopt, "", {}},
             {"b", "乙", "b", "吨", 20, std::nullopt, "", {}},
             {"all", "计", "all", "吨", 30, std::nullopt, "", {"a", "b"}},
             {"said", "报", "said", "项", std::nullopt, std::nullopt, "", {}}};
  return d;
}

TEST(Submitting, TakesAnExplanationForEachDifference) {
  Declaration d = filled();
  ASSERT_TRUE(confirm(d, {{"a", 11, ""}, {"b", 20, ""}, {"said", 3, ""}}));
  EXPECT_EQ(d.lines[2].confirmed, 31);
  auto done = submit(d, {{20'000}, false});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().at, "/cells/a");
  ASSERT_TRUE(confirm(d, {{"a", std::nullopt, "one load was weighed twice"}}));
  EXPECT_EQ(d.lines[0].confirmed, 11) << "an explanation alone leaves the figure";
  ASSERT_TRUE(submit(d, {{20'000}, false}));
  EXPECT_EQ(d.state, State::submitted);
  EXPECT_EQ(d.revision, 1);
}

TEST(Submitting, TakesAFigureOrAWordForEachCell) {
  Declaration d = filled();
  EXPECT_EQ(submit(d, {{1}, false}).error().at, "/cells/a");
  EXPECT_EQ(submit(d, {{1}, true}).error().at, "/cells/said");
  ASSERT_TRUE(confirm(d, {{"said", std::nullopt, "no task was due"}}));
  ASSERT_TRUE(submit(d, {{1}, true}));
  EXPECT_EQ(d.lines[2].confirmed, 30);
}

TEST(Confirming, RefusesTotalsAndStrangers) {
  Declaration d = filled();
  EXPECT_EQ(confirm(d, {{"all", 31, ""}}).error().at, "/cells/all");
  EXPECT_EQ(confirm(d, {{"c", 1, ""}}).error().at, "/cells/c");
}

TEST(Returning, SaysWhyAndKeepsTheRevision) {
  Declaration d = filled();
  d.state = State::submitted;
  d.revision = 1;
  EXPECT_FALSE(give_back(d, ""));
  ASSERT_TRUE(give_back(d, "steel of March is missing"));
  EXPECT_EQ(d.state, State::returned);
  ASSERT_TRUE(confirm(d, {{"said", 1, ""}}));
  ASSERT_TRUE(submit(d, {{2}, true}));
  EXPECT_EQ(d.revision, 2);
  EXPECT_EQ(d.note, "");
}

TEST(Filling, KeepsWhatWasSaidOfTheSameCells) {
  Declaration d = filled();
  ASSERT_TRUE(confirm(d, {{"a", 11, "weighed again"}}));
  Cell a;
  a.code = "a";
  a.unit.text = "吨";
  Cell c = a;
  c.code = "c";
  fill(d, {a, c}, {12, std::nullopt});
  ASSERT_EQ(d.lines.size(), 2U);
  EXPECT_EQ(d.lines[0].filled, 12);
  EXPECT_EQ(d.lines[0].confirmed, 11);
  EXPECT_EQ(d.lines[0].explanation, "weighed again");
  EXPECT_FALSE(d.lines[1].filled);
}

}  // namespace
}  // namespace huan::declarations
