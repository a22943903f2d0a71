// SPDX-License-Identifier: Apache-2.0
// rewards.toml
#include <algorithm>

#include "files.hpp"
#include "huan/registry/toml_document.hpp"
#include "huan/wire_pack/points.hpp"

namespace huan::wire_pack {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::string_view kRewardsFile = "rewards.toml";

Result<std::optional<rewards::Rule>> read_points_rule(const registry::PackFiles& files,
                                                      const registry::Pack& pack) {
  const auto found = files.find(kRewardsFile);
  if (found == files.end()) {
    return std::optional<rewards::Rule>{};
  }
  HUAN_TRY(toml, registry::TomlDocument::parse(std::string(kRewardsFile), found->second));
  auto rule = rewards::parse_rule(toml.root(), "");
  if (!rule) {
    return toml.located(rule.error());
  }
  std::size_t n = 0;
  for (const rewards::PerKg& one : rule->per_kg) {
    const std::string at = "/per_kg/" + std::to_string(n++) + "/material";
    if (pack.catalogue.find(one.material) == nullptr) {
      return toml.located(
          {ErrorCode::bad_field, at, "a kind of the catalogue is expected: " + one.material});
    }
  }
  if (rule->cap_per_visit == 0) {
    return toml.located({ErrorCode::bad_field, "/cap_per_visit",
                         "one point or more is expected, or no rewards.toml at all"});
  }
  rule->pack = pack.name;
  return std::optional(std::move(*rule));
}

}  // namespace

Result<void> read_rewards(const registry::PackFiles& files, const registry::Pack& pack, Rules&) {
  auto rule = read_points_rule(files, pack);
  return rule ? Result<void>() : Result<void>(std::move(rule).error());
}

Result<std::optional<rewards::Rule>> points_rule_of(
    const std::vector<registry::PackFolder>& folders, const registry::Pack& pack) {
  const auto youngest = std::find_if(
      folders.rbegin(), folders.rend(),
      [](const registry::PackFolder& folder) { return folder.files.contains(kRewardsFile); });
  return youngest == folders.rend() ? Result<std::optional<rewards::Rule>>(std::nullopt)
                                    : read_points_rule(youngest->files, pack);
}

}  // namespace huan::wire_pack
