// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "huan/app/init_city.hpp"
#include "huan/app/pack_rules.hpp"
#include "huan/crypto/id_source.hpp"
#include "huan/store/testing/memory_store.hpp"

namespace huan::app {
namespace {

constexpr std::int64_t kDay = 86'400;

class UpgradePack : public ::testing::Test {
 protected:
  UpgradePack() {
    clock_.set({pack_.records_from.s + 400 * kDay});
    EXPECT_TRUE(init_city(recorder_, pack_, {}));
    EXPECT_TRUE(keep_first_rules(recorder_, pack_, {rules("1"), pack_.records_from}).value());
  }
  static std::string rules(const std::string& version) {
    return R"({"folders":[],"pack":"x-nyc","version":")" + version + R"("})";
  }
  base::Result<UpgradeReport> upgrade(const std::string& text, std::int64_t days) {
    return upgrade_pack(recorder_, pack_, {text, {pack_.records_from.s + days * kDay}});
  }
  std::string in_force(std::int64_t days) {
    return rules_at(*store_->snapshot(), pack_.city.code,
                    base::Instant{pack_.records_from.s + days * kDay})
        .value_or("none");
  }

  registry::Pack pack_ = registry::load_pack("packs/x-nyc").value();
  std::unique_ptr<store::Store> store_ = store::testing::memory_store();
  base::ManualClock clock_{pack_.records_from};
  crypto::SeededIdSource ids_{1, clock_};
  Recorder recorder_{*store_, clock_, ids_};
};

TEST_F(UpgradePack, WhatWasInForceStaysInForceForItsTime) {
  const auto report = upgrade(rules("2"), 100);
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(report->before, "1");
  EXPECT_EQ(report->recorded, 1U);  // the catalogue is as it was
  EXPECT_GT(report->unchanged, 0U);
  EXPECT_EQ(in_force(99), rules("1"));
  EXPECT_EQ(in_force(100), rules("2"));
  EXPECT_EQ(in_force(-1), "none");
}

TEST_F(UpgradePack, TheSameAgainChangesNothing) {
  const auto before = store_->snapshot()->last(pack_.city.code).seq;
  const auto report = upgrade(rules("1"), 100);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->recorded, 0U);
  EXPECT_EQ(store_->snapshot()->last(pack_.city.code).seq, before);
}

TEST_F(UpgradePack, RulesThatChangeNeedAVersionAndDoNotJudgeThePast) {
  const auto unnamed = upgrade(R"({"folders":[1],"pack":"x-nyc","version":"1"})", 100);
  ASSERT_FALSE(unnamed);
  EXPECT_EQ(unnamed.error().code, base::ErrorCode::bad_pack);
  ASSERT_TRUE(upgrade(rules("2"), 100));
  const auto earlier = upgrade(rules("3"), 50);
  ASSERT_FALSE(earlier);
  EXPECT_EQ(earlier.error().code, base::ErrorCode::bad_time);
  EXPECT_EQ(in_force(100), rules("2"));  // refused: nothing of it is on record
  pack_.city.code = "x-other";
  const auto nowhere = upgrade(rules("4"), 200);
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, base::ErrorCode::unknown_city);
}

}  // namespace
}  // namespace huan::app
