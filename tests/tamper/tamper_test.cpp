// SPDX-License-Identifier: Apache-2.0
// Every table that is derived from the records, and the records themselves, altered by plain SQL:
// verify has to find each alteration. The store is a real one, with events of every type.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "huan/app/init_city.hpp"
#include "huan/app/verify.hpp"
#include "huan/crypto/id_source.hpp"
#include "huan/store_sqlite/store.hpp"

namespace huan {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kNow = 1'795'000'000;  // 2026-11-18

std::string event(int n, const std::string& rest) {
  const std::string digits = std::to_string(100 + n);
  return R"({"id":"0192f8c4-1a2b-7c3d-8e4f-5a6b7c8d9)" + digits +
         R"(","time":"2026-11-18T05:00:00Z",)" + rest + "}";
}

/// Received with items and a ticket, shipped, accepted with a refusal, run, sold, counted; a count
/// and an acceptance corrected, the closing of a run voided.
std::vector<std::string> history() {
  return {
      event(
          0,
          R"("type":"receive","place":"CD-101","ticket":"D-1","from":{"origin":"household"},)"
          R"("outputs":[{"lot":"A","material":"paper.mixed","mass_g":5000,"price_fen":100,"per":"kg"},)"
          R"({"lot":"B","material":"mixed.mgp","mass_g":700,"pieces":2,"items":[{"code":"I-1","kind":"box"}]}])"),
      event(1, R"("type":"ship","place":"CD-101","shipment":"S","to":{"place":"CD-102"},)"
               R"("inputs":[{"lot":"A","mass_g":4000}])"),
      event(2, R"("type":"accept","place":"CD-102","shipment":"S","final":true,)"
               R"("lines":[{"line":"A","accepted_g":3500,"refused_g":300,"lot":"C"}])"),
      event(3,
            R"("type":"transform","place":"CD-102","run":"R","inputs":[{"lot":"C","mass_g":3000}],)"
            R"("outputs":[{"lot":"D","material":"paper.occ","mass_g":2500}])"),
      event(
          4,
          R"("type":"sell","place":"CD-102","to":{},"inputs":[{"lot":"D","mass_g":1000,"price_fen":200,"per":"kg"}])"),
      event(
          5,
          R"("type":"adjust","place":"CD-101","reason":"count","lines":[{"lot":"A","counted_g":900}])"),
      event(
          6,
          R"("type":"correct","place":"CD-101","reason":"typed wrong",)"
          R"("corrects":"0192f8c4-1a2b-7c3d-8e4f-5a6b7c8d9105","replacement":{"type":"adjust",)"
          R"("time":"2026-11-18T05:00:00Z","place":"CD-101","reason":"count","lines":[{"lot":"A","counted_g":950}]})"),
      event(7,
            R"("type":"correct","place":"CD-102","reason":"typed wrong",)"
            R"("corrects":"0192f8c4-1a2b-7c3d-8e4f-5a6b7c8d9102","replacement":{"type":"accept",)"
            R"("time":"2026-11-18T05:00:00Z","place":"CD-102","shipment":"S","final":true,)"
            R"("lines":[{"line":"A","accepted_g":3600,"refused_g":300,"lot":"C"}]})"),
      event(8, R"("type":"transform","place":"CD-102","run":"R","close":true)"),
      event(9, R"("type":"correct","place":"CD-102","reason":"goes on",)"
               R"("corrects":"0192f8c4-1a2b-7c3d-8e4f-5a6b7c8d9108","replacement":null)"),
  };
}

class Tamper : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path{testing::TempDir()} / ("huan-tamper-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    fill();
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path() const { return (folder_ / "huan.db").string(); }

  void fill() {
    const auto store = store_sqlite::open({path(), store_sqlite::Access::write, true, ""});
    base::ManualClock clock{base::Instant{kNow}};
    crypto::SeededIdSource ids{1, clock};
    app::Recorder recorder{*store, clock, ids};
    const auto pack = registry::load_pack("packs/x-nyc");
    ASSERT_TRUE(pack.has_value());
    ASSERT_TRUE(app::init_city(recorder, *pack, {}).has_value());
    for (const std::string& text : history()) {
      std::vector<app::PreparedEvent> one;
      one.push_back(app::prepare(text));
      const auto result = recorder.post("x-nyc", std::move(one), app::Mode::atomic, {"test"});
      ASSERT_TRUE(result.kept) << text
                               << base::describe(result.outcomes[0].error, base::Language::en);
    }
  }

  app::VerifyReport verify_now() const {
    const auto store = store_sqlite::open({path(), store_sqlite::Access::read, false, ""});
    return app::verify(*store, {});
  }

  void alter(const std::string& sql) const {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(path().c_str(), &db), SQLITE_OK);
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK)
        << sql << ": " << message;
    EXPECT_GT(sqlite3_total_changes(db), 0) << sql << " altered nothing";
    sqlite3_close(db);
  }

  fs::path folder_;
};

