// SPDX-License-Identifier: Apache-2.0
// Which of the five kinds of evidence stand behind an invoice: contract, transport, weigh ticket,
// payment by transfer, and the ledger's own row with time, place, seller and contact, product,
// quantity and price. Found from the events and what the registry and the invoice itself name; each
// kind has to be there for every event of the invoice.
//
//   const Found found = found_for(purchases, invoice.attached);   missing(found, rules)
#pragma once

#include <bitset>
#include <span>
#include <string>
#include <vector>

#include "huan/invoicing/invoice.hpp"
#include "huan/ledger/event.hpp"

namespace huan::invoicing {

/// A receive event in force with what else is known about it.
struct Purchase {
  base::Uuid id;  ///< of its record
  const ledger::Event* event{nullptr};
  base::Money paid;      ///< what the ledger says it cost
  bool contract{false};  ///< one between both is on record for the day
  bool contact{false};   ///< the seller's phone or address is in the vault
};

using Found = std::bitset<kEvidenceKinds>;

/// `withheld`: what was lawfully kept back, so that a transfer may be short of it.
[[nodiscard]] Found found_for(std::span<const Purchase> purchases,
                              std::span<const Attached> attached, base::Money withheld = {});
/// Names of the kinds that the rules ask for and that are not there, in the order of the law.
[[nodiscard]] std::vector<std::string> missing(const Found& found, const Rules& rules);

}  // namespace huan::invoicing
