// SPDX-License-Identifier: Apache-2.0
// What a pack states about lawful buying 依法收购: of whom which material is bought only when it is
// registered, and what is registered then; what may leave only to a qualified party; what is filed
// with whom within how many days; how long what was registered is kept. Each with its article.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/time.hpp"

namespace huan::buying {

/// Material of these branches bought of sellers of these kinds is registered with these fields.
struct RegistrationRule {
  std::string clause;
  std::vector<std::string> materials;  ///< branches
  std::vector<std::string> sellers;    ///< kinds of party; empty: of anybody
  std::vector<std::string> fields;     ///< of the register, see register.hpp
  base::Day from;
  std::optional<base::Day> to;
  std::string source;  ///< the article
};

/// What of these branches leaves only to a party with one of these qualifications on that day. It
/// may pass places of the kinds `through` on its way there, and be sold as one of the classes
/// `free` (repaired goods are sold for reuse).
struct LeavingRule {
  std::string clause;
  std::vector<std::string> materials;
  std::vector<std::string> requires_any;
  std::vector<std::string> through;
  std::vector<std::string> free;
  std::string source;
};

/// What is filed with an authority so many days after the first place of a party opened, and kept
/// valid from then on.
struct FilingRule {
  std::string code;
  std::string zh;
  std::string en;
  std::string authority;               ///< police, commerce
  std::string qualification;           ///< the paper that proves it
  std::vector<std::string> materials;  ///< branches: of who takes any of them; empty: of who buys
  std::int64_t within_days{0};
  std::string source;
};

/// What is kept of each single thing of a kind: the assemblies that are to be accounted for, each
/// by its number, and the paper that proves its end.
struct ItemFileRule {
  std::string kind;                     ///< of items in events: vehicle, appliance
  std::vector<std::string> assemblies;  ///< kinds of items that come out of it
  std::string certificate;              ///< type of dossier; empty: none is asked for
  bool vin{false};                      ///< its code is a VIN with a check digit
  std::string source;
};

struct Rules {
  std::vector<RegistrationRule> registrations;
  std::vector<LeavingRule> leavings;
  std::vector<FilingRule> filings;
  std::vector<ItemFileRule> item_files;
};

}  // namespace huan::buying
