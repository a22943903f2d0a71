// SPDX-License-Identifier: Apache-2.0
// The server over real sockets.
#include "huan/http_server/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>

#include "../src/gzip.hpp"
#include "server_fixture.hpp"

namespace huan::http_server {
namespace {

using std::chrono::milliseconds;

class ServerTest : public ::testing::Test {
 protected:
  void start(const std::function<void(ServerOptions&)>& change = {}) {
    Router router;
    router.add("GET", "/hello", [](const Request&) { return text("hello"); });
    router.add("POST", "/echo", [](const Request& r) { return text(std::string(r.body())); });
    router.add("POST", "/size",
               [](const Request& r) { return text(std::to_string(r.body().size())); });
    router.add("GET", "/lots/{lot}",
               [](const Request& r) { return text(std::string(r.param("lot"))); });
    router.add("GET", "/remote",
               [](const Request& r) { return text(r.remote + (r.secure ? " secure" : "")); });
    router.add("GET", "/big", [](const Request&) { return text(std::string(3000000, 'b')); });
    router.add("GET", "/throws",
               [](const Request&) -> Response { throw std::runtime_error("oh"); });
    router.add("GET", "/throws-int", [](const Request&) -> Response { throw 7; });
    router.add("GET", "/slow", [this](const Request&) {
      ++slow_;
      gate_.wait_for(std::chrono::seconds(5));
      return text("slow");
    });
    router.add_async("POST", "/later", [this](const Request&, Responder responder) {
      const std::lock_guard lock(later_mutex_);
      later_.push_back(std::move(responder));
    });
    router.add_async("GET", "/forgotten", [](const Request&, Responder) {});
    ServerOptions options;
    options.workers = 4;
    options.decorate = security_headers;
    if (change) {
      change(options);
    }
    server_ = std::move(Server::start(std::move(options), std::move(router), observer_)).value();
  }

 public:
  ~ServerTest() override { open_gate(); }

 protected:
  void open_gate() {
    if (!opened_) {
      opened_ = true;
      gate_promise_.set_value();
    }
  }
  RawClient client(milliseconds patience = milliseconds(10000)) {
    return RawClient(server_->port(), patience);
  }

