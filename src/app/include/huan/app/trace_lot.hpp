// SPDX-License-Identifier: Apache-2.0
// The answer about one lot (T1): what it is made of, or what became of it, with mass shares to the
// gram, and the events on the way with their places and times. One JSON form for the command line
// and HTTP.
#pragma once

#include <cstdint>
#include <string>

#include "huan/app/tracer.hpp"
#include "huan/base/result.hpp"

namespace huan::app {

struct TraceRequest {
  std::string city;
  std::string lot;
  bool up{true};
  std::uint32_t depth{0xFFFF'FFFF};  ///< steps of the picture
  std::size_t limit{200};            ///< points of the picture; 0: none
  /// Who asks: a lot of another's is unknown; on the way, others' masses and materials stand
  /// without the names of their places, lots, shipments, runs and events.
  store::RowScope scope{};
};

/// {"lot","place","material","mass_g","direction","shares":[…],"picture":{…},"corrections":[…]}.
/// unknown_lot when no event ever named it.
[[nodiscard]] base::Result<std::string> trace_lot(Tracer& tracer, store::Reading& reading,
                                                  const TraceRequest& request);

}  // namespace huan::app
