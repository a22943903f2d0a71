// SPDX-License-Identifier: Apache-2.0
#include "huan/rounds/drive.hpp"

#include <algorithm>

namespace huan::rounds {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::int64_t kSecondsOfDay = 86'400;

bool is_door(StopKind kind) { return kind == StopKind::order || kind == StopKind::visit; }

bool step_follows(const Stop& stop, StopState to) {
  using enum StopState;
  switch (stop.state) {
    case planned:
      return to == arrived || to == missed;
    case arrived:
      return to == refused || to == missed || (is_door(stop.kind) ? to == weighed : to == done);
    case weighed:
      return to == weighed || to == done || to == refused;
    default:
      return false;
  }
}

Result<void> check_contents(const Stop& stop, const Step& step) {
  const bool needs_reason = step.to == StopState::refused || step.to == StopState::missed;
  if (needs_reason && step.reason.empty()) {
    return Error{ErrorCode::bad_field, "/reason", "why it was not taken"};
  }
  const bool takes = step.to == StopState::weighed ||
                     (step.to == StopState::done && stop.kind == StopKind::station);
  if (takes && step.loaded.empty()) {
    return Error{ErrorCode::bad_field, "/loaded", "what was weighed"};
  }
  return {};
}

void add_to(std::vector<Loaded>& sums, const Loaded& one) {
  const auto same = std::ranges::find(sums, one.material, &Loaded::material);
  if (same == sums.end()) {
    sums.push_back(one);
  } else {
    same->mass = same->mass + one.mass;
    same->items.insert(same->items.end(), one.items.begin(), one.items.end());
  }
}

base::Mass sum_of(const Stop& stop) {
  base::Mass sum{};
  for (const Loaded& one : stop.loaded) {
    sum = sum + one.mass;
  }
  return sum;
}

/// Local seconds since the day's midnight.
std::int64_t second_of_day(base::Instant at, std::int32_t offset_s, base::Day day) {
  return at.s + offset_s - std::int64_t{day.n} * kSecondsOfDay;
}

}  // namespace

Result<Stepped> take_step(Round& round, const Step& step) {
  const auto stop = std::ranges::find(round.stops, step.stop, &Stop::id);
  if (stop == round.stops.end()) {
    return Error{ErrorCode::not_found, "/stop", step.stop};
  }
  if (stop->state == step.to && (step.to != StopState::weighed || stop->loaded == step.loaded)) {
    return Stepped::again;
  }
  if (round.state != RoundState::published) {
    return Error{ErrorCode::in_use, "/state", "the round is " + std::string(name(round.state))};
  }
  if (!step_follows(*stop, step.to)) {
    return Error{ErrorCode::bad_field, "/to",
                 "a stop that is " + std::string(name(stop->state)) + " cannot be " +
                     std::string(name(step.to))};
  }
  HUAN_CHECK(check_contents(*stop, step));
  stop->state = step.to;
  stop->reason = step.reason;
  if (!step.photo.empty()) {
    stop->photo = step.photo;
  }
  if (step.to == StopState::arrived) {
    stop->arrived_at = step.at;
  }
  if (has_ended(step.to)) {
    stop->ended_at = step.at;
  }
  if (step.to == StopState::refused || step.to == StopState::missed) {
    stop->loaded.clear();
  } else if (!step.loaded.empty()) {
    stop->loaded = step.loaded;
  }
  return Stepped::taken;
}

std::vector<Loaded> on_board(const Round& round) {
  std::vector<Loaded> board;
  for (const Stop& stop : round.stops) {
    if (stop.state != StopState::done) {
      continue;
    }
    if (stop.kind == StopKind::unload) {
      board.clear();
      continue;
    }
    for (const Loaded& one : stop.loaded) {
      add_to(board, one);
    }
  }
  std::ranges::sort(board, {}, &Loaded::material);
  return board;
}

Balance balance_of(const Round& round, std::int32_t offset_s) {
  Balance sums;
  base::Instant first{};
  base::Instant last{};
  for (const Stop& stop : round.stops) {
    sums.open += has_ended(stop.state) ? 0 : 1;
    sums.done += stop.state == StopState::done ? 1 : 0;
    sums.refused += stop.state == StopState::refused ? 1 : 0;
    sums.missed += stop.state == StopState::missed ? 1 : 0;
    if (stop.state == StopState::done) {
      base::Mass& side = stop.kind == StopKind::unload ? sums.unloaded : sums.loaded;
      side = side + sum_of(stop);
    }
    if (stop.arrived_at.s != 0) {
      sums.late += second_of_day(stop.arrived_at, offset_s, round.day) > stop.to_s ? 1 : 0;
      first = first.s == 0 ? stop.arrived_at : std::min(first, stop.arrived_at);
    }
    last = std::max(last, stop.ended_at);
  }
  sums.planned_s = round.return_s - round.leave_s;
  sums.driven_s = first.s == 0 || last < first ? 0 : last.s - first.s;
  return sums;
}

}  // namespace huan::rounds
