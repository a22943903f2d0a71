// SPDX-License-Identifier: Apache-2.0
#include "huan/ledger/account.hpp"

#include <array>

namespace huan::ledger {
namespace {

constexpr auto kKinds = std::to_array<std::string_view>(
    {"source", "stock", "transit", "abroad", "wip", "sink", "loss", "count", "variance",
     "imbalance", "trade", "till", "bank", "party", "fee", "tax", "subsidy", "issued", "spent"});
constexpr auto kUnits = std::to_array<std::string_view>({"g", "pcs", "fen", "points"});

}  // namespace

std::string_view name(AccountKind kind) { return kKinds.at(static_cast<std::size_t>(kind)); }
std::string_view name(Unit unit) { return kUnits.at(static_cast<std::size_t>(unit)); }

std::optional<AccountKind> account_kind(std::string_view text) {
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (kKinds[i] == text) {
      return static_cast<AccountKind>(i);
    }
  }
  return std::nullopt;
}

std::string describe(const Account& account) {
  std::string text{name(account.kind)};
  text.append(" ").append(account.a);
  if (!account.b.empty()) {
    text.append(" ").append(account.b);
  }
  return text;
}

}  // namespace huan::ledger
