// SPDX-License-Identifier: Apache-2.0
// A pack's ground as a network to be planned: its communities and villages with the households of
// their districts spread over them, its places as what exists, candidates of every tier, and the
// rules of the nearest siting.toml in its line of parents. What is spread or strewn is labelled
// synthetic in `origin`; a pack without rules of its own says whose stand in.
//
//   HUAN_TRY(network, wire_siting::network_of_pack("packs/shijiazhuang"));
#pragma once

#include <string>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/registry/pack.hpp"
#include "huan/siting_problem/network.hpp"
#include "huan/wire_siting/network_report.hpp"

namespace huan::wire_siting {

/// bad_pack with the file and line.
[[nodiscard]] base::Result<siting_problem::Network> network_of_pack(const std::string& folder);
/// Of folders that are read already, the oldest parent first.
[[nodiscard]] base::Result<siting_problem::Network> network_of_folders(
    const std::vector<registry::PackFolder>& folders);

/// Names for the report's page, and what the pack's document counts.
[[nodiscard]] base::Result<PageWords> page_words(const std::vector<registry::PackFolder>& folders,
                                                 const siting_problem::Network& network,
                                                 base::Language language);

}  // namespace huan::wire_siting
