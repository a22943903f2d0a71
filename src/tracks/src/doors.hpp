// SPDX-License-Identifier: Apache-2.0
// What a track shows of a vehicle's doors.
#pragma once

#include "huan/tracks/deviations.hpp"

namespace huan::tracks {

/// Adds what was open, where, and each haul's word.
void judge_doors(const Track& track, const Allowed& allowed, const JudgeOptions& options,
                 Judged& judged);

}  // namespace huan::tracks
