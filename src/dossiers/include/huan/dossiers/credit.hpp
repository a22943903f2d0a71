// SPDX-License-Identifier: Apache-2.0
// Credit 信用 of a firm by the pack's rules: a base, and points of what was published or decided
// about it (an inspection, an order not met, a penalty, an award), each for so many days, then
// repaired. Every point names its dossier and rule, and stops counting once an appeal against that
// dossier was upheld. Statistics and declarations never enter: rules name dossiers only.
//
//   const CreditBook book = credit_book({rules, tiers}, dossiers, day);
//   book.of("P-17").tier->weight      // in the next draw
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "huan/duties/inspection.hpp"
#include "huan/registry/dossier.hpp"

namespace huan::dossiers {

/// A dossier with its key and the day on which its latest version began to hold.
struct Filed {
  std::string key;
  base::Day day;
  registry::Dossier dossier;
};

struct CreditPoint {
  const duties::CreditRule* rule{nullptr};
  std::string dossier;  ///< key
  base::Day from;
  base::Day until;       ///< last day on which it counts
  bool appealed{false};  ///< an appeal was upheld: it does not count
  bool repaired{false};  ///< its days are over
  [[nodiscard]] bool counts() const { return !appealed && !repaired; }
};

inline constexpr std::int64_t kCreditMax = 100;

struct Credit {
  std::int64_t base{0};                     ///< what everybody begins with
  std::int64_t score{0};                    ///< base and points that count, 0 … kCreditMax
  const duties::CreditTier* tier{nullptr};  ///< nullptr: the pack has none so low
  std::vector<CreditPoint> points;          ///< by day, those that no longer count as well
};

struct CreditTable {
  const std::vector<duties::CreditRule>& rules;
  const std::vector<duties::CreditTier>& tiers;
};

class CreditBook {
 public:
  CreditBook(const CreditTable& table, const std::vector<Filed>& dossiers, base::Day day);
  /// Of a firm about which nothing is on record: the base.
  [[nodiscard]] const Credit& of(std::string_view party) const;
  /// Firms with a point, by id.
  [[nodiscard]] const std::map<std::string, Credit, std::less<>>& all() const { return firms_; }

 private:
  std::map<std::string, Credit, std::less<>> firms_;
  Credit base_;
};

}  // namespace huan::dossiers
