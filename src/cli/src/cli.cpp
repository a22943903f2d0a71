// SPDX-License-Identifier: Apache-2.0
#include "huan/cli/cli.hpp"

#include <fmt/core.h>

#include "site_network.hpp"
#include "subsidy.hpp"
#include "verb.hpp"

namespace huan::cli {

int run(int argc, const char* const* argv, const Doors& doors) {
  Common common{doors, "sqlite:data/huan.db", "", false};
  Verb verb;
  CLI::App root{"Huan: a city's recyclables, from weigh-in to trace"};
  root.require_subcommand(1);
  root.set_config("--config", "huan.toml", "file with these options, by verb", false);
  root.set_version_flag("--version", "huan 0.1.0");
  add_init(root, common, verb);
  add_token(root, common, verb);
  add_account(root, common, verb);
  add_access(root, common, verb);
  add_serve(root, common, verb);
  add_order(root, common, verb);
  add_points(root, common, verb);
  add_rounds(root, common, verb);
  add_stock(root, common, verb);
  add_trace(root, common, verb);
  add_verify(root, common, verb);
  add_export(root, common, verb);
  add_backup(root, common, verb);
  add_import(root, common, verb);
  add_simulate(root, common, verb);
  add_simulate_day(root, common, verb);
  add_route(root, common, verb);
  add_site(root, common, verb);
  add_coverage(root, common, verb);
  add_pack(root, common, verb);
  add_tasks(root, common, verb);
  add_dispatch(root, common, verb);
  add_draw(root, common, verb);
  add_case(root, common, verb);
  add_anomalies(root, common, verb);
  add_inspect(root, common, verb);
  add_dossier(root, common, verb);
  add_duty_standings(root, common, verb);
  add_survey(root, common, verb);
  add_forms(root, common, verb);
  add_declare(root, common, verb);
  add_check(root, common, verb);
  add_indicators(root, common, verb);
  add_evidence(root, common, verb);
  add_report(root, common, verb);
  add_publish(root, common, verb);
  add_buying(root, common, verb);
  add_subsidy(root, common, verb);
  add_invoice(root, common, verb);
  add_vault(root, common, verb);
  add_bench(root, common, verb);
  add_edge(root, common, verb);
  add_vehicles(root, common, verb);
  add_bins(root, common, verb);
  add_simulate_scale(root, common, verb);
  try {
    root.parse(argc, argv);
    return verb();
  } catch (const CLI::ParseError& error) {
    return root.exit(error) == 0 ? kDone : kUsage;
  } catch (const store::Failure& failure) {
    refused(common, {failure.code(), "", failure.what()});
    return kEnvironment;
  } catch (const std::exception& error) {
    fmt::print(stderr, "huan: {}\n", error.what());
    return kEnvironment;
  }
}

}  // namespace huan::cli
