// SPDX-License-Identifier: Apache-2.0
// The machine that is measured on, and its clocks.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace huan::bench {

struct Machine {
  std::string cpu;
  std::int64_t cores{0};
  std::int64_t memory_mib{0};
  std::string kernel;
  std::string compiler;
  double fsync_us{0};  ///< median of 200 fdatasync, each after an append of 4 KiB
};

[[nodiscard]] Machine look_at_machine(const std::string& scratch);

/// Of all threads of the process, user and system.
[[nodiscard]] double cpu_seconds();

/// Of the calling thread: what another program takes of the machine meanwhile is not in it.
[[nodiscard]] double thread_seconds();

class Watch {
 public:
  Watch() : begin_(std::chrono::steady_clock::now()), cpu_(cpu_seconds()) {}
  [[nodiscard]] double wall() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }
  [[nodiscard]] double cpu() const { return cpu_seconds() - cpu_; }

 private:
  std::chrono::steady_clock::time_point begin_;
  double cpu_;
};

/// The value below which `percent` of them lie; 0 of none.
[[nodiscard]] double percentile(std::vector<double> values, std::size_t percent);
[[nodiscard]] inline double median(std::vector<double> values) {
  return percentile(std::move(values), 50);
}

}  // namespace huan::bench
