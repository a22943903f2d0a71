// SPDX-License-Identifier: Apache-2.0
// Events in and out.
#include <atomic>
#include <mutex>
#include <thread>

#include "api_fixture.hpp"

namespace huan::http {
namespace {

class EventsTest : public ApiTest {};

TEST_F(EventsTest, ATokenIsNeeded) {
  for (const char* target : {"/api/v1/events", "/api/v1/stock", "/api/v1/places", "/metrics",
                             "/api/v1/events/stream", "/api/v1/log/x-nyc/checkpoint"}) {
    const auto reply = connect().get(target);
    EXPECT_EQ(reply->status, 401) << target;
    EXPECT_EQ(reply->header("www-authenticate"), "Bearer") << target;
  }
  const auto wrong = connect().post("/api/v1/events", "{}", {{"Authorization", "Bearer huan_no"}});
  EXPECT_EQ(wrong->status, 401);
  EXPECT_EQ(connect().get("/healthz")->status, 200);
  EXPECT_EQ(connect().get("/readyz")->status, 200);
}

TEST_F(EventsTest, PostedIsThereAndPostedAgainIsADuplicate) {
  const auto event = receive("L-1", 5000);
  const auto first = post(event);
  ASSERT_EQ(first.status, 200) << first.body;
  auto results = Json::parse(first.body).at("results");
  EXPECT_EQ(results.at(0).at("status"), "posted");
  EXPECT_EQ(results.at(0).at("id"), event.at("id"));
  EXPECT_EQ(Json::parse(post(event).body).at("results").at(0).at("status"), "duplicate");
  const auto lot = get_json("/api/v1/lots/L-1");
  EXPECT_EQ(lot.at("mass_g"), 5000);
  EXPECT_EQ(lot.at("made_by"), event.at("id"));
  const auto versions = get_json("/api/v1/events/" + event.at("id").get<std::string>());
  EXPECT_EQ(versions.at("versions").size(), 1U);
  EXPECT_EQ(versions.at("versions").at(0).at("event"), event);
  EXPECT_EQ(versions.at("versions").at(0).at("by"), "operator/tester");
}

TEST_F(EventsTest, OtherContentUnderTheSameIdIsAConflict) {
  auto event = receive("L-1", 5000);
  EXPECT_EQ(post(event).status, 200);
  event["note"] = "other";
  const auto reply = post(event);
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(Json::parse(reply.body).at("code"), "id_conflict");
}

TEST_F(EventsTest, ABatchIsPostedWholeOrNotAtAll) {
  const Json batch = {receive("L-1", 5000), ship("S-1", "L-none", 10), receive("L-2", 1)};
  const auto reply = post(batch);
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(reply.header("content-type"), "application/problem+json");
  const auto problem = Json::parse(reply.body);
  EXPECT_EQ(problem.at("code"), "unknown_lot");
  EXPECT_EQ(problem.at("at"), "/1/inputs/0/lot");
  ASSERT_EQ(problem.at("results").size(), 3U);
  for (const auto& result : problem.at("results")) {
    EXPECT_EQ(result.at("status"), "refused");
  }
  EXPECT_EQ(problem.at("results").at(0).at("code"), "batch_refused");
  EXPECT_EQ(problem.at("results").at(1).at("code"), "unknown_lot");
  EXPECT_EQ(get("/api/v1/lots/L-1").status, 404);
  EXPECT_EQ(post({batch.at(0), batch.at(2)}).status, 200);
  EXPECT_EQ(get("/api/v1/lots/L-1").status, 200);
}

TEST_F(EventsTest, EachIsAlwaysAnsweredPerEvent) {
  const std::string lines = receive("L-1", 5000).dump() + "\n{\"id\":\n\n" +
                            ship("S-1", "L-1", 9000).dump() + "\n" + receive("L-2", 7).dump();
  const auto reply = send("POST", "/api/v1/events?mode=each", lines,
                          {{"Content-Type", "application/x-ndjson"}, {"Accept-Language", "en"}});
  ASSERT_EQ(reply.status, 200) << reply.body;
  const auto results = Json::parse(reply.body).at("results");
  ASSERT_EQ(results.size(), 4U);
  EXPECT_EQ(results.at(0).at("status"), "posted");
  EXPECT_EQ(results.at(1).at("code"), "bad_json");
  EXPECT_EQ(results.at(2).at("code"), "insufficient_mass");
  EXPECT_EQ(results.at(2).at("message"), "more is taken than is there");
  EXPECT_EQ(results.at(3).at("status"), "posted");
}

TEST_F(EventsTest, RefusesWhatItCannotRead) {
  EXPECT_EQ(send("POST", "/api/v1/events", "<xml/>", {{"Content-Type", "text/xml"}}).status, 415);
  EXPECT_EQ(send("POST", "/api/v1/events", "").status, 400);
  EXPECT_EQ(send("POST", "/api/v1/events", "[{}").status, 400);
  EXPECT_EQ(send("POST", "/api/v1/events?mode=some", "{}").status, 400);
  EXPECT_EQ(send("POST", "/api/v1/events?moed=each", "{}").status, 400);
  EXPECT_EQ(send("POST", "/api/v1/events?city=130100", "{}").status, 404);
  EXPECT_EQ(send("POST", "/api/v1/events", "{\"a\":1,\"a\":2}").status, 422);
  EXPECT_EQ(send("DELETE", "/api/v1/events", "").status, 405);
}

TEST_F(EventsTest, ManyClientsShareCommits) {
  std::vector<std::thread> threads;
  threads.reserve(16);
  std::atomic<int> posted{0};
  std::mutex ids_mutex;
  const auto before = recorder_->figures();
  for (int t = 0; t < 16; ++t) {
    threads.emplace_back([&, t] {
      RawClient client(server_->port());
      for (int i = 0; i < 20; ++i) {
        Json event;
        {
          const std::lock_guard lock(ids_mutex);
          event = receive("L-" + std::to_string(t) + "-" + std::to_string(i), 1000);
        }
        const auto reply = client.request("POST", "/api/v1/events", event.dump(),
                                          with_token({{"Content-Type", "application/json"}}));
        posted += reply && reply->status == 200 ? 1 : 0;
      }
    });
  }
  for (auto& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(posted, 320);
  const auto after = recorder_->figures();
  EXPECT_EQ(after.jobs - before.jobs, 320U);
  EXPECT_LT(after.groups - before.groups, 320U);
  EXPECT_EQ(get_json("/api/v1/stock?place=CD-101").at("items").at(0).at("mass_g"), 320000);
}

TEST_F(EventsTest, ListsInOrderAndBackwards) {
  for (int i = 1; i <= 5; ++i) {
    EXPECT_EQ(post(receive("L-" + std::to_string(i), i)).status, 200);
  }
  auto page = get_json("/api/v1/events?limit=2");
  ASSERT_EQ(page.at("items").size(), 2U);
  EXPECT_EQ(page.at("items").at(0).at("record").at("event").at("outputs").at(0).at("lot"), "L-1");
  std::size_t seen = 2;
  while (!page.at("next").is_null()) {
    page = get_json("/api/v1/events?limit=2&after=" + page.at("next").get<std::string>());
    seen += page.at("items").size();
  }
  EXPECT_EQ(seen, 5U);
  page = get_json("/api/v1/events?order=desc&limit=3");
  EXPECT_EQ(page.at("items").at(0).at("record").at("event").at("outputs").at(0).at("lot"), "L-5");
  page = get_json("/api/v1/events?order=desc&limit=3&after=" + page.at("next").get<std::string>());
  ASSERT_EQ(page.at("items").size(), 2U);
  EXPECT_EQ(page.at("items").at(1).at("record").at("event").at("outputs").at(0).at("lot"), "L-1");
  EXPECT_TRUE(page.at("next").is_null());
  EXPECT_TRUE(get_json("/api/v1/events?type=sell").at("items").empty());
  const auto all = get_json("/api/v1/events").at("items");
  ASSERT_FALSE(all.empty());
  const std::string district = all[0].at("district");
  const std::string day = all[0].at("time").get<std::string>().substr(0, 10);
  const std::string material = all[0].at("record").at("event").at("outputs").at(0).at("material");
  const auto found = [&](const std::string& narrowed) {
    return get_json("/api/v1/events?" + narrowed).at("items").size();
  };
  EXPECT_EQ(found("material=" + material + "&district=" + district), all.size());
  EXPECT_EQ(found("from=2000-01-01&to=2199-12-31&order=desc"), all.size());
  EXPECT_GE(found("from=" + day + "&to=" + day), 1U);
  const std::vector<std::string> others{"material=metal.steel", "material=" + material.substr(0, 3),
                                        "district=nowhere",     "party=nobody",
                                        "from=2199-12-31",      "to=2000-01-01"};
  for (const std::string& none : others) {
    EXPECT_EQ(found(none), 0U) << none;
  }
}

TEST_F(EventsTest, FollowersHearWhatIsRecorded) {
  EXPECT_EQ(post(receive("L-1", 5000)).status, 200);
  const auto first = get_json("/api/v1/events?order=desc&limit=1").at("items").at(0).at("seq");
  auto follower = connect();
  follower.send("GET /api/v1/events/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token_ +
                "\r\nLast-Event-ID: " + std::to_string(first.get<int>() - 1) + "\r\n\r\n");
  EXPECT_NE(follower.read_until("\n\n\r\n").find("text/event-stream"), std::string::npos);
  EXPECT_NE(follower.read_until("\"type\":\"receive\"}\n\n").find("event: event"),
            std::string::npos);
  EXPECT_EQ(post(ship("S-1", "L-1", 100)).status, 200);
  const auto heard = follower.read_until("\"type\":\"ship\"}\n\n");
  EXPECT_NE(heard.find("id: " + std::to_string(first.get<int>() + 1)), std::string::npos);
}

TEST_F(EventsTest, AFollowerWhoNamesNoPositionHearsOnlyWhatIsNew) {
  auto follower = connect();
  follower.send("GET /api/v1/events/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token_ +
                "\r\n\r\n");
  EXPECT_NE(follower.read_until("retry: 3000\n\n\r\n").find("text/event-stream"),
            std::string::npos);
  EXPECT_EQ(post(receive("L-1", 5000)).status, 200);
  const auto heard = follower.read_until("\"type\":\"receive\"}\n\n");
  EXPECT_NE(heard.find("\"type\":\"receive\""), std::string::npos);
  EXPECT_EQ(heard.find("event: registry"), std::string::npos);  // the pack is no news
}

}  // namespace
}  // namespace huan::http
