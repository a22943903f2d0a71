// SPDX-License-Identifier: Apache-2.0
#include "huan/invoicing/evidence.hpp"

#include <algorithm>

namespace huan::invoicing {
namespace {

std::size_t bit(EvidenceKind kind) { return static_cast<std::size_t>(kind); }

/// What one event and its neighbours on record show by themselves.
Found shown_by(const Purchase& purchase) {
  const ledger::Event& event = *purchase.event;
  Found found;
  found.set(bit(EvidenceKind::contract), purchase.contract);
  found.set(bit(EvidenceKind::transport), !event.vehicle.empty());
  found.set(bit(EvidenceKind::weigh_ticket),
            std::any_of(event.weighings.begin(), event.weighings.end(),
                        [](const ledger::Weighing& one) { return one.valid; }));
  found.set(bit(EvidenceKind::payment),
            event.payment && event.payment->bank && event.payment->fen >= purchase.paid);
  found.set(bit(EvidenceKind::ledger), purchase.contact && !event.party.empty());
  return found;
}

}  // namespace

Found found_for(std::span<const Purchase> purchases, std::span<const Attached> attached) {
  Found found = purchases.empty() ? Found{} : Found{}.set();
  for (const Purchase& one : purchases) {
    found &= shown_by(one);
  }
  for (const Attached& one : attached) {
    found.set(bit(one.kind));
  }
  return found;
}

std::vector<std::string> missing(const Found& found, const Rules& rules) {
  std::vector<std::string> out;
  for (std::size_t kind = 0; kind < kEvidenceKinds; ++kind) {
    if (rules.needed[kind] && !found.test(kind)) {
      out.emplace_back(name(static_cast<EvidenceKind>(kind)));
    }
  }
  return out;
}

}  // namespace huan::invoicing
