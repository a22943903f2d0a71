// SPDX-License-Identifier: Apache-2.0
// Between an MQTT broker and the server: what smart bins say becomes receive events, kept on the
// disk until the server has answered, and a board of how the bins are. Guaranteed: a deposit that
// was answered `kept` is posted or listed as refused, once, however often it came; a bin that got
// no answer sends again. A deposit is known by its device and number alone. Not guaranteed: that a
// bin is who it says; the broker's passwords and access list do that (docs/devices.md).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/bins/board.hpp"

namespace huan::edge {

struct BrokerOptions {
  std::string host{"127.0.0.1"};
  int port{8883};
  std::string user{};
  std::string password{};
  std::string ca_file{};  ///< PEM; empty: no TLS
};

struct BinDevice {
  std::string id;
  bins::Bin bin;
};

struct BinGatewayOptions {
  BrokerOptions broker{};
  std::string folder;  ///< for the journal
  std::string server;
  std::string token;      ///< for the server, and asked for at the door
  std::string ca_file{};  ///< of the server
  std::uint16_t port{0};  ///< of the loopback door
  std::vector<BinDevice> devices{};
  bins::BoardOptions board{};
};

struct BinStats {
  std::uint64_t deposits{0};   ///< kept, each once
  std::uint64_t again{0};      ///< came before
  std::uint64_t refused{0};    ///< not as documented
  std::uint64_t strangers{0};  ///< of devices that are not on record
  std::uint64_t left{0};       ///< too much at once: sent again by the bin
};

class BinGateway {
 public:
  /// bad_config (broker, door, folder), bad_file (an altered journal). A broker that is away is
  /// waited for.
  [[nodiscard]] static base::Result<std::unique_ptr<BinGateway>> start(
      const BinGatewayOptions& options);
  ~BinGateway();
  BinGateway(const BinGateway&) = delete;
  BinGateway& operator=(const BinGateway&) = delete;
  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::size_t waiting() const;
  [[nodiscard]] BinStats stats() const;

 private:
  struct Works;
  explicit BinGateway(std::unique_ptr<Works> works);
  std::unique_ptr<Works> works_;
};

/// Bins that are none: each makes its deposits, keeps what was not answered, and sends it again.
struct SimulatedBinsOptions {
  BrokerOptions broker{};  ///< user and password of each: its id and that with `-secret`
  std::vector<std::string> devices{};
  std::int64_t first_seq{1};
  std::int64_t deposits{10};  ///< of each
  std::string material{"paper.mixed"};
  std::size_t window{100};  ///< sent and not answered
  std::int64_t again_ms{2'000};
  std::int64_t clock_behind_s{0};
  std::int64_t every_ms{0};  ///< between two deposits of a bin; 0: as fast as they are answered
};
struct SimulatedBinsReport {
  std::int64_t made{0};
  std::int64_t answered{0};
  std::int64_t opened{0};  ///< doors, by command
};
[[nodiscard]] SimulatedBinsReport run_bins(const SimulatedBinsOptions& options,
                                           const std::function<bool()>& ends);

}  // namespace huan::edge
