// SPDX-License-Identifier: Apache-2.0
// What only a store of files does, and a long random history held against the store in memory.
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include "contract.hpp"
#include "history.hpp"
#include "huan/store/testing/memory_store.hpp"
#include "huan/store_sqlite/store.hpp"
#include "huan/store_sqlite/vault_store.hpp"
#include "huan/vault/testing/store_contract.hpp"

namespace huan::contract {

namespace {

using Sqlite = Contract;
using store_sqlite::Access;

base::ErrorCode code_of(const store_sqlite::Options& options) {
  try {
    (void)store_sqlite::open(options);
  } catch (const store::Failure& failure) {
    return failure.code();
  }
  return base::ErrorCode::internal;
}

void execute(const std::string& path, const std::string& sql) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sql;
  sqlite3_close(db);
}

TEST_F(Sqlite, a_missing_file_is_made_only_when_asked) {
  const auto path = backend_->fresh_path("none.db");
  EXPECT_EQ(code_of({.path = path}), base::ErrorCode::store_missing);
  EXPECT_EQ(code_of({.path = path, .access = Access::read}), base::ErrorCode::store_missing);
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_EQ(code_of({.path = "/no/such/folder/huan.db", .create = true}),
            base::ErrorCode::store_failed);
}

TEST_F(Sqlite, a_foreign_file_is_left_alone) {
  const auto text = backend_->fresh_path("text.db");
  std::ofstream(text) << std::string(10'000, 'x');
  EXPECT_EQ(code_of({.path = text}), base::ErrorCode::store_failed);
  const auto foreign = backend_->fresh_path("foreign.db");
  execute(foreign, "CREATE TABLE t(x); INSERT INTO t VALUES(1)");
  const auto before = std::filesystem::file_size(foreign);
  EXPECT_EQ(code_of({.path = foreign}), base::ErrorCode::store_failed);
  EXPECT_EQ(std::filesystem::file_size(foreign), before);
}

TEST_F(Sqlite, a_newer_file_is_refused) {
  const auto path = backend_->fresh_path("newer.db");
  store_sqlite::open({.path = path, .create = true}).reset();
  execute(path, "PRAGMA user_version = 1000");
  EXPECT_EQ(code_of({.path = path}), base::ErrorCode::store_failed);
  EXPECT_EQ(code_of({.path = path, .access = Access::read}), base::ErrorCode::store_failed);
}

TEST_F(Sqlite, a_reader_reads_beside_the_writer_and_never_writes) {
  const auto path = backend_->fresh_path("shared.db");
  const auto writer = store_sqlite::open({.path = path, .create = true});
  const auto reader = store_sqlite::open({.path = path, .access = Access::read});
  {
    auto transaction = writer->begin(kCity);
    transaction->append(event(1).view());
    transaction->commit();
  }
  EXPECT_EQ(reader->snapshot()->last(kCity).seq, 1U);
  EXPECT_THROW((void)reader->begin(kCity), store::Failure);
}

TEST_F(Sqlite, a_backup_is_a_whole_store_while_writing_goes_on) {
  auto writing = store().begin(kCity);
  for (store::Seq seq = 1; seq <= 2000; ++seq) {
    auto record = event(seq);
    record.body.assign(3000, 'b');
    writing->append(record.view());
  }
  writing->commit();
  writing.reset();
  const auto path = backend_->fresh_path("copy.db");
  std::int64_t calls = 0;
  const auto progress = [&](std::int64_t done, std::int64_t all) {
    EXPECT_LE(done, all);
    write([&calls](store::Transaction& transaction) {
      transaction.append(event(3000 + static_cast<store::Seq>(++calls)).view());
    });
    return true;
  };
  EXPECT_TRUE(store().backup(path, progress));
  EXPECT_GT(calls, 1);
  const auto copy = store_sqlite::open({.path = path, .access = Access::read});
  EXPECT_EQ(copy->snapshot()->last(kCity).seq, 2000U);
  EXPECT_EQ(copy->snapshot()->record(kCity, store::Seq{2000})->body.size(), 3000U);
}

TEST_F(Sqlite, a_stopped_backup_leaves_nothing) {
  const auto path = backend_->fresh_path("copy.db");
  write([](store::Transaction& transaction) {
    auto record = event(1);
    record.body.assign(20'000'000, 'b');
    transaction.append(record.view());
  });
  EXPECT_FALSE(store().backup(path, [](std::int64_t, std::int64_t) { return false; }));
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_FALSE(std::filesystem::exists(path + ".part"));
  EXPECT_THROW((void)store().backup("/no/such/folder/copy.db", {}), store::Failure);
}

TEST_F(Sqlite, every_unique_key_starts_with_the_city) {
  const auto path = backend_->fresh_path("keys.db");
  store_sqlite::open({.path = path, .create = true}).reset();
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
  const char* sql =
      "SELECT m.name, i.name, (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno LIMIT 1) "
      "FROM sqlite_schema m JOIN pragma_index_list(m.name) i ON i.\"unique\" WHERE m.type = "
      "'table'";
  sqlite3_stmt* statement = nullptr;
  ASSERT_EQ(sqlite3_prepare_v2(db, sql, -1, &statement, nullptr), SQLITE_OK);
  int keys = 0;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    const std::string table = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    const std::string column = reinterpret_cast<const char*>(sqlite3_column_text(statement, 2));
    EXPECT_EQ(column, table == "tokens"     ? "hash"
                      : table == "accounts" ? "account"
                                            : "city")
        << table;
    ++keys;
  }
  EXPECT_GT(keys, 20);
  sqlite3_finalize(statement);
  sqlite3_close(db);
}

TEST_F(Sqlite, the_log_is_copied_back_beside_the_writer_and_stays_short) {
  const auto path = backend_->fresh_path("log.db");
  const auto written = store_sqlite::open({.path = path, .create = true, .checkpoint_pages = 20});
  std::uintmax_t longest = 0;
  for (store::Seq seq = 1; seq <= 400; ++seq) {
    auto transaction = written->begin(kCity);
    auto record = event(seq);
    record.body.assign(20'000, 'b');
    transaction->append(record.view());
    transaction->commit();
    longest = std::max(longest, std::filesystem::file_size(path + "-wal"));
    EXPECT_EQ(written->snapshot()->last(kCity).seq, seq);
  }
  EXPECT_LT(longest, 70U * 8192U) << "all that was written is 8 MB";
}

TEST_F(Sqlite, the_vault_is_kept_in_the_transaction) {
  for (const auto expect :
       {vault::testing::expect_fields_are_kept, vault::testing::expect_accesses_are_kept,
        vault::testing::expect_accesses_of_a_city_are_found,
        vault::testing::expect_persons_are_joined}) {
    auto transaction = store().begin(kCity);
    expect(*store_sqlite::vault_store(*transaction));
  }
  const vault::Subject party{"130100", "P-1"};
  const vault::SealedField field{party, vault::Field::phone, "sealed", {1}, std::nullopt, false};
  for (const bool commit : {false, true}) {
    auto transaction = store().begin(kCity);
    const auto fields = store_sqlite::vault_store(*transaction);
    EXPECT_FALSE(fields->find(party, vault::Field::phone)) << "of a transaction without commit";
    fields->put(field);
    if (commit) {
      transaction->commit();
    }
  }
  ASSERT_TRUE(backend_->reopen());
  const auto transaction = store().begin("");
  EXPECT_EQ(store_sqlite::vault_store(*transaction)->find(party, vault::Field::phone)->sealed,
            "sealed");
}

TEST_F(Sqlite, the_vault_of_a_snapshot_answers_and_does_not_write) {
  const vault::Subject party{"130100", "P-1"};
  const vault::SealedField field{party, vault::Field::phone, "sealed", {1}, std::nullopt, false};
  write(
      [&](store::Transaction& transaction) { store_sqlite::vault_store(transaction)->put(field); });
  const auto snapshot = store().snapshot();
  const auto fields = store_sqlite::vault_store(*snapshot);
  EXPECT_EQ(fields->all(party).size(), 1U);
  EXPECT_THROW(fields->put(field), store::Failure);
}

TEST_F(Sqlite, an_older_file_is_brought_forward) {
  const auto path = backend_->fresh_path("older.db");
  store_sqlite::open({.path = path, .create = true}).reset();
  execute(path,
          "DROP TABLE vault_fields; DROP TABLE vault_accesses; DROP TABLE vault_persons; DROP "
          "TABLE accounts; DROP TABLE rollup_operator; "
          "INSERT INTO cities VALUES('130100', 28800, 'old', ''); PRAGMA user_version = 1");
  EXPECT_EQ(code_of({.path = path, .access = Access::read}), base::ErrorCode::store_failed);
  const auto opened = store_sqlite::open({.path = path});
  auto transaction = opened->begin("");
  EXPECT_TRUE(store_sqlite::vault_store(*transaction)->joined("x").empty());
  EXPECT_EQ(transaction->reading().city("130100")->name, "old");
}

/// A file of before operators had months of their own gets them from its days.
TEST_F(Sqlite, months_of_operators_are_filled_in) {
  const auto path = backend_->fresh_path("days.db");
  {
    const auto store = store_sqlite::open({.path = path, .create = true});
    const auto transaction = store->begin(kCity);
    for (std::int32_t n = 0; n < 90; ++n) {  // three months, at the ends of which days change sides
      ledger::RollupDelta delta;
      delta.day = {20'454 + n};
      delta.place = "S" + std::to_string(n % 7);
      delta.operator_id = "op" + std::to_string(n % 3);
      delta.district = "d" + std::to_string(n % 2);
      delta.material = "glass";
      delta.flow = "receive";
      delta.mass_g = n % 5 == 0 ? -n : n;
      delta.count = 1;
      transaction->rollup(delta);
    }
    transaction->commit();
  }
  const auto kept = [&] {
    const auto store = store_sqlite::open({.path = path});
    std::vector<std::string> rows;
    store->snapshot()->rollup_operators(kCity, [&](const store::StatisticsRow& row) {
      rows.push_back(base::format_day(row.day) + row.operator_id + row.district + ' ' +
                     std::to_string(row.mass_g) + ' ' + std::to_string(row.count));
      return true;
    });
    return rows;
  };
  const auto before = kept();
  EXPECT_EQ(before.size(), 18U);  // three months, three operators, two districts
  execute(path,
          "DROP TABLE rollup_operator; DROP INDEX vault_expired; ALTER TABLE vault_fields DROP "
          "COLUMN retention; CREATE INDEX vault_expired ON vault_fields(keep_until) WHERE blocked "
          "= 1; PRAGMA user_version = 4");
  EXPECT_EQ(code_of({.path = path, .access = Access::read}), base::ErrorCode::store_failed);
  EXPECT_EQ(kept(), before);
}

class Histories : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Histories, are_the_same_as_in_memory) {
  const auto backend = make_backend();
  const auto model = store::testing::memory_store();
  History history(GetParam());
  for (int round = 0; round < 30; ++round) {
    const auto plan = history.next_transaction();
    for (auto* store : {&backend->store(), model.get()}) {
      auto transaction = store->begin(plan.city);
      for (const auto& step : plan.steps) {
        step(*transaction);
      }
      if (plan.commit) {
        transaction->commit();
      }
    }
    ASSERT_EQ(dump(*backend->store().snapshot()), dump(*model->snapshot())) << "round " << round;
    if (round % 10 == 9) {
      ASSERT_TRUE(backend->reopen());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Histories, ::testing::Range<std::uint64_t>(1, 11));

}  // namespace

}  // namespace huan::contract
