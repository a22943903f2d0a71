// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "contract.hpp"

namespace huan::contract {

namespace {

using ledger::AccountKind;
using ledger::Unit;

const ledger::Account kParty{AccountKind::party, "P1", ""};

ledger::RollupDelta sold(std::int64_t mass_g) {
  ledger::RollupDelta delta;
  delta.day = {20'000};
  delta.place = "S1";
  delta.material = "paper.occ";
  delta.flow = "sell";
  delta.mass_g = mass_g;
  return delta;
}

/// One of each kind of change, told apart by `mark`.
void change(store::Transaction& transaction, store::Seq seq, std::int64_t mark) {
  transaction.append(event(seq).view());
  const ledger::Leg leg{kParty, Unit::point, mark, "", {}, {}};
  transaction.legs(seq, {&leg, 1});
  transaction.lot_add("L1", "S1", mark, 0);
  transaction.line_add("H1", {"L1", "paper.occ", mark, mark, 0});
  transaction.balance_add(kParty, Unit::point, mark);
  transaction.rollup(sold(mark));
  transaction.log_state(std::to_string(mark));
}

std::string state(store::Reading& reading, std::string_view city = kCity) {
  std::string text = "#" + std::to_string(reading.last(city).seq);
  const auto lot = reading.lot(city, "L1");
  text += " lot " + (lot ? std::to_string(lot->raw_g) : "none");
  const auto lines = reading.lines(city, "H1");
  text += " line " + (lines.empty() ? "none" : std::to_string(lines[0].raw_g));
  text += " points " + std::to_string(reading.balance(city, kParty, Unit::point));
  reading.statistics(city, {}, [&text](const store::StatisticsRow& row) {
    text += " sold " + std::to_string(row.mass_g);
    return true;
  });
  std::int64_t stock = 0;
  for (const auto& row : reading.stock(city, {}, {})) {
    stock += row.mass_g;
  }
  return text + " stock " + std::to_string(stock) + " log " + reading.log_state(city);
}

class Transactions : public Contract {
 protected:
  void SetUp() override {
    write([](store::Transaction& transaction) { put_lot(transaction, made("L1", "S1"), 1000); });
  }
  std::string now() { return state(*store().snapshot()); }
};

const char* const kBefore = "#0 lot 1000 line none points 0 stock 1000 log ";
const char* const kAfter1 = "#1 lot 1001 line 1 points 1 sold 1 stock 1001 log 1";

TEST_F(Transactions, are_seen_by_themselves_and_after_the_commit_by_all) {
  {
    auto transaction = store().begin(kCity);
    change(*transaction, 1, 1);
    EXPECT_EQ(state(transaction->reading()), kAfter1);
    EXPECT_EQ(now(), kBefore);
    transaction->commit();
  }
  EXPECT_EQ(now(), kAfter1);
}

TEST_F(Transactions, without_commit_never_were) {
  {
    auto transaction = store().begin(kCity);
    change(*transaction, 1, 1);
    EXPECT_EQ(state(transaction->reading()), kAfter1);
  }
  EXPECT_EQ(now(), kBefore);
  auto transaction = store().begin(kCity);
  EXPECT_EQ(state(transaction->reading()), kBefore);
}

TEST_F(Transactions, go_back_to_a_savepoint) {
  auto transaction = store().begin(kCity);
  change(*transaction, 1, 1);
  transaction->savepoint();
  change(*transaction, 2, 50);
  EXPECT_EQ(state(transaction->reading()),
            "#2 lot 1051 line 51 points 51 sold 51 stock 1051 log 50");
  change(*transaction, 3, 60);
  transaction->rollback_to();
  EXPECT_EQ(state(transaction->reading()), kAfter1);
  transaction->commit();
  transaction.reset();
  EXPECT_EQ(now(), kAfter1);
}

TEST_F(Transactions, go_back_to_a_savepoint_without_a_look) {
  auto transaction = store().begin(kCity);
  change(*transaction, 1, 1);
  transaction->savepoint();
  change(*transaction, 2, 50);
  transaction->rollback_to();
  transaction->savepoint();
  transaction->rollback_to();
  transaction->commit();
  transaction.reset();
  EXPECT_EQ(now(), kAfter1);
}

TEST_F(Transactions, keep_what_is_released) {
  auto transaction = store().begin(kCity);
  transaction->savepoint();
  change(*transaction, 1, 1);
  transaction->release();
  transaction->savepoint();
  change(*transaction, 2, 2);
  transaction->release();
  transaction->savepoint();
  change(*transaction, 3, 99);
  transaction->rollback_to();
  transaction->commit();
  transaction.reset();
  EXPECT_EQ(now(), "#2 lot 1003 line 3 points 3 sold 3 stock 1003 log 2");
}

TEST_F(Transactions, forget_what_a_savepoint_made) {
  auto transaction = store().begin(kCity);
  transaction->savepoint();
  put_lot(*transaction, made("L2", "S1"), 5);
  transaction->lot_made(made("L1", "S2"), 2);
  EXPECT_EQ(transaction->reading().lot(kCity, "L1")->place, "S2");
  EXPECT_EQ(transaction->reading().lots(kCity, {}, {}).size(), 1U);
  transaction->rollback_to();
  EXPECT_FALSE(transaction->reading().lot(kCity, "L2"));
  EXPECT_EQ(transaction->reading().lot(kCity, "L1")->place, "S1");
  put_lot(*transaction, made("L2", "S1"), 7);
  transaction->commit();
  transaction.reset();
  EXPECT_EQ(store().snapshot()->lot(kCity, "L2")->raw_g, 7);
  EXPECT_EQ(store().snapshot()->lot_places(kCity, "L1").size(), 1U);
}

/// What is asked about in vain, as a name between others.
std::string there(store::Reading& reading, const std::string& name) {
  const auto seq = reading.ticket(kCity, name, 7);
  return name + (reading.lot(kCity, name) ? " lot" : "") +
         (reading.items_of(kCity, name).empty() ? "" : " item") +
         (seq ? " ticket " + std::to_string(*seq) : "") + " last " +
         std::to_string(reading.ticket_last(kCity, name).value_or(-1));
}

void put_all_of(store::Transaction& transaction, const std::string& name, store::Seq seq) {
  put_lot(transaction, made(name, "S1"), 5, seq);
  transaction.item_move(seq, {"I-" + name, "box", "", "", name});
  transaction.ticket({name, 7}, seq);
  transaction.append(event(seq).view());
}

// A store that remembers where nothing stands has to unlearn it.
TEST_F(Transactions, find_what_was_asked_for_before_it_was_there) {
  write([](store::Transaction& transaction) { put_all_of(transaction, "M5", 1); });
  auto transaction = store().begin(kCity);
  auto& reading = transaction->reading();
  for (const char* name : {"M7", "M3", "M6"}) {
    EXPECT_EQ(there(reading, name), std::string{name} + " last -1");
  }
  EXPECT_EQ(reading.seq_of(kCity, id_of(2)), 0U);
  EXPECT_EQ(reading.seq_of(kCity, id_of(3)), 0U);
  put_all_of(*transaction, "M6", 2);
  EXPECT_EQ(there(reading, "M5"), "M5 lot item ticket 1 last 7");
  EXPECT_EQ(there(reading, "M6"), "M6 lot item ticket 2 last 7");
  EXPECT_EQ(reading.seq_of(kCity, id_of(2)), 2U);
  transaction->commit();
  transaction.reset();
  transaction = store().begin(kCity);
  EXPECT_EQ(there(transaction->reading(), "M6"), "M6 lot item ticket 2 last 7");
  EXPECT_EQ(there(transaction->reading(), "M7"), "M7 last -1");
}

TEST_F(Transactions, find_again_what_a_savepoint_took_away) {
  write([](store::Transaction& transaction) { put_all_of(transaction, "M5", 1); });
  auto transaction = store().begin(kCity);
  auto& reading = transaction->reading();
  transaction->ticket({"M8", 7}, 2);
  transaction->savepoint();
  transaction->item_move(2, {"I-M5", "box", "", "M5", ""});
  transaction->ticket({"M5", 7}, 2);
  transaction->ticket({"M8", 9}, 2);
  put_all_of(*transaction, "M9", 3);
  EXPECT_EQ(there(reading, "M5"), "M5 lot ticket 2 last 7");
  EXPECT_EQ(there(reading, "M8"), "M8 ticket 2 last 9");
  transaction->rollback_to();
  EXPECT_EQ(reading.ticket_last(kCity, "M8"), 7);
  EXPECT_EQ(there(reading, "M5"), "M5 lot item ticket 1 last 7");
  EXPECT_EQ(there(reading, "M8"), "M8 ticket 2 last 7");
  EXPECT_EQ(there(reading, "M9"), "M9 last -1");
  EXPECT_EQ(reading.seq_of(kCity, id_of(3)), 0U);
  transaction->commit();
  transaction.reset();
  EXPECT_EQ(there(*store().snapshot(), "M8"), "M8 ticket 2 last 7");
}

TEST_F(Transactions, do_not_change_what_a_snapshot_sees) {
  const auto before = store().snapshot();
  write([](store::Transaction& transaction) { change(transaction, 1, 1); });
  const auto after = store().snapshot();
  write([](store::Transaction& transaction) { change(transaction, 2, 1); });
  EXPECT_EQ(state(*before), kBefore);
  EXPECT_EQ(state(*after), kAfter1);
}

TEST_F(Transactions, of_two_cities_do_not_mix) {
  write(
      [](store::Transaction& transaction) {
        put_lot(transaction, made("L1", "S1"), 5);
        change(transaction, 1, 1);
        EXPECT_EQ(state(transaction.reading(), kCity), kBefore) << "another city, not yet written";
      },
      kOther);
  EXPECT_EQ(now(), kBefore);
  EXPECT_EQ(state(*store().snapshot(), kOther), "#1 lot 6 line 1 points 1 sold 1 stock 6 log 1");
  write([](store::Transaction& transaction) { change(transaction, 1, 1); });
  EXPECT_EQ(now(), kAfter1);
}

TEST_F(Transactions, outlive_the_store) {
  write([](store::Transaction& transaction) { change(transaction, 1, 1); });
  if (!backend_->reopen()) {
    EXPECT_FALSE(store().capabilities().durable);
    return;
  }
  EXPECT_TRUE(store().capabilities().durable);
  EXPECT_EQ(now(), kAfter1);
  write([](store::Transaction& transaction) { change(transaction, 2, 1); });
  EXPECT_EQ(now(), "#2 lot 1002 line 2 points 2 sold 2 stock 1002 log 1");
}

TEST_F(Transactions, one_after_another) {
  auto first = store().begin(kCity);
  std::atomic<bool> began{false};
  std::thread other([&] {
    auto second = store().begin(kCity);
    began = true;
    second->lot_add("L1", "S1", 1, 0);
    second->commit();
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  EXPECT_FALSE(began);
  first->lot_add("L1", "S1", 10, 0);
  first->commit();
  first.reset();
  other.join();
  EXPECT_EQ(store().snapshot()->lot(kCity, "L1")->raw_g, 1011);
}

TEST_F(Transactions, are_read_beside_by_many) {
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!done) {
        const auto snapshot = store().snapshot();
        const auto seq = static_cast<std::int64_t>(snapshot->last(kCity).seq);
        if (snapshot->lot(kCity, "L1")->raw_g != 1000 + seq ||
            snapshot->balance(kCity, kParty, Unit::point) != seq) {
          ++wrong;
        }
      }
    });
  }
  for (store::Seq seq = 1; seq <= 60; ++seq) {
    write([seq](store::Transaction& transaction) { change(transaction, seq, 1); });
  }
  done = true;
  for (auto& reader : readers) {
    reader.join();
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(store().snapshot()->last(kCity).seq, 60U);
}

TEST_F(Transactions, belong_to_one_process) {
  try {
    const auto second = backend_->second_writer();
    FAIL() << "two writers";
  } catch (const store::Failure& failure) {
    EXPECT_EQ(failure.code(), base::ErrorCode::store_busy);
  }
  write([](store::Transaction& transaction) { change(transaction, 1, 1); });
  EXPECT_EQ(now(), kAfter1);
}

}  // namespace

}  // namespace huan::contract
