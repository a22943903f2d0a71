// SPDX-License-Identifier: Apache-2.0
// Points under many hands at once: never minted, lost or spent twice.
#include <atomic>
#include <numeric>
#include <random>
#include <set>
#include <thread>

#include "huan/app/payouts.hpp"
#include "huan/app/points.hpp"
#include "huan/app/points_book.hpp"
#include "points_fixture.hpp"

namespace huan::http {
namespace {

/// A bank that fails at random, and counts what it really paid. By an id it pays once and keeps to
/// its word, as the port asks of it.
class RandomBank final : public rewards::PaymentGateway {
 public:
  explicit RandomBank(unsigned seed) : random_(seed) {}
  rewards::PaymentAnswer pay(const rewards::Payment& payment) override {
    const std::lock_guard lock(mutex_);
    if (mended_ || draw() % 4 != 0) {  // else it never got here
      if (!paid_.contains(payment.id) && !refused_.contains(payment.id)) {
        if (draw() % 5 == 0) {
          refused_.insert(payment.id);
        } else {
          paid_[payment.id] = payment.fen;
        }
      } else {
        ++repeated;
      }
    }
    return mended_ || draw() % 3 != 0 ? known(payment.id) : rewards::PaymentAnswer{};
  }
  rewards::PaymentAnswer ask(const std::string& id) override {
    const std::lock_guard lock(mutex_);
    return mended_ || draw() % 3 != 0 ? known(id) : rewards::PaymentAnswer{};
  }
  void mend() {
    const std::lock_guard lock(mutex_);
    mended_ = true;
  }
  std::int64_t paid_fen() const {
    std::int64_t sum = 0;
    for (const auto& [id, fen] : paid_) {
      sum += fen;
    }
    return sum;
  }
  std::size_t refusals() const { return refused_.size(); }
  std::size_t payments() const { return paid_.size(); }
  int repeated{0};

 private:
  unsigned draw() { return static_cast<unsigned>(random_()); }
  rewards::PaymentAnswer known(const std::string& id) {
    if (paid_.contains(id)) {
      return {rewards::PaymentState::paid, "B-1", ""};
    }
    return {refused_.contains(id) ? rewards::PaymentState::refused
                                  : rewards::PaymentState::not_received,
            "", "closed"};
  }
  std::mt19937 random_;
  std::mutex mutex_;
  bool mended_{false};
  std::map<std::string, std::int64_t> paid_;
  std::set<std::string> refused_;
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

class PayoutTest : public PointsTest {
 protected:
  static constexpr int kCustomers = 8;

