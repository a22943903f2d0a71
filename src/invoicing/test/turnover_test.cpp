// SPDX-License-Identifier: Apache-2.0
// The limit over calendar months against an oracle that adds days up one by one.
#include "huan/invoicing/turnover.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace huan::invoicing {
namespace {

using base::Money;

const Limit kLimit{Money{500'000'000}, 12, 800'000, ""};

Month month(const char* text) { return *parse_month(text); }

/// SplitMix64.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::int64_t upto(std::int64_t most) {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return static_cast<std::int64_t>((z ^ (z >> 31)) % static_cast<std::uint64_t>(most + 1));
  }

 private:
  std::uint64_t state_;
};

/// Knows nothing of months as numbers: compares dates as they are written.
class Oracle {
 public:
  struct Sale {
    std::string day;
    std::int64_t net;
  };
  void sell(base::Day day, std::int64_t net) { sales_.push_back({base::format_day(day), net}); }
  /// All that was sold in the twelve months that begin with this one, "2026-03".
  [[nodiscard]] std::int64_t twelve_from(int year, int first) const {
    std::int64_t sum = 0;
    for (int i = 0; i < 12; ++i) {
      const int m = (first - 1 + i) % 12 + 1;
      const int y = year + (first - 1 + i) / 12;
      const std::string prefix =
          std::to_string(y) + "-" + (m < 10 ? "0" : "") + std::to_string(m) + "-";
      for (const Sale& sale : sales_) {
        sum += sale.day.starts_with(prefix) ? sale.net : 0;
      }
    }
    return sum;
  }
  /// May so much more be sold on that day?
  [[nodiscard]] bool may(base::Day day, std::int64_t net) const {
    const base::Civil civil = base::civil_of(day);
    for (int back = 0; back < 12; ++back) {
      int y = civil.year;
      int m = civil.month - back;
      if (m < 1) {
        m += 12;
        --y;
      }
      if (twelve_from(y, m) + net > kLimit.amount.count()) {
        return false;
      }
    }
    return true;
  }

 private:
  std::vector<Sale> sales_;
};

TEST(Month, LeapDaysAndMonthEndsBelongToTheirMonth) {
  EXPECT_EQ(month_of(*base::parse_day("2028-02-29")), month("2028-02"));
  EXPECT_EQ(month_of(*base::parse_day("2028-03-01")), month("2028-03"));
  EXPECT_EQ(last_day(month("2028-02")), *base::parse_day("2028-02-29"));
  EXPECT_EQ(last_day(month("2027-02")), *base::parse_day("2027-02-28"));
  EXPECT_EQ(first_day(month("2026-12") + 1), *base::parse_day("2027-01-01"));
  EXPECT_EQ(format(month("2026-12") + 2), "2027-02");
  EXPECT_FALSE(parse_month("2026-13"));
  EXPECT_FALSE(parse_month("2026-1"));
}

TEST(Turnover, TwelveWholeMonthsNotADayMore) {
  Turnover sold;
  sold.add(month("2025-12"), Money{499'999'900});
  EXPECT_EQ(room_in(sold, month("2026-11"), kLimit).left, Money{100});
  EXPECT_EQ(room_in(sold, month("2026-12"), kLimit).left, kLimit.amount);
  EXPECT_TRUE(room_in(sold, month("2026-11"), kLimit).warn);
  EXPECT_EQ(room_from(sold, month("2026-01"), Money{101}, kLimit), month("2026-12"));
  EXPECT_EQ(room_from(sold, month("2026-01"), Money{100}, kLimit), month("2026-01"));
  EXPECT_FALSE(room_from(sold, month("2026-01"), Money{500'000'001}, kLimit));
}

TEST(Turnover, APastMonthCountsInEveryWindowThatHoldsIt) {
  Turnover sold;
  sold.add(month("2026-06"), Money{300'000'000});
  sold.add(month("2025-01"), Money{100'000'000});
  EXPECT_EQ(sold.fullest(month("2025-07"), 12), Money{400'000'000 - 100'000'000});
  EXPECT_EQ(room_in(sold, month("2025-12"), kLimit).left, Money{200'000'000});
  EXPECT_EQ(sold.fullest(month("2025-06"), 12), Money{100'000'000});
}

TEST(Turnover, IsKeptAsText) {
  Turnover sold;
  sold.add(month("2026-11"), Money{99});
  sold.add(month("2026-01"), Money{12'000'00});
  EXPECT_EQ(sold.text(), "2026-01:1200000 2026-11:99");
  EXPECT_EQ(*Turnover::parse(sold.text()), sold);
  sold.add(month("2026-11"), Money{-99});
  EXPECT_EQ(sold.text(), "2026-01:1200000");
  EXPECT_EQ(*Turnover::parse(""), Turnover{});
  for (const char* wrong :
       {"2026-01", "2026-01:", "2026-01:x", "2026-00:1", " ", "2026-01:1 2026-01:1"}) {
    EXPECT_FALSE(Turnover::parse(wrong)) << wrong;
  }
}

TEST(Turnover, RandomYearsAsTheOracleSaysWithCorrections) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Dice dice(seed);
    Turnover sold;
    Oracle oracle;
    std::vector<std::pair<base::Day, std::int64_t>> kept;
    const std::int32_t start = base::day_of(base::Civil{2023, 11, 1}).n;
    for (int step = 0; step < 80; ++step) {
      // mostly forward in time over a leap year, sometimes back; sums near the limit
      const auto day = base::Day{start + static_cast<std::int32_t>(dice.upto(1'200))};
      if (!kept.empty() && dice.upto(9) == 0) {  // a red invoice takes one back, in its month
        const auto at =
            static_cast<std::size_t>(dice.upto(static_cast<std::int64_t>(kept.size()) - 1));
        sold.add(month_of(kept[at].first), Money{-kept[at].second});
        oracle.sell(kept[at].first, -kept[at].second);
        kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(at));
        continue;
      }
      const Room room = room_in(sold, month_of(day), kLimit);
      const bool at_limit = dice.upto(3) == 0 && room.left > Money{};
      const std::int64_t net =
          at_limit ? room.left.count() + dice.upto(1) : 1 + dice.upto(120'000'000);
      ASSERT_EQ(net <= room.left.count(), oracle.may(day, net))
          << "seed " << seed << " step " << step << " " << base::format_day(day) << " " << net;
      if (net <= room.left.count()) {
        sold.add(month_of(day), Money{net});
        oracle.sell(day, net);
        kept.emplace_back(day, net);
      }
    }
  }
}

}  // namespace
}  // namespace huan::invoicing
