// SPDX-License-Identifier: Apache-2.0
#include "huan/vault/retention.hpp"

#include <algorithm>
#include <array>

namespace huan::vault {
namespace {

struct Class {
  std::string_view name;
  std::int32_t years;
};
constexpr std::array<Class, kRetentionCount> kClasses{{{"scrap_registration", 2},
                                                       {"appliances", 3},
                                                       {"invoice_stubs", 5},
                                                       {"tax_evidence", 10},
                                                       {"hazardous_waste", 10},
                                                       {"sharing", 3}}};

}  // namespace

std::string_view name(Retention retention) noexcept {
  return kClasses.at(static_cast<std::size_t>(retention)).name;
}

std::optional<Retention> retention_from(std::string_view name) noexcept {
  const auto* found = std::find_if(kClasses.begin(), kClasses.end(),
                                   [&](const Class& one) { return one.name == name; });
  if (found == kClasses.end()) {
    return std::nullopt;
  }
  return static_cast<Retention>(found - kClasses.begin());
}

std::int32_t years(Retention retention) noexcept {
  return kClasses.at(static_cast<std::size_t>(retention)).years;
}

base::Day keep_until(Retention retention, base::Day registered) {
  auto civil = base::civil_of(registered);
  civil.year += years(retention);
  return base::day_of(civil);
}

Term term_of(Retention retention, base::Day registered) {
  return {keep_until(retention, registered), retention};
}

}  // namespace huan::vault
