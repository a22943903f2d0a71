// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "huan/cli/cli.hpp"
#include "huan/store/store.hpp"

namespace huan {

using OpenStore =
    std::function<std::unique_ptr<store::Store>(const std::string& path, cli::Open open)>;

/// Serves until SIGTERM or SIGINT; then finishes what was accepted and ends with 0.
[[nodiscard]] int serve(const cli::ServeOptions& options, const OpenStore& open_store,
                        app::VaultStores vaults);

}  // namespace huan
