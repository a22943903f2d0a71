// SPDX-License-Identifier: Apache-2.0
// One reader a file; each adds its rows to those of the parents.
#pragma once

#include "huan/base/result.hpp"
#include "huan/registry/pack.hpp"
#include "huan/wire_pack/rules.hpp"

namespace huan::wire_pack {

[[nodiscard]] base::Result<void> read_norms(const registry::PackFiles& files,
                                            const registry::Pack& pack, Rules& rules);
[[nodiscard]] base::Result<void> read_indicators(const registry::PackFiles& files,
                                                 const registry::Pack& pack, Rules& rules);
/// units.toml, tasks.toml
[[nodiscard]] base::Result<void> read_tasks(const registry::PackFiles& files,
                                            const registry::Pack& pack, Rules& rules);
[[nodiscard]] base::Result<void> read_steps(const registry::PackFiles& files,
                                            const registry::Pack& pack, Rules& rules);
[[nodiscard]] base::Result<void> read_forms(const registry::PackFiles& files,
                                            const registry::Pack& pack, Rules& rules);
/// campaigns.toml, quotas.csv
[[nodiscard]] base::Result<void> read_campaigns(const registry::PackFiles& files,
                                                const registry::Pack& pack, Rules& rules);
/// projects.toml, notes.toml
[[nodiscard]] base::Result<void> read_projects(const registry::PackFiles& files,
                                               const registry::Pack& pack, Rules& rules);

[[nodiscard]] base::Result<void> read_dossiers(const registry::PackFiles& files,
                                               const registry::Pack& pack, Rules& rules);
/// inspection.toml; after the dossiers whose types it names.
[[nodiscard]] base::Result<void> read_inspection(const registry::PackFiles& files,
                                                 const registry::Pack& pack, Rules& rules);

/// rewards.toml: checked here, read again by points_rule_of().
[[nodiscard]] base::Result<void> read_rewards(const registry::PackFiles& files,
                                              const registry::Pack& pack, Rules& rules);
/// aliases.toml: checked here, read again by everyday_words_of().
[[nodiscard]] base::Result<void> read_aliases(const registry::PackFiles& files,
                                              const registry::Pack& pack, Rules& rules);
[[nodiscard]] base::Result<void> read_invoicing(const registry::PackFiles& files,
                                                const registry::Pack& pack, Rules& rules);
[[nodiscard]] base::Result<void> read_subsidy(const registry::PackFiles& files,
                                              const registry::Pack& pack, Rules& rules);
[[nodiscard]] base::Result<void> read_buying(const registry::PackFiles& files,
                                             const registry::Pack& pack, Rules& rules);

/// Is `code` one of the pack's own units? An empty answer for none: the first unknown of a list.
[[nodiscard]] std::string unknown_unit(const Rules& rules, const registry::Pack& pack,
                                       const std::vector<std::string>& codes);

}  // namespace huan::wire_pack
