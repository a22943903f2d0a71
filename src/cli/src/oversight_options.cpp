// SPDX-License-Identifier: Apache-2.0
#include "oversight_options.hpp"

#include <algorithm>

#include "huan/app/pack_rules.hpp"
#include "huan/wire_pack/text.hpp"

namespace huan::cli {

void add_oversight_options(CLI::App& verb, Common& common, OversightOptions& options) {
  verb.add_option("--pack", options.pack,
                  "folder of the jurisdiction's pack; none: the rules on record");
  verb.add_option("--at", options.at, "day, like 2025-06-30; default today");
  verb.add_option("--district", options.district, "this district only, by its code");
  verb.add_option("--city", common.city, "when the store holds several");
  verb.add_flag("--csv", options.csv, "as CSV");
}

namespace {

base::Result<wire_pack::City> rules_on_record(const Overseen& overseen) {
  const auto text = app::rules_at(*overseen.reading, overseen.city.code,
                                  oversight::end_of_day(overseen.day, overseen.city.offset_s));
  if (!text) {
    return base::Error{base::ErrorCode::not_found, "--pack",
                       "no rules are on record for the day: name a folder"};
  }
  return wire_pack::from_text(*text);
}

}  // namespace

base::Result<Overseen> oversee(const Common& common, const OversightOptions& options) {
  Overseen overseen;
  if (!options.pack.empty()) {
    HUAN_TRY(rules, wire_pack::load(options.pack));
    overseen.rules = std::move(rules);
  }
  overseen.store = common.open(Open::read);
  overseen.reading = overseen.store->snapshot();
  HUAN_TRY(code, common.one_city(*overseen.reading));
  if (!options.pack.empty() && code != overseen.rules.pack.city.code) {
    return base::Error{
        base::ErrorCode::unknown_city, "--pack",
        "the pack is of " + overseen.rules.pack.city.code + ", the store of " + code};
  }
  const auto row = overseen.reading->city(code);
  overseen.city = {code, row ? row->offset_s : overseen.rules.pack.utc_offset_s};
  base::SystemClock clock;
  overseen.day = base::day_of(clock.now(), overseen.city.offset_s);
  if (!options.at.empty()) {
    const auto day = base::parse_day(options.at);
    if (!day) {
      return base::Error{base::ErrorCode::bad_field, "--at", "a day like 2025-06-30 is expected"};
    }
    overseen.day = *day;
  }
  if (options.pack.empty()) {
    HUAN_TRY(rules, rules_on_record(overseen));
    overseen.rules = std::move(rules);
  }
  const auto& districts = overseen.rules.pack.districts;
  const bool known = std::ranges::any_of(districts, [&](const registry::District& district) {
    return district.code == options.district;
  });
  if (!options.district.empty() && !known) {
    return base::Error{base::ErrorCode::unknown_district, "--district", options.district};
  }
  return overseen;
}

}  // namespace huan::cli
