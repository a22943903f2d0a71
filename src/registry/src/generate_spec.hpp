// SPDX-License-Identifier: Apache-2.0
// The `[generate]` table of pack.toml.
#pragma once

#include "huan/registry/fields.hpp"
#include "huan/registry/network.hpp"

namespace huan::registry {

void read_generate(Fields& pack, GenerateSpec& out);

}  // namespace huan::registry
