// SPDX-License-Identifier: Apache-2.0
#include "route_roads.hpp"

#include <fmt/core.h>

#include "huan/http_client/client.hpp"
#include "huan/wire_routing/roads.hpp"

namespace huan::cli {

using base::Error;
using base::ErrorCode;
using base::Result;
using routing::Place;
using wire_routing::Rings;
using wire_routing::RoadDialect;
using wire_routing::RoadRequest;

namespace {

class RoadServer {
 public:
  explicit RoadServer(const RoadsWanted& wanted)
      : base_(wanted.url),
        dialect_(*wire_routing::parse_road_dialect(wanted.kind)),
        client_({.total = std::chrono::milliseconds{
                     static_cast<std::int64_t>(wanted.timeout_s * 1000)}}) {
    while (base_.ends_with('/')) {
      base_.pop_back();
    }
  }
  [[nodiscard]] RoadDialect dialect() const { return dialect_; }

  Result<std::string> ask(const RoadRequest& request) {
    http_client::Call call{.method = request.method, .url = base_ + request.path};
    if (!request.body.empty()) {
      call.headers = {{"Content-Type", "application/json"}};
      call.body = request.body;
    }
    auto reply = client_.send(call);
    if (!reply) {
      return at_server(reply.error());
    }
    // Both servers explain a refusal in JSON; what they say is found there.
    if (reply->status != 200 && !reply->body.starts_with('{')) {
      return Error{ErrorCode::unreachable, base_, fmt::format("answered {}", reply->status)};
    }
    return std::move(reply->body);
  }
  /// The error of an answer, with the address before the place in it.
  [[nodiscard]] Error at_server(const Error& error) const {
    return {error.code, base_ + (error.at.empty() ? "" : " ") + error.at, error.detail};
  }
  Result<std::vector<Place>> line(const std::string& profile, const std::vector<Place>& places,
                                  const Rings& avoid = {}) {
    HUAN_TRY(answer, ask(wire_routing::line_request(dialect_, profile, places, avoid)));
    auto line = wire_routing::read_line(dialect_, answer);
    if (!line) {
      return at_server(line.error());
    }
    return line;
  }

