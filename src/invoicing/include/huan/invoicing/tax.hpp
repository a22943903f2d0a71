// SPDX-License-Identifier: Apache-2.0
// The sums of one invoice: what is paid holds the VAT; without it is the seller's sale. Rounded
// half up to the fen, each once, so that net and VAT always add up to what is paid. What the period
// does not state is not computed. What the recycler keeps back of the seller's taxes is what is due
// on the invoice as far as the month is known on the day of issue; a red invoice gives it back.
#pragma once

#include <optional>

#include "huan/base/quantity.hpp"
#include "huan/invoicing/rules.hpp"

namespace huan::invoicing {

/// Of each tax of the seller; absent: not stated.
struct Taxes {
  std::optional<base::Money> vat;
  std::optional<base::Money> surcharge;
  std::optional<base::Money> income;
  friend bool operator==(const Taxes&, const Taxes&) = default;
};

struct Sums {
  base::Money paid;  ///< as the ledger has it, VAT included
  base::Money net;   ///< without VAT: what the limit counts
  base::Money vat;
  std::optional<base::Money> income;     ///< income tax paid in advance
  std::optional<base::Money> surcharge;  ///< on the VAT
  Taxes withheld{};                      ///< kept back from what the seller is paid
  friend bool operator==(const Sums&, const Sums&) = default;
};

/// nullopt: the period states no rate of VAT. Throws Overflow out of range.
[[nodiscard]] std::optional<Sums> sums_of(base::Money paid, const TaxPeriod& period);
/// Up to the period's threshold of a person's month no VAT is due on an ordinary invoice.
[[nodiscard]] bool is_exempt(const TaxPeriod& period, bool special, base::Money person_month);
/// Where the invoice is exempt neither VAT nor what is counted from it is due.
[[nodiscard]] Taxes due_of(const Sums& sums, bool exempt);
/// What is due of the taxes that the rules of the day say are kept back, nothing of those that they
/// say are not; absent is what the rules do not speak of, and what has no rate.
[[nodiscard]] Taxes withheld_of(const Taxes& due, const Rules& rules, base::Day day);
/// All that are stated; nullopt: none is.
[[nodiscard]] std::optional<base::Money> total_of(const Taxes& taxes);
/// What the seller still owes of the taxes of which both are stated; negative: has to be paid back.
[[nodiscard]] std::optional<base::Money> open_of(const Taxes& due, const Taxes& withheld);
/// What undoes them.
[[nodiscard]] Taxes negative(const Taxes& taxes);
[[nodiscard]] Sums negative(const Sums& sums);

}  // namespace huan::invoicing
