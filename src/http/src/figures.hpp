// SPDX-License-Identifier: Apache-2.0
// What is measured of the server, as Prometheus text (exposition format 0.0.4). Written here in a
// hundred lines, since the library that Debian has brings its own HTTP server along.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "huan/http_server/server.hpp"

namespace huan::http {

class Figures final : public http_server::ServerObserver {
 public:
  void answered(const http_server::Answered& exchange) noexcept override;
  void refused(int status, std::string_view why) noexcept override;
  void handler_threw(std::string_view route, std::string_view what) noexcept override;

  /// Appends its metrics.
  void write(std::string& out) const;

 private:
  static constexpr std::size_t kBuckets = 12;
  struct Route {
    std::map<int, std::uint64_t> by_status;
    std::array<std::uint64_t, kBuckets> buckets{};  // not cumulative
    std::uint64_t count{0};
    double seconds{0};
    std::uint64_t bytes_in{0};
    std::uint64_t bytes_out{0};
  };

  void write_counts(std::string& out) const;
  void write_durations(std::string& out) const;

  mutable std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, Route, std::less<>> routes_;  // method, pattern
  std::map<int, std::uint64_t> refused_;
  std::uint64_t thrown_{0};
};

/// "name{label} value\n" with its HELP and TYPE lines.
void write_gauge(std::string& out, std::string_view name, std::string_view help, double value);
void write_counter(std::string& out, std::string_view name, std::string_view help, double value);

}  // namespace huan::http
