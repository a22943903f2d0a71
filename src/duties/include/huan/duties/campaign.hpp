// SPDX-License-Identifier: Apache-2.0
// Campaigns of a stated year, awards with quotas a district and year, key projects as the text
// counts them and as their groups add up, and whatever else it names: places, parks, firms.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "huan/base/quantity.hpp"
#include "huan/duties/row.hpp"

namespace huan::duties {

/// A clean-up 专项整治 of one year.
struct Campaign {
  Row row;
  base::Day from;
  base::Day to;
};

/// What may be awarded a title, by which criteria 创建标准.
struct Award {
  Row row;
  std::vector<std::string> criteria;
};

/// At least so many (and at most, where stated) awards of a district by the end of a year.
struct Quota {
  std::string award;
  std::string district;  ///< code, or a zone's name; empty: the whole jurisdiction
  std::int32_t year{0};
  std::int64_t at_least{0};
  std::optional<std::int64_t> at_most;
  bool cumulative{false};  ///< with what the years before brought
  std::string clause;
  std::string pack;
};

/// Number and money of projects, of one group or of all.
struct ProjectSum {
  Row row;
  std::int64_t number{0};
  std::optional<base::Money> invested;
};

/// Something that the text names.
struct Named {
  Row row;
  std::string what;   ///< "centre", "project", "zone", "city"
  std::string state;  ///< "built", "under_construction", "planned"; empty: not stated
};

/// Where a text says two things. Both stay.
struct Contradiction {
  Row row;
  std::vector<std::string> readings;
  std::vector<std::string> about;  ///< codes of rows, "indicator 5"
};

}  // namespace huan::duties
