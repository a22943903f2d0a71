// SPDX-License-Identifier: Apache-2.0
#include "routing_sets.hpp"

#include <charconv>
#include <fstream>
#include <iterator>

namespace huan::bench {

using wire_routing::Aim;
using wire_routing::Format;

namespace {

double number(const std::string& text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Does the row of best_known.csv count what the set counts?
bool same_aim(const RoutingSet& set, const std::string& objective) {
  const bool vehicles_first = objective.starts_with("vehicles first");
  return set.folder != "solomon100" || vehicles_first == (set.aim == Aim::vehicles);
}

}  // namespace

const std::vector<RoutingSet>& routing_sets() {
  static const std::vector<RoutingSet> sets{
      {"uchoa_x", "uchoa_x", ".vrp", Format::vrplib, Aim::own, 10, 0.9, 3},
      {"uchoa_x_long", "uchoa_x", ".vrp", Format::vrplib, Aim::own, 60, 0.4, 1.2},
      {"solomon", "solomon100", ".txt", Format::solomon, Aim::distance, 3, 0.15, 1.5},
      {"solomon_vehicles", "solomon100", ".txt", Format::solomon, Aim::vehicles, 10, -1, -1},
      {"homberger200", "homberger200", ".txt", Format::solomon, Aim::distance, 10, -1, -1},
      {"mtvrptwr", "mtvrptwr", ".vrp", Format::vrplib, Aim::own, 10, 1.5, 4},
      {"mdvrptw", "mdvrptw", ".vrp", Format::vrplib, Aim::own, 10, 4, -1},
      {"sdvrptw", "sdvrptw", ".vrp", Format::vrplib, Aim::own, 10, -1, -1},
      {"hfvrp", "hfvrp", ".vrp", Format::vrplib, Aim::own, 10, -1, -1},
      {"mdvrp", "mdvrp_cordeau", ".txt", Format::cordeau, Aim::own, 10, -1, -1},
      {"kim", "kim2006_waste", ".txt", Format::kim, Aim::vehicles, 60, -1, -1},
      {"pvrpif", "pvrp_if_waste", ".geojson", Format::pvrpif, Aim::own, 60, 1, -1},
  };
  return sets;
}

std::string file_text(const std::string& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

std::vector<std::vector<std::string>> csv_rows(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row{""};
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      const bool doubled = quoted && i + 1 < text.size() && text[i + 1] == '"';
      if (doubled) {
        row.back() += c;
        ++i;
      } else {
        quoted = !quoted;
      }
    } else if (c == ',' && !quoted) {
      row.emplace_back();
    } else if (c == '\n' && !quoted) {
      rows.push_back(std::move(row));
      row = {""};
    } else if (c != '\r') {
      row.back() += c;
    }
  }
  if (row.size() > 1) {
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Known> best_known(const std::string& data, const RoutingSet& set) {
  // family, instance, file, size, cost, vehicles, objective, source
  constexpr std::size_t kObjective = 6;
  std::vector<Known> known;
  for (const auto& row : csv_rows(file_text(data + "/best_known.csv"))) {
    if (row.size() > kObjective && row[0] == set.folder && same_aim(set, row[kObjective])) {
      known.push_back({row[1], number(row[4]), static_cast<int>(number(row[5]))});
    }
  }
  return known;
}

std::vector<Peer> peers_of(const std::string& file, const RoutingSet& set) {
  // solver, family, instance, budget, cost, vehicles, …
  const std::string budget = std::to_string(static_cast<int>(set.seconds)) + " CPU s";
  std::vector<Peer> peers;
  if (set.aim == Aim::vehicles && set.format == Format::solomon) {
    return peers;  // the figures are of the distance
  }
  for (const auto& row : csv_rows(file_text(file))) {
    if (row.size() > 5 && row[1] == set.folder &&
        (row[3] == budget || row[0].starts_with("VROOM"))) {
      peers.push_back({row[0].substr(0, row[0].find(' ')), row[2], row[3], number(row[4]),
                       static_cast<int>(number(row[5]))});
    }
  }
  return peers;
}

}  // namespace huan::bench
