// SPDX-License-Identifier: Apache-2.0
// The files of a release, to the byte as they are downloaded.
#pragma once

#include <string>
#include <string_view>

#include "huan/oversight/release.hpp"

namespace huan::http {

/// One table; empty: no such table.
[[nodiscard]] std::string release_csv(const oversight::Release& release, std::string_view table);

}  // namespace huan::http
