// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "contract.hpp"

namespace huan::contract {

namespace {

using store::Axis;
using store::StatisticsQuery;
using store::StatisticsRow;
using Strings = std::vector<std::string>;

base::Day day(const char* text) { return *base::parse_day(text); }

ledger::RollupDelta delta(const char* date, const std::string& place, const std::string& material,
                          const std::string& flow, std::int64_t mass_g) {
  ledger::RollupDelta row;
  row.day = day(date);
  row.place = place;
  row.operator_id = "op-" + place;
  row.district = place < "S2" ? "d1" : "d2";
  row.material = material;
  row.flow = flow;
  row.cls = flow == "receive" ? "household" : "recycle";
  row.mass_g = mass_g;
  row.pieces = 1;
  row.money_fen = -mass_g;
  row.count = 1;
  return row;
}

std::string show(const StatisticsRow& row) {
  std::string text = row.day.n == 0 ? "" : base::format_day(row.day);
  for (const auto* part :
       {&row.district, &row.place, &row.operator_id, &row.material, &row.flow, &row.cls}) {
    if (!part->empty()) {
      text += (text.empty() ? "" : " ") + *part;
    }
  }
  return text + ": " + std::to_string(row.mass_g) + "g " + std::to_string(row.pieces) + "p " +
         std::to_string(row.money_fen) + "fen " + std::to_string(row.count);
}

class Statistics : public Contract {
 protected:
  void SetUp() override {
    write([](store::Transaction& transaction) {
      transaction.rollup(delta("2026-01-31", "S1", "paper.occ", "receive", 1));
      transaction.rollup(delta("2026-02-01", "S1", "paper.occ", "receive", 10));
      transaction.rollup(delta("2026-02-01", "S1", "paper.occ", "receive", 10));
    });
    write([](store::Transaction& transaction) {
      transaction.rollup(delta("2026-02-01", "S1", "metal.al", "sell", 100));
      transaction.rollup(delta("2026-02-28", "S2", "paper.occ", "receive", 1000));
      transaction.rollup(delta("2026-03-01", "S2", "glass", "receive", -10'000));
    });
  }

  Strings ask(const StatisticsQuery& query) {
    Strings rows;
    store().snapshot()->statistics(kCity, query, [&rows](const StatisticsRow& row) {
      rows.push_back(show(row));
      return true;
    });
    return rows;
  }
};

TEST_F(Statistics, by_month_by_district_by_material) {
  StatisticsQuery query;
  query.by = {Axis::month};
  EXPECT_EQ(ask(query), (Strings{"2026-01-01: 1g 1p -1fen 1", "2026-02-01: 1120g 4p -1120fen 4",
                                 "2026-03-01: -10000g 1p 10000fen 1"}));
  query.by = {Axis::district, Axis::material};
  EXPECT_EQ(ask(query),
            (Strings{"d1 metal.al: 100g 1p -100fen 1", "d1 paper.occ: 21g 3p -21fen 3",
                     "d2 glass: -10000g 1p 10000fen 1", "d2 paper.occ: 1000g 1p -1000fen 1"}));
  query.by = {Axis::material, Axis::district};
  EXPECT_EQ(ask(query)[0], "d2 glass: -10000g 1p 10000fen 1");
}

TEST_F(Statistics, by_day_place_operator) {
  StatisticsQuery query;
  query.by = {Axis::day, Axis::place};
  EXPECT_EQ(ask(query).size(), 4U);
  EXPECT_EQ(ask(query)[1], "2026-02-01 S1: 120g 3p -120fen 3");
  query.by = {Axis::operator_id};
  EXPECT_EQ(ask(query), (Strings{"op-S1: 121g 4p -121fen 4", "op-S2: -9000g 2p 9000fen 2"}));
  query.by = {Axis::month, Axis::place};
  EXPECT_EQ(ask(query)[1], "2026-02-01 S1: 120g 3p -120fen 3");
  query.by = {Axis::month, Axis::day};
  EXPECT_EQ(ask(query)[2], "2026-02-28: 1000g 1p -1000fen 1");
}

TEST_F(Statistics, by_flow_and_class) {
  StatisticsQuery query;
  query.by = {Axis::flow, Axis::cls};
  EXPECT_EQ(ask(query),
            (Strings{"receive household: -8979g 5p 8979fen 5", "sell recycle: 100g 1p -100fen 1"}));
}

TEST_F(Statistics, within_days_and_filters) {
  StatisticsQuery query;
  query.by = {Axis::material};
  query.from = day("2026-02-01");
  query.to = day("2026-02-28");  // a whole month
  EXPECT_EQ(ask(query), (Strings{"metal.al: 100g 1p -100fen 1", "paper.occ: 1020g 3p -1020fen 3"}));
  query.to = day("2026-02-27");  // not one
  EXPECT_EQ(ask(query), (Strings{"metal.al: 100g 1p -100fen 1", "paper.occ: 20g 2p -20fen 2"}));
  query.to.reset();
  query.materials = {"glass", "paper.occ"};
  EXPECT_EQ(ask(query),
            (Strings{"glass: -10000g 1p 10000fen 1", "paper.occ: 1020g 3p -1020fen 3"}));
  query.district = "d1";
  EXPECT_EQ(ask(query), Strings{"paper.occ: 20g 2p -20fen 2"});
  query.flows = {"sell"};
  EXPECT_EQ(ask(query), Strings{});
  query = {};
  query.by = {Axis::flow};
  query.place = "S1";
  query.classes = {"recycle", "reuse"};
  query.operator_id = "op-S1";
  EXPECT_EQ(ask(query), Strings{"sell: 100g 1p -100fen 1"});
}

TEST_F(Statistics, operators_are_summed_over_months_and_days_alike) {
  StatisticsQuery query;
  query.by = {Axis::operator_id, Axis::flow};
  query.from = day("2026-02-01");
  query.to = day("2026-02-28");  // a whole month
  EXPECT_EQ(ask(query), (Strings{"op-S1 receive: 20g 2p -20fen 2", "op-S1 sell: 100g 1p -100fen 1",
                                 "op-S2 receive: 1000g 1p -1000fen 1"}));
  query.to = day("2026-03-01");  // the last day on record
  EXPECT_EQ(ask(query).back(), "op-S2 receive: -9000g 2p 9000fen 2");
  query.from = day("2026-01-15");  // after nothing in its month
  EXPECT_EQ(ask(query).front(), "op-S1 receive: 21g 3p -21fen 3");
  query.from = day("2026-02-02");
  EXPECT_EQ(ask(query), Strings{"op-S2 receive: -9000g 2p 9000fen 2"});
  query.by.insert(query.by.begin(), Axis::month);
  EXPECT_EQ(ask(query), (Strings{"2026-02-01 op-S2 receive: 1000g 1p -1000fen 1",
                                 "2026-03-01 op-S2 receive: -10000g 1p 10000fen 1"}));
  query = {};
  query.by = {Axis::material};
  query.operator_id = "op-S1";
  EXPECT_EQ(ask(query).size(), 2U);
  query.operator_id.clear();
  query.scope.party = "op-S2";
  EXPECT_EQ(ask(query).size(), 2U);
  query.scope.district = "d1";
  EXPECT_EQ(ask(query), Strings{});
}

TEST_F(Statistics, of_several_places) {
  StatisticsQuery query;
  query.by = {Axis::place};
  query.places = {"S2", "S1", "S9"};
  EXPECT_EQ(ask(query), (Strings{"S1: 121g 4p -121fen 4", "S2: -9000g 2p 9000fen 2"}));
  query.from = day("2026-02-01");
  query.to = day("2026-03-01");
  query.flows = {"receive"};
  EXPECT_EQ(ask(query), (Strings{"S1: 20g 2p -20fen 2", "S2: -9000g 2p 9000fen 2"}));
  query.places = {"S9"};
  EXPECT_EQ(ask(query), Strings{});
}

TEST_F(Statistics, a_total_has_one_row_or_none) {
  StatisticsQuery query;
  EXPECT_EQ(ask(query), Strings{": -8879g 6p 8879fen 6"});
  query.materials = {"wood"};
  EXPECT_EQ(ask(query), Strings{});
}

TEST_F(Statistics, hostile_names_are_values) {
  StatisticsQuery query;
  query.materials = {"x'); DROP TABLE rollup_day; --"};
  EXPECT_EQ(ask(query), Strings{});
  EXPECT_EQ(ask({}).size(), 1U);
}

TEST_F(Statistics, see_what_the_transaction_added_and_stop_when_told) {
  write([](store::Transaction& transaction) {
    transaction.rollup(delta("2026-03-01", "S2", "glass", "receive", 10'000));
    std::size_t calls = 0;
    StatisticsQuery query;
    query.by = {Axis::material};
    transaction.reading().statistics(kCity, query, [&calls](const StatisticsRow& row) {
      EXPECT_EQ(show(row), "glass: 0g 2p 0fen 2");
      ++calls;
      return false;
    });
    EXPECT_EQ(calls, 1U);
  });
}

TEST_F(Statistics, rollups_stream_as_they_are_kept) {
  Strings days;
  Strings months;
  const auto snapshot = store().snapshot();
  snapshot->rollup_days(kCity, [&](const StatisticsRow& row) {
    days.push_back(show(row));
    return true;
  });
  snapshot->rollup_months(kCity, [&](const StatisticsRow& row) {
    months.push_back(show(row));
    return true;
  });
  Strings operators;
  snapshot->rollup_operators(kCity, [&](const StatisticsRow& row) {
    operators.push_back(show(row));
    return true;
  });
  ASSERT_EQ(operators.size(), 5U);
  EXPECT_EQ(operators[2], "2026-02-01 d1 op-S1 paper.occ receive household: 20g 2p -20fen 2");
  ASSERT_EQ(days.size(), 5U);
  EXPECT_EQ(days[2], "2026-02-01 d1 S1 op-S1 paper.occ receive household: 20g 2p -20fen 2");
  EXPECT_EQ(months, (Strings{"2026-01-01 d1 paper.occ receive household: 1g 1p -1fen 1",
                             "2026-02-01 d1 metal.al sell recycle: 100g 1p -100fen 1",
                             "2026-02-01 d1 paper.occ receive household: 20g 2p -20fen 2",
                             "2026-02-01 d2 paper.occ receive household: 1000g 1p -1000fen 1",
                             "2026-03-01 d2 glass receive household: -10000g 1p 10000fen 1"}));
}

}  // namespace

}  // namespace huan::contract
