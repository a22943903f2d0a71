// SPDX-License-Identifier: Apache-2.0
// The ledger's events of a hand-over 交接: a station's load onto the truck, the truck's load at the
// centre. Their ids follow from the round and the stop, so that sent again they are the same.
#pragma once

#include <string>
#include <vector>

#include "huan/app/rounds.hpp"

namespace huan::app {

struct Handover {
  const std::string& city;
  const rounds::Round& round;  ///< with the step taken: the stop says what it was
  std::size_t stop{0};
  base::Instant now;
};

struct HandoverEvents {
  std::vector<std::string> json;  ///< in the order to post
  std::string shipment;
  std::vector<rounds::Loaded> accepted;  ///< at a centre
  std::vector<rounds::Loaded> loaded;    ///< at a station: of what has codes the mass as booked
};

/// bad_field: a load without a centre ahead, or a centre where nothing is on board, or of what has
/// codes less than there is; unknown_item: a code that does not stand there.
[[nodiscard]] base::Result<HandoverEvents> handover_events(store::Reading& reading,
                                                           const Handover& handover);

}  // namespace huan::app
