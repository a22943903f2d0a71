// SPDX-License-Identifier: Apache-2.0
// The recorder on a store in memory: batches, repetitions, clocks that go backwards, tokens.
#include "huan/app/recorder.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "huan/app/access.hpp"
#include "huan/app/init_city.hpp"
#include "huan/crypto/id_source.hpp"
#include "huan/store/testing/memory_store.hpp"

namespace huan::app {
namespace {

constexpr std::int64_t kNow = 1'795'000'000;

std::string receive(int n, std::int64_t grams) {
  return R"({"id":"0192f8c4-1a2b-7c3d-8e4f-5a6b7c8d)" + std::to_string(1000 + n) +
         R"(","type":"receive","time":"2026-11-18T05:00:00Z","place":"CD-101","from":{"origin":"household"},)"
         R"("outputs":[{"material":"paper.mixed","mass_g":)" +
         std::to_string(grams) + "}]}";
}

class RecorderOnMemory : public testing::Test {
 protected:
  void SetUp() override {
    const auto pack = registry::load_pack("packs/x-nyc");
    ASSERT_TRUE(pack.has_value());
    ASSERT_TRUE(init_city(recorder_, *pack, {}).has_value());
    before_ = last().seq;
  }
  BatchResult post(const std::vector<std::string>& texts, Mode mode) {
    std::vector<PreparedEvent> events;
    for (const std::string& text : texts) {
      events.push_back(prepare(text));
    }
    return recorder_.post("x-nyc", std::move(events), mode, {"test"});
  }
  store::LastRecord last() { return store_->snapshot()->last("x-nyc"); }

  std::unique_ptr<store::Store> store_ = store::testing::memory_store();
  base::ManualClock clock_{base::Instant{kNow}};
  crypto::SeededIdSource ids_{1, clock_};
  Recorder recorder_{*store_, clock_, ids_};
  std::uint64_t before_{0};
};

TEST_F(RecorderOnMemory, AnAtomicBatchIsPostedWholeOrNotAtAll) {
  const auto refused = post({receive(1, 500), receive(2, 0)}, Mode::atomic);
  EXPECT_FALSE(refused.kept);
  EXPECT_EQ(refused.outcomes[1].error.code, base::ErrorCode::bad_number);
  EXPECT_EQ(refused.outcomes[1].error.at, "/outputs/0/mass_g");
  EXPECT_EQ(last().seq, before_);
  EXPECT_TRUE(post({receive(1, 500), receive(2, 600)}, Mode::atomic).kept);
  EXPECT_EQ(last().seq, before_ + 2);
}

TEST_F(RecorderOnMemory, EachTakesWhatIsGood) {
  const auto result = post({receive(1, 500), receive(2, 0), receive(3, 700)}, Mode::each);
  EXPECT_TRUE(result.kept);
  EXPECT_EQ(last().seq, before_ + 2);
  EXPECT_EQ(result.outcomes[1].status, Status::refused);
}

TEST_F(RecorderOnMemory, SameAgainIsADuplicateOtherContentAConflict) {
  ASSERT_TRUE(post({receive(1, 500)}, Mode::atomic).kept);
  const auto again = post({receive(1, 500), receive(2, 600), receive(2, 600)}, Mode::atomic);
  EXPECT_TRUE(again.kept);
  EXPECT_EQ(again.outcomes[0].status, Status::duplicate);
  EXPECT_EQ(again.outcomes[1].status, Status::posted);
  EXPECT_EQ(again.outcomes[2].status, Status::duplicate);
  EXPECT_EQ(post({receive(1, 501)}, Mode::each).outcomes[0].error.code,
            base::ErrorCode::id_conflict);
}

