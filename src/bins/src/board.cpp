// SPDX-License-Identifier: Apache-2.0
#include "huan/bins/board.hpp"

#include <algorithm>
#include <cstdlib>

namespace huan::bins {
namespace {

constexpr std::size_t kDoorsOfBin = 64;

}  // namespace

Board::Board(const std::vector<std::string>& devices, base::Instant now, BoardOptions options)
    : options_(options) {
  for (const std::string& device : devices) {
    states_[device].heard = now;
  }
}

bool Board::hear(const Message& message, base::Instant now) {
  const auto found = states_.find(message.device);
  if (found == states_.end()) {
    return false;
  }
  State& state = found->second;
  state.heard = std::max(state.heard, now);
  count(state, message.seq);
  if (std::holds_alternative<Heartbeat>(message.what)) {
    const std::int64_t behind = now.s - message.at.s;
    state.behind_s = std::abs(behind) < options_.clock_s ? 0 : behind;
  } else if (const auto* status = std::get_if<Status>(&message.what)) {
    fill(state, *status, now);
  } else if (const auto* fault = std::get_if<Fault>(&message.what)) {
    const std::pair key{fault->code, fault->door};
    if (fault->cleared) {
      state.faults.erase(key);
    } else if (state.faults.size() < options_.faults_max) {
      state.faults.emplace(key, now);  // stays since the first time
    }
  }
  return true;
}

/// Only what is new moves the number on; what came late makes a gap smaller, never below none.
void Board::count(State& state, std::int64_t seq) {
  if (seq > state.seq) {
    state.missing += state.seq == 0 ? 0 : seq - state.seq - 1;
    state.seq = seq;
  } else if (seq < state.seq && state.missing > 0) {
    --state.missing;
  }
}

void Board::fill(State& state, const Status& status, base::Instant at) const {
  for (const DoorFill& door : status.doors) {
    if (!state.doors.contains(door.door) && state.doors.size() >= kDoorsOfBin) {
      continue;
    }
    state.doors[door.door] = door;
    if (door.percent >= options_.full_pct) {
      state.full.emplace(door.door, at);
    } else {
      state.full.erase(door.door);
    }
  }
}

std::optional<std::int64_t> Board::offset_s(const std::string& device) const {
  const auto found = states_.find(device);
  return found == states_.end() ? std::nullopt : found->second.behind_s;
}

std::vector<Health> Board::health(base::Instant now) const {
  std::vector<Health> all;
  all.reserve(states_.size());
  for (const auto& [device, state] : states_) {
    Health one{device, state.heard, state.behind_s.value_or(0), state.seq, state.missing, {}, {}};
    for (const auto& [name, door] : state.doors) {
      one.doors.push_back(door);
    }
    if (now.s - state.heard.s > options_.dead_s) {
      one.troubles.push_back({"dead", "", state.heard});
    }
    for (const auto& [door, since] : state.full) {
      one.troubles.push_back({"full", door, since});
    }
    for (const auto& [key, since] : state.faults) {
      one.troubles.push_back({key.first, key.second, since});
    }
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace huan::bins