TEST_F(Tamper, AnUntouchedStoreIsFoundWhole) {
  const auto report = verify_now();
  EXPECT_TRUE(report.ok);
  EXPECT_EQ(report.events, history().size());
  EXPECT_GT(report.shares, 0U);
}

TEST_F(Tamper, EveryAlterationIsFound) {
  const std::string event_body =
      "UPDATE records SET body = replace(body, '\"mass_g\":5000', '\"mass_g\":5001') WHERE type = "
      "'receive'";
  const std::vector<std::string> alterations{
      event_body,
      "UPDATE records SET body = replace(body, '\"by\":\"test\"', '\"by\":\"pest\"') WHERE type = "
      "'ship'",
      "UPDATE records SET time_s = time_s + 1 WHERE type = 'ship'",
      "UPDATE records SET type = 'sell' WHERE type = 'ship'",
      "UPDATE records SET leaf = zeroblob(32) WHERE type = 'ship'",
      "UPDATE records SET supersedes = 0 WHERE supersedes > 0",
      "DELETE FROM records WHERE seq = (SELECT max(seq) FROM records)",
      "DELETE FROM records WHERE seq = 3",
      // What later events build on, and corrections take back.
      "DELETE FROM records WHERE type = 'ship'",
      "DELETE FROM records WHERE seq = (SELECT min(seq) FROM records WHERE type = 'transform')",
      "UPDATE records SET body = '{}' WHERE seq IN (SELECT supersedes FROM records)",
      "UPDATE records SET body = replace(body, '\"type\":\"accept\"', '\"type\":\"x\"')",
      "UPDATE records SET body = replace(body, '\"drawn\":', '\"drown\":')",
      "UPDATE entries SET amount = amount + 1 WHERE n = 0",
      "UPDATE entries SET day = day + 1",
      "DELETE FROM entries WHERE n = 1",
      // Legs of a record of the registry, and of one that there is not.
      "INSERT INTO entries SELECT city, 2, n, kind, a, b, unit, amount, material, cls, day FROM "
      "entries WHERE seq = (SELECT max(seq) FROM entries)",
      "INSERT INTO entries SELECT city, seq + 9, n, kind, a, b, unit, amount, material, cls, day "
      "FROM entries WHERE seq = (SELECT max(seq) FROM entries)",
      "UPDATE lots SET raw_g = raw_g + 1 WHERE lot = 'D'",
      "UPDATE lots SET material = 'paper.occ' WHERE lot = 'A'",
      "DELETE FROM lots WHERE lot = 'B'",
      "UPDATE shipments SET finals = 0 WHERE shipment = 'S'",
      "UPDATE lines SET raw_g = raw_g - 1",
      "DELETE FROM lines",
      "UPDATE runs SET raw_g = 0",
      "UPDATE items SET lot = 'A'",
      "UPDATE tickets SET seq = seq + 1",
      "DELETE FROM tickets",
      "UPDATE balances SET amount = amount + 1",
      "UPDATE rollup_day SET mass_g = mass_g + 1",
      "UPDATE rollup_month SET count = count + 1",
      "DELETE FROM rollup_month WHERE flow = 'sell'",
      "UPDATE rollup_operator SET pieces = pieces + 1",
      "DELETE FROM rollup_operator WHERE flow = 'sell'",
      "UPDATE registry SET seq = seq + 1 WHERE kind = 'place'",
      "DELETE FROM registry WHERE kind = 'place' AND key = 'CD-101'",
      "UPDATE log_states SET bytes = zeroblob(length(bytes))",
      "UPDATE tiles SET bytes = zeroblob(length(bytes))",
  };
  const fs::path whole = folder_ / "whole.db";
  fs::copy_file(path(), whole);
  for (const std::string& sql : alterations) {
    fs::remove(path() + "-wal");
    fs::remove(path() + "-shm");
    fs::copy_file(whole, path(), fs::copy_options::overwrite_existing);
    alter(sql);
    const auto report = verify_now();
    EXPECT_FALSE(report.ok) << sql;
    EXPECT_FALSE(report.differences.empty()) << sql;
  }
}

}  // namespace
}  // namespace huan