 private:
  std::string base_;
  RoadDialect dialect_;
  http_client::Client client_;
};

Result<wire_routing::RoadTable> whole_table(RoadServer& server, const RoadsWanted& wanted,
                                            const std::string& profile,
                                            const std::vector<Place>& places,
                                            const Rings& avoid = {}) {
  wire_routing::RoadTable table = wire_routing::empty_table(places.size());
  for (const auto& block : wire_routing::blocks(places.size(), wanted.block)) {
    HUAN_TRY(answer, server.ask(wire_routing::table_request(server.dialect(), profile, places,
                                                            block, avoid)));
    const auto taken = wire_routing::take_table(server.dialect(), answer, block, table);
    if (!taken) {
      return server.at_server(taken.error());
    }
  }
  return table;
}

/// Outlines of the zones that some hours close.
Rings closing_outlines(const routing::Problem& problem) {
  Rings rings;
  for (const routing::Zone& zone : problem.zones) {
    if (!zone.open.empty()) {
      rings.insert(rings.end(), zone.rings.begin(), zone.rings.end());
    }
  }
  return rings;
}

/// Ways that lead round all zones, from Valhalla. Nothing leads round a zone that one stands in. If
/// the server refuses (it allows outlines of so many metres), vehicles wait as without it.
Result<void> find_detours(RoadServer& server, const RoadsWanted& wanted, routing::Problem& problem,
                          routing::Index profile) {
  const Rings outlines = closing_outlines(problem);
  std::vector<routing::Index> outside;
  std::vector<Place> places;
  for (routing::Index i = 0; i < problem.places.size(); ++i) {
    if (!wire_routing::enters({problem.places[i]}, outlines)) {
      outside.push_back(i);
      places.push_back(problem.places[i]);
    }
  }
  if (outlines.empty() || places.size() < 2) {
    return {};
  }
  const auto table = whole_table(server, wanted, problem.ways[profile].name, places, outlines);
  if (!table && table.error().code == ErrorCode::bad_field) {
    fmt::print(stderr, "no ways round zones: {} {}\n", table.error().at, table.error().detail);
    return {};
  }
  HUAN_CHECK(table);
  wire_routing::take_detours(problem, profile, outside, *table);
  return {};
}

/// A zone known by its outline alone: which ways enter it is what their lines say.
Result<void> find_zone_ways(RoadServer& server, routing::Problem& problem,
                            const std::string& profile) {
  const std::size_t places = problem.places.size();
  for (std::size_t z = 0; z < problem.zones.size(); ++z) {
    if (!problem.zones[z].rings.empty() && places > kZonePlacesMax) {
      return Error{ErrorCode::not_supported, fmt::format("/zones/{}/geometry", z),
                   "an outline on roads is for up to 60 places; name its ways"};
    }
  }
  for (std::size_t i = 0; i < places; ++i) {
    for (std::size_t j = 0; j < places; ++j) {
      if (i == j || problem.ways.front().durations[i * places + j] == routing::kForever) {
        continue;
      }
      HUAN_TRY(line, server.line(profile, {problem.places[i], problem.places[j]}));
      for (routing::Zone& zone : problem.zones) {
        if (!zone.rings.empty() && wire_routing::enters(line, zone.rings)) {
          zone.ways.emplace_back(static_cast<routing::Index>(i), static_cast<routing::Index>(j));
        }
      }
    }
  }
  return {};
}

}  // namespace

Result<void> take_road_ways(const RoadsWanted& wanted, wire_routing::Instance& instance) {
  const auto open = wire_routing::open_profiles(instance);
  routing::Problem& problem = instance.problem;
  if (wanted.url.empty() || open.empty() || problem.places.size() < 2) {
    return {};
  }
  if (problem.places.size() > kRoadPlacesMax) {
    return Error{ErrorCode::too_large, "--matrix-url", "roads are for up to 2,000 places"};
  }
  RoadServer server{wanted};
  bool outlined = false;
  for (const routing::Zone& zone : problem.zones) {
    outlined = outlined || !zone.rings.empty();
  }
  for (const routing::Index profile : open) {
    const std::string name = problem.ways[profile].name;
    HUAN_TRY(table, whole_table(server, wanted, name, problem.places));
    wire_routing::take_roads(instance, profile, std::move(table));
    if (outlined) {
      HUAN_CHECK(find_zone_ways(server, problem, name));
      if (server.dialect() == RoadDialect::valhalla) {
        HUAN_CHECK(find_detours(server, wanted, problem, profile));
      }
    }
  }
  return {};
}

Result<wire_routing::RoadLines> road_lines(const RoadsWanted& wanted,
                                           const wire_routing::Instance& instance,
                                           const routing::Plan& plan) {
  RoadServer server{wanted};
  const routing::Problem& problem = instance.problem;
  wire_routing::RoadLines lines;
  lines.reserve(plan.routes.size());
  for (const routing::Route& route : plan.routes) {
    std::vector<Place> places;
    std::vector<bool> around;
    for (const routing::Step& step : route.steps) {
      if (step.place < problem.places.size()) {
        places.push_back(problem.places[step.place]);
        around.push_back(step.around);
      }
    }
    const std::string& profile = problem.ways[problem.vehicles[route.vehicle].ways].name;
    if (places.size() < 2) {
      lines.push_back(places);
      continue;
    }
    std::vector<Place> whole;
    for (std::size_t k = 0; k + 1 < places.size(); ++k) {
      HUAN_TRY(part, server.line(profile, {places[k], places[k + 1]},
                                 around[k + 1] ? closing_outlines(problem) : Rings{}));
      whole.insert(whole.end(), part.begin(), part.end());
    }
    lines.push_back(std::move(whole));
  }
  return lines;
}

}  // namespace huan::cli
