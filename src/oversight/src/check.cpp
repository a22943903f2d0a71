// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/check.hpp"

#include "round.hpp"

namespace huan::oversight {

CheckReport check_norms(store::Reading& reading, const CityName& city, const NormBook& book,
                        const CheckRequest& request, const FindingVisit& visit) {
  return Round(reading, city, book, request.day).run(reading, request, visit);
}

}  // namespace huan::oversight
