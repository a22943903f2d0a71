// SPDX-License-Identifier: Apache-2.0
// The rules that a city stands under, on record: the text of its pack's rule files as one document,
// a version a pack version, each in force from a time on. So what was judged under the old text
// stays judged under it: ask for the rules of the day. The text is opaque here (wire_pack reads
// it). A new pack also brings its catalogue and districts; places, parties and prices are the
// operator's and stay.
//
//   upgrade_pack(recorder, pack, {text, from});
//   rules_at(*snapshot, "140300", instant);    // the text in force then
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "huan/app/recorder.hpp"
#include "huan/registry/pack.hpp"

namespace huan::app {

struct RulesText {
  std::string json;    ///< an object
  base::Instant from;  ///< in force from
};

struct UpgradeReport {
  std::string city;
  std::string before;          ///< version in force until then; empty: none on record
  std::uint64_t recorded{0};   ///< records that changed
  std::uint64_t unchanged{0};  ///< records that are as they were
};

/// All or nothing. unknown_city; bad_pack when the text changed and its version did not; bad_time
/// when `from` is before what is in force began, since that would judge the past anew.
[[nodiscard]] base::Result<UpgradeReport> upgrade_pack(Recorder& recorder,
                                                       const registry::Pack& pack,
                                                       const RulesText& rules);

/// Keeps the rules that a city begins with; nothing when some are on record.
[[nodiscard]] base::Result<bool> keep_first_rules(Recorder& recorder, const registry::Pack& pack,
                                                  const RulesText& rules);

/// The rules' JSON in force at a time (`at` absent: the latest); nullopt when none were on record.
[[nodiscard]] std::optional<std::string> rules_at(store::Reading& reading, const std::string& city,
                                                  std::optional<base::Instant> at);

}  // namespace huan::app
