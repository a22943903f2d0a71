// SPDX-License-Identifier: Apache-2.0
// Purchases and departures held against the pack's rules of lawful buying: what was bought without
// the registration that its rule asks for, what left to somebody without the paper that it takes,
// each with its article. The ledger itself refuses what is prohibited, held, or received without a
// paper; this is the look back over what it took. A registration is a dossier `scrap_registration`
// under the key "register." and the event's id.
//
//   for (const BuyingFinding& one : check_buying(*snapshot, {"130100", offset}, rules, days)) { … }
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "huan/app/personal.hpp"
#include "huan/buying/judge.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

struct BuyingFinding {
  enum class What : std::uint8_t {
    unregistered,  ///< bought without a registration, or one that lacks fields
    unqualified    ///< left to a party without a paper on that day
  };
  What what{};
  std::string event;  ///< id of its record
  base::Day day;
  std::string place;
  std::string material;
  std::string party;                 ///< who sold, or who took it
  std::string clause;                ///< of the rule
  std::string source;                ///< its article
  std::vector<std::string> missing;  ///< fields of the register, or papers of which one is needed
};
[[nodiscard]] std::string_view name(BuyingFinding::What what) noexcept;

struct BuyingDays {
  std::string city;
  std::int32_t offset_s{0};
  base::Day from;
  base::Day to;             ///< included
  store::RowScope scope{};  ///< of the place, operator and district of the event
};

/// By the order of the records; of events that were corrected the version in force.
[[nodiscard]] std::vector<BuyingFinding> check_buying(store::Reading& reading,
                                                      const BuyingDays& days,
                                                      const buying::Rules& rules);

}  // namespace huan::app
