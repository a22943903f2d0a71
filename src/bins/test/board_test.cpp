// SPDX-License-Identifier: Apache-2.0
#include "huan/bins/board.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace huan::bins {
namespace {

using testing::ElementsAre;

constexpr std::int64_t kStart = 1'790'000'000;

class BoardTest : public testing::Test {
 protected:
  template <class What>
  bool hear(std::int64_t s, What what, const std::string& device = "B-1", std::int64_t behind = 0) {
    return board_.hear({device, ++seq_, base::Instant{kStart + s - behind}, std::move(what)},
                       base::Instant{kStart + s});
  }
  /// "dead 0" of each trouble of the first device.
  std::vector<std::string> troubles(std::int64_t s) {
    std::vector<std::string> all;
    const auto health = board_.health(base::Instant{kStart + s});
    for (const Trouble& one : health[0].troubles) {
      all.push_back(one.what + " " + one.door + " " + std::to_string(one.since.s - kStart));
    }
    return all;
  }

  std::int64_t seq_{0};
  Board board_{{"B-1", "B-2"}, base::Instant{kStart}, {}};
};

TEST_F(BoardTest, DeadFullAndFaultySinceWhen) {
  EXPECT_THAT(troubles(900), ElementsAre());
  EXPECT_THAT(troubles(901), ElementsAre("dead  0"));
  hear(1'000, Status{{{"1", 95}, {"2", 10}}});
  hear(1'100, Status{{{"1", 97}}});
  hear(1'200, Fault{"jam", "2", false});
  hear(1'300, Fault{"jam", "2", false});
  EXPECT_THAT(troubles(1'300), ElementsAre("full 1 1000", "jam 2 1200"));
  hear(1'400, Status{{{"1", 5}}});
  hear(1'400, Fault{"jam", "2", true});
  EXPECT_THAT(troubles(1'400), ElementsAre());
  EXPECT_FALSE(hear(1'500, Heartbeat{}, "forged"));
  EXPECT_EQ(board_.health(base::Instant{kStart}).size(), 2U);
}

TEST_F(BoardTest, MeasuresClocksByHeartbeatsAlone) {
  hear(0, Deposit{"1", "m", base::Mass{0}, base::Mass{1}, ""}, "B-1", 90'000);
  EXPECT_FALSE(board_.offset_s("B-1"));
  hear(0, Heartbeat{}, "B-1", 4);
  EXPECT_EQ(board_.offset_s("B-1"), 0);
  hear(10, Heartbeat{}, "B-1", 3'600);
  EXPECT_EQ(board_.offset_s("B-1"), 3'600);
  hear(20, Deposit{"1", "m", base::Mass{0}, base::Mass{1}, ""}, "B-1", 90'000);
  EXPECT_EQ(board_.offset_s("B-1"), 3'600);
  hear(30, Heartbeat{}, "B-1", -60);
  EXPECT_EQ(board_.offset_s("B-1"), -60);
  EXPECT_FALSE(board_.offset_s("nobody"));
}

TEST_F(BoardTest, CountsWhatIsMissing) {
  seq_ = 9;
  hear(0, Heartbeat{});
  seq_ = 19;
  hear(1, Heartbeat{});
  EXPECT_EQ(board_.health(base::Instant{kStart})[0].missing, 9);
  seq_ = 14;
  hear(2, Heartbeat{});
  EXPECT_EQ(board_.health(base::Instant{kStart})[0].missing, 8);
}

TEST_F(BoardTest, AHostileBinHoldsNoMemory) {
  for (int i = 0; i < 1'000; ++i) {
    hear(i, Fault{"f" + std::to_string(i), "", false});
    hear(i, Status{{{"d" + std::to_string(i), 99}}});
  }
  const Health health = board_.health(base::Instant{kStart + 1'000})[0];
  EXPECT_EQ(health.doors.size(), 64U);
  EXPECT_LE(health.troubles.size(), 80U);
}

}  // namespace
}  // namespace huan::bins
