// SPDX-License-Identifier: Apache-2.0
// Dossiers as they are on record, and the facts that they give: a drill that was held, a title that
// is listed. Which facts is the pack's table (duties::DossierGift); the fact holds for the
// dossier's term, and only while it is in a state that gives.
//
//   for (const KeyedDossier& one : read_dossiers(reading, city, {"award"})) { … }
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/duties/duties.hpp"
#include "huan/oversight/entered.hpp"
#include "huan/registry/dossier.hpp"

namespace huan::oversight {

struct KeyedDossier {
  std::string key;
  std::int64_t version{1};
  base::Instant time;  ///< the version holds from
  registry::Dossier dossier;
  store::Seq seq{0};  ///< of the version's record
};

struct DossierQuery {
  std::string type{};              ///< empty: all
  store::RowScope scope{};         ///< of the district or organisation that they are of
  std::optional<base::Day> day{};  ///< as they were at its end; absent: as they are
};

/// Nothing where the row's record is no dossier.
[[nodiscard]] std::optional<KeyedDossier> keyed_dossier(const store::RegistryRow& row);
/// Latest versions by key.
[[nodiscard]] std::vector<KeyedDossier> read_dossiers(store::RegistryReading& reading,
                                                      const CityName& city,
                                                      const DossierQuery& query);
/// Without their keys.
[[nodiscard]] std::vector<registry::Dossier> contents(const std::vector<KeyedDossier>& keyed);

/// Adds what dossiers give to what was entered, as of the end of the day.
void add_gifts(store::RegistryReading& reading, const CityName& city, const duties::Duties& duties,
               Entered& entered);

}  // namespace huan::oversight
