// SPDX-License-Identifier: Apache-2.0
// The events behind the hints of a watch: all of them page by page, for who asked, and of one
// district no more than what happened there.
#include <chrono>
#include <set>
#include <thread>

#include "api_fixture.hpp"
#include "hint_shelf.hpp"

namespace huan::http {
namespace {

constexpr int kThere = 2'600;  // more than a page, or three
constexpr int kBack = 5;

class HintsTest : public ApiTest {
 protected:
  HintsTest() {
    auto place = get_json("/api/v1/places/CD-101").at("data");
    for (const std::string district : {"B1", "B2"}) {
      place["district"] = district;
      const Json version{{"data", place}, {"time", "2026-01-01T00:00:00-05:00"}};
      EXPECT_EQ(send("PUT", "/api/v1/places/W-" + district, version.dump()).status, 201);
    }
    Json events = Json::array();
    for (const std::string from : {"B1", "B2"}) {
      auto lot = receive("L-" + from, 9'000'000);
      lot["place"] = "W-" + from;
      events.push_back(lot);
    }
    for (int n = 0; n < kThere + kBack; ++n) {
      const bool there = n < kThere;
      auto leaving = ship("S-" + std::to_string(n), there ? "L-B1" : "L-B2", 1'000 + n);
      leaving["place"] = there ? "W-B1" : "W-B2";
      leaving["to"]["place"] = there ? "W-B2" : "W-B1";
      leaving["seal"] = "1";
      events.push_back(leaving);
      if (events.size() == 500 || n + 1 == kThere + kBack) {
        const auto reply = post(events);
        EXPECT_EQ(reply.status, 200) << reply.body;
        events = Json::array();
      }
    }
    county_ = app::issue_token(*recorder_, clock_,
                               {"regulator_county", "county", "", 0, {"x-nyc", "B1", "", ""}})
                  .value();
  }

  Reply as(const std::string& token, const std::string& method, const std::string& target) {
    return connect()
        .request(method, target, "", {{"Authorization", "Bearer " + token}})
        .value_or(Reply{});
  }
  Json json_as(const std::string& token, const std::string& target) {
    const auto reply = as(token, "GET", target);
    EXPECT_EQ(reply.status, 200) << target << reply.body;
    return Json::parse(reply.body, nullptr, false);
  }
  /// The job's id, once it has ended.
  std::string watched(const std::string& token) {
    const auto job = as(token, "POST", "/api/v1/anomalies?from=2026-03-01&to=2026-03-31");
    EXPECT_EQ(job.status, 202) << job.body;
    const auto id = Json::parse(job.body, nullptr, false).value("id", "");
    if (id.empty()) {
      return id;
    }
    for (int i = 0; i < 2'000; ++i) {
      if (json_as(token, "/api/v1/jobs/" + id).value("state", "") == "done") {
        return id;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ADD_FAILURE() << "the watch did not end";
    return id;
  }
  /// Number of the round trips among the hints, and what is said of them.
  std::pair<std::size_t, Json> carousel(const std::string& token, const std::string& job) {
    const auto items = json_as(token, "/api/v1/jobs/" + job + "/result").at("items");
    for (std::size_t n = 0; n < items.size(); ++n) {
      if (items[n].at("kind") == "carousel") {
        return {n, items[n]};
      }
    }
    ADD_FAILURE() << items.dump();
    return {0, {}};
  }

  std::string county_;
};

TEST_F(HintsTest, EveryEventBehindAFigureIsReached) {
  const auto job = watched(token_);
  const auto [n, hint] = carousel(token_, job);
  EXPECT_EQ(hint.at("figures").at("there"), kThere);
  EXPECT_EQ(hint.at("parts_total"), kThere + kBack);
  EXPECT_EQ(hint.at("parts_seen"), kThere + kBack);
  EXPECT_EQ(hint.at("parts_by_column"), Json({kThere, kBack, kThere, kBack}));
  const std::string door =
      "/api/v1/anomalies/" + job + "/events?limit=1000&hint=" + std::to_string(n);
  const std::size_t column = 2;
  ASSERT_EQ(hint.at("columns").at(column), "there_g");
  std::set<std::string> events;
  std::int64_t sum = 0;
  std::string after;
  for (int pages = 0; pages < 4; ++pages) {
    const auto page = get_json(door + "&column=there_g" + (after.empty() ? "" : "&after=" + after));
    for (const auto& one : page.at("items")) {
      events.insert(one.at("event").get<std::string>());
      sum += one.at("values").at(column).get<std::int64_t>();
      EXPECT_EQ(one.at("place"), "W-B1");
    }
    if (page.at("next").is_null()) {
      EXPECT_EQ(pages, 2);
      break;
    }
    after = page.at("next").get<std::string>();
  }
  EXPECT_EQ(events.size(), kThere);
  EXPECT_EQ(sum, hint.at("figures").at("there_g"));
  EXPECT_EQ(get_json(door + "&column=back").at("items").size(), kBack);
  EXPECT_EQ(get_json(door + "&after=2600").at("items").size(), kBack) << "of all columns";
}

TEST_F(HintsTest, WhoReachesOneDistrictReadsWhatHappenedThere) {
  const auto job = watched(county_);
  const auto [n, hint] = carousel(county_, job);
  EXPECT_EQ(hint.at("parts_total"), kThere + kBack);
  EXPECT_EQ(hint.at("parts_seen"), kThere);
  const std::string door = "/api/v1/anomalies/" + job + "/events?hint=" + std::to_string(n);
  EXPECT_EQ(json_as(county_, door + "&column=back").at("items").size(), 0);
  const Json there = json_as(county_, door + "&limit=1000");
  EXPECT_EQ(there.at("items").size(), 1'000);
  for (const auto& one : there.at("items")) {
    EXPECT_EQ(one.at("place"), "W-B1");
  }
  EXPECT_EQ(get(door).status, 404) << "another's";
  EXPECT_EQ(as(county_, "GET", "/api/v1/anomalies/" + watched(token_) + "/events").status, 404);
}

TEST(HintShelf, TheLatestStaysWhateverItsSize) {
  HintShelf shelf(3);
  const auto fill = [&](const std::string& job, std::size_t parts) {
    const auto slot = std::make_shared<HintShelf::Slot>();
    shelf.name(slot, job);
    HintShelf::Hints hints(1);
    hints[0].parts.resize(parts);
    shelf.fill(slot, std::move(hints));
  };
  fill("a", 1);
  fill("b", 2);
  EXPECT_NE(shelf.of("a"), nullptr);
  fill("c", 1);
  EXPECT_EQ(shelf.of("a"), nullptr);
  EXPECT_NE(shelf.of("b"), nullptr);
  fill("d", 9);
  EXPECT_EQ(shelf.of("c"), nullptr);
  ASSERT_NE(shelf.of("d"), nullptr);
  EXPECT_EQ(shelf.of("d")->front().parts.size(), 9);
  EXPECT_EQ(shelf.of(""), nullptr);
}

}  // namespace
}  // namespace huan::http
