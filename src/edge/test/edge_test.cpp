// SPDX-License-Identifier: Apache-2.0
// The edge between a simulated indicator and a server that comes and goes.
#include "huan/edge/edge.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>

#include "huan/base/id.hpp"
#include "huan/edge/simulated_indicator.hpp"
#include "huan/http_client/client.hpp"
#include "huan/http_server/server.hpp"
#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"

namespace huan::edge {
namespace {

class Silent final : public http_server::ServerObserver {
 public:
  void answered(const http_server::Answered& /*exchange*/) noexcept override {}
  void refused(int /*status*/, std::string_view /*why*/) noexcept override {}
  void handler_threw(std::string_view /*route*/, std::string_view /*what*/) noexcept override {}
};

/// Answers as the ledger's door does: posted once, then duplicate; it can lose its answers.
class Centre {
 public:
  bool start(std::uint16_t port) {
    http_server::Router router;
    router.add("POST", "/api/v1/events",
               [this](const http_server::Request& request) { return post(request); });
    auto server =
        http_server::Server::start({.port = port, .workers = 2}, std::move(router), silent_);
    if (!server) {
      return false;
    }
    server_ = std::move(*server);
    return true;
  }
  void stop() { server_.reset(); }
  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  std::map<std::string, int> times() {
    const std::scoped_lock lock(mutex_);
    return times_;
  }
  void lose(int answers) {
    const std::scoped_lock lock(mutex_);
    lost_ = answers;
  }
  void learn(const std::string& place) {
    const std::scoped_lock lock(mutex_);
    known_ = place;
  }

 private:
  http_server::Response post(const http_server::Request& request) {
    const std::scoped_lock lock(mutex_);
    const auto document = json::Document::parse(request.body());
    std::string results;
    for (const json::Value event : document.value().root().elements()) {
      results += results.empty() ? "" : ",";
      results += answer(event);
    }
    if (lost_ > 0) {
      --lost_;
      return http_server::json_response(502, "{}");
    }
    return http_server::json_response(200, R"({"results":[)" + results + "]}");
  }
  std::string answer(json::Value event) {
    const std::string id{event.find("id")->string()};
    const std::string place{event.find("place")->string()};
    if (place == "bad") {
      return R"({"id":")" + id + R"(","status":"refused","code":"not_balanced","message":"m"})";
    }
    if (place != known_) {
      return R"({"id":")" + id + R"(","status":"refused","code":"unknown_place","message":"m"})";
    }
    return R"({"id":")" + id +
           (++times_[id] == 1 ? R"(","status":"posted"})" : R"(","status":"duplicate"})");
  }

  Silent silent_;
  std::mutex mutex_;
  std::map<std::string, int> times_;
  int lost_{0};
  std::string known_{"P-1"};
  std::unique_ptr<http_server::Server> server_;
};

class EdgeTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path{testing::TempDir()} / ("huan-edge-" + std::to_string(getpid()));
    std::filesystem::remove_all(folder_);
    ASSERT_TRUE(centre_.start(0));
    port_ = centre_.port();
    options_.folder = folder_.string();
    options_.server = "http://127.0.0.1:" + std::to_string(port_);
    options_.token = "t";
    options_.scale = "SC-1";
    options_.platform.steady = {.count = 3, .over_ms = 200};
    options_.platform.start = base::Mass{100};
  }
  void TearDown() override {
    edge_.reset();
    centre_.stop();
    std::filesystem::remove_all(folder_);
  }
  void start() {
    auto edge = Edge::start(options_);
    ASSERT_TRUE(edge) << edge.error().detail;
    edge_ = std::move(*edge);
  }
  http_client::Reply call(const std::string& method, const std::string& path,
                          const std::string& body = "", http_client::Fields fields = {}) {
    http_client::Call one;
    one.method = method;
    one.url = "http://127.0.0.1:" + std::to_string(edge_->port()) + path;
    one.headers = std::move(fields);
    if (method == "POST") {
      one.headers.emplace_back("Content-Type", "application/json");
    }
    one.body = body;
    auto reply = client_.send(one);
    EXPECT_TRUE(reply) << path;
    return reply ? *reply : http_client::Reply{};
  }
  static std::string id(int n) {
    return base::make_uuid_v7(1'000, 0, static_cast<std::uint64_t>(n)).text();
  }
  static std::string event(int n, const std::string& place = "P-1") {
    return R"({"id":")" + id(n) + R"(","place":")" + place + R"("})";
  }
  bool all_sent() {
    for (int i = 0; i < 200 && edge_->waiting() > 0; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    return edge_->waiting() == 0;
  }

  std::filesystem::path folder_;
  Centre centre_;
  std::uint16_t port_{0};
  EdgeOptions options_;
  std::unique_ptr<Edge> edge_;
  http_client::Client client_;
};

TEST_F(EdgeTest, NothingIsLostOrDoubledOverRestartsAndLostAnswers) {
  start();
  for (int i = 0; i < 30; ++i) {
    if (i == 5) {
      centre_.stop();  // the network is out
    }
    if (i == 12 || i == 20) {
      edge_.reset();
      start();
    }
    if (i == 24) {
      centre_.lose(1);  // posted, but the edge does not hear of it
      ASSERT_TRUE(centre_.start(port_));
    }
    const int status = call("POST", "/tickets", event(i)).status;
    EXPECT_TRUE(status == 202 || status == 200) << i << " " << status;
  }
  EXPECT_TRUE(all_sent());
  const auto times = centre_.times();
  EXPECT_EQ(times.size(), 30U);
  bool again = false;
  for (const auto& [one, count] : times) {
    again = again || count > 1;
  }
  EXPECT_TRUE(again);  // what was lost was sent again, under its own id
  const auto reply = call("GET", "/tickets/" + id(3));
  EXPECT_NE(reply.body.find(R"("status":"posted")"), std::string::npos) << reply.body;
}

TEST_F(EdgeTest, RefusalsAreKeptAndWhatIsNotYetKnownWaits) {
  start();
  EXPECT_EQ(call("POST", "/tickets", event(1, "P-2")).status, 202);
  EXPECT_EQ(call("POST", "/tickets", event(2, "bad")).status, 202);
  EXPECT_EQ(call("POST", "/tickets", event(3)).status, 202);
  for (int i = 0; i < 100 && edge_->waiting() > 1; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  EXPECT_EQ(edge_->waiting(), 1U);
  EXPECT_NE(call("GET", "/tickets/" + id(2)).body.find("not_balanced"), std::string::npos);
  EXPECT_NE(call("GET", "/scale").body.find("unknown_place"), std::string::npos);
  centre_.learn("P-2");
  EXPECT_TRUE(all_sent());
}

TEST_F(EdgeTest, OnlyTheStationPageOnLoopbackMayAsk) {
  start();
  EXPECT_EQ(call("GET", "/scale", "", {{"Origin", options_.server}}).status, 200);
  EXPECT_EQ(call("GET", "/scale", "", {{"Origin", "https://evil.example"}}).status, 403);
  EXPECT_EQ(call("GET", "/scale", "", {{"Host", "evil.example"}}).status, 403);
  EXPECT_EQ(call("POST", "/tickets", "[1").status, 400);
  EXPECT_EQ(call("POST", "/tickets", R"({"id":"x"})").status, 400);
  EXPECT_EQ(call("POST", "/tickets", event(1)).status, 202);
  EXPECT_EQ(call("POST", "/tickets", event(1, "P-2")).status, 409);
  EXPECT_EQ(call("GET", "/tickets/nothing").status, 404);
  EXPECT_EQ(call("GET", "/scale").header("access-control-allow-origin"), options_.server);
}

TEST_F(EdgeTest, TakesTheWeightAtRestWithNumbersOfItsOwn) {
  for (const bool asked : {false, true}) {
    SimulatedIndicatorOptions simulated;
    simulated.asked = asked;
    simulated.loads_g = {12'340};
    simulated.empty_ms = 800;
    simulated.loaded_ms = 2'000;
    auto indicator = SimulatedIndicator::start(simulated);
    ASSERT_TRUE(indicator);
    options_.indicator.line = "tcp:127.0.0.1:" + std::to_string((*indicator)->port());
    options_.indicator.ask = asked ? 'A' : char{0};
    start();
    http_client::Reply reply;
    for (int i = 0; i < 200 && reply.status != 200; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
      reply = call("POST", "/scale/weighings", R"({"as":"tare","vehicle":"V-1"})");
      EXPECT_TRUE(reply.status == 200 || reply.status == 400) << reply.body;
    }
    EXPECT_NE(reply.body.find(R"("mass_g":12340)"), std::string::npos) << reply.body;
    EXPECT_NE(reply.body.find(asked ? R"("serial":"SC-1-2")" : R"("serial":"SC-1-1")"),
              std::string::npos)
        << reply.body;
    EXPECT_NE(call("GET", "/scale").body.find(R"("open":true)"), std::string::npos);
    edge_.reset();
  }
}

}  // namespace
}  // namespace huan::edge
