// SPDX-License-Identifier: Apache-2.0
// The live city against the real ledger: an hour of its time, nothing refused but what it says.
#include "huan/simulator/live.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "huan/app/init_city.hpp"
#include "huan/app/live_demo.hpp"
#include "huan/app/simulate.hpp"
#include "huan/app/verify.hpp"
#include "huan/crypto/id_source.hpp"
#include "huan/registry/pack.hpp"
#include "huan/store_sqlite/store.hpp"

namespace huan {
namespace {

class Live : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path{testing::TempDir()} / ("huan-live-" + std::to_string(getpid()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    store_ = store_sqlite::open({.path = (folder_ / "huan.db").string(), .create = true});
    const auto pack = registry::load_pack("packs/shijiazhuang");
    ASSERT_TRUE(pack);
    app::Recorder recorder{*store_, clock_, ids_};
    ASSERT_TRUE(app::init_city(recorder, *pack, {}));
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::filesystem::path folder_;
  base::ManualClock clock_{base::Instant{1'790'000'000}};
  crypto::SeededIdSource ids_{1, clock_};
  std::unique_ptr<store::Store> store_;
};

TEST_F(Live, the_ledger_answers_as_it_says) {
  auto city = app::simulated_city(*store_->snapshot(), "130100");
  ASSERT_TRUE(city);
  simulator::LiveCity live{std::move(*city), 3, clock_.now()};
  app::Recorder recorder{*store_, clock_, ids_};
  ASSERT_TRUE(app::register_simulated(recorder, "130100", live.registrations()));
  std::uint64_t posted = 0;
  std::uint64_t refused = 0;
  for (int beat = 0; beat < 360; ++beat) {
    clock_.advance(10);
    std::vector<app::PreparedEvent> events;
    std::vector<simulator::Expect> expect;
    live.advance(clock_.now(), [&](simulator::Sent&& sent) {
      events.push_back(app::prepare(sent.json));
      expect.push_back(sent.expect);
    });
    const auto result = recorder.post("130100", std::move(events), app::Mode::each, {"live"});
    for (std::size_t i = 0; i < expect.size(); ++i) {
      const app::Outcome& outcome = result.outcomes[i];
      EXPECT_TRUE(app::as_expected(outcome.status, expect[i]))
          << base::describe(outcome.error, base::Language::en);
      posted += outcome.status == app::Status::posted ? 1 : 0;
      refused += outcome.status == app::Status::refused ? 1 : 0;
    }
  }
  recorder.stop();
  EXPECT_GT(posted, 3'600U);
  EXPECT_GT(refused, 0U);
  const auto report = app::verify(*store_, {});
  EXPECT_TRUE(report.ok);
}

TEST_F(Live, the_demo_posts_on_its_own_until_it_ends) {
  base::SystemClock now;
  app::Recorder recorder{*store_, now, ids_};
  auto demo = app::LiveDemo::start({recorder, *store_, now}, "130100", 1);
  ASSERT_TRUE(demo);
  for (int i = 0; i < 300 && (*demo)->posted() < 3; ++i) {
    usleep(100'000);
  }
  EXPECT_GE((*demo)->posted(), 3U);
  EXPECT_EQ((*demo)->unexpected(), 0U);
  demo->reset();
}

}  // namespace
}  // namespace huan
