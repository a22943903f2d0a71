// SPDX-License-Identifier: Apache-2.0
#include "huan/tracks/deviations.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <numbers>

#include "doors.hpp"

namespace huan::tracks {
namespace {

constexpr double kEarthM = 6'371'008.8;
constexpr double kRadiansPerE6 = std::numbers::pi / 180 / 1e6;
constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::array<std::string_view, 13> kDeviations{
    "gap",          "without_pass",   "outside_hours",      "forbidden_area",   "stop_missed",
    "stop_unknown", "unplanned_stop", "shipment_elsewhere", "shipment_unknown", "door_opened",
    "box_opened",   "box_open_away",  "box_open_unknown"};

Point place_of(const Fix& fix) { return {fix.lat_e6, fix.lng_e6}; }

bool within(const Window& window, std::int64_t second) {
  return window.from_s <= window.to_s ? second >= window.from_s && second < window.to_s
                                      : second >= window.from_s || second < window.to_s;
}

bool at_hour_of(const std::vector<Window>& windows, std::int32_t offset_s, base::Instant time) {
  const std::int64_t local = time.s + offset_s;
  const std::int64_t second = (local % kDaySeconds + kDaySeconds) % kDaySeconds;
  return std::any_of(windows.begin(), windows.end(),
                     [&](const Window& window) { return within(window, second); });
}

bool at_allowed_hour(const Allowed& allowed, base::Instant time) {
  return allowed.windows.empty() || at_hour_of(allowed.windows, allowed.offset_s, time);
}

/// The located fixes of a track, cut at the gaps.
class Pieces {
 public:
  Pieces(const Track& track, const JudgeOptions& options, Judged& judged) {
    for (const Fix& fix : track) {
      if (!fix.located) {
        continue;
      }
      if (pieces_.empty() || fix.time.s - pieces_.back().back().time.s > options.gap_s) {
        if (!pieces_.empty()) {
          const base::Instant from = pieces_.back().back().time;
          judged.stretches.push_back(
              {Deviation::gap, from, fix.time, place_of(pieces_.back().back()), ""});
          judged.gap_s += fix.time.s - from.s;
        }
        pieces_.emplace_back();
      }
      pieces_.back().push_back(fix);
    }
  }
  [[nodiscard]] const std::vector<Track>& all() const { return pieces_; }
  /// Was the vehicle seen all of that time?
  [[nodiscard]] bool covers(base::Instant from, base::Instant to, std::int64_t slack_s) const {
    return std::any_of(pieces_.begin(), pieces_.end(), [&](const Track& piece) {
      return piece.front().time.s <= from.s + slack_s && piece.back().time.s >= to.s - slack_s;
    });
  }

