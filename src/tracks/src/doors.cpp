// SPDX-License-Identifier: Apache-2.0
#include "doors.hpp"

#include <algorithm>
#include <array>

namespace huan::tracks {
namespace {

constexpr unsigned kDoors = 5;
constexpr std::array<std::string_view, 4> kClosures{"not_stated", "closed", "open_away", "unknown"};

struct Opened {
  Deviation what{};
  std::string subject{};
  friend bool operator==(const Opened&, const Opened&) = default;
};

/// The nearest of those that it is at.
std::optional<std::string> haven_of(const Allowed& allowed, const Point& at) {
  std::optional<std::string> haven;
  double nearest = 0;
  for (const PlannedStop& stop : allowed.unsealed) {
    const double metres = metres_between(stop.at, at);
    if (metres <= stop.radius_m && (!haven || metres < nearest)) {
      haven = stop.id;
      nearest = metres;
    }
  }
  return haven;
}

/// What an open box at that moment is; nullopt: it is closed.
std::optional<Opened> open_box(const Allowed& allowed, const Fix& fix) {
  if ((fix.doors & allowed.box_doors) == 0) {
    return std::nullopt;
  }
  if (!fix.located) {
    return Opened{Deviation::box_open_unknown};
  }
  if (allowed.unsealed.empty()) {
    return Opened{Deviation::box_opened};  // without a plan nobody said where it may be
  }
  auto haven = haven_of(allowed, {fix.lat_e6, fix.lng_e6});
  return haven ? Opened{Deviation::box_opened, *std::move(haven)}
               : Opened{Deviation::box_open_away};
}

/// A stretch for each run of equal words; a gap between two reports ends a run.
template <class Word>
void add_runs(const Track& track, std::int64_t gap_s, Word word_of, Judged& judged) {
  std::optional<Opened> before;
  for (const Fix& fix : track) {
    const std::optional<Opened> now = word_of(fix);
    const bool goes_on = now && before == now && fix.time.s - judged.stretches.back().to.s <= gap_s;
    if (goes_on) {
      judged.stretches.back().to = fix.time;
    } else if (now) {
      const auto at = fix.located ? std::optional{Point{fix.lat_e6, fix.lng_e6}} : std::nullopt;
      judged.stretches.push_back({now->what, fix.time, fix.time, at, now->subject});
    }
    before = now;
  }
}

/// A report in every `gap_s` of that time, from its beginning to its end.
bool reported_throughout(const Track& track, const Haul& haul, std::int64_t gap_s) {
  std::int64_t last = haul.from.s;
  for (const Fix& fix : track) {
    if (fix.time <= haul.from) {
      continue;
    }
    if (fix.time.s - last > gap_s) {
      return false;
    }
    if (fix.time >= haul.to) {
      return true;
    }
    last = fix.time.s;
  }
  return haul.to.s - last <= gap_s;
}

Closure closure_of(const Track& track, const Allowed& allowed, const Haul& haul,
                   std::int64_t gap_s) {
  if (allowed.box_doors == 0) {
    return Closure::not_stated;
  }
  bool unknown = !reported_throughout(track, haul, gap_s);
  for (const Fix& fix : track) {
    const auto opened =
        fix.time >= haul.from && fix.time <= haul.to ? open_box(allowed, fix) : std::nullopt;
    if (opened && opened->what == Deviation::box_open_away) {
      return Closure::open_away;
    }
    unknown = unknown || (opened && opened->what == Deviation::box_open_unknown);
  }
  return unknown ? Closure::unknown : Closure::closed;
}

}  // namespace

std::string_view name(Closure closure) noexcept {
  return kClosures[static_cast<std::size_t>(closure)];
}

void judge_doors(const Track& track, const Allowed& allowed, const JudgeOptions& options,
                 Judged& judged) {
  if (allowed.box_doors != 0) {
    add_runs(track, options.gap_s, [&](const Fix& fix) { return open_box(allowed, fix); }, judged);
  }
  for (unsigned door = 1; allowed.box_doors == 0 && door <= kDoors; ++door) {
    const auto open = [&](const Fix& fix) {
      const bool is = (fix.doors >> (door - 1) & 1U) != 0;
      return is ? std::optional{Opened{Deviation::door_opened, std::to_string(door)}}
                : std::nullopt;
    };
    add_runs(track, options.gap_s, open, judged);
  }
  for (const Haul& haul : allowed.hauls) {
    judged.hauls.push_back({haul, closure_of(track, allowed, haul, options.gap_s)});
  }
}

}  // namespace huan::tracks
