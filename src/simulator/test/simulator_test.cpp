// SPDX-License-Identifier: Apache-2.0
#include "huan/simulator/simulator.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>

#include "huan/json/document.hpp"
#include "random.hpp"
#include "town.hpp"

namespace huan::simulator {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;

base::Instant end_of(const City& city, base::Day from, int days) {
  return base::Instant{(std::int64_t{from.n} + days) * kDaySeconds - city.offset_s};
}

/// Everything that the town sends in so many days.
std::vector<Sent> live(std::uint64_t seed, int days, std::int64_t scale_ppm = 500) {
  const base::Day from = base::day_of({2026, 11, 1});
  Simulator simulator{town(), {seed, scale_ppm, from}};
  std::vector<Sent> all;
  simulator.run_until(end_of(town(), from, days),
                      [&](Sent&& sent) { all.push_back(std::move(sent)); });
  return all;
}

std::uint64_t digest(const std::vector<Sent>& all, std::size_t count) {
  std::uint64_t h = 0;
  for (std::size_t i = 0; i < count; ++i) {
    h = hash(all[i].json, h + static_cast<std::uint64_t>(all[i].at.s));
  }
  return h;
}

TEST(simulator, equal_arguments_give_equal_events) {
  const auto a = live(7, 5);
  const auto b = live(7, 5);
  ASSERT_EQ(a.size(), b.size());
  EXPECT_EQ(digest(a, a.size()), digest(b, b.size()));
  EXPECT_NE(digest(a, a.size()), digest(live(8, 5), 100));
}

TEST(simulator, a_longer_run_begins_with_the_shorter) {
  const auto short_run = live(7, 5);
  const auto long_run = live(7, 9);
  ASSERT_GT(long_run.size(), short_run.size());
  EXPECT_EQ(digest(short_run, short_run.size()), digest(long_run, short_run.size()));
}

// The bytes are the same on every machine and with every compiler; a change of the simulator that
// changes them is seen here.
TEST(simulator, the_generator_is_pinned) {
  Random random{42};
  EXPECT_EQ(random.next(), 0xBDD732262FEB6E95U);
  EXPECT_EQ(random.below(1'000'000), 159'910);
}

TEST(simulator, events_arrive_in_order_and_not_before_they_happened) {
  std::int64_t last = 0;
  std::size_t late = 0;
  for (const Sent& sent : live(3, 8, 5'000)) {
    EXPECT_GE(sent.at.s, last);
    last = sent.at.s;
    const auto document = json::Document::parse(sent.json);
    ASSERT_TRUE(document) << sent.json;
    const auto time = base::parse_time(document->root().find("time")->string());
    ASSERT_TRUE(time);
    EXPECT_LT(time->s, sent.at.s + 600) << sent.json;
    late += sent.expect == Expect::posted && sent.at.s - time->s > 3'600 ? 1 : 0;
  }
  EXPECT_GT(late, 5U) << "devices fall silent and send later";
}

TEST(simulator, everything_that_a_city_does_comes_up) {
  std::map<std::string, int, std::less<>> types;
  std::map<Expect, int> expected;
  std::set<std::string> ids;
  for (const Sent& sent : live(5, 40, 2'000)) {
    const auto document = json::Document::parse(sent.json);
    ASSERT_TRUE(document) << sent.json;
    ++types[std::string{document->root().find("type")->string()}];
    ++expected[sent.expect];
    const bool fresh = ids.insert(std::string{document->root().find("id")->string()}).second;
    EXPECT_EQ(fresh, sent.expect != Expect::duplicate);
  }
  for (const char* type : {"receive", "ship", "accept", "transform", "sell", "dispose", "adjust",
                           "settle", "correct"}) {
    EXPECT_GT(types[type], 0) << type;
  }
  EXPECT_GT(expected[Expect::duplicate], 0);
  EXPECT_GT(expected[Expect::refused], 0);
}

std::int64_t mass_of(const Simulator& simulator, std::string_view root) {
  for (const Kind& kind : simulator.kinds()) {
    if (kind.root == root) {
      return kind.mass_g;
    }
  }
  return -1;
}

// 石政函〔2023〕8号: 149.45 万吨 of five kinds in 2021, 25.4 万吨 of plastics, 2 万吨 of textiles.
TEST(simulator, a_year_comes_out_at_the_documents_totals) {
  constexpr std::int64_t kScale = 5'000;
  const base::Day from = base::day_of({2021, 1, 1});
  Simulator simulator{town(), {1, kScale, from}};
  simulator.run_until(end_of(town(), from, 365), [](Sent&&) {});
  const auto tonnes = [&](std::string_view root) {
    return mass_of(simulator, root) / kScale;  // g × 10⁶ / scale / 10⁶
  };
  const auto within = [](std::int64_t is, std::int64_t wanted) {
    EXPECT_NEAR(static_cast<double>(is), static_cast<double>(wanted),
                static_cast<double>(wanted) * 0.02);
  };
  std::int64_t five = 0;
  for (const char* root : {"metal", "plastic", "paper", "glass", "appliance"}) {
    five += tonnes(root);
  }
  within(five, 1'494'500);
  within(tonnes("plastic"), 254'000);
  within(tonnes("metal"), 620'000);
  within(tonnes("paper"), 450'000);
  within(tonnes("glass"), 90'500);
  within(tonnes("appliance"), 80'000);
  within(tonnes("textile"), 20'000);
}

TEST(simulator, mass_and_events_follow_the_scale) {
  const auto small = live(1, 20, 1'000);
  const auto large = live(1, 20, 4'000);
  const auto tickets = [](const std::vector<Sent>& all) {
    std::size_t n = 0;
    for (const Sent& sent : all) {
      n += sent.json.find("\"receive\"") != std::string::npos ? 1 : 0;
    }
    return static_cast<double>(n);
  };
  EXPECT_NEAR(tickets(large) / tickets(small), 4.0, 0.2);
}

TEST(simulator, the_estimate_is_near) {
  const base::Day from = base::day_of({2026, 11, 1});
  const Simulator simulator{town(), {1, 50'000, from}};
  const auto events = static_cast<double>(live(1, 20, 50'000).size());
  EXPECT_NEAR(static_cast<double>(simulator.estimate(20).events), events, events * 0.15);
}

}  // namespace
}  // namespace huan::simulator
