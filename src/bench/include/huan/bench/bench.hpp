// SPDX-License-Identifier: Apache-2.0
// The figures that the project promises, measured on the machine at hand (docs/benchmarks.md):
// `ledger` (bulk, single events, verify, each beside a bare SQLite loop) and `trace` (memory, time
// to build, time to answer, beside the same question in SQL), and `routing` (benchmark sets beside
// what other solvers came to; takes as long as it is told). Of the others, a run ends within 280
// seconds and leaves nothing behind. What is compared runs in the same process, in turns, so that
// other load hits both; CPU seconds are the whole process's.
//
//   return bench::run({"ledger", "", "packs/shijiazhuang", true}, parts);
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "huan/app/personal.hpp"
#include "huan/app/recorder.hpp"
#include "huan/base/time.hpp"
#include "huan/store/store.hpp"

namespace huan::bench {

struct Options {
  std::string name;     ///< check, devices, forecast, invoices, ledger, routing, siting or trace
  std::string scratch;  ///< folder for its files; empty: the system's
  std::string pack;     ///< folder of the pack whose city is measured
  bool json{false};
  // of routing and siting alone
  std::string data{"../shared/data/routing"};  ///< folder of the sets
  std::string set;                             ///< empty: all
  int instances{0};                            ///< of each set, in the order of names; 0: all
  double seconds{0};                           ///< of CPU time each; 0: the set's own
};

/// A server on loopback, ended by its destructor.
class Served {
 public:
  virtual ~Served() = default;
  [[nodiscard]] virtual std::uint16_t port() const = 0;
};

/// What the program plugs in.
struct Parts {
  /// For writing; made when there is none.
  std::function<std::unique_ptr<store::Store>(const std::string& path)> open_store;
  std::function<std::unique_ptr<Served>(store::Store&, app::Recorder&, base::Clock&)> serve;
  app::VaultStores vaults{};
};

/// Prints the figures. 0: measured; 1: an answer that was compared is wrong; 2: no such name;
/// 4: the environment does not let it run.
[[nodiscard]] int run(const Options& options, const Parts& parts);

}  // namespace huan::bench
