// SPDX-License-Identifier: Apache-2.0
// Who is up to what (simulator.hpp, Fraud).
#pragma once

#include "world.hpp"

namespace huan::simulator {

/// Chooses `settings.frauds` subjects of each kind by the seed, no place for two kinds. Nothing in
/// an honest city, whose events stay as they are.
void plant(World& world);

}  // namespace huan::simulator
