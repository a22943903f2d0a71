// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string>
#include <vector>

#include "contract.hpp"

namespace huan::contract {

namespace {

using store::Record;
using store::RecordView;
using store::Seq;

void expect_same(const Record& a, const Record& b) {
  EXPECT_EQ(a.seq, b.seq);
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.klass, b.klass);
  EXPECT_EQ(a.type, b.type);
  EXPECT_EQ(a.key, b.key);
  EXPECT_EQ(a.time, b.time);
  EXPECT_EQ(a.recorded_at, b.recorded_at);
  EXPECT_EQ(a.supersedes, b.supersedes);
  EXPECT_EQ(a.place, b.place);
  EXPECT_EQ(a.operator_id, b.operator_id);
  EXPECT_EQ(a.district, b.district);
  EXPECT_EQ(a.leaf, b.leaf);
  EXPECT_EQ(a.body, b.body);
}

std::vector<Seq> seqs(store::Reading& reading, store::SeqRange range) {
  std::vector<Seq> found;
  reading.records(kCity, range, [&](const RecordView& record) {
    found.push_back(record.seq);
    return true;
  });
  return found;
}

using Records = Contract;

TEST_F(Records, an_empty_city_has_none) {
  const auto snapshot = store().snapshot();
  EXPECT_EQ(snapshot->last(kCity).seq, 0U);
  EXPECT_FALSE(snapshot->record(kCity, Seq{1}));
  EXPECT_FALSE(snapshot->record(kCity, id_of(1)));
  EXPECT_EQ(snapshot->seq_of(kCity, id_of(1)), 0U);
  EXPECT_EQ(snapshot->superseded_by(kCity, 1), 0U);
  EXPECT_TRUE(seqs(*snapshot, {}).empty());
  EXPECT_TRUE(snapshot->legs(kCity, 1).empty());
}

TEST_F(Records, come_back_as_they_were_written) {
  auto edge = event(1);
  edge.klass = store::RecordClass::registry;
  edge.type = "place";
  edge.key = "S1";
  edge.time = {INT64_MIN};
  edge.recorded_at = {INT64_MAX};
  edge.place = "";
  edge.body = "{\"名\":\"废纸 \\u0000\",\"n\":9007199254740991}";
  auto large = event(2);
  large.supersedes = 1;
  large.body.assign(300'000, 'x');
  write([&](store::Transaction& transaction) {
    transaction.append(edge.view());
    transaction.append(large.view());
  });
  const auto snapshot = store().snapshot();
  expect_same(*snapshot->record(kCity, Seq{1}), edge);
  expect_same(*snapshot->record(kCity, id_of(2)), large);
  EXPECT_EQ(snapshot->seq_of(kCity, id_of(2)), 2U);
  EXPECT_EQ(snapshot->last(kCity).seq, 2U);
  EXPECT_EQ(snapshot->last(kCity).recorded_at, large.recorded_at);
}

TEST_F(Records, name_the_version_after_them) {
  write([](store::Transaction& transaction) {
    transaction.append(event(1).view());
    auto correction = event(2);
    correction.supersedes = 1;
    transaction.append(correction.view());
    EXPECT_EQ(transaction.reading().superseded_by(kCity, 1), 2U);
  });
  const auto snapshot = store().snapshot();
  EXPECT_EQ(snapshot->superseded_by(kCity, 1), 2U);
  EXPECT_EQ(snapshot->superseded_by(kCity, 2), 0U);
  EXPECT_EQ(snapshot->superseded_by(kCity, 0), 0U);
}

TEST_F(Records, an_id_a_seq_and_a_place_in_the_chain_of_versions_are_taken_once) {
  write([](store::Transaction& transaction) {
    transaction.append(event(1).view());
    auto correction = event(2);
    correction.supersedes = 1;
    transaction.append(correction.view());
  });
  for (const int what : {0, 1, 2}) {
    auto again = event(3);
    if (what == 0) {
      again.id = id_of(1);
    } else if (what == 1) {
      again.seq = 1;
    } else {
      again.supersedes = 1;
    }
    const auto transaction = store().begin(kCity);
    try {
      transaction->append(again.view());
      FAIL() << "taken twice: " << what;
    } catch (const store::Failure& failure) {
      EXPECT_EQ(failure.code(), base::ErrorCode::store_failed);
    }
  }
  EXPECT_EQ(store().snapshot()->last(kCity).seq, 2U);
}

TEST_F(Records, stream_in_order_within_a_range_and_stop_when_told) {
  write([](store::Transaction& transaction) {
    for (const Seq seq : std::vector<Seq>{5, 3, 1, 2, 4}) {
      transaction.append(event(seq).view());
    }
  });
  const auto snapshot = store().snapshot();
  EXPECT_EQ(seqs(*snapshot, {}), (std::vector<Seq>{1, 2, 3, 4, 5}));
  EXPECT_EQ(seqs(*snapshot, {.after = 1, .last = 3}), (std::vector<Seq>{2, 3}));
  EXPECT_EQ(seqs(*snapshot, {.after = 5}), std::vector<Seq>{});
  std::size_t calls = 0;
  snapshot->records(kCity, {}, [&calls](const RecordView&) { return ++calls < 2; });
  EXPECT_EQ(calls, 2U);
}

TEST_F(Records, heads_have_no_body_and_all_else) {
  write([](store::Transaction& transaction) { transaction.append(event(1).view()); });
  const auto snapshot = store().snapshot();
  std::size_t calls = 0;
  snapshot->record_heads(kCity, {}, [&calls](const RecordView& record) {
    auto expected = event(1);
    expected.body.clear();
    expect_same(Record(record), expected);
    ++calls;
    return true;
  });
  EXPECT_EQ(calls, 1U);
}

TEST_F(Records, a_visit_may_ask_the_same_reading) {
  write([](store::Transaction& transaction) {
    transaction.append(event(1).view());
    transaction.append(event(2).view());
  });
  const auto snapshot = store().snapshot();
  std::vector<Seq> inner;
  snapshot->records(kCity, {}, [&](const RecordView& record) {
    const std::string before(record.body);
    for (const auto seq : seqs(*snapshot, {})) {
      inner.push_back(seq);
    }
    EXPECT_EQ(record.body, before);
    return true;
  });
  EXPECT_EQ(inner, (std::vector<Seq>{1, 2, 1, 2}));
}

TEST_F(Records, legs_come_back_in_the_order_written) {
  using ledger::AccountKind;
  const std::vector<ledger::Leg> first = {{{AccountKind::source, "S1", "household"},
                                           ledger::Unit::mass,
                                           -1'000'000'000'000,
                                           "paper.occ",
                                           ledger::LegClass::own,
                                           {20'000}},
                                          {{AccountKind::stock, "S1", "L 1"},
                                           ledger::Unit::mass,
                                           1'000'000'000'000,
                                           "paper.occ",
                                           ledger::LegClass::kept,
                                           {-1}}};
  const std::vector<ledger::Leg> second = {{{AccountKind::spent, "赠品", ""},
                                            ledger::Unit::point,
                                            INT64_MIN,
                                            "",
                                            ledger::LegClass::reversing,
                                            {INT32_MAX}}};
  write([&](store::Transaction& transaction) {
    transaction.legs(1, first);
    transaction.legs(3, second);
    transaction.legs(4, {});
    EXPECT_EQ(transaction.reading().legs(kCity, 1).size(), 2U);
  });
  const auto snapshot = store().snapshot();
  for (const auto& [seq, legs] : {std::pair(Seq{1}, first), std::pair(Seq{3}, second)}) {
    const auto read = snapshot->legs(kCity, seq);
    ASSERT_EQ(read.size(), legs.size());
    for (std::size_t i = 0; i < legs.size(); ++i) {
      EXPECT_EQ(read[i].account, legs[i].account);
      EXPECT_EQ(read[i].unit, legs[i].unit);
      EXPECT_EQ(read[i].amount, legs[i].amount);
      EXPECT_EQ(read[i].material, legs[i].material);
      EXPECT_EQ(read[i].cls, legs[i].cls);
      EXPECT_EQ(read[i].day, legs[i].day);
    }
  }
  EXPECT_TRUE(snapshot->legs(kCity, 0).empty());
  EXPECT_TRUE(snapshot->legs(kCity, 2).empty());
}

TEST_F(Records, legs_stream_over_a_range) {
  const ledger::Leg leg{{ledger::AccountKind::till, "S1", ""}, ledger::Unit::money, 5, "", {}, {}};
  write([&](store::Transaction& transaction) {
    for (Seq seq = 1; seq <= 4; ++seq) {
      transaction.legs(seq, std::vector<ledger::Leg>(seq, leg));
    }
  });
  const auto snapshot = store().snapshot();
  std::string seen;
  snapshot->legs(kCity, {.after = 1, .last = 3}, [&seen](const store::LegView& view) {
    seen += std::to_string(view.seq);
    EXPECT_EQ(view.a, "S1");
    EXPECT_EQ(view.amount, 5);
    return true;
  });
  EXPECT_EQ(seen, "22333");
  std::size_t calls = 0;
  snapshot->legs(kCity, store::SeqRange{}, [&calls](const store::LegView&) { return ++calls < 3; });
  EXPECT_EQ(calls, 3U);
}

}  // namespace

}  // namespace huan::contract
