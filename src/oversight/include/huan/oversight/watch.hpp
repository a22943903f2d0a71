// SPDX-License-Identifier: Apache-2.0
// Watches a city's findings while its ledger goes on. The first look judges everybody; each later
// one judges only those whom the records since then touch: the places and shipments in their legs,
// who runs these places, and their districts. Whatever changes the registry, evidence or rules
// touches everybody, and so does a correction; then all is read and judged anew. What it says of
// those whom it judges is what check_norms would say.
//
//   Watch watch{city, book, day};
//   watch.look(reading, visit);     // all
//   watch.look(reading, visit);     // what came meanwhile; often nothing
#pragma once

#include <memory>

#include "huan/oversight/check.hpp"

namespace huan::oversight {

struct Looked {
  CheckReport report;     ///< of those who were judged
  bool everybody{false};  ///< all was read anew
};

class Watch {
 public:
  /// `book` must outlive it.
  Watch(CityName city, const NormBook& book, base::Day day);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  Looked look(store::Reading& reading, const FindingVisit& visit);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace huan::oversight
