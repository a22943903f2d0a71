// SPDX-License-Identifier: Apache-2.0
// Coverage in and out: a stored place record as a spot, coverage as JSON, its gaps as GeoJSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "huan/siting/reach.hpp"
#include "huan/siting_problem/network.hpp"

namespace huan::wire_siting {

/// Where an active place stands, of a stored body ({"record":{"data":…}}); nothing for what is
/// closed, planned or without coordinates.
[[nodiscard]] std::optional<siting_problem::Point> active_spot(std::string_view body);

/// Households and people, reached and all, by district and in all, with the share of households.
[[nodiscard]] std::string coverage_json(const siting_problem::Network& network,
                                        const siting::Reach& reach, double metres,
                                        std::size_t places);
/// The same by district as rows: district, urban, households, people, reached of each, share.
[[nodiscard]] std::string coverage_csv(const siting_problem::Network& network,
                                       const siting::Reach& reach);
/// Homes that are not reached, as points with their households and the way to the nearest place.
[[nodiscard]] std::string gaps_geojson(const siting_problem::Network& network,
                                       const siting::Reach& reach);

}  // namespace huan::wire_siting
