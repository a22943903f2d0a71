// SPDX-License-Identifier: Apache-2.0
// The loopback doors of the station page: /scale, /scale/stream, /scale/weighings, /tickets.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "huan/http_server/event_hub.hpp"
#include "huan/http_server/router.hpp"
#include "indicator.hpp"
#include "journal.hpp"
#include "sender.hpp"

namespace huan::edge {

/// The platform, shared by the indicators' threads and the doors.
class SharedPlatform {
 public:
  explicit SharedPlatform(const scales::PlatformOptions& options) : platform_(options) {}
  void see(const scales::Reading& reading, std::int64_t at_ms);
  void see_second(const scales::Reading& reading, std::int64_t at_ms);
  [[nodiscard]] std::optional<scales::Rest> now() const;
  [[nodiscard]] base::Result<scales::Taken> take();

 private:
  mutable std::mutex mutex_;
  scales::Platform platform_;
};

class EdgeDoors {
 public:
  EdgeDoors(const EdgeOptions& options, SharedPlatform& platform, Journal& journal, Sender& sender);
  [[nodiscard]] http_server::Router router();
  /// Adds what lets the station page, and no other, read the answers.
  void decorate(http_server::Response& response) const;
  /// Tells listeners what the platform shows, at most ten times a second.
  void show();
  void close() { hub_.close(); }
  /// Of the first indicator; null without one.
  void watch(const Indicator* indicator) { indicator_ = indicator; }

 private:
  /// forbidden for any page but the station's, and for any name but loopback's.
  [[nodiscard]] base::Result<void> admit(const http_server::Request& request) const;
  [[nodiscard]] std::string scale_json() const;
  http_server::Response scale(const http_server::Request& request);
  void stream(const http_server::Request& request, http_server::Responder responder);
  http_server::Response weigh(const http_server::Request& request);
  base::Result<std::string> weighed(const http_server::Request& request);
  http_server::Response put_ticket(const http_server::Request& request);
  base::Result<Ticket> keep_ticket(const http_server::Request& request);
  http_server::Response tickets(const http_server::Request& request);
  http_server::Response ticket(const http_server::Request& request);

  const EdgeOptions& options_;
  SharedPlatform& platform_;
  Journal& journal_;
  Sender& sender_;
  const Indicator* indicator_{nullptr};
  http_server::EventHub hub_;
  std::mutex shown_mutex_;
  std::int64_t shown_ms_{0};
  std::string shown_;
};

}  // namespace huan::edge
