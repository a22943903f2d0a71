// SPDX-License-Identifier: Apache-2.0
// Points of what somebody known put into a bin, and of what is corrected later.
#include "huan/app/deposit_points.hpp"

#include <array>
#include <atomic>
#include <thread>

#include "points_fixture.hpp"

namespace huan::http {
namespace {

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

/// Corrected while it is spent, by a server that gives and takes back points in between.
TEST_F(DepositPointsTest, ManySpendersOfDepositsThatAreCorrectedMintLoseAndSpendNothingTwice) {
  constexpr int kDepositors = 8;
  constexpr int kDeposits = 6;
  const auto who = [](int i) { return "R-" + std::to_string(100 + i); };
  rewards::Rule rule;
  rule.per_visit = 5;
  rule.cap_per_visit = 100;
  rule.visits_per_day = 9;
  rule.per_kg = {{"paper", 10}};
  ASSERT_TRUE(app::lay_down_rule(*recorder_, "x-nyc", rule, {"tester"}));
  offer("soap", 10, 1'000);
  std::vector<std::array<Json, kDeposits>> deposits(kDepositors);
  for (int i = 0; i < kDepositors; ++i) {
    put_party(who(i));
    for (int n = 0; n < kDeposits; ++n) {
      auto event = receive("D-" + std::to_string(i) + "-" + std::to_string(n), 2'000);
      const std::string at = "2026-02-1" + std::to_string(n) + "T08:00:00-05:00";
      event["time"] = at;
      event["from"]["party"] = who(i);
      event["weighings"] = {{{"at", at}, {"scale", "BIN-1"}, {"gross_g", 2'000}, {"tare_g", 0}}};
      ASSERT_EQ(post(event).status, 200);
      deposits[static_cast<std::size_t>(i)].at(static_cast<std::size_t>(n)) = std::move(event);
    }
  }
  ASSERT_EQ(awards().run("x-nyc"), kDepositors * kDeposits * 25);
  std::array<std::atomic<int>, kDepositors> got{};
  std::atomic<bool> spending{true};
  std::thread server([&] {
    auto round = awards();
    while (spending) {
      (void)round.run("x-nyc");
    }
  });
  std::vector<std::thread> spenders;
  spenders.reserve(kSpenders);
  for (int n = 0; n < kSpenders; ++n) {
    spenders.emplace_back([&, n] {
      for (int step = 0; step < 3; ++step) {
        const int i = (n + step) % kDepositors;
        const app::Redemption wanted{"x-nyc", fresh_id(), who(i), "soap", {"tester"}};
        const auto done = app::redeem(*recorder_, clock_, wanted);
        const auto again = app::redeem(*recorder_, clock_, wanted);  // sent again
        EXPECT_TRUE(!done || (again && again->again));
        got.at(static_cast<std::size_t>(i)) += done || again ? 1 : 0;
      }
    });
  }
  const auto correct = [&](const Json& version, Json replacement) {
    Json event{{"id", fresh_id()},
               {"type", "correct"},
               {"time", "2026-03-05T09:00:00-05:00"},
               {"place", "CD-101"},
               {"corrects", version["id"]},
               {"reason", "the scale was wrong"},
               {"replacement", std::move(replacement)}};
    const auto reply = post(event);
    EXPECT_EQ(reply.status, 200) << reply.body;
    return event;
  };
  const auto weighing = [](Json deposit, std::int64_t mass_g) {
    deposit.erase("id");
    deposit["outputs"][0]["mass_g"] = mass_g;
    deposit["weighings"][0]["gross_g"] = mass_g;
    return deposit;
  };
  for (auto& of_one : deposits) {
    (void)correct(of_one[0], weighing(of_one[0], 1'000));
    (void)correct(of_one[1], nullptr);
    (void)correct(correct(of_one[2], weighing(of_one[2], 1'500)), nullptr);
    (void)correct(of_one[3], weighing(of_one[3], 9'000));  // never more than before
  }
  for (auto& spender : spenders) {
    spender.join();
  }
  spending = false;
  server.join();
  (void)awards().run("x-nyc");  // what came last, after a restart
  (void)awards().run("x-nyc");
  std::int64_t sold = 0;
  for (int i = 0; i < kDepositors; ++i) {
    const int of_one = got.at(static_cast<std::size_t>(i));
    EXPECT_LE(of_one, 15) << "never more than was there";
    EXPECT_EQ(points(who(i)), 15 + 0 + 0 + 3 * 25 - 10 * of_one);
    sold += of_one;
  }
  EXPECT_GT(sold, 0);
  EXPECT_EQ(spent(), 10 * sold);
  EXPECT_EQ(stock("soap"), 1'000 - sold);
}

}  // namespace
}  // namespace huan::http
