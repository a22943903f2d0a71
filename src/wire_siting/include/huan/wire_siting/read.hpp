// SPDX-License-Identifier: Apache-2.0
// Problems of places from files: OR-Library p-median (pmed), capacitated p-median (pmedcap) and set
// cover (scp, and the column form of the rail instances), capacitated p-median with a capacity for
// each candidate (cpmp), TSPLIB coordinates (tsplib), CSV and GeoJSON of points. Everything is
// checked; a refusal names the line or the member. A best known value in a file is never read.
//
//   HUAN_TRY(problem, wire_siting::read(bytes, {Format::pmed, Kind::pmedian}));
#pragma once

#include <optional>
#include <string_view>

#include "huan/base/result.hpp"
#include "huan/siting_problem/problem.hpp"

namespace huan::wire_siting {

enum class Format { geojson, csv, pmed, pmedcap, cpmp, scp, tsplib };

[[nodiscard]] std::optional<Format> format_from(std::string_view name);
[[nodiscard]] std::optional<siting_problem::Kind> kind_from(std::string_view name);

struct ReadOptions {
  Format format{Format::geojson};
  siting_problem::Kind kind{siting_problem::Kind::pmedian};
  std::optional<std::int64_t> p;  ///< goes before the file's own
  double radius{0};
  double detour{1};
  double rate{1};   ///< facility: of a unit of weight over a unit of distance
  double reach{0};  ///< the rest: as in Problem
  double gini{1};
  std::int64_t times{1};
  double share{1};
  bool split{false};
};

/// bad_file with "line N" for the text formats, bad_json, bad_field or bad_coordinates with a
/// pointer for GeoJSON, duplicate_point, too_large, missing_column, and not_supported for a problem
/// that the format does not carry.
[[nodiscard]] base::Result<siting_problem::Problem> read(std::string_view bytes,
                                                         const ReadOptions& options);

}  // namespace huan::wire_siting
