// SPDX-License-Identifier: Apache-2.0
// The gateway between simulated terminals and a yard that fails and comes back.
#include "huan/vehicle_gateway/gateway.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include "huan/vehicle_gateway/simulated_fleet.hpp"

namespace huan::vehicle_gateway {
namespace {

/// Knows the phones 139000000NN below a bound, binds each to the first terminal, and fails when
/// told.
class TestYard final : public Yard {
 public:
  Answer enrol(const std::string& phone, const jt808::Registration& registration) override {
    if (phone >= "13900000050") {
      return {jt808::RegisterVerdict::no_terminal, ""};
    }
    const auto [at, first] = bound_.emplace(phone, registration.terminal);
    return at->second == registration.terminal ? Answer{jt808::RegisterVerdict::ok, "c" + phone}
                                               : Answer{jt808::RegisterVerdict::terminal_taken, ""};
  }
  bool admits(const std::string& phone, const std::string& code) override {
    return code == "c" + phone;
  }
  void keep(const std::vector<Report>& reports) override {
    const std::scoped_lock lock(mutex_);
    if (failures_ > 0) {
      --failures_;
      throw std::runtime_error("the disk is full");
    }
    for (const Report& report : reports) {
      kept_[report.phone].insert(report.fix.time.s);
    }
  }
  void fail(int times) {
    const std::scoped_lock lock(mutex_);
    failures_ = times;
  }
  std::map<std::string, std::set<std::int64_t>> kept() {
    const std::scoped_lock lock(mutex_);
    return kept_;
  }

 private:
  std::mutex mutex_;
  int failures_{0};
  std::map<std::string, std::string> bound_;
  std::map<std::string, std::set<std::int64_t>> kept_;
};

GatewayOptions small() {
  GatewayOptions options;
  options.group = std::chrono::milliseconds{10};
  return options;
}

FleetOptions fleet_at(std::uint16_t port) {
  FleetOptions fleet;
  fleet.port = port;
  fleet.vehicles = 8;
  fleet.every_ms = 1'000;
  fleet.for_ms = 4'000;
  return fleet;
}

TEST(Gateway, EveryReportThatWasMadeIsKeptOverFailuresAndRestarts) {
  TestYard yard;
  auto gateway = Gateway::start(small(), yard).value();
  const std::uint16_t port = gateway->port();
  base::Result<FleetReport> report = FleetReport{};
  std::thread fleet([&] { report = run_fleet(fleet_at(port), [] { return false; }); });
  std::this_thread::sleep_for(std::chrono::milliseconds{1'200});
  yard.fail(3);
  std::this_thread::sleep_for(std::chrono::milliseconds{500});
  gateway.reset();
  std::this_thread::sleep_for(std::chrono::milliseconds{700});
  auto options = small();
  options.port = port;
  gateway = Gateway::start(options, yard).value();
  fleet.join();
  ASSERT_TRUE(report);
  EXPECT_EQ(report->answered, report->made);
  EXPECT_GE(report->made, 8U * 3U);
  EXPECT_GT(report->connects, 8U);
  std::size_t kept = 0;
  for (const auto& [phone, times] : yard.kept()) {
    kept += times.size();
  }
  EXPECT_GE(kept + 8, report->made);  // two made within one second of the clock are one
  EXPECT_EQ(yard.kept().size(), 8U);
}

TEST(Gateway, StrangersAreTurnedAway) {
  TestYard yard;
  const auto gateway = Gateway::start(small(), yard).value();
  FleetOptions strangers = fleet_at(gateway->port());
  strangers.first_phone = 13'900'000'050;
  strangers.vehicles = 2;
  strangers.for_ms = 300;
  const auto begun = std::chrono::steady_clock::now();
  const auto report = run_fleet(strangers, [&] {
    return std::chrono::steady_clock::now() - begun > std::chrono::milliseconds{800};
  });
  ASSERT_TRUE(report);
  EXPECT_EQ(report->answered, 0U);
  EXPECT_GE(report->refused, 2U);
  EXPECT_TRUE(yard.kept().empty());
}

int connect_to(std::uint16_t port) {
  const int handle = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr any{};
  std::memcpy(&any, &address, sizeof any);
  EXPECT_EQ(::connect(handle, &any, sizeof any), 0);
  return handle;
}

/// Does the other side end it within two seconds?
bool ended(int handle) {
  timeval limit{2, 0};
  ::setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  char byte = 0;
  return ::recv(handle, &byte, 1, 0) <= 0 && errno != EAGAIN;
}

TEST(Gateway, HostileConnectionsAreBounded) {
  TestYard yard;
  auto options = small();
  options.connections_of_peer_max = 3;
  options.authenticate = std::chrono::milliseconds{300};
  options.bytes_of_second_max = 20'000;
  const auto gateway = Gateway::start(options, yard).value();
  std::vector<int> handles;
  handles.reserve(3);
  for (int i = 0; i < 3; ++i) {
    handles.push_back(connect_to(gateway->port()));
  }
  std::this_thread::sleep_for(std::chrono::milliseconds{100});
  const int one_more = connect_to(gateway->port());
  EXPECT_TRUE(ended(one_more));
  EXPECT_EQ(gateway->stats().refused, 1U);
  const std::string flood(40'000, 'x');
  EXPECT_GT(::send(handles[0], flood.data(), flood.size(), MSG_NOSIGNAL), 0);
  EXPECT_TRUE(ended(handles[0]));
  EXPECT_TRUE(ended(handles[1]));  // says nothing, and is nobody
  for (const int handle : handles) {
    ::close(handle);
  }
  ::close(one_more);
  EXPECT_GE(gateway->stats().dropped, 2U);
}

}  // namespace
}  // namespace huan::vehicle_gateway
