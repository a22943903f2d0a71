// SPDX-License-Identifier: Apache-2.0
// Statements over random histories against a fold of its own: what is paid in the end is what is
// due, and no gram is paid twice on the way.
#include "huan/subsidy/statement.hpp"

#include <gtest/gtest.h>

#include <map>

#include "huan/json/document.hpp"

namespace huan::subsidy {
namespace {

using base::Mass;
using base::Money;

const Claim kClaim{"county", "E-1", 2026};

base::Day day(const char* text) { return *base::parse_day(text); }

Rules two_rates() {
  Rules rules;
  Tier first;
  first.code = "county";
  first.rate = Money{3'333};  // fen a tonne
  first.from = day("2026-01-01");
  first.to = day("2026-06-30");
  Tier second = first;
  second.rate = Money{10'001};
  second.from = day("2026-07-01");
  second.to = {};
  rules.tiers = {first, second};
  return rules;
}

TEST(Statement, SettlesTheDifferenceBothWays) {
  const Rules rules = two_rates();
  std::vector<TracedLot> traced{{"L-1", "glass.clear", day("2026-03-01"), Mass{2'000'000}}};
  std::vector<Statement> done;
  done.push_back(**draw(rules, kClaim, traced, done));
  EXPECT_EQ(done[0].amount, Money{6'666});
  EXPECT_FALSE(draw(rules, kClaim, traced, done)->has_value()) << "nothing changed";
  traced[0].grams = Mass{500'000};  // a correction
  done.push_back(**draw(rules, kClaim, traced, done));
  EXPECT_EQ(done[1].lines[0],
            (LotLine{"L-1", "glass.clear", day("2026-03-01"), Mass{2'000'000}, Mass{500'000}}));
  EXPECT_EQ(done[1].due, Money{1'667});  // 1666.5 rounded
  EXPECT_EQ(done[1].amount, Money{1'667 - 6'666});
  traced.clear();  // voided, or another claimant's
  done.push_back(**draw(rules, kClaim, traced, done));
  EXPECT_EQ(done[2].amount, Money{-1'667});
  EXPECT_EQ(key_of(done[2]), "county.2026.E-1.3");
}

TEST(Statement, WhatIsWithdrawnIsDrawnAgain) {
  const std::vector<TracedLot> traced{{"L-1", "glass.clear", day("2026-03-01"), Mass{2'000'000}}};
  std::vector<Statement> done{**draw(two_rates(), kClaim, traced, {})};
  ASSERT_TRUE(move(done[0], StatementState::appealed, "weights are wrong"));
  EXPECT_FALSE(move(done[0], StatementState::appealed, "again"));
  ASSERT_TRUE(move(done[0], StatementState::withdrawn, ""));
  EXPECT_FALSE(move(done[0], StatementState::paid, ""));
  const auto again = *draw(two_rates(), kClaim, traced, done);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->amount, Money{6'666});
  EXPECT_EQ(again->n, 2);
  Statement silent = *again;
  EXPECT_FALSE(move(silent, StatementState::appealed, ""));
}

TEST(Statement, AnUnstatedRateIsNotComputed) {
  Rules rules = two_rates();
  rules.tiers[1].rate = {};
  const std::vector<TracedLot> traced{{"L-1", "glass.clear", day("2026-08-01"), Mass{1}}};
  EXPECT_EQ(draw(rules, kClaim, traced, {}).error().code, base::ErrorCode::not_supported);
  EXPECT_EQ(draw(rules, {"city", "E-1", 2026}, traced, {}).error().code,
            base::ErrorCode::not_supported);
}

TEST(Statement, TheCapHoldsOverTheYear) {
  Rules rules = two_rates();
  rules.tiers[0].cap = Money{5'000};
  std::vector<TracedLot> traced{{"L-1", "glass.clear", day("2026-03-01"), Mass{1'000'000}}};
  std::vector<Statement> done{**draw(rules, kClaim, traced, {})};
  EXPECT_FALSE(done[0].capped);
  traced.push_back({"L-2", "glass.clear", day("2026-04-01"), Mass{9'000'000}});
  done.push_back(**draw(rules, kClaim, traced, done));
  EXPECT_TRUE(done[1].capped);
  EXPECT_EQ(done[0].amount + done[1].amount, Money{5'000});
}

TEST(Statement, IsWrittenAndReadAgain) {
  const std::vector<TracedLot> traced{{"L-1", "glass.clear", day("2026-03-01"), Mass{2'000'000}}};
  Statement one = **draw(two_rates(), kClaim, traced, {});
  one.rules = "base 2026.1";
  one.note = "n";
  const std::string text = to_json(one);
  const auto document = json::Document::parse(text);
  ASSERT_TRUE(document);
  const auto read = parse_statement(document->root(), "/data");
  ASSERT_TRUE(read) << read.error().at << read.error().detail;
  EXPECT_EQ(to_json(*read), text);
  std::string wrong = text;
  wrong.replace(wrong.find("\"now_g\":2000000"), 15, "\"now_g\":-200000");
  const auto document2 = json::Document::parse(wrong);
  EXPECT_EQ(parse_statement(document2->root(), "/data").error().at, "/data/lines/0/now_g");
}

/// The world as it is: who collected which lot when, and how much of it is traced by now.
struct World {
  struct Lot {
    std::string owner;
    std::string date;  ///< as written
    std::int64_t mass;
    std::int64_t traced;
  };
  std::map<std::string, Lot> lots;

  [[nodiscard]] std::vector<TracedLot> of(const Claim& claim) const {
    std::vector<TracedLot> out;
    for (const auto& [id, lot] : lots) {
      if (lot.owner == claim.party && lot.date.starts_with(std::to_string(claim.year))) {
        out.push_back({id, "glass.clear", *base::parse_day(lot.date), Mass{lot.traced}});
      }
    }
    return out;
  }
  /// In hundredths of nothing but dates and sums: 3,333 fen a tonne to the end of June 2026, then
  /// 10,001, each half a fen up.
  [[nodiscard]] std::int64_t due(const Claim& claim) const {
    std::int64_t early = 0;
    std::int64_t late = 0;
    for (const auto& [id, lot] : lots) {
      if (lot.owner == claim.party && lot.date.substr(0, 4) == std::to_string(claim.year)) {
        (lot.date < "2026-07" ? early : late) += lot.traced;
      }
    }
    return (early * 3'333 + 500'000) / 1'000'000 + (late * 10'001 + 500'000) / 1'000'000;
  }
};

TEST(Statement, RandomHistoriesPayWhatIsDueAndNoGramTwice) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    std::uint64_t state = seed;
    const auto upto = [&](std::uint64_t most) {
      state = state * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
      return static_cast<std::int64_t>((state >> 33) % (most + 1));
    };
    const Rules rules = two_rates();
    const std::vector<Claim> claims{{"county", "E-1", 2026},
                                    {"county", "E-2", 2026},
                                    {"county", "E-1", 2027},
                                    {"county", "E-2", 2027}};
    std::vector<std::vector<Statement>> drawn(claims.size());
    World world;
    const auto settle = [&](std::size_t i) {
      const auto next = draw(rules, claims[i], world.of(claims[i]), drawn[i]);
      ASSERT_TRUE(next) << next.error().detail;
      if (*next) {
        drawn[i].push_back(**next);
      }
    };
    for (int step = 0; step < 120; ++step) {
      const std::string id = "L-" + std::to_string(upto(12));
      const auto known = world.lots.find(id);
      if (known == world.lots.end() || upto(5) == 0) {  // received, or corrected to be another's
        const std::int64_t mass = 1 + upto(3'000'000);
        const std::string date =
            base::format_day({day("2026-01-01").n + static_cast<std::int32_t>(upto(600))});
        world.lots[id] = {upto(1) == 0 ? "E-1" : "E-2", date, mass, 0};
      } else {  // a fate becomes known, or is taken back
        known->second.traced = upto(static_cast<std::uint64_t>(known->second.mass));
      }
      const auto i = static_cast<std::size_t>(upto(claims.size() - 1));
      if (upto(3) == 0) {
        settle(i);
      }
      if (!drawn[i].empty() && upto(6) == 0) {
        auto& one = drawn[i][static_cast<std::size_t>(upto(drawn[i].size() - 1))];
        if (one.state == StatementState::drawn_up) {
          ASSERT_TRUE(
              move(one, upto(1) == 0 ? StatementState::withdrawn : StatementState::paid, ""));
        }
      }
    }
    std::map<std::string, std::int64_t> paid;  // grams a lot, over all claims
    for (std::size_t i = 0; i < claims.size(); ++i) {
      settle(i);
      std::int64_t money = 0;
      std::map<std::string, std::int64_t> last;
      for (const Statement& one : drawn[i]) {
        if (one.state == StatementState::withdrawn) {
          continue;
        }
        money += one.amount.count();
        for (const LotLine& line : one.lines) {
          last[line.lot] = line.now.count();
        }
      }
      for (const auto& [lot, grams] : last) {
        paid[lot] += grams;
      }
      EXPECT_EQ(money, world.due(claims[i])) << "seed " << seed << " claim " << i;
    }
    for (const auto& [id, grams] : paid) {
      EXPECT_EQ(grams, world.lots.at(id).traced) << "seed " << seed << " " << id;
      EXPECT_LE(grams, world.lots.at(id).mass);
    }
  }
}

}  // namespace
}  // namespace huan::subsidy
