// SPDX-License-Identifier: Apache-2.0
#include "huan/invoicing/rules.hpp"

#include <algorithm>

namespace huan::invoicing {
namespace {

constexpr std::array<std::string_view, kEvidenceKinds> kKinds{"contract", "transport",
                                                              "weigh_ticket", "payment", "ledger"};

constexpr std::array<std::string_view, kTaxes> kTaxNames{"vat", "surcharge", "income_tax"};

/// The last stated that holds on a day.
template <class Stated, class Holds>
const Stated* last_on(const std::vector<Stated>& stated, base::Day day, Holds holds) noexcept {
  const auto found = std::find_if(stated.rbegin(), stated.rend(), [&](const Stated& one) {
    return holds(one) && one.from <= day && (!one.to || day <= *one.to);
  });
  return found == stated.rend() ? nullptr : &*found;
}

}  // namespace

std::string_view name(Tax tax) noexcept { return kTaxNames[static_cast<std::size_t>(tax)]; }

std::optional<Tax> tax_from(std::string_view name) noexcept {
  const auto* const found = std::find(kTaxNames.begin(), kTaxNames.end(), name);
  return found == kTaxNames.end()
             ? std::nullopt
             : std::optional(static_cast<Tax>(std::distance(kTaxNames.begin(), found)));
}

std::string_view name(EvidenceKind kind) noexcept { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<EvidenceKind> evidence_kind_from(std::string_view name) noexcept {
  const auto* const found = std::find(kKinds.begin(), kKinds.end(), name);
  return found == kKinds.end()
             ? std::nullopt
             : std::optional(static_cast<EvidenceKind>(std::distance(kKinds.begin(), found)));
}

const TaxPeriod* period_on(const Rules& rules, base::Day day) noexcept {
  return last_on(rules.periods, day, [](const TaxPeriod&) { return true; });
}

const Withholding* withholding_on(const Rules& rules, Tax tax, base::Day day) noexcept {
  return last_on(rules.withholding, day, [&](const Withholding& one) { return one.tax == tax; });
}

}  // namespace huan::invoicing
