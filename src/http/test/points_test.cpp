// SPDX-License-Identifier: Apache-2.0
// Points under many hands at once: never minted, lost or spent twice.
#include <atomic>
#include <numeric>
#include <random>
#include <set>
#include <thread>

#include "api_fixture.hpp"
#include "huan/app/deposit_points.hpp"
#include "huan/app/payouts.hpp"
#include "huan/app/points.hpp"
#include "huan/app/points_book.hpp"

namespace huan::http {
namespace {

constexpr int kSpenders = 64;

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

class FixedClock final : public base::Clock {
 public:
  explicit FixedClock(const char* at) : now_(*base::parse_time(at)) {}
  base::Instant now() override { return now_; }

 private:
  base::Instant now_;
};

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

class DepositPointsTest : public PointsTest {
 protected:
  void SetUp() override {
    rewards::Rule rule;
    rule.per_visit = 5;
    rule.cap_per_visit = 100;
    rule.visits_per_day = 9;
    rule.per_kg = {{"paper", 10}};
    rule.limits = {60, 50'000, 0, 3};
    ASSERT_TRUE(app::lay_down_rule(*recorder_, "x-nyc", rule, {"tester"}));
    put_party("R-1");
    const Json device{
        {"data",
         {{"kind", "device"}, {"place", "CD-101"}, {"code", "b1"}, {"protocol", "mqtt-bin"}}},
        {"time", "2026-01-01T00:00:00-05:00"}};
    ASSERT_EQ(send("PUT", "/api/v1/assets/BIN-1", device.dump()).status, 201);
    (void)DepositPointsTest::awards().run("x-nyc");
  }
  app::DepositPoints awards() { return app::DepositPoints({*recorder_, *store_, hand_}); }
  void put_in(const char* time, std::int64_t mass_g, const char* device = "BIN-1") {
    auto event = receive("B-" + std::to_string(++lots_), mass_g);
    event["time"] = time;
    event["from"]["party"] = "R-1";
    event["weighings"] = {{{"at", time}, {"scale", device}, {"gross_g", mass_g}, {"tare_g", 0}}};
    const auto reply = post(event);
    ASSERT_EQ(reply.status, 200) << reply.body;
  }
  FixedClock hand_{"2026-03-05T12:00:00-05:00"};
};

TEST_F(DepositPointsTest, AreEarnedOnceForWhatSomebodyKnownPutIntoABin) {
  auto first = awards();
  put_in("2026-03-05T08:00:00-05:00", 2'000);
  EXPECT_EQ(first.run("x-nyc"), 25);
  EXPECT_EQ(first.run("x-nyc"), 0);
  EXPECT_EQ(points("R-1"), 25);
  put_in("2026-03-05T08:00:30-05:00", 2'000);
  auto second = awards();
  EXPECT_EQ(second.run("x-nyc"), 0) << "half a minute after, known after a restart, too";
  put_in("2026-03-05T09:00:00-05:00", 60'000);
  EXPECT_EQ(second.run("x-nyc"), 0) << "more than anybody carries";
  put_in("2026-03-05T10:00:00-05:00", 1'000);
  EXPECT_EQ(second.run("x-nyc"), 0) << "the fourth at this bin today";
  put_in("2026-03-05T11:00:00-05:00", 1'000, "no-bin");
  EXPECT_EQ(awards().run("x-nyc"), 0) << "weighed by something else: whoever posted it said what";
  EXPECT_EQ(points("R-1"), 25);
  put_in("2026-03-06T08:00:00-05:00", 1'000);
  EXPECT_EQ(second.run("x-nyc"), 15) << "another day";
  put_in("2026-03-06T07:00:00-05:00", 1'000);
  EXPECT_EQ(second.run("x-nyc"), 15) << "kept by the bin for an hour, and no less a visit";
}

TEST_F(DepositPointsTest, AreTakenBackWithADepositThatIsCorrectedLater) {
  auto one = awards();
  auto deposit = receive("B-wrong", 4'000);
  deposit["time"] = "2026-03-05T08:00:00-05:00";
  deposit["from"]["party"] = "R-1";
  deposit["weighings"] = {
      {{"at", "2026-03-05T08:00:00-05:00"}, {"scale", "BIN-1"}, {"gross_g", 4'000}, {"tare_g", 0}}};
  ASSERT_EQ(post(deposit).status, 200);
  const std::string first = deposit["id"];
  deposit.erase("id");
  const auto correct = [&](const std::string& version, Json replacement) {
    const Json event{{"id", fresh_id()},
                     {"type", "correct"},
                     {"time", "2026-03-05T09:00:00-05:00"},
                     {"place", "CD-101"},
                     {"corrects", version},
                     {"reason", "the scale was wrong"},
                     {"replacement", std::move(replacement)}};
    const auto reply = post(event);
    EXPECT_EQ(reply.status, 200) << reply.body;
    return event["id"].get<std::string>();
  };
  EXPECT_EQ(one.run("x-nyc"), 45);
  offer("soap", 40, 10);
  ASSERT_TRUE(app::redeem(*recorder_, clock_, {"x-nyc", fresh_id(), "R-1", "soap", {"tester"}}));
  const auto weighs = [&](std::int64_t mass_g) {
    deposit["outputs"][0]["mass_g"] = mass_g;
    deposit["weighings"][0]["gross_g"] = mass_g;
  };
  weighs(9'000);
  const auto more = correct(first, deposit);
  (void)one.run("x-nyc");
  EXPECT_EQ(points("R-1"), 5) << "never more than before";
  weighs(3'800);
  const auto less = correct(more, deposit);
  (void)one.run("x-nyc");
  (void)awards().run("x-nyc");
  EXPECT_EQ(points("R-1"), 3) << "43 of 45 are left, 40 were spent";
  (void)correct(less, nullptr);
  (void)awards().run("x-nyc");
  EXPECT_EQ(points("R-1"), -40) << "what was spent is owed";
  put_in("2026-03-06T08:00:00-05:00", 4'000);
  EXPECT_EQ(awards().run("x-nyc"), 45);
  EXPECT_EQ(points("R-1"), 5) << "which the next ones make good";
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
