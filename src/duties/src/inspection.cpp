// SPDX-License-Identifier: Apache-2.0
#include "huan/duties/inspection.hpp"

namespace huan::duties {

const InspectionItem* item_of(const std::vector<InspectionItem>& items, std::string_view code) {
  const InspectionItem* found = nullptr;
  for (const InspectionItem& one : items) {
    found = one.row.code == code ? &one : found;
  }
  return found;
}

const CreditTier* tier_of(const std::vector<CreditTier>& tiers, std::int64_t score) {
  const CreditTier* found = nullptr;
  for (const CreditTier& one : tiers) {
    if (one.at_least <= score && (found == nullptr || one.at_least >= found->at_least)) {
      found = &one;
    }
  }
  return found;
}

}  // namespace huan::duties
