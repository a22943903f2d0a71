// SPDX-License-Identifier: Apache-2.0
// A small city as it runs: a Mosquitto, `huan serve` on a store of its own, the gateways of bins
// and vehicles, each a process of its own on a port that it keeps when it comes back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "child.hpp"
#include "huan/base/result.hpp"
#include "huan/http_client/client.hpp"

namespace huan::bench {

constexpr const char* kSelf = "/proc/self/exe";
constexpr int kFieldBins = 40;

struct Phones {
  std::int64_t first{0};
  std::int64_t count{0};  ///< the others follow
};

class DeviceField {
 public:
  explicit DeviceField(std::filesystem::path folder);

  /// The store with its bins on record, broker, server and the gateway of bins running.
  [[nodiscard]] base::Result<void> set_up();
  void start_broker();
  void start_server();
  void start_bins();
  void start_tracks();
  /// The numbers may report, each for a vehicle of its own.
  void enrol(const Phones& phones) const;

  /// Records of the store, all derived again and compared; -1: it could not be told.
  [[nodiscard]] std::int64_t posted() const;
  /// Reports on the disk of their vehicles, each second of a vehicle once.
  [[nodiscard]] std::int64_t tracked(const Phones& phones) const;
  /// Whether the server has answered for all that the gateway of bins kept, within a minute.
  [[nodiscard]] bool drained() const;

  [[nodiscard]] std::string at(const char* name) const { return (folder_ / name).string(); }
  [[nodiscard]] int broker_port() const { return broker_port_; }
  [[nodiscard]] int tracks_port() const { return tracks_port_; }

  Child broker;
  Child server;
  Child bins;
  Child tracks;

 private:
  [[nodiscard]] std::string store() const { return "sqlite:" + at("huan.db"); }
  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_port_);
  }
  [[nodiscard]] http_client::Call call(std::string url) const;
  [[nodiscard]] base::Result<std::string> any_place() const;
  [[nodiscard]] base::Result<void> register_bins() const;

  std::filesystem::path folder_;
  std::string token_;
  int broker_port_{free_port()};
  int server_port_{free_port()};
  int board_port_{free_port()};
  int tracks_port_{free_port()};
};

[[nodiscard]] std::string text_of_file(const std::string& path);
/// A member of the object that the text is; -1: none such.
[[nodiscard]] std::int64_t number_in(const std::string& text, std::string_view key);

}  // namespace huan::bench
