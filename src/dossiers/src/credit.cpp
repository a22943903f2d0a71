// SPDX-License-Identifier: Apache-2.0
#include "huan/dossiers/credit.hpp"

#include <algorithm>
#include <set>

#include "huan/dossiers/fields.hpp"

namespace huan::dossiers {
namespace {

using duties::CreditRule;
using registry::Dossier;

bool hits(const CreditRule& rule, const Dossier& dossier) {
  return !rule.dossier.empty() && rule.dossier == dossier.type &&
         std::ranges::find(rule.states, dossier.state) != rule.states.end() &&
         (rule.when_field.empty() || text_in(dossier, rule.when_field) == rule.when);
}

/// A row of a later pack stands for its parents' of the same code.
bool is_replaced(const std::vector<CreditRule>& rules, std::size_t at) {
  return std::any_of(rules.begin() + static_cast<std::ptrdiff_t>(at) + 1, rules.end(),
                     [&](const CreditRule& later) { return later.row.code == rules[at].row.code; });
}

std::string firm_of(const Dossier& dossier) {
  return dossier.party.empty() && dossier.about_kind == "enterprise" ? dossier.about
                                                                     : dossier.party;
}

void settle(Credit& credit, std::int64_t base, const std::vector<duties::CreditTier>& tiers) {
  credit.base = base;
  credit.score = base;
  for (const CreditPoint& point : credit.points) {
    credit.score += point.counts() ? point.rule->points : 0;
  }
  credit.score = std::clamp<std::int64_t>(credit.score, 0, kCreditMax);
  credit.tier = duties::tier_of(tiers, credit.score);
  std::ranges::stable_sort(credit.points, {}, [](const CreditPoint& one) { return one.from.n; });
}

}  // namespace

CreditBook::CreditBook(const CreditTable& table, const std::vector<Filed>& dossiers,
                       base::Day day) {
  std::set<std::string, std::less<>> upheld;
  for (const Filed& one : dossiers) {
    if (one.dossier.type == "credit_appeal" && one.dossier.state == "upheld") {
      upheld.insert(one.dossier.about);
    }
  }
  std::int64_t base = 0;
  for (std::size_t at = 0; at < table.rules.size(); ++at) {
    const CreditRule& rule = table.rules[at];
    if (is_replaced(table.rules, at)) {
      continue;
    }
    base += rule.dossier.empty() ? rule.points : 0;
    for (const Filed& one : dossiers) {
      const std::string firm = firm_of(one.dossier);
      if (firm.empty() || one.day.n > day.n || !hits(rule, one.dossier)) {
        continue;
      }
      CreditPoint point{&rule, one.key, one.day, one.day, upheld.contains(one.key), false};
      point.until.n += static_cast<std::int32_t>(rule.days - 1);
      point.repaired = point.until.n < day.n;
      firms_[firm].points.push_back(std::move(point));
    }
  }
  settle(base_, base, table.tiers);
  for (auto& [firm, credit] : firms_) {
    settle(credit, base, table.tiers);
  }
}

const Credit& CreditBook::of(std::string_view party) const {
  const auto found = firms_.find(party);
  return found == firms_.end() ? base_ : found->second;
}

}  // namespace huan::dossiers
