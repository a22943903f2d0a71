// SPDX-License-Identifier: Apache-2.0
// The only place that builds objects and links adapters.
#include <cstdio>
#include <cstdlib>

#include "bench.hpp"
#include "devices.hpp"
#include "huan/base/drill_clock.hpp"
#include "huan/cli/cli.hpp"
#include "huan/store_sqlite/store.hpp"
#include "huan/store_sqlite/vault_store.hpp"
#include "invoicing.hpp"
#include "serve.hpp"

namespace {

using huan::cli::Open;

std::unique_ptr<huan::store::Store> open_store(const std::string& path, Open how) {
  huan::store_sqlite::Options options;
  options.path = path;
  options.access =
      how == Open::read ? huan::store_sqlite::Access::read : huan::store_sqlite::Access::write;
  options.create = how == Open::create;
  return huan::store_sqlite::open(options);
}

huan::app::VaultStores vaults() {
  return {[](huan::store::Transaction& transaction) {
            return huan::store_sqlite::vault_store(transaction);
          },
          [](huan::store::Reading& reading) { return huan::store_sqlite::vault_store(reading); }};
}

}  // namespace

int main(int argc, char** argv) {
  const char* drill = std::getenv("HUAN_CLOCK");
  if (drill != nullptr && *drill != '\0' && !huan::base::drill_clock()) {
    std::fprintf(stderr, "huan: HUAN_CLOCK is not a clock: %s\n", drill);
    return 2;
  }
  const huan::cli::Doors doors{
      open_store,
      vaults(),
      [](const huan::cli::ServeOptions& options) {
        return huan::serve(options, open_store, vaults());
      },
      [](const huan::cli::BenchOptions& options) {
        return huan::run_bench(options, open_store, vaults());
      },
      huan::invoice_gateway,
      huan::device_doors(),
  };
  return huan::cli::run(argc, argv, doors);
}
