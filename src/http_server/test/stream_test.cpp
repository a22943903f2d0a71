// SPDX-License-Identifier: Apache-2.0
// Streams and server-sent events over real sockets.
#include <gtest/gtest.h>

#include <thread>

#include "huan/http_server/event_hub.hpp"
#include "server_fixture.hpp"

namespace huan::http_server {
namespace {

using std::chrono::milliseconds;

TEST(ServerSentEvents, AreRenderedLineByLine) {
  EXPECT_EQ(render({.id = 7, .event = "posted", .data = "a\nb\r\nc\rd"}),
            "id: 7\nevent: posted\ndata: a\ndata: b\ndata: c\ndata: d\n\n");
  EXPECT_EQ(render({.id = 0, .event = "", .data = ""}), "data: \n\n");
}

class StreamTest : public ::testing::Test {
 protected:
  void start(EventHub::Options hub = {}) {
    hub_ = std::make_unique<EventHub>(hub);
    Router router;
    router.add_async("GET", "/events", [this](const Request& request, Responder responder) {
      const auto last = EventHub::last_event_id(request);
      hub_->subscribe(std::move(responder), "130100", [&] {
        std::vector<ServerSentEvent> missed;
        for (std::uint64_t id = last.value_or(0) + 1; last && id <= 5; ++id) {
          missed.push_back({id, "posted", "old"});
        }
        if (last) {
          // Published while the replay is read: 5 is in both, 6 only here.
          hub_->publish("130100", {5, "posted", "twice"});
          hub_->publish("130100", {6, "posted", "new"});
        }
        return missed;
      });
    });
    router.add_async("GET", "/rows", [](const Request&, Responder responder) {
      auto stream =
          responder.stream(make_response(200, "text/csv", ""), {.queue_bytes_max = 10000});
      for (int i = 0; i < 2000; ++i) {
        if (!stream->write_waiting("row " + std::to_string(i) + "\r\n", milliseconds(5000))) {
          return;
        }
      }
      stream->finish();
    });
    router.add_async("GET", "/broken", [](const Request&, Responder responder) {
      auto stream = responder.stream(make_response(200, "text/csv", ""), {});
      stream->write("half of it");
      stream->abort();
    });
    router.add("GET", "/hello", [](const Request&) { return text("hello"); });
    server_ = std::move(Server::start({}, std::move(router), observer_)).value();
  }
  void TearDown() override {
    if (server_) {
      server_->stop(milliseconds(1000));
    }
  }
  RawClient client() { return RawClient(server_->port()); }
  RawClient subscriber(const std::string& fields = "") {
    auto one = client();
    one.send("GET /events HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n");
    EXPECT_NE(one.read_until("\r\n\r\n").find("text/event-stream"), std::string::npos);
    EXPECT_NE(one.read_until("retry: 3000\n\n\r\n").find("retry"), std::string::npos);
    return one;
  }

  Recording observer_;
  std::unique_ptr<EventHub> hub_;
  std::unique_ptr<Server> server_;
};

TEST_F(StreamTest, TwoClientsHearTheSame) {
  start();
  auto one = subscriber();
  auto two = subscriber();
  ASSERT_EQ(hub_->subscribers(), 2U);
  ASSERT_TRUE(eventually([&] {
    hub_->publish("other", {1, "", "not for them"});
    return true;
  }));
  // A subscriber that has read its first bytes may still be catching up; nothing is lost by it.
  hub_->publish("130100", {7, "posted", "{\"a\":1}"});
  const std::string expected = "id: 7\nevent: posted\ndata: {\"a\":1}\n\n";
  for (auto* client : {&one, &two}) {
    const auto heard = client->read_until(expected);
    EXPECT_TRUE(heard.ends_with(expected));
    EXPECT_EQ(heard.find("not for them"), std::string::npos);
  }
}

TEST_F(StreamTest, ReplaysOnceAndInOrder) {
  start();
  auto one = subscriber("Last-Event-ID: 3\r\n");
  const auto heard = one.read_until("data: new\n\n");
  const auto at = [&](const char* text) { return heard.find(text); };
  EXPECT_LT(at("id: 4\n"), at("id: 5\n"));
  EXPECT_LT(at("id: 5\n"), at("id: 6\n"));
  EXPECT_EQ(at("id: 3\n"), std::string::npos);
  EXPECT_EQ(at("twice"), std::string::npos);
}

TEST_F(StreamTest, SlowClientsAreDroppedAndOthersAreNot) {
  start({.queue_bytes_max = 200000});
  auto slow = subscriber();
  auto quick = subscriber();
  std::thread reader([&] { quick.read_until("data: last\n\n"); });
  const std::string large(50000, 'x');
  for (int i = 0; i < 400 && hub_->subscribers() == 2; ++i) {
    hub_->publish("130100", {0, "", large});
    std::this_thread::sleep_for(milliseconds(2));
  }
  EXPECT_EQ(hub_->subscribers(), 1U);
  hub_->publish("130100", {0, "", "last"});
  reader.join();
  EXPECT_TRUE(eventually([&] { return server_->stats().connections == 1; }));
}

TEST_F(StreamTest, HeartbeatsFindThoseWhoLeft) {
  start({.heartbeat = milliseconds(150)});
  auto one = subscriber();
  EXPECT_TRUE(one.read_until(":\n\n").ends_with(":\n\n"));
  {
    auto leaving = subscriber();
    EXPECT_EQ(hub_->subscribers(), 2U);
    leaving.abort();
  }
  EXPECT_TRUE(eventually([&] { return hub_->subscribers() == 1; }));
}

TEST_F(StreamTest, LimitsSubscribers) {
  start({.subscribers_max = 1});
  auto one = subscriber();
  EXPECT_EQ(client().get("/events")->status, 503);
}

TEST_F(StreamTest, LongAnswersWaitForTheirReader) {
  start();
  auto one = client();
  const auto reply = one.get("/rows");
  ASSERT_TRUE(reply);
  EXPECT_TRUE(reply->body.starts_with("row 0\r\n"));
  EXPECT_TRUE(reply->body.ends_with("row 1999\r\n"));
  EXPECT_EQ(one.get("/hello")->body, "hello");  // and the connection goes on
}

TEST_F(StreamTest, AnAbortedAnswerIsSeenToBeBroken) {
  start();
  auto one = client();
  EXPECT_FALSE(one.get("/broken"));
}

TEST_F(StreamTest, StopEndsStreams) {
  start();
  auto one = subscriber();
  server_->stop(milliseconds(5000));
  EXPECT_TRUE(one.read_until("0\r\n\r\n").ends_with("0\r\n\r\n"));
  EXPECT_TRUE(one.at_end());
  EXPECT_EQ(hub_->subscribers(), 0U);
}

}  // namespace
}  // namespace huan::http_server
