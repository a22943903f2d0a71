// SPDX-License-Identifier: Apache-2.0
// Subsidies on a real store: only mass with a traced fate, nothing that another city may claim,
// corrections settle in the next statement, and random histories pay what is due.
#include "huan/app/subsidies.hpp"

#include "fixture.hpp"

namespace huan::app {
namespace {

using base::Mass;
using base::Money;

class SubsidiesTest : public BuyingTest {
 protected:
  SubsidiesTest() {
    EXPECT_TRUE(rules_.rules.subsidy.tiers.empty()) << "of Shanxi's cities alone";
    rules_.rules.subsidy = wire_pack::load("packs/yangquan").value().rules.subsidy;
    EXPECT_EQ(rules_.rules.subsidy.tiers.size(), 3U);
    for (subsidy::Tier& tier : rules_.rules.subsidy.tiers) {
      tier.rate = Money{1'000'000};  // a fen a gram
    }
    for (const char* city : {kCity, kOther}) {
      put(city, "party", "mill", R"({"kind":"enterprise","name":"mill","destination":"recycle"})");
    }
  }
  Subsidies subsidies() {
    return Subsidies({*store_, recorder_.get(), tracer_}, rules_.rules.subsidy,
                     rules_.pack.catalogue, "x 1");
  }
  SubsidyAsk ask(const char* city = kCity, std::int32_t year = 2026) {
    return {city, {"county", "E-1", year}, {"ann"}};
  }
  /// What the next statement says, in fen; 0: nothing is open.
  std::int64_t draw(const char* city = kCity, std::int32_t year = 2026) {
    const auto drawn = subsidies().draw(ask(city, year));
    EXPECT_TRUE(drawn) << drawn.error().detail;
    return drawn && *drawn ? (*drawn)->statement.amount.count() : 0;
  }
  std::string collect(const std::string& lot, std::int64_t grams, const std::string& on,
                      const std::string& origin = "household", const char* city = kCity) {
    return post(city, R"({"from":{"origin":")" + origin + R"("},"id":")" + ids_.next().text() +
                          R"(","outputs":[{"lot":")" + lot + R"(","mass_g":)" +
                          std::to_string(grams) +
                          R"(,"material":"glass.clear"}],"place":"W-E-1","time":")" + on +
                          R"(T10:00:00-05:00","type":"receive"})");
  }
  std::string sell(const std::string& lot, std::int64_t grams, const std::string& on,
                   const std::string& to = R"("class":"recycle","party":"mill")",
                   const char* city = kCity) {
    return post(city, R"({"id":")" + ids_.next().text() + R"(","inputs":[{"lot":")" + lot +
                          R"(","mass_g":)" + std::to_string(grams) +
                          R"(}],"place":"W-E-1","time":")" + on + R"(T12:00:00-05:00","to":{)" +
                          to + R"(},"type":"sell"})");
  }
  void take_back(const std::string& id) {
    post(
        kCity,
        R"({"corrects":")" + id + R"(","id":")" + ids_.next().text() +
            R"(","place":"W-E-1","reason":"wrong","replacement":null,"time":"2026-10-02T10:00:00-05:00","type":"correct"})");
  }

  Tracer tracer_;
};

