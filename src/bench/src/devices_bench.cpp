// SPDX-License-Identifier: Apache-2.0
// `huan bench devices`: first how much one core of each gateway carries, as the processor time that
// its process used; then what they stand on is killed and kept silent in an order drawn from a
// seed, and every deposit and every report has to be there once.
#include <fmt/core.h>

#include "benches.hpp"
#include "device_loads.hpp"

namespace huan::bench {
namespace {

constexpr std::uint64_t kDisturbSeed = 20'261'123;
constexpr std::int64_t kFieldVehicles = 5'000;
constexpr double kFieldSeconds = 90;

/// Thousands of connections need as many handles; the processes started here inherit it.
void allow_handles() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
  }
}

void add_carried(Report& report, const std::string& what, const Carried& carried) {
  report.figures.push_back({what + "_made", static_cast<double>(carried.made)});
  report.figures.push_back({what + "_answered", static_cast<double>(carried.answered)});
  report.figures.push_back({what + "_kept", static_cast<double>(carried.kept)});
  report.figures.push_back({what + "_wall_s", carried.wall_s});
  if (!carried.whole()) {
    report.wrong.push_back(fmt::format("{}: {} made, {} answered, {} kept{}", what, carried.made,
                                       carried.answered, carried.kept,
                                       carried.drained ? "" : "; the gateway was not done"));
  }
}

}  // namespace

base::Result<Report> bench_devices(const Bench& bench) {
  constexpr double kDepositsAim = 2'000;
  constexpr double kVehiclesAim = 5'000;
  constexpr double kReportEveryS = static_cast<double>(kReportEveryMs) / 1'000;
  allow_handles();
  const Options& options = bench.options;
  const DeviceLoad load =
      DeviceLoad::of(options.seconds > 0 ? options.seconds : kFieldSeconds,
                     options.instances > 0 ? options.instances : kFieldVehicles);
  DeviceField field{bench.folder};
  if (auto set_up = field.set_up(); !set_up) {
    return std::move(set_up).error();
  }
  Report report;
  const Carried deposits = carry_deposits(field, load);
  add_carried(report, "deposits", deposits);
  report.figures.push_back({"deposits_gateway_cpu_s", deposits.gateway_cpu_s});
  report.figures.push_back({"deposits_broker_cpu_s", field.broker.cpu_s()});
  report.figures.push_back({"deposits_server_cpu_s", field.server.cpu_s()});
  std::mt19937_64 random(kDisturbSeed);
  add_carried(report, "deposits_disturbed", carry_deposits_disturbed(field, load, random));
  const Carried reports = carry_reports(field, load);
  add_carried(report, "reports", reports);
  report.figures.push_back({"reports_gateway_cpu_s", reports.gateway_cpu_s});
  add_carried(report, "reports_disturbed", carry_reports_disturbed(field, load, random));
  report.ratios.push_back({"deposits_a_cpu_second", deposits.a_cpu_second(), kDepositsAim});
  report.ratios.push_back(
      {"vehicles_a_core", reports.a_cpu_second() * kReportEveryS, kVehiclesAim});
  return report;
}

}  // namespace huan::bench
