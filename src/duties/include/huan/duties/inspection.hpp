// SPDX-License-Identifier: Apache-2.0
// Inspection 双随机一公开 as a pack lays it down: the published list of what is checked (on which
// basis, how often, how, what), which credit events count how much for how long, and the tiers of
// credit with the weight that each has in a draw. Rates, days and points are data: the law leaves
// them to the city.
//
//   [[item]]   code = "stations.order" places = ["station"] per_year = 2 share_ppm = 50000 …
//   [[credit]] code = "failed" dossier = "inspection" states = ["published"] points = -10 days =
//   365
//   [[tier]]   code = "A" at_least = 90 weight = 1
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "huan/duties/row.hpp"

namespace huan::duties {

/// One line of the list of checks 抽查事项清单.
struct InspectionItem {
  Row row;
  std::vector<std::string> basis;       ///< laws and articles
  std::vector<std::string> places;      ///< kinds of place that it is about
  std::vector<std::string> content;     ///< what is looked at
  std::vector<std::string> content_en;  ///< the same in English, a line each; empty: not stated
  std::vector<std::string> norms;       ///< beginnings of norms' ids; empty: all about the subject
  std::vector<std::string> skills;      ///< that each inspector has
  std::string method;
  std::int64_t per_year{1};       ///< draws
  std::int64_t share_ppm{0};      ///< of the pool in one draw
  std::int64_t people{2};         ///< sent to each, at least two
  std::int64_t visit_days{30};    ///< from the draw to the visit
  std::int64_t publish_days{28};  ///< from the visit to the publication
  std::int64_t rectify_days{15};
};

/// A line of what is looked at in English; empty: not stated.
[[nodiscard]] inline std::string_view content_en(const InspectionItem& item, std::size_t n) {
  return n < item.content_en.size() ? std::string_view(item.content_en[n]) : std::string_view();
}

/// What a dossier in one of these states does to the credit of the firm that it is of.
struct CreditRule {
  Row row;
  std::string dossier;              ///< type; empty: what everybody begins with
  std::vector<std::string> states;  ///< in which it counts
  std::string when_field;           ///< only where this field …
  std::string when;                 ///< … is this; empty: always
  std::int64_t points{0};
  std::int64_t days{0};  ///< for so many from its day; then it is repaired
};

struct CreditTier {
  Row row;
  std::int64_t at_least{0};  ///< points
  std::int64_t weight{1};    ///< of each of its objects in a draw
};

/// Of that code, the last one: a pack's own stands for its parents'.
[[nodiscard]] const InspectionItem* item_of(const std::vector<InspectionItem>& items,
                                            std::string_view code);
/// The tier with the highest floor that the score reaches; nullptr: none.
[[nodiscard]] const CreditTier* tier_of(const std::vector<CreditTier>& tiers, std::int64_t score);

}  // namespace huan::duties
