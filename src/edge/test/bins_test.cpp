// SPDX-License-Identifier: Apache-2.0
// Bins, a real Mosquitto with TLS, passwords and an access list, and a server that comes and goes.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "broker.hpp"
#include "huan/edge/bin_gateway.hpp"
#include "huan/http_client/client.hpp"
#include "huan/http_server/server.hpp"
#include "huan/json/document.hpp"
#include "line.hpp"

namespace huan::edge {
namespace {

class NoObserver final : public http_server::ServerObserver {
 public:
  void answered(const http_server::Answered& /*exchange*/) noexcept override {}
  void refused(int /*status*/, std::string_view /*why*/) noexcept override {}
  void handler_threw(std::string_view /*route*/, std::string_view /*what*/) noexcept override {}
};

/// The ledger's door: posts each id once and remembers the event.
class PostingServer {
 public:
  PostingServer() {
    http_server::Router router;
    router.add("POST", "/api/v1/events", [this](const http_server::Request& request) {
      const std::scoped_lock lock(mutex_);
      const auto document = json::Document::parse(request.body());
      std::string results;
      for (const json::Value event : document.value().root().elements()) {
        const std::string id{event.find("id")->string()};
        const bool is_new = posted_.emplace(id, event.find("time")->string()).second;
        results.append(results.empty() ? "" : ",").append(R"({"id":")").append(id);
        results.append(is_new ? R"(","status":"posted"})" : R"(","status":"duplicate"})");
      }
      return http_server::json_response(200, R"({"results":[)" + results + "]}");
    });
    router.add("POST", "/api/v1/device-reports", [this](const http_server::Request& request) {
      const std::scoped_lock lock(mutex_);
      reports_.emplace_back(request.body());
      return http_server::json_response(
          200, R"({"kept":1,"open":[)" + std::exchange(open_, "") + R"(],"strangers":[]})");
    });
    server_ = http_server::Server::start({.workers = 2}, std::move(router), observer_).value();
  }
  /// Goes with the answer to the next report.
  void open(std::string commands) {
    const std::scoped_lock lock(mutex_);
    open_ = std::move(commands);
  }
  /// Whether a report said it.
  bool heard(std::string_view what) {
    const std::scoped_lock lock(mutex_);
    return std::ranges::any_of(
        reports_, [&](const std::string& one) { return one.find(what) != std::string::npos; });
  }
  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_->port());
  }
  std::map<std::string, std::string> posted() {
    const std::scoped_lock lock(mutex_);
    return posted_;
  }

 private:
  NoObserver observer_;
  std::mutex mutex_;
  std::map<std::string, std::string> posted_;
  std::vector<std::string> reports_;
  std::string open_;
  std::unique_ptr<http_server::Server> server_;
};

class BinsTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(std::filesystem::exists("/usr/sbin/mosquitto")) << "see tools/packages.txt";
    folder_ = std::filesystem::path{testing::TempDir()} / ("huan-bins-" + std::to_string(getpid()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    // Below the ports that the system hands out: a client that dials a port of those while nobody
    // listens there may come to talk to itself, and the broker never gets it back.
    port_ = 20'000 + getpid() % 12'000;
    const std::string f = folder_.string();
    ASSERT_EQ(std::system(("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout " + f +
                           "/key.pem -out " + f + "/ca.pem -subj /CN=127.0.0.1 " +
                           "-addext subjectAltName=IP:127.0.0.1 >/dev/null 2>&1")
                              .c_str()),
              0);
    std::ofstream(f + "/pw") << "gateway:gateway-secret\nB-1:B-1-secret\nB-2:B-2-secret\n"
                                "B-9:B-9-secret\n";
    ASSERT_EQ(std::system(("mosquitto_passwd -U " + f + "/pw >/dev/null 2>&1").c_str()), 0);
    std::ofstream(f + "/acl") << "user gateway\ntopic read huan/v1/+/up/#\ntopic write "
                                 "huan/v1/+/down/#\npattern write huan/v1/%u/up/#\npattern read "
                                 "huan/v1/%u/down/#\n";
    std::ofstream(f + "/conf") << "listener " << port_ << " 127.0.0.1\ncafile " << f
                               << "/ca.pem\ncertfile " << f << "/ca.pem\nkeyfile " << f
                               << "/key.pem\nallow_anonymous false\npassword_file " << f
                               << "/pw\nacl_file " << f << "/acl\nuser root\n"
                               << "max_queued_messages 100000\n";
    start_broker();
    options_.broker = {"127.0.0.1", port_, "gateway", "gateway-secret", f + "/ca.pem"};
    options_.folder = f + "/journal";
    options_.server = server_.url();
    options_.token = "t";
    options_.devices = {{"B-1", {"S-1", "b1"}}, {"B-2", {"S-1", "b2"}}};
    bins_.broker = {"127.0.0.1", port_, "", "", f + "/ca.pem"};
    bins_.devices = {"B-1", "B-2"};
  }
  void TearDown() override {
    gateway_.reset();
    stop_broker();
    if (!folder_.empty()) {
      std::filesystem::remove_all(folder_);
    }
  }
  void start_broker() {
    broker_ = fork();
    if (broker_ == 0) {
      const std::string conf = (folder_ / "conf").string();
      prctl(PR_SET_PDEATHSIG, SIGKILL);  // it must not outlive a test that died
      freopen("/dev/null", "w", stderr);
      execl("/usr/sbin/mosquitto", "mosquitto", "-c", conf.c_str(), nullptr);
      _exit(127);
    }
    ASSERT_GT(broker_, 0);
    Line line{{false, "127.0.0.1", std::to_string(port_), 0}};
    bool listens = false;
    for (int i = 0; i < 200 && !listens; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
      listens = line.open();
    }
    ASSERT_TRUE(listens);
  }
  void stop_broker() {
    if (broker_ > 0) {
      kill(broker_, SIGKILL);
      waitpid(broker_, nullptr, 0);
    }
    broker_ = 0;
  }
  void start_gateway() {
    gateway_.reset();
    auto made = BinGateway::start(options_);
    ASSERT_TRUE(made) << made.error().detail;
    gateway_ = std::move(*made);
  }
  static std::function<bool()> after(int seconds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{seconds};
    return [end] { return std::chrono::steady_clock::now() > end; };
  }
  void wait_posted(std::size_t count) {
    for (int i = 0; i < 100 && server_.posted().size() < count; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    EXPECT_EQ(server_.posted().size(), count);
  }
  void expect_times_of_now() {
    base::SystemClock clock;
    for (const auto& [id, time] : server_.posted()) {
      EXPECT_LT(std::abs(base::parse_time(time)->s - clock.now().s), 120) << time;
    }
  }
  std::string asked(const std::string& path, const std::string& body = "") {
    http_client::Call call;
    call.method = body.empty() ? "GET" : "POST";
    call.url = "http://127.0.0.1:" + std::to_string(gateway_->port()) + path;
    call.headers = {{"Authorization", "Bearer t"}};
    call.body = body;
    http_client::Client client;
    const auto reply = client.send(call);
    return reply ? reply->body : "";
  }

  std::filesystem::path folder_;
  int port_{0};
  pid_t broker_{0};
  PostingServer server_;
  BinGatewayOptions options_;
  SimulatedBinsOptions bins_;
  std::unique_ptr<BinGateway> gateway_;
};

TEST_F(BinsTest, EachDepositIsPostedOnceWhoeverIsKilled) {
  start_gateway();
  bins_.deposits = 400;
  bins_.window = 10;
  bins_.again_ms = 300;
  bins_.clock_behind_s = 7'200;  // a gateway that begins anew has to learn it anew
  SimulatedBinsReport report;
  std::thread bins([&] { report = run_bins(bins_, after(30)); });
  std::this_thread::sleep_for(std::chrono::milliseconds{150});
  stop_broker();
  start_broker();
  std::this_thread::sleep_for(std::chrono::milliseconds{1'200});
  start_gateway();
  bins.join();
  EXPECT_EQ(report.made, 800);
  EXPECT_EQ(report.answered, 800);
  wait_posted(800);
  expect_times_of_now();
}

TEST_F(BinsTest, AGatewayMayBeThereBeforeItsBroker) {
  stop_broker();
  // Without TLS: there the library tells a refused connection at once, and its thread ended.
  const std::string f = folder_.string();
  std::ofstream(f + "/conf") << "listener " << port_ << " 127.0.0.1\nallow_anonymous false\n"
                             << "password_file " << f << "/pw\nacl_file " << f
                             << "/acl\nuser root\n";
  options_.broker.ca_file.clear();
  bins_.broker.ca_file.clear();
  start_gateway();
  std::this_thread::sleep_for(std::chrono::milliseconds{300});
  start_broker();
  bins_.deposits = 2;
  bins_.again_ms = 300;
  EXPECT_EQ(run_bins(bins_, after(20)).answered, 4);
}

TEST_F(BinsTest, AProcessMayHoldMoreConnectionsThanSelectKnows) {
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  const rlimit before = limit;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, FD_SETSIZE + 1'000);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
  start_gateway();
  bins_.deposits = 1;  // answered by a gateway that has its connection, below those that are taken
  ASSERT_EQ(run_bins(bins_, after(20)).answered, 2);
  std::vector<int> taken{open("/dev/null", O_RDONLY | O_CLOEXEC)};
  while (taken.back() >= 0 && taken.back() < FD_SETSIZE) {
    taken.push_back(dup(taken.front()));
  }
  ASSERT_GE(taken.back(), FD_SETSIZE);
  bins_.deposits = 3;
  EXPECT_EQ(run_bins(bins_, after(20)).answered, 6);
  std::ranges::for_each(taken, close);
  setrlimit(RLIMIT_NOFILE, &before);
}

TEST_F(BinsTest, ForgedDevicesAreRefusedAndClocksCorrected) {
  start_gateway();
  bins_.devices = {"B-1", "B-9"};  // the second is not on record
  bins_.deposits = 3;
  bins_.again_ms = 300;
  bins_.clock_behind_s = 7'200;
  const auto report = run_bins(bins_, after(5));
  EXPECT_EQ(report.answered, 3);
  EXPECT_GE(gateway_->stats().strangers, 3U);
  // B-9 speaks in B-2's name: the broker's list keeps it out.
  auto forger = Broker::make({"127.0.0.1", port_, "B-9", "B-9-secret", bins_.broker.ca_file},
                             "forger", {[] {}, [](std::string_view, std::string_view) {}})
                    .value();
  for (int i = 0; i < 40; ++i) {
    forger->step(10);
    forger->publish("huan/v1/B-2/up/heartbeat", R"({"seq":77,"at":"2026-03-01T00:00:00Z"})", 1);
  }
  wait_posted(3);
  expect_times_of_now();
  const std::string board = asked("/bins");
  EXPECT_NE(board.find(R"("clock_behind_s":720)"), std::string::npos) << board;
  EXPECT_EQ(board.find(R"("seq":77)"), std::string::npos) << board;
}

TEST_F(BinsTest, DoorsOpenByCommandAndAnswer) {
  start_gateway();
  bins_.devices = {"B-1"};
  bins_.first_seq = 5;
  std::string status;
  std::atomic<bool> stop{false};
  std::thread bins([&] {
    bins_.deposits = 100'000'000;  // stays until it is told to end
    bins_.window = 1;
    EXPECT_EQ(run_bins(bins_, [&] { return stop.load(); }).opened, 2);
  });
  for (int i = 0; i < 100 && server_.posted().empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  const std::string sent = asked("/bins/B-1/open", R"({"door":"1"})");
  ASSERT_NE(sent.find("command"), std::string::npos) << sent;
  const std::string id = sent.substr(12, 36);
  for (int i = 0; i < 200 && status.find("done") == std::string::npos; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    status = asked("/commands/" + id);
  }
  // One more that somebody asked the server for; it hears what became of it, and how the bins are.
  const std::string command = "0192f8c4-1a2b-7c3d-8e4f-5a6b7c8d0001";
  server_.open(R"({"command":")" + command + R"(","device":"B-1","door":"2"},)" +
               R"({"command":"x","device":"B-1","door":"2"})");
  const std::string done = R"({"command":")" + command + R"(","status":"done"})";
  for (int i = 0; i < 400 && !server_.heard(done); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  EXPECT_TRUE(server_.heard(done));
  EXPECT_TRUE(server_.heard(R"("device":"B-2")"));
  stop = true;
  bins.join();
  EXPECT_EQ(status, R"({"status":"done"})");
  EXPECT_NE(asked("/bins/B-8/open", R"({"door":"1"})").find("not_found"), std::string::npos);
}

}  // namespace
}  // namespace huan::edge
