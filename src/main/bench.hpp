// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "huan/cli/cli.hpp"
#include "serve.hpp"

namespace huan {

/// Measures and prints; the exit code of `huan bench`.
[[nodiscard]] int run_bench(const cli::BenchOptions& options, const OpenStore& open_store,
                            const app::VaultStores& vaults);

}  // namespace huan
