// SPDX-License-Identifier: Apache-2.0
// A pack's rules: the norms, indicators and duties that its document lays down, read from the files
// of its folder and of its parents' (docs/packs.md). Each row keeps which pack states it, so that
// own and inherited ones can be told apart. A pack that names an unknown fact, compares what cannot
// be compared, ends before it begins or divides by nothing is refused as `bad_pack`, with file,
// line and what was expected.
//
//   HUAN_TRY(city, wire_pack::load("packs/yangquan"));
//   for (const norms::Norm& norm : city.rules.norms) { … norm.inherited … }
#pragma once

#include <string>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/buying/rules.hpp"
#include "huan/declarations/cell.hpp"
#include "huan/duties/duties.hpp"
#include "huan/indicators/indicator.hpp"
#include "huan/invoicing/rules.hpp"
#include "huan/norms/fact.hpp"
#include "huan/norms/norm.hpp"
#include "huan/registry/pack.hpp"
#include "huan/subsidy/rules.hpp"

namespace huan::wire_pack {

struct Rules {
  norms::FactTable facts{norms::FactTable::known()};
  std::vector<norms::FactType> declared;  ///< facts that the packs add
  std::vector<norms::Norm> norms;
  std::vector<indicators::Indicator> indicators;
  duties::Duties duties;
  std::vector<declarations::FormCells> cells;  ///< of those forms that say theirs
  invoicing::Rules invoicing;
  subsidy::Rules subsidy;
  buying::Rules buying;
};

struct City {
  registry::Pack pack;
  Rules rules;  ///< the oldest parent's first
};

/// Pure. The oldest parent's folder first, as registry::read_pack_folders() gives them.
[[nodiscard]] base::Result<City> parse(const std::vector<registry::PackFolder>& folders);

/// Reads the folder and those of its parents.
[[nodiscard]] base::Result<City> load(const std::string& folder);

}  // namespace huan::wire_pack
