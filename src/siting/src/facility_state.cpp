// SPDX-License-Identifier: Apache-2.0
// A plan that is put aside and taken up again, and its sums made anew.
#include <algorithm>

#include "facility_plan.hpp"

namespace huan::siting {

bool FacilityPlan::holds() const {
  constexpr double kRounding = 1e-12;
  return std::all_of(open_.list().begin(), open_.list().end(), [&](std::uint32_t j) {
    return load_[j] <= sizes_[j].back().capacity * (1 + kRounding);
  });
}

void FacilityPlan::refresh() {
  ways_ = 0;
  opening_ = 0;
  for (const std::uint32_t j : open_.list()) {
    load_[j] = 0;
  }
  for (std::uint32_t u = 0; u < pieces_.size(); ++u) {
    for (const Piece& piece : pieces_[u]) {
      ways_ += piece.share * way(piece.facility, u);
      load_[piece.facility] += piece.share * demand_[u];
    }
  }
  for (const std::uint32_t j : open_.list()) {
    opening_ += cost_of(j, load_[j]);
  }
}

void FacilityPlan::restore(const State& state) {
  for (const std::uint32_t j : open_.list()) {
    members_[j].clear();
  }
  open_.clear();
  for (const std::uint32_t j : state.open) {
    open_.add(j);
  }
  pieces_ = state.pieces;
  pieces_.resize(problem_.customer_count);
  for (std::uint32_t u = 0; u < pieces_.size(); ++u) {
    for (const Piece& piece : pieces_[u]) {
      members_[piece.facility].push_back(u);
    }
  }
  refresh();
}

void FacilityPlan::return_to(const State& state) {
  std::vector<std::uint32_t> moved;
  for (std::uint32_t u = 0; u < pieces_.size(); ++u) {
    if (pieces_[u] != state.pieces[u]) {
      release(u);
      moved.push_back(u);
    }
  }
  std::vector<std::uint8_t> wanted(problem_.candidate_count, 0);
  for (const std::uint32_t j : state.open) {
    wanted[j] = 1;
  }
  const std::vector<std::uint32_t> before = open_.list();
  for (const std::uint32_t j : before) {
    if (wanted[j] == 0) {
      set_open(j, false);
    }
  }
  for (const std::uint32_t j : state.open) {
    if (!open_.has(j)) {
      set_open(j, true);
    }
  }
  for (const std::uint32_t u : moved) {
    for (const Piece& piece : state.pieces[u]) {
      give(u, piece);
    }
  }
}

void FacilityPlan::save_to(State& state) const {
  state.open = open_.list();
  state.pieces.resize(pieces_.size());
  for (std::size_t u = 0; u < pieces_.size(); ++u) {
    if (state.pieces[u] != pieces_[u]) {
      state.pieces[u] = pieces_[u];
    }
  }
}

}  // namespace huan::siting
