// SPDX-License-Identifier: Apache-2.0
#include "workload.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>

namespace huan::faults {

using store::Seq;

namespace {

base::Uuid id_of(Seq seq) {
  // Scattered, so that the index of ids changes everywhere.
  std::array<std::uint8_t, 16> bytes{};
  const auto mixed = seq * 0x9e3779b97f4a7c15ULL;
  for (std::size_t i = 0; i < 8; ++i) {
    bytes[i] = static_cast<std::uint8_t>(mixed >> (8 * i));
  }
  return base::Uuid(bytes);
}

std::string body_of(Seq seq) {
  return std::string(200 + seq * 37 % 2000, static_cast<char>('a' + seq % 26));
}
std::string lot_of(Seq seq) { return "L" + std::to_string(seq % 40); }
std::int64_t mass_of(Seq seq) { return static_cast<std::int64_t>(seq % 7 + 1); }
const ledger::Account kTill{ledger::AccountKind::till, "S1", ""};

}  // namespace

Folder::Folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "huan-faults-XXXXXX").string();
  path_ = ::mkdtemp(pattern.data());
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void put(store::Transaction& transaction, Seq seq) {
  const auto body = body_of(seq);
  store::RecordView record;
  record.seq = seq;
  record.id = id_of(seq);
  record.type = "receive";
  record.body = body;
  transaction.append(record);
  const ledger::Leg leg{
      {ledger::AccountKind::stock, "S1", lot_of(seq)}, {}, mass_of(seq), "m", {}, {}};
  transaction.legs(seq, {&leg, 1});
  if (!transaction.reading().lot(kCity, lot_of(seq))) {
    transaction.lot_made({lot_of(seq), "S1", "m", {1}, false}, seq);
  }
  transaction.lot_add(lot_of(seq), "S1", mass_of(seq), 0);
  transaction.balance_add(kTill, ledger::Unit::money, mass_of(seq));
  ledger::RollupDelta delta;
  delta.day = {static_cast<std::int32_t>(seq % 90)};
  delta.place = "S" + std::to_string(seq % 11);
  delta.mass_g = mass_of(seq);
  transaction.rollup(delta);
  transaction.log_state(std::to_string(seq));
}

void expect_whole(store::Store& store, Seq last) {
  const auto snapshot = store.snapshot();
  ASSERT_EQ(snapshot->last(kCity).seq, last);
  Seq seen = 0;
  std::int64_t mass = 0;
  snapshot->records(kCity, {}, [&](const store::RecordView& record) {
    ++seen;
    EXPECT_EQ(record.seq, seen);
    EXPECT_EQ(record.body, body_of(seen));
    EXPECT_EQ(snapshot->seq_of(kCity, id_of(seen)), seen);
    mass += mass_of(seen);
    return true;
  });
  EXPECT_EQ(seen, last);
  std::int64_t sums[3] = {0, 0, 0};
  snapshot->legs(kCity, store::SeqRange{}, [&](const store::LegView& leg) {
    sums[0] += leg.amount;
    return true;
  });
  snapshot->all_lots(kCity, [&](const store::LotRow& row) {
    sums[1] += row.state.raw_g;
    return true;
  });
  snapshot->statistics(kCity, {.by = {store::Axis::place}}, [&](const store::StatisticsRow& row) {
    sums[2] += row.mass_g;
    return true;
  });
  EXPECT_EQ(sums[0], mass);
  EXPECT_EQ(sums[1], mass);
  EXPECT_EQ(sums[2], mass);
  EXPECT_EQ(snapshot->balance(kCity, kTill, ledger::Unit::money), mass);
  EXPECT_EQ(snapshot->log_state(kCity), last == 0 ? "" : std::to_string(last));
}

void expect_sound_file(const std::string& path) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
  std::string result;
  sqlite3_exec(
      db, "PRAGMA integrity_check",
      [](void* into, int, char** values, char**) {
        *static_cast<std::string*>(into) += values[0];
        return 0;
      },
      &result, nullptr);
  EXPECT_EQ(result, "ok");
  sqlite3_close(db);
}

}  // namespace huan::faults
