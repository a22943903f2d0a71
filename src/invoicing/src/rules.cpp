// SPDX-License-Identifier: Apache-2.0
#include "huan/invoicing/rules.hpp"

#include <algorithm>

namespace huan::invoicing {
namespace {

constexpr std::array<std::string_view, kEvidenceKinds> kKinds{"contract", "transport",
                                                              "weigh_ticket", "payment", "ledger"};

}  // namespace

std::string_view name(EvidenceKind kind) noexcept { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<EvidenceKind> evidence_kind_from(std::string_view name) noexcept {
  const auto* const found = std::find(kKinds.begin(), kKinds.end(), name);
  return found == kKinds.end()
             ? std::nullopt
             : std::optional(static_cast<EvidenceKind>(std::distance(kKinds.begin(), found)));
}

const TaxPeriod* period_on(const Rules& rules, base::Day day) noexcept {
  const auto found = std::find_if(rules.periods.rbegin(), rules.periods.rend(), [&](const auto& p) {
    return p.from <= day && (!p.to || day <= *p.to);
  });
  return found == rules.periods.rend() ? nullptr : &*found;
}

}  // namespace huan::invoicing
