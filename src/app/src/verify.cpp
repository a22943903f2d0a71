// SPDX-License-Identifier: Apache-2.0
#include "huan/app/verify.hpp"

#include "replay.hpp"

namespace huan::app {

VerifyReport verify(store::Reading& reading, const VerifyOptions& options) {
  VerifyReport report;
  for (const store::CityRow& city : reading.cities()) {
    Replay{reading, city, report, options}.run();
    reading.imbalances(city.city, [&](const store::ImbalanceRow& row) {
      report.imbalances.push_back(row);
      return true;
    });
    if (!report.complete) {
      break;
    }
  }
  return report;
}

}  // namespace huan::app
