// SPDX-License-Identifier: Apache-2.0
// Ways round zones that are known by their outlines, where ways are straight lines: from corner to
// corner of what surrounds the outlines, a little apart from them. The shortest of such ways is
// found, which round a hollow outline may be longer than need be. Places that lie in a zone have
// none. Above 200,000 ways that touch a zone, 128 corners, or where (places + corners)² × (edges +
// corners²) is over 2 × 10^9, none is looked for.
#pragma once

#include "huan/routing/problem.hpp"

namespace huan::routing {

/// Fills Travel::detours of the profiles without a matrix; those of others stay.
void add_detours(Problem& problem);

}  // namespace huan::routing
