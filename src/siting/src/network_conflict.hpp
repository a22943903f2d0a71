// SPDX-License-Identifier: Apache-2.0
// Whether rules can hold together at all, as far as counting can tell, and which of them cannot be
// spared for that.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "huan/siting/solve.hpp"
#include "network_ground.hpp"

namespace huan::siting {

/// What these rules ask that cannot be had; nothing when counting finds nothing.
[[nodiscard]] std::optional<std::string> contradiction(const Ground& ground);

struct Conflict {
  std::vector<std::string> rules;  ///< without any one of them there is no contradiction
  std::string reason;
  bool proven{true};  ///< otherwise: no plan was found with all of them, one without any one
};
[[nodiscard]] std::optional<Conflict> find_conflict(const Network& network);
/// For rules that counting finds nothing against and no plan was found for: those are left out one
/// by one without which there still is none. Of `limits`, what is left of the seconds.
[[nodiscard]] Conflict conflict_by_search(const Network& network, const Limits& limits);

}  // namespace huan::siting
