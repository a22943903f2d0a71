// SPDX-License-Identifier: Apache-2.0
// Where rounds stand in the registry, and pages of it, for the use cases of dispatch.
#pragma once

#include <string>

#include "huan/app/rounds.hpp"

namespace huan::app {

inline constexpr const char* kRouteKind = "route";

[[nodiscard]] std::string round_key(base::Day day, const std::string& vehicle);
[[nodiscard]] std::string sheet_key(base::Day day, const std::string& party);

/// Latest versions of a kind whose key begins so, in order of the key.
template <class Visit>
void each_registered(store::RegistryReading& reading, const std::string& city, const char* kind,
                     const std::string& prefix, const Visit& visit) {
  constexpr std::size_t kPage = 500;
  store::Page page{prefix, kPage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city, kind, {}, page);
    for (const store::RegistryRow& row : rows) {
      if (!row.key.starts_with(prefix)) {
        return;
      }
      visit(row);
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
}

[[nodiscard]] base::Result<std::int64_t> put_round(CityWriter& writer, const rounds::Round& round,
                                                   const Principal& by);
/// What a customer agreed to on their own page while a truck stands at their door is on that truck
/// from then on: its stop is done, and nobody else is given the goods from the place's books. The
/// driver's own step later changes nothing.
[[nodiscard]] base::Result<void> end_agreed_stop(CityWriter& writer, const OrderParts& parts,
                                                 const KeptOrder& agreed, const Principal& by);
[[nodiscard]] base::Result<void> put_sheet(CityWriter& writer, const rounds::Sheet& sheet,
                                           const Principal& by);

}  // namespace huan::app