TEST_F(RecorderOnMemory, AClockThatGoesBackwardsNeverShowsInTheRecord) {
  ASSERT_TRUE(post({receive(1, 500)}, Mode::atomic).kept);
  const base::Instant first = last().recorded_at;
  clock_.advance(-8 * 3'600);
  const auto early = post({receive(2, 500)}, Mode::each);
  EXPECT_EQ(early.outcomes[0].status, Status::refused);  // its time now lies in the future
  EXPECT_EQ(early.outcomes[0].error.code, base::ErrorCode::time_in_future);
  clock_.advance(3'600);
  std::string old = receive(3, 500);
  old.replace(old.find("2026-11-18T05"), 13, "2026-11-18T01");
  ASSERT_TRUE(post({old}, Mode::atomic).kept);
  EXPECT_EQ(last().recorded_at, first);
}

TEST_F(RecorderOnMemory, PostersAtOnceAreAllAnswered) {
  constexpr int kPosters = 200;
  std::atomic<int> done{0};
  std::promise<void> all;
  for (int i = 0; i < kPosters; ++i) {
    auto event = std::make_shared<PreparedEvent>(prepare(receive(i, 500)));
    ASSERT_TRUE(recorder_.submit({"x-nyc", 1,
                                  [event](CityWriter& writer) {
                                    return writer.post(*event, {"test"}).status == Status::posted;
                                  },
                                  [&](std::exception_ptr failure) {
                                    EXPECT_FALSE(failure);
                                    if (++done == kPosters) {
                                      all.set_value();
                                    }
                                  }}));
  }
  all.get_future().get();
  EXPECT_EQ(last().seq, before_ + kPosters);
}

TEST_F(RecorderOnMemory, EditsFollowTheVersionThatWasRead) {
  RegistryPut put{
      "place", "CD-101", R"({"kind":"station","name":"x","district":"B1","status":"closed"})",
      "",      "",       1};
  const auto edited = recorder_.put("x-nyc", put, {"test"});
  ASSERT_EQ(edited.status, Status::posted) << base::describe(edited.error, base::Language::en);
  EXPECT_EQ(recorder_.put("x-nyc", put, {"test"}).error.code, base::ErrorCode::version_conflict);
  clock_.advance(60);
  std::string late = receive(9, 500);
  late.replace(late.find("2026-11-18T05:00:00Z"), 20, base::format_time(clock_.now(), 0));
  EXPECT_EQ(post({late}, Mode::each).outcomes[0].error.code, base::ErrorCode::place_not_active);
}

TEST_F(RecorderOnMemory, NoSumLeavesTheRangeOfTheLedger) {
  const auto settle = [](int n) {
    return R"({"id":"0192f8c4-1a2b-7c3d-8e4f-5a6b7c8d)" + std::to_string(2000 + n) +
           R"(","type":"settle","time":"2026-11-18T05:00:00Z","place":"CD-101","reason":"x",)"
           R"("legs":[{"account":"trade:CD-101","unit":"fen","amount":9007199254740991},)"
           R"({"account":"till:CD-101","unit":"fen","amount":-9007199254740991}]})";
  };
  EXPECT_EQ(post({settle(1)}, Mode::each).outcomes[0].status, Status::posted);
  EXPECT_EQ(post({settle(2)}, Mode::each).outcomes[0].error.code, base::ErrorCode::too_large);
  std::string heavy = receive(1, 1'000'000'000'000);
  const std::string line = R"({"material":"paper.mixed","mass_g":1000000000000})";
  for (int i = 0; i < 10; ++i) {
    heavy.insert(heavy.find(line), line + ",");
  }
  EXPECT_EQ(post({heavy}, Mode::each).outcomes[0].error.code, base::ErrorCode::too_large);
  EXPECT_EQ(last().seq, before_ + 1);
}

TEST_F(RecorderOnMemory, AnEventIsJudgedByTheCatalogueOfItsTime) {
  const auto put = [&](const std::string& key, const std::string& data) {
    return recorder_.put("x-nyc", {"material", key, data, "", "", -1}, {"test"});
  };
  const std::string orphan = R"({"zh":"x","en":"x"})";
  ASSERT_EQ(put("foo.bar", orphan).status,
            Status::posted);  // its parent is nowhere: nobody else is harmed
  EXPECT_TRUE(post({receive(1, 500)}, Mode::each).outcomes[0].status == Status::posted);
  ASSERT_EQ(put("paper.mixed.fine", orphan).status, Status::posted);  // from now on a branch
  EXPECT_EQ(post({receive(2, 500)}, Mode::each).outcomes[0].status, Status::posted);
  std::string late = receive(3, 500);
  late.replace(late.find("2026-11-18T05:00:00Z"), 20, base::format_time(clock_.now(), 0));
  EXPECT_EQ(post({late}, Mode::each).outcomes[0].error.code, base::ErrorCode::unknown_material);
}

TEST_F(RecorderOnMemory, TokensExpireAndLoginLinksWorkOnce) {
  const auto token = issue_token(recorder_, clock_, {"auditor", "s1", "", 100});
  ASSERT_TRUE(token.has_value());
  const auto reading = [&] { return store_->snapshot(); };
  EXPECT_EQ(authenticate(*reading(), clock_, *token)->principal.name, "auditor/s1");
  EXPECT_FALSE(authenticate(*reading(), clock_, *token + "x").has_value());
  const auto login = issue_token(recorder_, clock_, {"operator", "", "login", 100});
  EXPECT_FALSE(authenticate(*reading(), clock_, *login).has_value());
  const auto session = exchange_login(recorder_, clock_, *login);
  ASSERT_TRUE(session.has_value());
  EXPECT_TRUE(authenticate(*reading(), clock_, *session).has_value());
  EXPECT_FALSE(exchange_login(recorder_, clock_, *login).has_value());
  clock_.advance(101);
  EXPECT_FALSE(authenticate(*reading(), clock_, *token).has_value());
  EXPECT_FALSE(issue_token(recorder_, clock_, {"king", "", "", 0}).has_value());
}

TEST_F(RecorderOnMemory, ATokenSaysWhatItsRoleReaches) {
  const auto at = [&](const char* role, const TokenLimits& limits) {
    TokenRequest request{role, "", "", 0, limits};
    const auto secret = issue_token(recorder_, clock_, request);
    return secret ? std::string("made") : secret.error().at;
  };
  EXPECT_EQ(at("station_clerk", {"130100", "", "e1", ""}), "/place");
  EXPECT_EQ(at("clerk", {"130100", "", "", "S1"}), "/organisation");
  EXPECT_EQ(at("driver", {}), "/organisation");
  EXPECT_EQ(at("inspector", {"130100", "", "e1", ""}), "/district");
  EXPECT_EQ(at("station_clerk", {"130100", "", "e1", "S1"}), "made");
  EXPECT_EQ(at("auditor", {}), "made");
}

}  // namespace
}  // namespace huan::app
