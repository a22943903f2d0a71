// SPDX-License-Identifier: Apache-2.0
// What a road server is asked, and what its answers say: matrices of seconds and metres between
// places, and the line on which one drives. Two dialects: OSRM's `table` and `route` services,
// Valhalla's `sources_to_targets` and `route`. Texts only: who sends them is another's business.
// Answers are taken as hostile: sizes must be those that were asked for, numbers are bounded.
//
//   for (const Block& block : blocks(places.size(), 50))
//     take_table(dialect, send(table_request(dialect, "car", places, block)), block, table);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/routing/problem.hpp"
#include "huan/wire_routing/instance.hpp"

namespace huan::wire_routing {

enum class RoadDialect : std::uint8_t { osrm, valhalla };
[[nodiscard]] std::optional<RoadDialect> parse_road_dialect(std::string_view name);

struct RoadRequest {
  std::string method;
  std::string path;  ///< behind the server's address, from "/" on
  std::string body;  ///< JSON; empty for GET
};

/// Rows [row, row + rows) and columns of the table, asked at once.
struct Block {
  std::size_t row{0}, rows{0};
  std::size_t column{0}, columns{0};
};
/// All of a table of `places` squared in blocks of at most `side` squared; side at least 1.
[[nodiscard]] std::vector<Block> blocks(std::size_t places, std::size_t side);

/// Seconds and metres, row by row; kForever where there is no way. 0 from a place to itself.
struct RoadTable {
  std::vector<double> seconds;
  std::vector<double> metres;
};
[[nodiscard]] RoadTable empty_table(std::size_t places);

using Rings = std::vector<std::vector<routing::Place>>;

/// `profile` as the problem names it; "car" is OSRM's driving and Valhalla's auto. Ways lead round
/// what the rings of `avoid` enclose, which OSRM cannot be asked.
[[nodiscard]] RoadRequest table_request(RoadDialect dialect, std::string_view profile,
                                        const std::vector<routing::Place>& places,
                                        const Block& block, const Rings& avoid = {});
/// Errors: those of JSON, bad_field with the pointer, also with the server's own message.
[[nodiscard]] base::Result<void> take_table(RoadDialect dialect, std::string_view answer,
                                            const Block& block, RoadTable& table);

/// The way through all the places in their order; at least two.
[[nodiscard]] RoadRequest line_request(RoadDialect dialect, std::string_view profile,
                                       const std::vector<routing::Place>& places,
                                       const Rings& avoid = {});
/// Its corners. Errors as above.
[[nodiscard]] base::Result<std::vector<routing::Place>> read_line(RoadDialect dialect,
                                                                  std::string_view answer);

/// Whether a line enters what the rings enclose (even-odd), or touches it.
[[nodiscard]] bool enters(const std::vector<routing::Place>& line, const Rings& rings);

/// Profiles of the instance that are still great circles: the road server's to fill.
[[nodiscard]] std::vector<routing::Index> open_profiles(const Instance& instance);
/// From now on the profile's ways are the table's. Not for more than 8,000 places.
void take_roads(Instance& instance, routing::Index profile, RoadTable table);
/// Ways that zones name are led round by the table, which is one among `places`.
void take_detours(routing::Problem& problem, routing::Index profile,
                  const std::vector<routing::Index>& places, const RoadTable& table);

}  // namespace huan::wire_routing
