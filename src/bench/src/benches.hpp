// SPDX-License-Identifier: Apache-2.0
// The benches by name; each gets an empty folder of its own.
#pragma once

#include <string>

#include "huan/base/result.hpp"
#include "huan/bench/bench.hpp"
#include "report.hpp"

namespace huan::bench {

struct Bench {
  const Options& options;
  const Parts& parts;
  std::string folder;
};

[[nodiscard]] base::Result<Report> bench_invoices(const Bench& bench);
[[nodiscard]] base::Result<Report> bench_ledger(const Bench& bench);
[[nodiscard]] base::Result<Report> bench_trace(const Bench& bench);
[[nodiscard]] base::Result<Report> bench_check(const Bench& bench);
[[nodiscard]] base::Result<Report> bench_anomalies(const Bench& bench);
[[nodiscard]] base::Result<Report> bench_devices(const Bench& bench);
[[nodiscard]] base::Result<Report> bench_draw(const Bench& bench);
[[nodiscard]] base::Result<Report> bench_forecast(const Bench& bench);
/// Prints as it goes and needs no folder of its own; the exit code.
[[nodiscard]] int bench_routing(const Options& options);
[[nodiscard]] int bench_siting(const Options& options);

}  // namespace huan::bench
