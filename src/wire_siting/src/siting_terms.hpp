// SPDX-License-Identifier: Apache-2.0
// What a pack's siting.toml says: tiers with their candidates and costs, materials, rules.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/registry/pack.hpp"
#include "huan/siting_problem/network.hpp"

namespace huan::wire_siting {

inline constexpr double kMyriad = 10'000;
inline constexpr double kGramsOfTonne = 1e6;
inline constexpr double kDaysOfYear = 365;

enum class Candidates { none, block, street, outside };

struct TierTerms {
  siting_problem::Tier tier;
  Candidates candidates{Candidates::none};
  std::int64_t count{1};  ///< in each street or district
  double cost{0};
  double capacity{0};
};

struct MaterialTerms {
  std::string code;
  double share{0};
};

/// What the pack's document counts of a tier.
struct CountTerms {
  std::string tier;
  std::optional<double> before;
  std::optional<double> after;
  std::string zh;
  std::string en;
};

struct SitingTerms {
  double detour{1};
  double tonnes_per_person{0};  ///< a year
  std::int64_t block_households{2'000};
  std::vector<MaterialTerms> materials;
  std::vector<TierTerms> tiers;
  std::vector<siting_problem::Rule> rules;
  std::vector<CountTerms> document;
  std::string rules_of;  ///< name of the pack that they were found in
};

/// Of the youngest folder that has each; bad_pack.
[[nodiscard]] base::Result<SitingTerms> read_siting_terms(
    const std::vector<registry::PackFolder>& folders);

}  // namespace huan::wire_siting