  Recording observer_;
  std::promise<void> gate_promise_;
  std::shared_future<void> gate_{gate_promise_.get_future().share()};
  bool opened_{false};
  std::atomic<int> slow_{0};
  std::mutex later_mutex_;
  std::vector<Responder> later_;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerTest, AnswersOnAConnectionThatStays) {
  start();
  auto one = client();
  for (int i = 0; i < 3; ++i) {
    const auto reply = one.get("/hello");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(reply->body, "hello");
    EXPECT_EQ(reply->header("connection"), "keep-alive");
    EXPECT_EQ(reply->header("x-content-type-options"), "nosniff");
    EXPECT_FALSE(reply->header("date").empty());
    EXPECT_FALSE(reply->header("x-request-id").empty());
  }
  EXPECT_EQ(one.get("/remote")->body, "127.0.0.1");
  EXPECT_EQ(one.post("/echo", "a body")->body, "a body");
  EXPECT_EQ(one.get("/lots/a%2Fb%20%E7%BA%B8")->body, "a/b 纸");
  EXPECT_EQ(observer_.answers().back(), "GET /lots/{lot} 200");
}

TEST_F(ServerTest, ClosesWhenAskedTo) {
  start();
  auto one = client();
  const auto reply = one.get("/hello", {{"Connection", "close"}});
  EXPECT_EQ(reply->header("connection"), "close");
  EXPECT_TRUE(one.at_end());
  auto old = client();
  old.send("GET /hello HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.read_reply()->body, "hello");
  EXPECT_TRUE(old.at_end());
}

TEST_F(ServerTest, HeadOptionsAndWhatIsNotThere) {
  start();
  auto one = client();
  const auto head = one.request("HEAD", "/hello");
  EXPECT_EQ(head->status, 200);
  EXPECT_EQ(head->header("content-length"), "5");
  EXPECT_EQ(one.get("/hello")->body, "hello");  // nothing was left over from HEAD
  EXPECT_EQ(one.request("OPTIONS", "/hello")->header("allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(one.get("/nothing")->status, 404);
  const auto wrong = one.request("DELETE", "/hello", {}, {{"Accept-Language", "en"}});
  EXPECT_EQ(wrong->status, 405);
  EXPECT_EQ(wrong->header("content-type"), "application/problem+json");
  EXPECT_NE(wrong->body.find("method not allowed here"), std::string::npos);
  EXPECT_EQ(one.get("/lots/%zz")->status, 400);
  EXPECT_EQ(one.get("/lots/a?x=%c0%af")->status, 400);
  EXPECT_EQ(one.get("/hello")->status, 200);  // none of it closed the connection
}

TEST_F(ServerTest, PipelinedRequestsAreAnsweredInOrder) {
  start();
  auto one = client();
  std::string bytes;
  for (int i = 0; i < 20; ++i) {
    bytes += "GET /lots/L" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }
  one.send(bytes);
  for (int i = 0; i < 20; ++i) {
    const auto reply = one.read_reply();
    ASSERT_TRUE(reply) << i;
    EXPECT_EQ(reply->body, "L" + std::to_string(i));
  }
}

TEST_F(ServerTest, ReadsChunkedBodies) {
  start();
  auto one = client();
  one.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nab");
  std::this_thread::sleep_for(milliseconds(20));
  one.send("cd\r\n2\r\nef\r\n0\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(one.read_reply()->body, "abcdef");
  EXPECT_EQ(one.read_reply()->body, "hello");
}

TEST_F(ServerTest, WhatIsAmbiguousIsRefusedAndTheConnectionEnds) {
  start();
  const std::string post = "POST /echo HTTP/1.1\r\nHost: x\r\n";
  const std::string smuggled = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";
  for (const auto& bytes :
       {post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled,
        post + "Content-Length: 0\r\nContent-Length: 44\r\n\r\n" + smuggled,
        post + "Content-Length: 0\r\n X: y\r\n\r\n" + smuggled,
        post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + smuggled,
        post + "Transfer-Encoding: chunked\r\n\r\n0;\n\r\n\r\n" + smuggled,
        "GET /hello HTTP/1.1\nHost: x\n\n" + smuggled, std::string("nonsense\r\n\r\n")}) {
    auto one = client();
    one.send(bytes);
    const auto reply = one.read_reply();
    ASSERT_TRUE(reply) << bytes;
    EXPECT_EQ(reply->status, 400) << bytes;
    one.finish_sending();
    EXPECT_TRUE(one.at_end()) << bytes;
  }
  EXPECT_TRUE(observer_.answers().empty());  // no handler saw any of it
  EXPECT_EQ(observer_.refusals().size(), 7U);
}

TEST_F(ServerTest, AGoodRequestBeforeABadOneIsAnswered) {
  start();
  auto one = client();
  one.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\nGET /hello HTTP/1.1\nHost: x\n\n");
  EXPECT_EQ(one.read_reply()->status, 200);
  EXPECT_EQ(one.read_reply()->status, 400);
  one.finish_sending();
  EXPECT_TRUE(one.at_end());
}

TEST_F(ServerTest, HoldsItsLimits) {
  start([](ServerOptions& o) {
    o.limits.target_max = 200;
    o.limits.header_max = 1000;
    o.limits.body_max = 5000;
    o.limits.body_hard_max = 10000;
  });
  auto one = client();
  EXPECT_EQ(one.post("/size", std::string(5000, 'x'))->body, "5000");
  const auto large = one.post("/size", std::string(5001, 'x'), {{"Accept-Language", "en"}});
  EXPECT_EQ(large->status, 413);
  EXPECT_EQ(large->header("content-type"), "application/problem+json");
  EXPECT_NE(large->body.find("too_large"), std::string::npos);
  EXPECT_EQ(one.get("/hello")->status, 200);  // below the hard limit the connection stays
  const auto huge = one.post("/size", std::string(10001, 'x'));
  EXPECT_EQ(huge->status, 413);
  one.finish_sending();
  EXPECT_TRUE(one.at_end());
  EXPECT_EQ(client().get("/" + std::string(200, 'a'))->status, 414);
  EXPECT_EQ(client().get("/hello", {{"A", std::string(1000, 'a')}})->status, 431);
}

TEST_F(ServerTest, UnpacksAndPacks) {
  start([](ServerOptions& o) { o.limits.body_max = 1U << 20U; });
  auto one = client();
  const std::string long_text(50000, 'z');
  EXPECT_EQ(one.post("/echo", gzip(long_text), {{"Content-Encoding", "gzip"}})->body, long_text);
  const auto packed =
      one.post("/echo", long_text, {{"Accept-Encoding", "gzip"}, {"Content-Type", "text/plain"}});
  EXPECT_EQ(packed->header("content-encoding"), "gzip");
  EXPECT_LT(packed->body.size(), 1000U);
  EXPECT_EQ(*gunzip(packed->body, {.size_max = 1U << 20U}), long_text);
  const auto bomb = gzip(std::string(20U << 20U, '\0'));
  EXPECT_EQ(one.post("/echo", bomb, {{"Content-Encoding", "gzip"}})->status, 413);
  EXPECT_EQ(one.post("/echo", "no gzip", {{"Content-Encoding", "gzip"}})->status, 400);
  EXPECT_EQ(one.post("/echo", "x", {{"Content-Encoding", "br"}})->status, 415);
  EXPECT_EQ(one.get("/hello")->status, 200);
}

TEST_F(ServerTest, AHandlerThatThrowsIsAnswered) {
  start();
  auto one = client();
  const auto reply = one.get("/throws", {{"Accept-Language", "en"}});
  EXPECT_EQ(reply->status, 500);
  EXPECT_EQ(reply->header("content-type"), "application/problem+json");
  EXPECT_EQ(reply->body.find("oh"), std::string::npos);  // what was thrown is not for the client
  EXPECT_EQ(one.get("/throws-int")->status, 500);
  EXPECT_EQ(one.get("/forgotten")->status, 500);
  EXPECT_EQ(one.get("/hello")->status, 200);
  // The answer may be out before the observer hears of it, and workers overtake each other.
  ASSERT_TRUE(eventually([&] { return observer_.thrown().size() == 2; }));
  EXPECT_THAT(observer_.thrown(),
              ::testing::UnorderedElementsAre("/throws: oh",
                                              "/throws-int: something that is no std::exception"));
}

TEST_F(ServerTest, AnswersMayComeLaterFromAnotherThread) {
  start([](ServerOptions& o) { o.workers = 1; });
  std::vector<RawClient> clients;
  for (int i = 0; i < 64; ++i) {
    clients.push_back(client());
    clients.back().send("POST /later HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
  }
  ASSERT_TRUE(eventually([&] {
    const std::lock_guard lock(later_mutex_);
    return later_.size() == 64;
  }));
  EXPECT_EQ(server_->stats().in_flight, 64U);
  std::thread group([&] {
    for (auto& responder : later_) {
      responder.send(json_response(200, "{}"));
    }
  });
  for (auto& one : clients) {
    EXPECT_EQ(one.read_reply()->status, 200);
  }
  group.join();
}

TEST_F(ServerTest, AnAnswerAfterTheTimeLimitGoesNowhere) {
  start([](ServerOptions& o) { o.limits.handle = milliseconds(100); });
  auto one = client();
  one.send("POST /later HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
  const auto reply = one.read_reply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 503);
  ASSERT_TRUE(eventually([&] {
    const std::lock_guard lock(later_mutex_);
    return later_.size() == 1;
  }));
  later_.front().send(text("too late"));
  EXPECT_EQ(one.get("/hello")->body, "hello");
}

TEST_F(ServerTest, AFullQueueIsSaidSo) {
  start([](ServerOptions& o) {
    o.workers = 1;
    o.queue_max = 2;
  });
  std::vector<RawClient> clients;
  const auto ask = [&] {
    clients.push_back(client());
    clients.back().send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  };
  ask();
  ASSERT_TRUE(eventually([&] { return slow_ == 1; }));
  ask();
  ask();
  ASSERT_TRUE(eventually([&] { return server_->stats().queued == 2; }));
  const auto reply = client().get("/hello");
  EXPECT_EQ(reply->status, 503);
  EXPECT_EQ(reply->header("retry-after"), "1");
  open_gate();
  for (auto& one : clients) {
    EXPECT_EQ(one.read_reply()->body, "slow");
  }
}

TEST_F(ServerTest, SlowSendersAreCutOff) {
  start([](ServerOptions& o) {
    o.limits.head = milliseconds(200);
    o.limits.read = milliseconds(1000);
  });
  auto silent = client();
  auto dripping = client();
  dripping.send("GET /hello HTTP/1.1\r\nHost: x\r\nA: ");
  for (int i = 0; i < 10; ++i) {
    std::this_thread::sleep_for(milliseconds(50));
    dripping.send("a");
  }
  EXPECT_EQ(dripping.read_reply()->status, 408);
  auto half = client();
  half.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");
  EXPECT_TRUE(half.at_end());
  EXPECT_TRUE(silent.at_end());
  EXPECT_EQ(client().get("/hello")->status, 200);
}

TEST_F(ServerTest, SlowReadersAreCutOff) {
  start([](ServerOptions& o) { o.limits.write = milliseconds(300); });
  auto one = client();
  std::string bytes;
  for (int i = 0; i < 30; ++i) {
    bytes += "GET /big HTTP/1.1\r\nHost: x\r\n\r\n";
  }
  one.send(bytes);
  EXPECT_TRUE(eventually([&] { return server_->stats().connections == 0; }));
}

TEST_F(ServerTest, LimitsItsConnections) {
  start([](ServerOptions& o) { o.limits.connections_max = 3; });
  std::vector<RawClient> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(client());
    EXPECT_EQ(clients.back().get("/hello")->status, 200);
  }
  auto fourth = client();
  EXPECT_TRUE(fourth.at_end());
  clients.pop_back();
  EXPECT_TRUE(eventually([&] {
    const auto reply = client().get("/hello");
    return reply && reply->status == 200;
  }));
}

TEST_F(ServerTest, OnePeerLeavesRoomForOthersUnlessItIsAProxy) {
  start([](ServerOptions& o) { o.limits.connections_of_peer_max = 2; });
  std::vector<RawClient> clients;
  for (int i = 0; i < 2; ++i) {
    clients.push_back(client());
    EXPECT_EQ(clients.back().get("/hello")->status, 200);
  }
  EXPECT_TRUE(client().at_end());
  clients.pop_back();
  EXPECT_TRUE(eventually([&] {
    const auto reply = client().get("/hello");
    return reply && reply->status == 200;
  })) << "who goes makes room";
}

TEST_F(ServerTest, ATrustedProxySaysWhoAsks) {
  start([](ServerOptions& o) {
    o.limits.connections_of_peer_max = 1;
    o.proxies = {"10.0.0.0/8", "127.0.0.1"};
  });
  auto first = client();
  auto second = client();
  EXPECT_EQ(first.get("/remote")->body, "127.0.0.1");
  const auto reply = second.get("/remote", {{"X-Forwarded-For", "6.6.6.6, 192.0.2.7, 10.0.0.9"},
                                            {"X-Forwarded-Proto", "https"}});
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, "192.0.2.7 secure");
  EXPECT_EQ(reply->header("strict-transport-security"), "max-age=31536000");
  EXPECT_EQ(first.get("/hello")->header("strict-transport-security"), "");
}

TEST_F(ServerTest, NobodyElseIsBelieved) {
  start();
  const auto reply =
      client().get("/remote", {{"X-Forwarded-For", "192.0.2.7"}, {"X-Forwarded-Proto", "https"}});
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, "127.0.0.1");
  EXPECT_EQ(reply->header("content-security-policy").find("unsafe"), std::string::npos);
}

TEST_F(ServerTest, SurvivesClientsThatVanish) {
  start();
  for (int i = 0; i < 50; ++i) {
    auto one = client();
    one.send(i % 2 == 0 ? "GET /big HTTP/1.1\r\nHost: x\r\n\r\n" : "GET /he");
    one.abort();
    client().abort();
  }
  EXPECT_EQ(client().get("/hello")->status, 200);
  EXPECT_TRUE(eventually([&] { return server_->stats().connections == 0; }));
  EXPECT_TRUE(eventually([&] { return server_->stats().in_flight == 0; }));
}

TEST_F(ServerTest, SaysContinueToThoseWhoWait) {
  start();
  auto one = client();
  one.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(one.read_reply()->status, 100);
  one.send("abc");
  EXPECT_EQ(one.read_reply()->body, "abc");
}

TEST_F(ServerTest, AThousandRequestsFromSixteenConnections) {
  start();
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  threads.reserve(16);
  for (int t = 0; t < 16; ++t) {
    threads.emplace_back([&, t] {
      auto one = client();
      for (int i = 0; i < 1000 / 16 + 1; ++i) {
        const auto name = "L" + std::to_string(t) + "-" + std::to_string(i);
        const auto reply = i % 3 == 0 ? one.post("/echo", name) : one.get("/lots/" + name);
        good += reply && reply->status == 200 && reply->body == name ? 1 : 0;
      }
    });
  }
  for (auto& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(good, 16 * (1000 / 16 + 1));
}

TEST_F(ServerTest, StopsGracefully) {
  start();
  auto idle = client();
  EXPECT_EQ(idle.get("/hello")->status, 200);
  auto busy = client();
  busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return slow_ == 1; }));
  const auto port = server_->port();
  std::thread stopping([&] { server_->stop(milliseconds(5000)); });
  EXPECT_TRUE(idle.at_end());
  EXPECT_TRUE(eventually([&] {
    try {
      RawClient refused(port, milliseconds(200));
      return false;
    } catch (const std::runtime_error&) {
      return true;
    }
  }));
  open_gate();
  EXPECT_EQ(busy.read_reply()->body, "slow");
  stopping.join();
  EXPECT_TRUE(busy.at_end());
}

TEST_F(ServerTest, TheDeadlineEndsWhatDoesNotEnd) {
  start();
  auto one = client();
  one.send("POST /later HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return server_->stats().in_flight == 1; }));
  ASSERT_TRUE(eventually([&] {
    const std::lock_guard lock(later_mutex_);
    return later_.size() == 1;
  }));
  server_->stop(milliseconds(100));
  EXPECT_TRUE(one.at_end());
  server_.reset();
  later_.front().send(text("nobody is there"));  // harmless, and so is the end of the responder
}

TEST(ServerStart, NamesWhatIsWrong) {
  Recording observer;
  const auto code = [&](ServerOptions options) {
    auto server = Server::start(std::move(options), Router(), observer);
    return server ? base::ErrorCode::internal : server.error().code;
  };
  EXPECT_EQ(code({.address = "no address"}), base::ErrorCode::bad_config);
  EXPECT_EQ(code({.tls = {"/nowhere/cert.pem", "/nowhere/key.pem"}}), base::ErrorCode::bad_config);
  auto first = std::move(Server::start({}, Router(), observer)).value();
  EXPECT_EQ(code({.port = first->port()}), base::ErrorCode::bad_config);
}

}  // namespace
}  // namespace huan::http_server
