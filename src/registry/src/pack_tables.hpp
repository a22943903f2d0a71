// SPDX-License-Identifier: Apache-2.0
// The CSV files of a pack. Each fills its part of the Pack.
#pragma once

#include "huan/base/result.hpp"
#include "huan/registry/pack.hpp"

namespace huan::registry {

[[nodiscard]] base::Result<void> read_pack_tables(const PackFiles& files, Pack& pack);

}  // namespace huan::registry
