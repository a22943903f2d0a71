// SPDX-License-Identifier: Apache-2.0
// The sums of one invoice: what is paid holds the VAT; without it is the seller's sale. Rounded
// half up to the fen, each once, so that net and VAT always add up to what is paid. What the period
// does not state is not computed.
#pragma once

#include <optional>

#include "huan/base/quantity.hpp"
#include "huan/invoicing/rules.hpp"

namespace huan::invoicing {

struct Sums {
  base::Money paid;  ///< as the ledger has it, VAT included
  base::Money net;   ///< without VAT: what the limit counts
  base::Money vat;
  std::optional<base::Money> income;     ///< income tax paid in advance
  std::optional<base::Money> surcharge;  ///< on the VAT
  friend bool operator==(const Sums&, const Sums&) = default;
};

/// nullopt: the period states no rate of VAT. Throws Overflow out of range.
[[nodiscard]] std::optional<Sums> sums_of(base::Money paid, const TaxPeriod& period);
/// What undoes them.
[[nodiscard]] Sums negative(const Sums& sums);

}  // namespace huan::invoicing
