// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "verb.hpp"

namespace huan::cli {

/// Beside the store: data/huan.tracks.db.
[[nodiscard]] std::string tracks_path(const Common& common);
void add_vehicles_box(CLI::App& vehicles, Common& common, Verb& verb);
void add_vehicles_gateway(CLI::App& vehicles, Common& common, Verb& verb);

}  // namespace huan::cli