  void SetUp() override {
    rewards::Rule rule;
    rule.cap_per_visit = 100;
    rule.payout = rewards::PayoutRate{3, "CD-101"};
    ASSERT_TRUE(app::lay_down_rule(*recorder_, "x-nyc", rule, {"tester"}));
    for (int i = 0; i < kCustomers; ++i) {
      put_party(customer(i));
      give(customer(i), 100);
    }
  }
  static std::string customer(int i) { return "R-" + std::to_string(i); }
  app::PayoutParts parts() { return {*recorder_, *store_, *personal_, clock_}; }
  app::PayoutRequest wish(int i, std::int64_t points) {
    app::PayoutRequest wanted;
    wanted.city = "x-nyc";
    wanted.id = fresh_id();
    wanted.customer = customer(i);
    wanted.amount = points;
    wanted.account = "6222021234567890128";
    wanted.name = "张三";
    wanted.by = {"tester"};
    return wanted;
  }
  std::int64_t balance(ledger::AccountKind kind, const std::string& name, ledger::Unit unit) {
    return store_->snapshot()->balance("x-nyc", {kind, name, ""}, unit);
  }
  std::size_t in_state(rewards::PayoutState state) {
    return app::payouts_in(*store_->snapshot(), "x-nyc", state, {"", 1'000}).size();
  }
  /// Whatever happened: what was given is with its owners, spent on goods, or paid or held for it.
  void expect_whole(std::int64_t goods) {
    std::int64_t left = 0;
    for (int i = 0; i < kCustomers; ++i) {
      EXPECT_GE(points(customer(i)), 0);
      left += points(customer(i));
    }
    const auto out = balance(ledger::AccountKind::spent, "payout", ledger::Unit::point);
    EXPECT_EQ(left + goods + out, kCustomers * 100);
    EXPECT_EQ(balance(ledger::AccountKind::fee, "points", ledger::Unit::money), 3 * out);
  }
};

TEST_F(PayoutTest, ManySpendersAndABankThatFailsAtRandomMintLoseAndPayNothingTwice) {
  offer("soap", 7, 1'000);
  RandomBank bank(20'261'123);
  std::atomic<bool> spending{true};
  const auto pay = [&] {
    while (spending) {
      app::PayoutRound round;  // a new one: nobody waits
      (void)app::run_payouts(parts(), bank, "x-nyc", round);
    }
  };
  std::thread first(pay);
  std::thread second(pay);
  std::vector<std::thread> spenders;
  spenders.reserve(kSpenders);
  for (int n = 0; n < kSpenders; ++n) {
    spenders.emplace_back([&, n] {
      const int who = n % kCustomers;
      for (int step = 0; step < 3; ++step) {
        if ((n + step) % 3 == 0) {
          (void)app::redeem(*recorder_, clock_,
                            {"x-nyc", fresh_id(), customer(who), "soap", {"tester"}});
          continue;
        }
        auto wanted = wish(who, 1 + (n * 7 + step * 5) % 30);
        (void)app::request_payout(parts(), wanted);
        (void)app::request_payout(parts(), wanted);  // sent again
      }
    });
  }
  for (auto& spender : spenders) {
    spender.join();
  }
  spending = false;
  first.join();
  second.join();
  expect_whole(spent());
  bank.mend();
  for (int n = 0; n < 3; ++n) {
    app::PayoutRound round;
    (void)app::run_payouts(parts(), bank, "x-nyc", round);
  }
  EXPECT_EQ(in_state(rewards::PayoutState::requested), 0U);
  EXPECT_EQ(in_state(rewards::PayoutState::sent), 0U);
  EXPECT_EQ(in_state(rewards::PayoutState::paid), bank.payments());
  EXPECT_EQ(in_state(rewards::PayoutState::refused), bank.refusals());
  EXPECT_GT(bank.payments(), 5U);
  expect_whole(spent());
  EXPECT_EQ(balance(ledger::AccountKind::fee, "payout", ledger::Unit::money), 0)
      << "nothing is on its way";
  const auto paid = balance(ledger::AccountKind::fee, "points", ledger::Unit::money);
  EXPECT_EQ(paid, bank.paid_fen());
}

TEST_F(PayoutTest, OfAnyAmountAndOfWhatIsOwedButNeverOfMore) {
  const auto one = app::request_payout(parts(), wish(0, 1));
  ASSERT_TRUE(one) << one.error().detail;
  EXPECT_EQ(one->payout.money.count(), 3);
  const auto many = app::request_payout(parts(), wish(0, 100));
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().code, base::ErrorCode::insufficient_points);
  auto owed = wish(0, 1);
  owed.what = rewards::PayoutOf::owed;
  const auto none = app::request_payout(parts(), owed);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, base::ErrorCode::over_limit);
  auto sale = receive("L-owed", 1'000);
  sale["from"]["party"] = customer(0);
  sale["outputs"][0]["price_fen"] = 140;
  sale["outputs"][0]["per"] = "kg";
  EXPECT_EQ(post(sale).status, 200);
  owed.amount = 140;
  ASSERT_TRUE(app::request_payout(parts(), owed));
  EXPECT_EQ(app::owed_to(*store_->snapshot(), "x-nyc", customer(0)), 0);
  // Withdrawn while nobody has it: all of it is back.
  const app::PayoutMove cancel{"x-nyc", one->key, rewards::PayoutState::cancelled,
                               "",      "",       {"tester"}};
  ASSERT_TRUE(app::move_payout(*recorder_, clock_, cancel));
  EXPECT_EQ(points(customer(0)), 100);
  EXPECT_EQ(app::move_payout(*recorder_, clock_, cancel).error().code, base::ErrorCode::in_use);
}

class ExpiryTest : public PointsTest {
 protected:
  void SetUp() override {
    rewards::Rule rule;
    rule.cap_per_visit = 100;
    rule.expire_months = 2;
    ASSERT_TRUE(app::lay_down_rule(*recorder_, "x-nyc", rule, {"tester"}));
    put_party("R-1");
  }
  void earn_on(const char* time, std::int64_t points) {
    auto event = receive("L-" + std::to_string(++lots_), 1'000);
    event["time"] = time;
    event["from"]["party"] = "R-1";
    event["points"] = points;
    ASSERT_EQ(post(event).status, 200);
  }
  std::int64_t expire_on(const char* time) {
    FixedClock clock(time);
    return app::expire_points(*recorder_, *store_, clock, book_, "x-nyc");
  }
  app::PointsBook book_;
};

TEST_F(ExpiryTest, EndsWhatIsLeftOfAMonthOnceAndWarnsBefore) {
  earn_on("2026-01-10T08:00:00-05:00", 50);
  earn_on("2026-01-31T23:00:00-05:00", 20);
  earn_on("2026-02-01T08:00:00-05:00", 30);
  offer("soap", 15, 10);
  ASSERT_TRUE(app::redeem(*recorder_, clock_, {"x-nyc", fresh_id(), "R-1", "soap", {"tester"}}));
  const Json shown = get_json("/api/v1/points?party=R-1");
  EXPECT_EQ(shown["expiring"], Json::parse(R"([{"day":"2026-04-01","points":55},)"
                                           R"({"day":"2026-05-01","points":30}])"));
  EXPECT_EQ(expire_on("2026-03-31T23:59:59-05:00"), 0) << "the last day counts";
  EXPECT_EQ(expire_on("2026-04-01T00:00:00-05:00"), 55) << "the oldest were spent first";
  EXPECT_EQ(expire_on("2026-04-01T00:00:00-05:00"), 0);
  EXPECT_EQ(points("R-1"), 30);
  EXPECT_EQ(store_->snapshot()->balance("x-nyc", {ledger::AccountKind::spent, "expired", ""},
                                        ledger::Unit::point),
            55);
  app::PointsBook anew;  // as after a restart
  FixedClock later("2026-05-02T00:00:00-05:00");
  EXPECT_EQ(app::expire_points(*recorder_, *store_, later, anew, "x-nyc"), 30);
  EXPECT_EQ(points("R-1"), 0);
}

TEST_F(ExpiryTest, NothingEndsWithoutARuleThatSaysSo) {
  rewards::Rule rule;
  rule.cap_per_visit = 100;
  ASSERT_TRUE(app::lay_down_rule(*recorder_, "x-nyc", rule, {"tester"}));
  earn_on("2026-01-10T08:00:00-05:00", 50);
  EXPECT_EQ(expire_on("2099-01-01T00:00:00-05:00"), 0);
  EXPECT_EQ(get_json("/api/v1/points?party=R-1")["expiring"], Json::array());
}

}  // namespace
}  // namespace huan::http
