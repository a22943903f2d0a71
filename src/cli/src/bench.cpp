// SPDX-License-Identifier: Apache-2.0
#include "verb.hpp"

namespace huan::cli {

void add_bench(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = root.add_subcommand(
      "bench",
      "measure: anomalies, check, devices, draw, forecast, invoices, ledger, routing, siting, "
      "trace");
  auto options = std::make_shared<BenchOptions>();
  one->add_option(
         "name", options->name,
         "anomalies, check, devices, draw, forecast, invoices, ledger, routing, siting or trace")
      ->required();
  one->add_option("--scratch", options->scratch,
                  "folder for its files; default: a new one in the system's");
  one->add_option("--data", options->data,
                  "routing, siting: folder of the benchmark sets; check: a store to measure on")
      ->capture_default_str();
  one->add_option("--set", options->set, "routing, siting: this set only");
  one->add_option("--instances", options->instances,
                  "routing, siting: so many of each set; anomalies: seeds; devices: vehicles")
      ->check(CLI::NonNegativeNumber);
  one->add_option("--seconds", options->seconds,
                  "routing, siting: of CPU time each, not the set's own; devices: about so long")
      ->check(CLI::NonNegativeNumber);
  one->add_flag("--json", options->json, "answer in JSON");
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return common.doors.bench(*options); };
  });
}

}  // namespace huan::cli
