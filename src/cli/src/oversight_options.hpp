// SPDX-License-Identifier: Apache-2.0
// What the verbs that read a pack's rules over a store share.
#pragma once

#include <memory>
#include <string>

#include "huan/oversight/city_on_day.hpp"
#include "huan/wire_pack/rules.hpp"
#include "verb.hpp"

namespace huan::cli {

struct OversightOptions {
  std::string pack;      ///< folder; empty: the rules on record in the store
  std::string at;        ///< empty: today
  std::string district;  ///< code; empty: all
  bool csv{false};
};

/// A pack, or the rules that the store has on record; a snapshot of the same city, and the day.
struct Overseen {
  wire_pack::City rules;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<store::Reading> reading;
  oversight::CityName city;
  base::Day day;
};

/// --pack, --at, --district, --csv, --city.
void add_oversight_options(CLI::App& verb, Common& common, OversightOptions& options);
/// bad_pack, not_found (no rules are on record), unknown_city (the pack is another city's),
/// unknown_district, bad_field (--at).
[[nodiscard]] base::Result<Overseen> oversee(const Common& common, const OversightOptions& options);

}  // namespace huan::cli
