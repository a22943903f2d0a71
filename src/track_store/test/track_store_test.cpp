// SPDX-License-Identifier: Apache-2.0
#include "huan/track_store/track_store.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

namespace huan::track_store {
namespace {

class TrackStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = std::filesystem::path{testing::TempDir()} /
            ("huan-tracks-" + std::to_string(getpid()) + ".db");
    TearDown();
  }
  void TearDown() override {
    for (const char* end : {"", "-wal", "-shm"}) {
      std::filesystem::remove(path_.string() + end);
    }
  }
  static Driven driven(std::int64_t s, const std::string& vehicle = "V-1") {
    Driven one;
    one.vehicle = {"130100", vehicle};
    one.fix.time = base::Instant{1'790'000'000 + s};
    one.fix.lat_e6 = static_cast<std::int32_t>(38'000'000 + s);
    one.fix.located = true;
    return one;
  }
  static std::vector<std::int64_t> seconds(const tracks::Track& track) {
    std::vector<std::int64_t> all;
    all.reserve(track.size());
    for (const tracks::Fix& fix : track) {
      all.push_back(fix.time.s - 1'790'000'000);
    }
    return all;
  }

  std::filesystem::path path_;
};

TEST_F(TrackStoreTest, KeepsLateAndRepeatedReportsOnceOverRestarts) {
  std::vector<std::int64_t> expected;
  for (int round = 0; round < 3; ++round) {
    TrackStore store{path_.string()};
    for (std::int64_t i = 0; i < 200; ++i) {
      // Every third comes late, and everything comes again in the next round.
      const std::int64_t s = i % 3 == 0 ? 400 - i : i;
      store.keep({driven(s), driven(s + 1'000, "V-2")});
    }
  }
  expected.reserve(200);
  for (std::int64_t i = 0; i < 200; ++i) {
    expected.push_back(i % 3 == 0 ? 400 - i : i);
  }
  std::sort(expected.begin(), expected.end());
  TrackStore store{path_.string()};
  const base::Instant begin{1'790'000'000};
  EXPECT_EQ(seconds(store.read({"130100", "V-1"}, begin, base::Instant{begin.s + 1'000})),
            expected);
  const auto part = seconds(
      store.read({"130100", "V-1"}, base::Instant{begin.s + 10}, base::Instant{begin.s + 20}));
  EXPECT_EQ(part, (std::vector<std::int64_t>{10, 11, 13, 14, 16, 17, 19}));
  EXPECT_TRUE(store.read({"130200", "V-1"}, begin, base::Instant{begin.s + 1'000}).empty());
}

TEST_F(TrackStoreTest, ACopyHoldsWhatIsKeptAndIsNeverWrittenOver) {
  TrackStore store{path_.string()};
  store.keep({driven(1), driven(2)});
  store.put_terminal("1", {"130100", "V-1"});
  const std::string copy = path_.string() + ".copy";
  std::filesystem::remove(copy);
  store.copy_to(copy);
  store.keep({driven(3)});
  EXPECT_THROW(store.copy_to(copy), std::runtime_error);
  {
    TrackStore copied{copy};
    EXPECT_EQ(seconds(copied.read({"130100", "V-1"}, base::Instant{0}, base::Instant{1LL << 40})),
              (std::vector<std::int64_t>{1, 2}));
    EXPECT_TRUE(copied.terminal("1"));
  }
  for (const char* end : {"", "-wal", "-shm"}) {
    std::filesystem::remove(copy + end);
  }
}

TEST_F(TrackStoreTest, FallsSilentWhoReportedBeforeAndNotThatDay) {
  constexpr std::int64_t kDayS = 86'400;
  constexpr std::int64_t kFirst = 1'790'000'000;
  TrackStore store{path_.string()};
  store.keep({driven(0)});  // at kFirst
  const Vehicle vehicle{"130100", "V-1"};
  const auto on = [&](std::int64_t day) {
    return store.fell_silent(vehicle, base::Instant{kFirst + day * kDayS});
  };
  EXPECT_FALSE(on(0)) << "it reported";
  EXPECT_TRUE(on(1));
  EXPECT_TRUE(on(30));
  EXPECT_FALSE(on(31)) << "not in the month before";
  EXPECT_FALSE(on(-1)) << "not before it had a terminal";
  EXPECT_FALSE(store.fell_silent({"130100", "V-2"}, base::Instant{kFirst + kDayS}));
}

TEST_F(TrackStoreTest, TerminalsAreBoundOnceAndKnownByTheirCode) {
  TrackStore store{path_.string()};
  EXPECT_FALSE(store.terminal("139"));
  store.put_terminal("139", {"130100", "V-1"});
  EXPECT_FALSE(store.knows_code("139", ""));
  store.bind("139", "T-1", "secret");
  EXPECT_TRUE(store.knows_code("139", "secret"));
  EXPECT_FALSE(store.knows_code("139", "Secret"));
  EXPECT_FALSE(store.knows_code("138", "secret"));
  EXPECT_EQ(store.terminal("139")->terminal, "T-1");
  EXPECT_TRUE(store.terminals()[0].has_code);
  store.put_terminal("139", {"130100", "V-2"});
  EXPECT_FALSE(store.knows_code("139", "secret"));
  EXPECT_TRUE(store.remove_terminal("139"));
  EXPECT_FALSE(store.remove_terminal("139"));
}

}  // namespace
}  // namespace huan::track_store
