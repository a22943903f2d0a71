// SPDX-License-Identifier: Apache-2.0
// One reader for each format.
#pragma once

#include "huan/wire_siting/read.hpp"

namespace huan::wire_siting {

inline constexpr std::int64_t kPointsMax = 2'000'000;

[[nodiscard]] base::Result<siting_problem::Problem> read_pmed(std::string_view bytes,
                                                              const ReadOptions& options);
[[nodiscard]] base::Result<siting_problem::Problem> read_pmedcap(std::string_view bytes,
                                                                 const ReadOptions& options);
[[nodiscard]] base::Result<siting_problem::Problem> read_cpmp(std::string_view bytes,
                                                              const ReadOptions& options);
[[nodiscard]] base::Result<siting_problem::Problem> read_scp(std::string_view bytes,
                                                             const ReadOptions& options);
[[nodiscard]] base::Result<siting_problem::Problem> read_tsplib(std::string_view bytes,
                                                                const ReadOptions& options);
[[nodiscard]] base::Result<siting_problem::Problem> read_csv(std::string_view bytes,
                                                             const ReadOptions& options);
[[nodiscard]] base::Result<siting_problem::Problem> read_geojson(std::string_view bytes,
                                                                 const ReadOptions& options);

}  // namespace huan::wire_siting
