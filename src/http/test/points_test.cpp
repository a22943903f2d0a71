// SPDX-License-Identifier: Apache-2.0
// Points under many hands at once: never minted, lost or spent twice.
#include <atomic>
#include <numeric>
#include <thread>

#include "api_fixture.hpp"
#include "huan/app/points.hpp"

namespace huan::http {
namespace {

constexpr int kSpenders = 64;

class PointsTest : public ApiTest {
 protected:
  void put_party(const std::string& key) {
    const Json version{{"data", {{"kind", "resident"}}}, {"time", "2026-01-01T00:00:00-05:00"}};
    EXPECT_EQ(send("PUT", "/api/v1/parties/" + key, version.dump()).status, 201);
  }
  void give(const std::string& party, std::int64_t points) {
    auto event = receive("L-" + std::to_string(++lots_), 1'000);
    event["from"]["party"] = party;
    event["points"] = points;
    EXPECT_EQ(post(event).status, 200);
  }
  void offer(const std::string& key, std::int64_t points, std::int64_t stock) {
    const rewards::Reward reward{"香皂", "soap", "CD-101", points, stock, true};
    EXPECT_TRUE(app::offer_reward(*recorder_, "x-nyc", {key, 0, reward}, {"tester"}));
  }
  std::int64_t points(const std::string& party) {
    return app::points_of(*store_->snapshot(), "x-nyc", party);
  }
  std::int64_t spent() {
    return store_->snapshot()->balance("x-nyc", {ledger::AccountKind::spent, "CD-101", ""},
                                       ledger::Unit::point);
  }
  std::int64_t stock(const std::string& key) {
    for (const auto& one : app::rewards_on_offer(*store_->snapshot(), "x-nyc")) {
      if (one.key == key) {
        return one.reward.stock;
      }
    }
    return -1;
  }
  /// How many of as many spenders at once got one.
  int spend_at_once(const std::function<app::Redemption(int)>& wanted) {
    std::atomic<int> got{0};
    std::vector<std::thread> spenders;
    spenders.reserve(kSpenders);
    for (int i = 0; i < kSpenders; ++i) {
      spenders.emplace_back([&, i] {
        const auto done = app::redeem(*recorder_, clock_, wanted(i));
        got += done && !done->again ? 1 : 0;
      });
    }
    for (auto& spender : spenders) {
      spender.join();
    }
    return got;
  }
  std::string fresh_id() {
    const std::lock_guard lock(mutex_);
    return ids_.next().text();
  }
  std::mutex mutex_;
  int lots_{0};
};

TEST_F(PointsTest, OneBalanceManySpenders) {
  put_party("R-1");
  give("R-1", 205);
  offer("soap", 10, 1'000);
  const int got = spend_at_once(
      [&](int) { return app::Redemption{"x-nyc", fresh_id(), "R-1", "soap", {"tester"}}; });
  EXPECT_EQ(got, 20);
  EXPECT_EQ(points("R-1"), 5);
  EXPECT_EQ(spent(), 200);
  EXPECT_EQ(stock("soap"), 980);
}

TEST_F(PointsTest, OneShelfManySpenders) {
  offer("lamp", 10, 7);
  for (int i = 0; i < kSpenders; ++i) {
    put_party("R-" + std::to_string(i));
    give("R-" + std::to_string(i), 15);
  }
  const int got = spend_at_once([&](int i) {
    return app::Redemption{"x-nyc", fresh_id(), "R-" + std::to_string(i), "lamp", {"tester"}};
  });
  EXPECT_EQ(got, 7);
  EXPECT_EQ(stock("lamp"), 0);
  std::int64_t left = 0;
  for (int i = 0; i < kSpenders; ++i) {
    left += points("R-" + std::to_string(i));
  }
  EXPECT_EQ(left + spent(), kSpenders * 15);
  EXPECT_EQ(spent(), 70);
}

TEST_F(PointsTest, OneRedemptionSentByMany) {
  put_party("R-1");
  give("R-1", 100);
  offer("soap", 10, 100);
  const auto id = fresh_id();
  const int got =
      spend_at_once([&](int) { return app::Redemption{"x-nyc", id, "R-1", "soap", {"tester"}}; });
  EXPECT_EQ(got, 1);
  EXPECT_EQ(points("R-1"), 90);
  EXPECT_EQ(stock("soap"), 99);
  const auto other = app::redeem(*recorder_, clock_, {"x-nyc", id, "R-2", "soap", {"tester"}});
  ASSERT_FALSE(other.has_value());
  EXPECT_EQ(other.error().code, base::ErrorCode::id_conflict);
}

}  // namespace
}  // namespace huan::http
