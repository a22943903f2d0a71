// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_pack/rules.hpp"

#include <algorithm>
#include <array>

#include "files.hpp"

namespace huan::wire_pack {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

/// All files that mean something in a pack: a misspelt name would be a rule that nobody reads.
constexpr std::array<std::string_view, 29> kFiles{
    "pack.toml",      "materials.toml", "schemes.toml",    "qualifications.toml", "districts.csv",
    "streets.csv",    "villages.csv",   "parties.csv",     "places.csv",          "assets.csv",
    "prices.csv",     "norms.toml",     "indicators.toml", "units.toml",          "tasks.toml",
    "steps.csv",      "forms.toml",     "campaigns.toml",  "dossiers.toml",       "quotas.csv",
    "projects.toml",  "notes.toml",     "siting.toml",     "inspection.toml",     "buying.toml",
    "invoicing.toml", "subsidy.toml",   "rewards.toml",    "aliases.toml"};

Result<void> check_names(const registry::PackFiles& files) {
  for (const auto& [name, text] : files) {
    if (std::find(kFiles.begin(), kFiles.end(), name) == kFiles.end()) {
      return Error{ErrorCode::bad_pack, name, "no file of a pack is called so (docs/packs.md)"};
    }
  }
  return {};
}

/// Units, campaigns' awards and facts come before what names them.
Result<void> read_rules(const registry::PackFiles& files, const registry::Pack& pack,
                        Rules& rules) {
  HUAN_CHECK(check_names(files));
  for (const auto read : {read_tasks, read_steps, read_campaigns, read_projects, read_norms,
                          read_indicators, read_forms, read_dossiers, read_inspection,
                          read_invoicing, read_subsidy, read_buying, read_rewards, read_aliases}) {
    HUAN_CHECK(read(files, pack, rules));
  }
  return {};
}

}  // namespace

std::string unknown_unit(const Rules& rules, const registry::Pack& pack,
                         const std::vector<std::string>& codes) {
  for (const std::string& code : codes) {
    const bool known = std::any_of(
        rules.duties.units.begin(), rules.duties.units.end(),
        [&](const duties::Unit& unit) { return unit.pack == pack.name && unit.code == code; });
    if (!known) {
      return code;
    }
  }
  return {};
}

Result<City> parse(const std::vector<registry::PackFolder>& folders) {
  Rules rules;
  std::optional<registry::Pack> pack;
  for (const registry::PackFolder& folder : folders) {
    auto next = registry::parse_pack(folder.files, pack ? &*pack : nullptr);
    if (!next) {
      return std::move(next).error().within(folder.path);
    }
    pack = std::move(*next);
    if (auto read = read_rules(folder.files, *pack, rules); !read) {
      return std::move(read).error().within(folder.path);
    }
  }
  if (!pack) {
    return Error{ErrorCode::bad_pack, "pack.toml", "a folder is expected"};
  }
  for (norms::Norm& norm : rules.norms) {
    norm.inherited = !norm.id.starts_with(pack->name + ".");
  }
  for (indicators::Indicator& indicator : rules.indicators) {
    indicator.inherited = !indicator.id.starts_with(pack->name + ".");
  }
  return City{std::move(*pack), std::move(rules)};
}

Result<City> load(const std::string& folder) {
  HUAN_TRY(folders, registry::read_pack_folders(folder));
  return parse(folders);
}

}  // namespace huan::wire_pack
