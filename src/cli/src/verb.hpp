// SPDX-License-Identifier: Apache-2.0
// What every verb shares: where the store is, how to speak, how to end.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

#include "huan/app/personal.hpp"
#include "huan/app/recorder.hpp"
#include "huan/base/result.hpp"
#include "huan/cli/cli.hpp"
#include "huan/crypto/id_source.hpp"

namespace huan::cli {

inline constexpr int kDone = 0;
inline constexpr int kWanting = 1;
inline constexpr int kUsage = 2;
inline constexpr int kRefused = 3;
inline constexpr int kEnvironment = 4;

/// Options of all verbs, as given.
struct Common {
  const Doors& doors;
  std::string store_url{"sqlite:data/huan.db"};
  std::string city;  ///< empty: the only one
  bool json{false};

  /// sqlite:PATH; exits 2 for anything else.
  [[nodiscard]] std::string path() const;
  [[nodiscard]] std::string keys_folder() const;  ///< beside the store
  [[nodiscard]] std::string files_folder() const;
  [[nodiscard]] std::unique_ptr<store::Store> open(Open how) const;
  /// --city, or the only city; refuses when there are none or several.
  [[nodiscard]] base::Result<std::string> one_city(store::Reading& reading) const;
};

/// A store opened for writing with its recorder.
struct Writing {
  explicit Writing(const Common& common, Open how = Open::write);
  std::unique_ptr<store::Store> store;
  base::SystemClock clock;
  crypto::SystemIdSource ids;
  app::Recorder recorder;
};

/// Personal data of the store, with the key beside it: made for a store that never had one.
/// bad_config.
[[nodiscard]] base::Result<std::unique_ptr<app::Personal>> open_personal(const Common& common,
                                                                         store::Store& store,
                                                                         app::Recorder& recorder,
                                                                         base::Clock& clock);

/// The same beside another process that writes, out of a store opened for reading.
struct PersonalToRead {
  PersonalToRead(const Common& common, store::Store& store);
  base::SystemClock clock;
  crypto::SystemIdSource ids;
  app::Recorder recorder;  ///< never used: what is read through the vault writes nothing
  base::Result<std::unique_ptr<app::Personal>> personal;
};

/// A bar on standard error for what takes over two seconds, when a terminal looks on.
class Progress {
 public:
  explicit Progress(std::string what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void at(std::uint64_t done, std::uint64_t all);

 private:
  std::string what_;
  bool terminal_;
  std::int64_t started_ms_;
  std::int64_t drawn_ms_{0};
  bool shown_{false};
};

/// Prints the error to standard error (or as JSON), gives exit code 3.
int refused(const Common& common, const base::Error& error);
[[nodiscard]] std::string group_digits(std::int64_t n);   ///< 1 234 567 with thin grouping by comma
[[nodiscard]] std::string mass_text(std::int64_t grams);  ///< kg or t by magnitude, exact

using Verb = std::function<int()>;
/// Adds `--json` and the store to a verb, and notes what to run.
CLI::App* add_verb(CLI::App& root, Common& common, const std::string& name,
                   const std::string& help);

void add_access(CLI::App& root, Common& common, Verb& verb);
void add_account(CLI::App& root, Common& common, Verb& verb);
void add_init(CLI::App& root, Common& common, Verb& verb);
void add_token(CLI::App& root, Common& common, Verb& verb);
void add_serve(CLI::App& root, Common& common, Verb& verb);
void add_order(CLI::App& root, Common& common, Verb& verb);
void add_points(CLI::App& root, Common& common, Verb& verb);
void add_rounds(CLI::App& root, Common& common, Verb& verb);
void add_stock(CLI::App& root, Common& common, Verb& verb);
void add_trace(CLI::App& root, Common& common, Verb& verb);
void add_verify(CLI::App& root, Common& common, Verb& verb);
void add_export(CLI::App& root, Common& common, Verb& verb);
void add_backup(CLI::App& root, Common& common, Verb& verb);
void add_import(CLI::App& root, Common& common, Verb& verb);
void add_simulate(CLI::App& root, Common& common, Verb& verb);
void add_simulate_day(CLI::App& root, Common& common, Verb& verb);
void add_route(CLI::App& root, Common& common, Verb& verb);
void add_site(CLI::App& root, Common& common, Verb& verb);
void add_pack(CLI::App& root, Common& common, Verb& verb);
void add_dispatch(CLI::App& root, Common& common, Verb& verb);
void add_anomalies(CLI::App& root, Common& common, Verb& verb);
void add_case(CLI::App& root, Common& common, Verb& verb);
void add_draw(CLI::App& root, Common& common, Verb& verb);
void add_inspect(CLI::App& root, Common& common, Verb& verb);
void add_dossier(CLI::App& root, Common& common, Verb& verb);
void add_duty_standings(CLI::App& root, Common& common, Verb& verb);
void add_survey(CLI::App& root, Common& common, Verb& verb);
void add_tasks(CLI::App& root, Common& common, Verb& verb);
void add_declare(CLI::App& root, Common& common, Verb& verb);
void add_forms(CLI::App& root, Common& common, Verb& verb);
void add_check(CLI::App& root, Common& common, Verb& verb);
void add_indicators(CLI::App& root, Common& common, Verb& verb);
void add_evidence(CLI::App& root, Common& common, Verb& verb);
void add_report(CLI::App& root, Common& common, Verb& verb);
void add_publish(CLI::App& root, Common& common, Verb& verb);
void add_invoice(CLI::App& root, Common& common, Verb& verb);
void add_vault(CLI::App& root, Common& common, Verb& verb);
void add_bench(CLI::App& root, Common& common, Verb& verb);
void add_edge(CLI::App& root, Common& common, Verb& verb);
void add_vehicles(CLI::App& root, Common& common, Verb& verb);
void add_bins(CLI::App& root, Common& common, Verb& verb);
void add_simulate_scale(CLI::App& root, Common& common, Verb& verb);

}  // namespace huan::cli
