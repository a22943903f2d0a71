// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <unistd.h>

#include <filesystem>

#include "benches.hpp"
#include "machine.hpp"

namespace huan::bench {
namespace {

/// A folder that goes away with it.
class Scratch {
 public:
  explicit Scratch(const std::string& parent) {
    auto form = (parent.empty() ? std::filesystem::temp_directory_path().string() : parent) +
                "/huan-bench-XXXXXX";
    if (!parent.empty()) {
      std::filesystem::create_directories(parent);
    }
    if (::mkdtemp(form.data()) == nullptr) {
      throw store::Failure(base::ErrorCode::store_failed, "cannot make a folder " + form);
    }
    path_ = form;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

base::Result<Report> measure(const Bench& bench) {
  return bench.options.name == "ledger"      ? bench_ledger(bench)
         : bench.options.name == "check"     ? bench_check(bench)
         : bench.options.name == "forecast"  ? bench_forecast(bench)
         : bench.options.name == "anomalies" ? bench_anomalies(bench)
         : bench.options.name == "devices"   ? bench_devices(bench)
         : bench.options.name == "draw"      ? bench_draw(bench)
         : bench.options.name == "invoices"  ? bench_invoices(bench)
                                             : bench_trace(bench);
}

}  // namespace

int run(const Options& options, const Parts& parts) {
  if (options.name == "routing") {
    return bench_routing(options);
  }
  if (options.name == "siting") {
    return bench_siting(options);
  }
  if (options.name != "anomalies" && options.name != "draw" && options.name != "check" &&
      options.name != "devices" && options.name != "forecast" && options.name != "invoices" &&
      options.name != "ledger" && options.name != "trace") {
    fmt::print(
        stderr,
        "huan: no bench `{}`; there are anomalies, check, devices, draw, forecast, invoices, "
        "ledger, routing, siting, trace\n",
        options.name);
    return 2;
  }
  try {
    const Scratch scratch(options.scratch);
    const Machine machine = look_at_machine(scratch.path());
    auto report = measure({options, parts, scratch.path()});
    if (!report) {
      fmt::print(stderr, "huan: {}\n", base::describe(report.error(), base::Language::en));
      return 4;
    }
    report->name = options.name;
    report->machine = machine;
    fmt::print("{}{}", options.json ? to_json(*report) : to_table(*report),
               options.json ? "\n" : "");
    return report->wrong.empty() ? 0 : 1;
  } catch (const store::Failure& failure) {
    fmt::print(stderr, "huan: {}\n", failure.what());
    return 4;
  }
}

}  // namespace huan::bench
