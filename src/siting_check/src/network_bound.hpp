// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "huan/base/result.hpp"
#include "huan/siting_problem/network.hpp"

namespace huan::siting_check {

/// What the prices of a plan prove: no plan within the rules costs less. wrong_answer for prices of
/// the wrong sign or length.
[[nodiscard]] base::Result<double> network_bound(const siting_problem::Network& network,
                                                 const siting_problem::NetworkProof& proof);

}  // namespace huan::siting_check
