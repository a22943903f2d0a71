// SPDX-License-Identifier: Apache-2.0
#include "huan/tracks/codec.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace huan::tracks {
namespace {

using base::Error;
using base::ErrorCode;

constexpr char kPlain = 1;      // no door was ever open, no load said
constexpr char kWithCargo = 2;  // where a bit of the flags says so, doors and load follow
constexpr std::int64_t kPaceFlag = 4;
constexpr std::int64_t kCargoFlag = 8;
constexpr unsigned kLoadAt = 5;  // above five doors
constexpr std::int64_t kCargoMax = 0x7F;

std::uint64_t zigzag(std::int64_t n) {
  return (static_cast<std::uint64_t>(n) << 1U) ^ static_cast<std::uint64_t>(n >> 63U);
}

std::int64_t unzigzag(std::uint64_t n) {
  return static_cast<std::int64_t>(n >> 1U) ^ -static_cast<std::int64_t>(n & 1U);
}

void put(std::string& out, std::int64_t value) {
  std::uint64_t rest = zigzag(value);
  while (rest >= 0x80U) {
    out.push_back(static_cast<char>((rest & 0x7FU) | 0x80U));
    rest >>= 7U;
  }
  out.push_back(static_cast<char>(rest));
}

class DeltaReader {
 public:
  explicit DeltaReader(std::string_view bytes) : rest_(bytes) {}
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  std::optional<std::int64_t> next() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 63 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<std::uint8_t>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if ((byte & 0x80U) == 0) {
        return unzigzag(value);
      }
    }
    return std::nullopt;
  }

 private:
  std::string_view rest_;
};

/// Adds a difference; nullopt when it leaves the range.
template <class Number>
bool step(Number& value, std::optional<std::int64_t> difference) {
  std::int64_t sum = 0;
  if (!difference || __builtin_add_overflow(static_cast<std::int64_t>(value), *difference, &sum) ||
      sum < static_cast<std::int64_t>(std::numeric_limits<Number>::min()) ||
      sum > static_cast<std::int64_t>(std::numeric_limits<Number>::max())) {
    return false;
  }
  value = static_cast<Number>(sum);
  return true;
}

std::uint8_t cargo_of(const Fix& fix) {
  return static_cast<std::uint8_t>(fix.doors | (fix.load << kLoadAt));
}

std::int64_t flags_of(const Fix& fix) { return (fix.located ? 1 : 0) + (fix.ignition ? 2 : 0); }

bool take_cargo(Fix& fix, std::optional<std::int64_t> cargo) {
  if (!cargo || *cargo < 0 || *cargo > kCargoMax) {
    return false;
  }
  fix.load = static_cast<std::uint8_t>(*cargo >> kLoadAt);
  fix.doors = static_cast<std::uint8_t>(*cargo & ((1 << kLoadAt) - 1));
  return true;
}

Error bad_track(const char* what) { return Error{ErrorCode::bad_file, "", what}; }

}  // namespace

Track ordered(Track fixes) {
  std::stable_sort(fixes.begin(), fixes.end(),
                   [](const Fix& a, const Fix& b) { return a.time < b.time; });
  const auto end = std::unique(fixes.begin(), fixes.end(),
                               [](const Fix& a, const Fix& b) { return a.time == b.time; });
  fixes.erase(end, fixes.end());
  return fixes;
}

std::string encode(const Track& track) {
  const bool cargo = std::ranges::any_of(track, [](const Fix& fix) { return cargo_of(fix) != 0; });
  std::string out(1, cargo ? kWithCargo : kPlain);
  out.reserve(1 + 8 * track.size());
  Fix before;
  std::int64_t pace = 0;  // of time: most reports come at one pace
  for (const Fix& fix : track) {
    const std::int64_t gap = fix.time.s - before.time.s;
    const bool changed = cargo_of(fix) != cargo_of(before);
    // The flags, and whether the time goes on at its pace, share one byte.
    put(out, flags_of(fix) + (gap == pace ? kPaceFlag : 0) + (changed ? kCargoFlag : 0));
    if (changed) {
      put(out, cargo_of(fix));
    }
    if (gap != pace) {
      put(out, gap);
      pace = gap;
    }
    put(out, std::int64_t{fix.lat_e6} - before.lat_e6);
    put(out, std::int64_t{fix.lng_e6} - before.lng_e6);
    put(out, std::int64_t{fix.speed_dmh} - before.speed_dmh);
    put(out, std::int64_t{fix.direction} - before.direction);
    before = fix;
  }
  return out;
}

base::Result<Track> decode(std::string_view bytes) {
  if (bytes.empty() || (bytes.front() != kPlain && bytes.front() != kWithCargo)) {
    return bad_track("not a track of this version");
  }
  const std::int64_t flags_max = bytes.front() == kWithCargo ? 15 : 7;
  DeltaReader in{bytes.substr(1)};
  Track track;
  Fix fix;
  std::int64_t pace = 0;
  while (!in.at_end()) {
    const auto flags = in.next();
    if (!flags || *flags < 0 || *flags > flags_max) {
      return bad_track("flags that there are not");
    }
    fix.located = (*flags & 1) != 0;
    fix.ignition = (*flags & 2) != 0;
    if ((*flags & kCargoFlag) != 0 && !take_cargo(fix, in.next())) {
      return bad_track("doors that there are not");
    }
    if ((*flags & kPaceFlag) == 0) {
      const auto gap = in.next();
      pace = gap.value_or(0);
    }
    if (!step(fix.time.s, pace) || !step(fix.lat_e6, in.next()) || !step(fix.lng_e6, in.next()) ||
        !step(fix.speed_dmh, in.next()) || !step(fix.direction, in.next())) {
      return bad_track("cut off, or out of range");
    }
    if (track.size() == kTrackMax) {
      return bad_track("too many fixes");
    }
    track.push_back(fix);
  }
  return track;
}

}  // namespace huan::tracks
