// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "huan/base/result.hpp"
#include "huan/cli/cli.hpp"
#include "huan/http/oidc_settings.hpp"

namespace huan {

/// nullopt: none was named. bad_config.
[[nodiscard]] base::Result<std::optional<http::OidcSettings>> identity_provider(
    const cli::OidcOptions& options);

}  // namespace huan