 private:
  std::vector<Track> pieces_;
};

/// Runs of fixes, one beside the other, that are so: a stretch each.
template <class Is>
void runs_where(const std::vector<Track>& pieces, const Stretch& like, Is is, Judged& judged) {
  for (const Track& piece : pieces) {
    const Fix* first = nullptr;
    const Fix* last = nullptr;
    const auto close = [&] {
      if (first != nullptr) {
        judged.stretches.push_back(
            {like.what, first->time, last->time, place_of(*first), like.subject});
      }
      first = nullptr;
    };
    for (const Fix& fix : piece) {
      if (!is(fix)) {
        close();
        continue;
      }
      first = first == nullptr ? &fix : first;
      last = &fix;
    }
    close();
  }
}

bool near_a_stop(const Allowed& allowed, const Fix& fix) {
  return std::any_of(allowed.stops.begin(), allowed.stops.end(), [&](const PlannedStop& stop) {
    return metres_between(stop.at, place_of(fix)) <= stop.radius_m;
  });
}

void judge_stops(const Pieces& pieces, const Allowed& allowed, const JudgeOptions& options,
                 Judged& judged) {
  for (const PlannedStop& stop : allowed.stops) {
    bool made = false;
    for (const Track& piece : pieces.all()) {
      made = made || std::any_of(piece.begin(), piece.end(), [&](const Fix& fix) {
               return fix.time >= stop.from && fix.time <= stop.to &&
                      metres_between(stop.at, place_of(fix)) <= stop.radius_m;
             });
    }
    if (made) {
      ++judged.stops_made;
      continue;
    }
    const bool seen = pieces.covers(stop.from, stop.to, options.gap_s);
    judged.stretches.push_back({seen ? Deviation::stop_missed : Deviation::stop_unknown, stop.from,
                                stop.to, stop.at, stop.id});
  }
}

/// Seen near it within the gap that is still no gap, before or after.
void judge_shipments(const Pieces& pieces, const Allowed& allowed, const JudgeOptions& options,
                     Judged& judged) {
  for (const HandedOver& one : allowed.shipments) {
    bool seen = false;
    bool there = false;
    for (const Track& piece : pieces.all()) {
      for (const Fix& fix : piece) {
        const bool then = std::abs(fix.time.s - one.time.s) <= options.gap_s;
        seen = seen || then;
        there = there || (then && metres_between(one.at, place_of(fix)) <= one.radius_m);
      }
    }
    if (!there) {
      judged.stretches.push_back(
          {seen ? Deviation::shipment_elsewhere : Deviation::shipment_unknown, one.time, one.time,
           one.at, one.shipment});
    }
  }
}

void judge_standing(const Pieces& pieces, const Allowed& allowed, const JudgeOptions& options,
                    Judged& judged) {
  if (allowed.stops.empty()) {
    return;  // without a plan every stop is as planned
  }
  for (const Track& piece : pieces.all()) {
    for (std::size_t i = 0; i < piece.size();) {
      std::size_t end = i + 1;
      while (end < piece.size() && piece[end].speed_dmh < options.moving_dmh &&
             metres_between(place_of(piece[i]), place_of(piece[end])) <= options.standing_m) {
        ++end;
      }
      const bool long_enough = piece[end - 1].time.s - piece[i].time.s >= options.standing_s;
      if (long_enough && !near_a_stop(allowed, piece[i])) {
        judged.stretches.push_back({Deviation::unplanned_stop, piece[i].time, piece[end - 1].time,
                                    place_of(piece[i]), ""});
      }
      i = end;
    }
  }
}

}  // namespace

std::string_view name(Deviation deviation) noexcept {
  return kDeviations[static_cast<std::size_t>(deviation)];
}

double metres_between(const Point& a, const Point& b) {
  const double lat_a = a.lat_e6 * kRadiansPerE6;
  const double lat_b = b.lat_e6 * kRadiansPerE6;
  const double half_lat = std::sin((lat_b - lat_a) / 2);
  const double half_lng = std::sin((static_cast<double>(b.lng_e6) - a.lng_e6) * kRadiansPerE6 / 2);
  const double h = half_lat * half_lat + std::cos(lat_a) * std::cos(lat_b) * half_lng * half_lng;
  return 2 * kEarthM * std::asin(std::min(1.0, std::sqrt(h)));
}

/// Crossings of a ray to the east, in integers: a point on an edge may go either way.
bool inside(const Area& area, const Point& point) {
  bool odd = false;
  for (std::size_t i = 0, j = area.ring.size() - 1; i < area.ring.size(); j = i++) {
    const Point& a = area.ring[i];
    const Point& b = area.ring[j];
    if ((a.lat_e6 > point.lat_e6) == (b.lat_e6 > point.lat_e6)) {
      continue;
    }
    const std::int64_t rise = std::int64_t{b.lat_e6} - a.lat_e6;
    const std::int64_t left = (std::int64_t{point.lng_e6} - a.lng_e6) * rise;
    const std::int64_t right =
        (std::int64_t{b.lng_e6} - a.lng_e6) * (std::int64_t{point.lat_e6} - a.lat_e6);
    odd = odd != (rise > 0 ? left < right : left > right);
  }
  return odd;
}

Judged judge(const Track& track, const Allowed& allowed, const JudgeOptions& options) {
  Judged judged;
  const Pieces pieces{track, options, judged};
  const auto moves = [&](const Fix& fix) { return fix.speed_dmh >= options.moving_dmh; };
  if (!allowed.pass_in_force) {
    runs_where(pieces.all(), {Deviation::without_pass, {}, {}, {}, ""}, moves, judged);
  }
  runs_where(
      pieces.all(), {Deviation::outside_hours, {}, {}, {}, ""},
      [&](const Fix& fix) { return moves(fix) && !at_allowed_hour(allowed, fix.time); }, judged);
  for (const Area& area : allowed.forbidden) {
    runs_where(
        pieces.all(), {Deviation::forbidden_area, {}, {}, {}, area.name},
        [&](const Fix& fix) {
          return inside(area, place_of(fix)) && !at_hour_of(area.open, allowed.offset_s, fix.time);
        },
        judged);
  }
  judge_stops(pieces, allowed, options, judged);
  judge_standing(pieces, allowed, options, judged);
  judge_shipments(pieces, allowed, options, judged);
  judge_doors(track, allowed, options, judged);
  for (const Track& piece : pieces.all()) {
    for (std::size_t i = 1; i < piece.size(); ++i) {
      judged.driven_m += metres_between(place_of(piece[i - 1]), place_of(piece[i]));
    }
  }
  return judged;
}

}  // namespace huan::tracks
