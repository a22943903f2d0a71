// SPDX-License-Identifier: Apache-2.0
#include "rooms.hpp"

#include <algorithm>

namespace huan::routing {

namespace {

void add_amounts(const Load& load, std::int64_t sign, std::int64_t* to) {
  for (std::size_t d = 0; d < load.size(); ++d) {
    to[d] += sign * load[d];
  }
}

}  // namespace

Rooms::Rooms(const Model& model) : model_(&model), dims_(model.problem->dimensions.size()) {
  if (model.rooms) {
    unloaded_.assign(model.facilities.size() * model.problem->days * dims_, 0);
    routes_.resize(model.slots.size());
  }
}

std::int64_t* Rooms::at(Index facility, int route) {
  const std::size_t day = model_->slots[static_cast<std::size_t>(route)].day;
  return &unloaded_[(std::size_t{facility} * model_->problem->days + day) * dims_];
}
const std::int64_t* Rooms::at(Index facility, int route) const {
  const std::size_t day = model_->slots[static_cast<std::size_t>(route)].day;
  return &unloaded_[(std::size_t{facility} * model_->problem->days + day) * dims_];
}

void Rooms::gather(int route, std::span<const Code> codes, std::vector<Unloading>& list) const {
  const Slot& slot = model_->slots[static_cast<std::size_t>(route)];
  Load board = model_->problem->vehicles[slot.vehicle].start_load;
  board.resize(dims_, 0);
  list.clear();
  for (const Code code : codes) {
    if (code >= 0) {
      add_amounts(model_->pickup(code), 1, board.data());
      continue;
    }
    const auto facility = static_cast<Index>(-1 - code);
    const auto same = std::find_if(list.begin(), list.end(),
                                   [&](const Unloading& u) { return u.facility == facility; });
    if (same == list.end()) {
      list.push_back({facility, board});
    } else {
      add_amounts(board, 1, same->load.data());
    }
    std::fill(board.begin(), board.end(), 0);
  }
}

void Rooms::set(int route, std::span<const Code> codes) {
  auto& list = routes_[static_cast<std::size_t>(route)];
  for (const Unloading& one : list) {
    add_amounts(one.load, -1, at(one.facility, route));
  }
  gather(route, codes, list);
  for (const Unloading& one : list) {
    add_amounts(one.load, 1, at(one.facility, route));
  }
}

bool Rooms::allow(int route, std::span<const Code> codes) const {
  gather(route, codes, tried_);
  const auto& now = routes_[static_cast<std::size_t>(route)];
  for (const Unloading& one : tried_) {
    const Load& room = model_->problem->facilities[one.facility].capacity_per_day;
    const auto own = std::find_if(now.begin(), now.end(),
                                  [&](const Unloading& u) { return u.facility == one.facility; });
    for (std::size_t d = 0; d < room.size(); ++d) {
      const std::int64_t others =
          at(one.facility, route)[d] - (own == now.end() ? 0 : own->load[d]);
      if (others + one.load[d] > room[d]) {
        shortage_ = {others + one.load[d] - room[d], d, one.facility};
        return false;
      }
    }
  }
  return true;
}

bool Rooms::hold(int route) const {
  const auto& list = routes_[static_cast<std::size_t>(route)];
  return std::all_of(list.begin(), list.end(), [&](const Unloading& one) {
    const Load& room = model_->problem->facilities[one.facility].capacity_per_day;
    const std::int64_t* load = at(one.facility, route);
    bool holds = true;
    for (std::size_t d = 0; d < room.size(); ++d) {
      holds = holds && load[d] <= room[d];
    }
    return holds;
  });
}

}  // namespace huan::routing
