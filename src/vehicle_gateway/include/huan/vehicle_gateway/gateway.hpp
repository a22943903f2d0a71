// SPDX-License-Identifier: Apache-2.0
// A TCP door for JT/T 808 terminals: one thread, one epoll, thousands of connections. What they
// report is given to the Yard in groups, and answered only after the Yard has it for good, so a
// terminal sends again what was not answered. Hostile terminals are bounded: connections in all and
// of one address, time to authenticate, silence, bytes a second, bytes waiting for a slow reader.
//
// Not offered: TLS (the standard has none; put a tunnel before it), commands to terminals, media.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/jt808/session.hpp"

namespace huan::vehicle_gateway {

struct Report {
  std::string phone;
  jt808::Fix fix;
};

/// What the gateway needs of the outside; called from its thread alone.
class Yard : public jt808::Doorkeeper {
 public:
  /// Durable when it returns; an exception leaves all of it unanswered.
  virtual void keep(const std::vector<Report>& reports) = 0;
};

struct GatewayOptions {
  std::string address{"127.0.0.1"};
  std::uint16_t port{0};  ///< 0: any free one
  std::size_t connections_max{10'000};
  std::size_t connections_of_peer_max{256};
  std::chrono::milliseconds authenticate{30'000};
  std::chrono::milliseconds silence{600'000};
  std::chrono::milliseconds group{50};  ///< reports are kept together so often
  std::size_t bytes_of_second_max{65'536};
  std::size_t waiting_max{65'536};
};

struct GatewayStats {
  std::uint64_t connections{0};  ///< now
  std::uint64_t refused{0};      ///< over a limit
  std::uint64_t dropped{0};      ///< put out: hostile, silent, slow
  std::uint64_t reports{0};      ///< kept
  std::uint64_t failures{0};     ///< groups that could not be kept
};

class Gateway {
 public:
  /// Listens when it returns. bad_config: address or port.
  [[nodiscard]] static base::Result<std::unique_ptr<Gateway>> start(const GatewayOptions& options,
                                                                    Yard& yard);
  ~Gateway();
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;
  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] GatewayStats stats() const;

 private:
  class Loop;
  explicit Gateway(std::unique_ptr<Loop> loop);
  std::unique_ptr<Loop> loop_;
};

}  // namespace huan::vehicle_gateway
