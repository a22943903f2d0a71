// SPDX-License-Identifier: Apache-2.0
// One indicator being read by a thread of its own, for as long as the object lives.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

#include "huan/edge/edge.hpp"
#include "line.hpp"

namespace huan::edge {

/// Milliseconds of the clock that only goes forward.
[[nodiscard]] inline std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

struct Heard {
  bool open{false};
  std::uint64_t frames{0};
  std::uint64_t checksums{0};
  std::uint64_t skipped{0};
};

class Indicator {
 public:
  using Hear = std::function<void(const scales::Reading&, std::int64_t at_ms)>;
  Indicator(const IndicatorOptions& options, LineAddress address, Hear hear);
  ~Indicator();
  Indicator(const Indicator&) = delete;
  Indicator& operator=(const Indicator&) = delete;
  [[nodiscard]] Heard heard() const;

 private:
  void run();
  void listen(scales::Decoder& decoder);

  IndicatorOptions options_;
  Line line_;
  Hear hear_;
  std::atomic<bool> ends_{false};
  std::atomic<bool> open_{false};
  std::atomic<std::uint64_t> frames_{0};
  std::atomic<std::uint64_t> checksums_{0};
  std::atomic<std::uint64_t> skipped_{0};
  std::thread thread_;
};

}  // namespace huan::edge
