// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "api_fixture.hpp"
#include "huan/app/points.hpp"

namespace huan::http {

inline constexpr int kSpenders = 64;

class FixedClock final : public base::Clock {
 public:
  explicit FixedClock(const char* at) : now_(*base::parse_time(at)) {}
  base::Instant now() override { return now_; }

 private:
  base::Instant now_;
};

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

}  // namespace huan::http
