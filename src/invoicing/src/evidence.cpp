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
  found.set(bit(EvidenceKind::ledger), purchase.contact && !event.party.empty());
  return found;
}

/// Each by transfer, and all of it but what was kept back.
bool paid_by_transfer(std::span<const Purchase> purchases, base::Money withheld) {
  base::Money short_of;
  for (const Purchase& one : purchases) {
    const auto& payment = one.event->payment;
    if (!payment || !payment->bank) {
      return false;
    }
    short_of += one.paid - std::min(one.paid, payment->fen);
  }
  return short_of <= withheld;
}

}  // namespace

Found found_for(std::span<const Purchase> purchases, std::span<const Attached> attached,
                base::Money withheld) {
  Found found = purchases.empty() ? Found{} : Found{}.set();
  for (const Purchase& one : purchases) {
    found &= shown_by(one);
  }
  found.set(bit(EvidenceKind::payment),
            !purchases.empty() && paid_by_transfer(purchases, withheld));
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
