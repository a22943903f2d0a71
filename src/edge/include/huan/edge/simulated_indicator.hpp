// SPDX-License-Identifier: Apache-2.0
// An indicator that is none: it speaks a real protocol over TCP, ten frames a second, or answers
// commands. Its platform is empty for a while, then carries the next load of a list, wavering
// before it rests, and so on round the list.
//
//   SimulatedIndicator indicator = …start({.loads_g = {12'340, 55'000}}).value();
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/scales/decode.hpp"

namespace huan::edge {

struct SimulatedIndicatorOptions {
  std::uint16_t port{0};  ///< on loopback; 0: any free one
  scales::DecoderOptions protocol{};
  bool asked{false};  ///< Yaohua command mode, address 'A'
  int decimals{3};
  std::vector<std::int64_t> loads_g{};
  std::int64_t empty_ms{2'000};
  std::int64_t loaded_ms{4'000};
  int clients_max{8};
};

class SimulatedIndicator {
 public:
  /// bad_config when the port is taken.
  [[nodiscard]] static base::Result<std::unique_ptr<SimulatedIndicator>> start(
      const SimulatedIndicatorOptions& options);
  ~SimulatedIndicator();
  SimulatedIndicator(const SimulatedIndicator&) = delete;
  SimulatedIndicator& operator=(const SimulatedIndicator&) = delete;
  [[nodiscard]] std::uint16_t port() const;

 private:
  struct Works;
  explicit SimulatedIndicator(std::unique_ptr<Works> works);
  std::unique_ptr<Works> works_;
};

}  // namespace huan::edge
