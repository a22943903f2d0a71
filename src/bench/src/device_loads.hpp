// SPDX-License-Identifier: Apache-2.0
// What bins and vehicles are made to say in a field of devices, undisturbed or while its parts are
// killed, and what of it was answered and is kept.
#pragma once

#include <chrono>
#include <cstdint>
#include <random>

#include "device_field.hpp"

namespace huan::bench {

/// How much is asked of a field.
struct DeviceLoad {
  std::int64_t deposits{0};            ///< of each bin, undisturbed
  std::int64_t deposits_disturbed{0};  ///< of each bin, then
  std::int64_t vehicles{0};
  std::int64_t vehicles_disturbed{0};
  std::int64_t for_ms{0};                ///< the vehicles drive, undisturbed and then again
  std::chrono::milliseconds silence{0};  ///< of what is kept from answering

  /// Of a run that ends within so many seconds on two cores.
  [[nodiscard]] static DeviceLoad of(double seconds, std::int64_t vehicles);
};

/// Vehicles report so often.
constexpr std::int64_t kReportEveryMs = 10'000;

struct Carried {
  std::int64_t made{0};
  std::int64_t answered{0};
  std::int64_t kept{0};  ///< found afterwards, each once
  bool drained{true};    ///< the server had answered for all before it was counted
  double wall_s{0};      ///< until the last answer
  double gateway_cpu_s{0};
  [[nodiscard]] bool whole() const { return made > 0 && answered == made && kept == made; }
  [[nodiscard]] double a_cpu_second() const {
    return gateway_cpu_s > 0 ? static_cast<double>(kept) / gateway_cpu_s : 0;
  }
};

/// As fast as they are answered; afterwards broker, server and gateway have ended.
[[nodiscard]] Carried carry_deposits(DeviceField& field, const DeviceLoad& load);
/// Broker, server and gateway are killed and broker and server kept silent, each once, in an order
/// drawn from `random`.
[[nodiscard]] Carried carry_deposits_disturbed(DeviceField& field, const DeviceLoad& load,
                                               std::mt19937_64& random);
[[nodiscard]] Carried carry_reports(DeviceField& field, const DeviceLoad& load);
/// The gateway is killed and kept silent, in an order drawn from `random`.
[[nodiscard]] Carried carry_reports_disturbed(DeviceField& field, const DeviceLoad& load,
                                              std::mt19937_64& random);

}  // namespace huan::bench
