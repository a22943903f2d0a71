// SPDX-License-Identifier: Apache-2.0
// What a published result and a bulletin show beside their fields: what was looked at and how it
// was found, the order that came of it, and of a bulletin the sums that its results come to. Notes,
// photos and people stay behind.
#pragma once

#include <vector>

#include "huan/json/writer.hpp"
#include "huan/oversight/dossiers.hpp"
#include "huan/store/store.hpp"
#include "huan/wire_pack/rules.hpp"

namespace huan::http {

struct ResultsAt {
  store::Reading& reading;
  const store::CityRow& city;
  const wire_pack::Rules& rules;
  const std::vector<const oversight::KeyedDossier*>& results;  ///< published inspections
};

/// Members of the object that is open: `answers` and `order` of an inspection, `figures` of a
/// bulletin; nothing of others.
void write_results(json::Writer& w, const ResultsAt& at, const oversight::KeyedDossier& one);

}  // namespace huan::http
