// SPDX-License-Identifier: Apache-2.0
// Where messages go, as the options say, and the thread that sends notices there.
#pragma once

#include <functional>
#include <string>
#include <thread>

#include "huan/app/notifier.hpp"
#include "huan/cli/cli.hpp"

namespace huan {

using PutMessage = std::function<app::Sent(const std::string&)>;

/// bad_config. `file` is the outbox.
[[nodiscard]] base::Result<PutMessage> message_way(const cli::ServeOptions& options,
                                                   const std::string& file);

/// Until it is destroyed, to browsers, too; gives points for what was put into bins, too. All that
/// is given outlives it.
[[nodiscard]] std::jthread send_notices(const app::Notifier::Parts& given);

}  // namespace huan
