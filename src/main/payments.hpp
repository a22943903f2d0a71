// SPDX-License-Identifier: Apache-2.0
// What pays out, as the options say, and the thread that takes payouts there.
#pragma once

#include <memory>
#include <string>
#include <thread>

#include "huan/app/payouts.hpp"
#include "huan/cli/cli.hpp"

namespace huan {

/// bad_config. `file` is the simulated bank's.
[[nodiscard]] base::Result<std::unique_ptr<rewards::PaymentGateway>> payment_gateway(
    const cli::ServeOptions& options, const std::string& file);

/// The first line of a file; empty without a path. bad_config, naming the option.
[[nodiscard]] base::Result<std::string> read_word(const std::string& path,
                                                  const std::string& option);

/// Until it is destroyed; once an hour ends points whose time is over, too. All that is given
/// outlives it.
[[nodiscard]] std::jthread pay_out(const app::PayoutParts& parts, rewards::PaymentGateway& gateway);

}  // namespace huan
