// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "huan/app/recorder.hpp"
#include "huan/registry/pack.hpp"

namespace huan::cli {

/// What a pack brings for residents: its rule of points, what people call things. bad_pack.
[[nodiscard]] base::Result<void> keep_pack_words(app::Recorder& recorder,
                                                 const registry::Pack& pack,
                                                 const std::vector<registry::PackFolder>& folders,
                                                 base::Instant from);

}  // namespace huan::cli
