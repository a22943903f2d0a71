// SPDX-License-Identifier: Apache-2.0
// What a pack states about the subsidy for low-value recyclables 低值可回收物补贴: who pays
// (county, city, province), for which materials and which final fates, at which rate a tonne, up to
// which sum a year. A tier whose rate is not stated is not computed, and that is said.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/quantity.hpp"
#include "huan/base/time.hpp"

namespace huan::subsidy {

struct Tier {
  std::string code;  ///< county, city, province
  std::string zh;
  std::string en;
  std::vector<std::string> materials;  ///< leaves or branches; empty: all of low value
  std::vector<std::string> fates;      ///< classes that count: recycle, reuse, …
  std::optional<base::Money> rate;     ///< for a tonne; absent: not stated
  std::optional<base::Money> cap;      ///< of one claimant in a calendar year; absent: none stated
  base::Day from;
  std::optional<base::Day> to;  ///< included
  std::string source;
};

struct Rules {
  std::vector<Tier> tiers;
};

/// The last stated row of that tier that holds on the day; nullptr when none.
[[nodiscard]] const Tier* tier_on(const Rules& rules, std::string_view code,
                                  base::Day day) noexcept;
/// Is the material one of the branch, or the branch itself?
[[nodiscard]] bool is_in_branch(std::string_view material, std::string_view branch) noexcept;

}  // namespace huan::subsidy
