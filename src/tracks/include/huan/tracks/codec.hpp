// SPDX-License-Identifier: Apache-2.0
// A track as few bytes: each fix as its differences to the one before, small numbers in one byte. A
// vehicle that reports every ten seconds takes about 7 bytes a report; doors and load take some
// where they change. The same track gives the
// same bytes, so their digest names it. Exact: what is decoded is what was encoded.
#pragma once

#include <string>
#include <string_view>

#include "huan/base/result.hpp"
#include "huan/tracks/fix.hpp"

namespace huan::tracks {

inline constexpr std::size_t kTrackMax = 1'000'000;

[[nodiscard]] std::string encode(const Track& track);
/// bad_file: cut off, of another version, or of more than kTrackMax fixes.
[[nodiscard]] base::Result<Track> decode(std::string_view bytes);

}  // namespace huan::tracks
