// SPDX-License-Identifier: Apache-2.0
#include "huan/simulator/live.hpp"

#include <gtest/gtest.h>

#include <map>

#include "huan/json/document.hpp"
#include "town.hpp"

namespace huan::simulator {
namespace {

const base::Instant kStart{1'790'000'000};

TEST(live, a_few_events_a_second_of_now_and_all_that_follows_soon) {
  LiveCity live{town(), 1, kStart};
  std::map<std::string, int, std::less<>> types;
  int events = 0;
  constexpr int kSeconds = 1'800;
  for (int s = 1; s <= kSeconds; ++s) {
    const base::Instant now{kStart.s + s};
    live.advance(now, [&](Sent&& sent) {
      ++events;
      const auto document = json::Document::parse(sent.json);
      ASSERT_TRUE(document) << sent.json;
      ++types[std::string{document->root().find("type")->string()}];
      const auto time = base::parse_time(document->root().find("time")->string());
      EXPECT_LT(time->s, now.s + 600);
    });
  }
  EXPECT_GT(events, 2 * kSeconds);
  EXPECT_LT(events, 6 * kSeconds);
  for (const char* type : {"receive", "ship", "accept", "transform", "sell", "correct"}) {
    EXPECT_GT(types[type], 0) << type;
  }
}

TEST(live, a_pause_is_not_made_up_for) {
  LiveCity live{town(), 1, kStart};
  int events = 0;
  live.advance(base::Instant{kStart.s + 86'400}, [&](Sent&&) { ++events; });
  EXPECT_LT(events, 400);
}

TEST(live, each_start_has_names_of_its_own) {
  const auto first = [](base::Instant start) {
    LiveCity live{town(), 1, start};
    std::string json;
    live.advance(base::Instant{start.s + 5},
                 [&](Sent&& sent) { json = json.empty() ? sent.json : json; });
    return json.substr(json.find("\"ticket\""));
  };
  EXPECT_NE(first(kStart), first(base::Instant{kStart.s + 1}));
}

}  // namespace
}  // namespace huan::simulator
