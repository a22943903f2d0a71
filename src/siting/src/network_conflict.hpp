// SPDX-License-Identifier: Apache-2.0
// Whether rules can hold together at all, as far as counting can tell, and which of them cannot be
// spared for that.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "network_ground.hpp"

namespace huan::siting {

/// What these rules ask that cannot be had; nothing when counting finds nothing.
[[nodiscard]] std::optional<std::string> contradiction(const Ground& ground);

struct Conflict {
  std::vector<std::string> rules;  ///< without any one of them there is no contradiction
  std::string reason;
};
[[nodiscard]] std::optional<Conflict> find_conflict(const Network& network);

}  // namespace huan::siting