TEST_F(SubsidiesTest, OnlyWhatIsTracedToItsFateIsDue) {
  collect("L-1", 1'000, "2026-03-01");
  EXPECT_EQ(draw(), 0) << "it still stands there";
  sell("L-1", 400, "2026-03-02");
  EXPECT_EQ(draw(), 400);
  EXPECT_EQ(draw(), 0) << "not twice";
  sell("L-1", 100, "2026-03-03", R"("class":"energy","party":"mill")");
  EXPECT_EQ(draw(), 0) << "a fate that does not count";
  sell("L-1", 500, "2026-03-04");
  EXPECT_EQ(draw(), 500);
  EXPECT_EQ(read_statements(*store_->snapshot(), kCity, {"county", {}, "E-1", {}}).size(), 2U);
  EXPECT_TRUE(verify(*store_, {}).ok);
}

TEST_F(SubsidiesTest, MassOfAnotherCityIsTheirs) {
  collect("L-1", 1'000, "2026-03-01", "other-city:x-two");
  sell("L-1", 1'000, "2026-03-02");
  EXPECT_EQ(draw(), 0);
  collect("L-1", 700, "2026-03-01", "household", kOther);
  sell("L-1", 700, "2026-03-02", R"("class":"other-city:x-nyc")", kOther);
  EXPECT_EQ(draw(kOther), 0) << "no fate on this ledger";
}

TEST_F(SubsidiesTest, CorrectionsSettleInTheNextStatement) {
  collect("L-1", 1'000, "2026-03-01");
  const auto sold = sell("L-1", 1'000, "2026-03-02");
  EXPECT_EQ(draw(), 1'000);
  take_back(sold);
  EXPECT_EQ(draw(), -1'000);
  sell("L-1", 600, "2026-03-05");
  EXPECT_EQ(draw(), 600);
}

TEST_F(SubsidiesTest, WithdrawnAndAppealed) {
  collect("L-1", 1'000, "2026-03-01");
  sell("L-1", 1'000, "2026-03-02");
  const auto drawn = **subsidies().draw(ask());
  SubsidyMove move{kCity, drawn.key, subsidy::StatementState::appealed, "", {"E-1"}};
  EXPECT_EQ(subsidies().move(move).error().code, base::ErrorCode::bad_field);
  move.note = "weights";
  ASSERT_TRUE(subsidies().move(move));
  move.to = subsidy::StatementState::withdrawn;
  EXPECT_EQ(subsidies().move(move)->version, 3);
  EXPECT_EQ(draw(), 1'000) << "drawn again";
  move.key = "none";
  EXPECT_EQ(subsidies().move(move).error().code, base::ErrorCode::not_found);
}

TEST_F(SubsidiesTest, WhatThePackDoesNotStateIsNotComputed) {
  collect("L-1", 1'000, "2026-03-01");
  sell("L-1", 1'000, "2026-03-02");
  rules_.rules.subsidy.tiers[0].rate = {};
  EXPECT_EQ(subsidies().due(ask()).error().code, base::ErrorCode::not_supported);
  auto other = ask();
  other.claim.tier = "village";
  EXPECT_EQ(subsidies().due(other).error().code, base::ErrorCode::not_supported);
  other = ask();
  other.claim.party = "nobody";
  EXPECT_EQ(subsidies().due(other).error().code, base::ErrorCode::unknown_party);
}

/// Sales, sales taken back, statements at any time: in the end what is paid is what is sold.
TEST_F(SubsidiesTest, RandomHistoriesPayWhatIsDue) {
  std::uint64_t state = 7;
  const auto upto = [&](std::uint64_t most) {
    state = state * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
    return static_cast<std::int64_t>((state >> 33) % (most + 1));
  };
  struct Sale {
    std::string id;
    std::int64_t grams;
  };
  std::vector<std::int64_t> left;
  std::vector<Sale> sales;
  std::int64_t sold = 0;
  std::int64_t paid = 0;
  for (int step = 0; step < 60; ++step) {
    const auto what = upto(3);
    if (left.empty() || what == 0) {
      left.push_back(1 + upto(5'000));
      collect("R-" + std::to_string(left.size() - 1), left.back(), "2026-03-01");
    } else if (what == 1) {
      const auto at = static_cast<std::size_t>(upto(left.size() - 1));
      if (left[at] > 0) {
        const std::int64_t grams = 1 + upto(static_cast<std::uint64_t>(left[at] - 1));
        left[at] -= grams;
        sold += grams;
        sales.push_back({sell("R-" + std::to_string(at), grams, "2026-03-02"), grams});
      }
    } else if (what == 2 && !sales.empty()) {
      const auto at = static_cast<std::size_t>(upto(sales.size() - 1));
      take_back(sales[at].id);  // its grams stand in the lot again, for good
      sold -= sales[at].grams;
      sales.erase(sales.begin() + static_cast<std::ptrdiff_t>(at));
    } else {
      paid += draw();
      ASSERT_EQ(paid, sold) << "step " << step;
    }
  }
  paid += draw();
  EXPECT_EQ(paid, sold);
  EXPECT_TRUE(verify(*store_, {}).ok);
}

}  // namespace
}  // namespace huan::app
