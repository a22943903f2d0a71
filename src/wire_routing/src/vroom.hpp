// SPDX-License-Identifier: Apache-2.0
// VROOM's problem while it is read: places and profiles first, then vehicles, tasks, and what is
// ours. Members that neither VROOM nor we know are passed over, as VROOM does.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "names.hpp"
#include "node.hpp"
#include "readers.hpp"

namespace huan::wire_routing {

class VroomReader {
 public:
  VroomReader(Node root, const ReadOptions& options) : root_(std::move(root)), options_(options) {}
  [[nodiscard]] base::Result<Instance> read();

 private:
  // vroom_ways.cpp
  base::Result<void> read_matrices();
  base::Result<void> read_profile(const Node& profile, const std::string& name);
  base::Result<routing::Travel> read_around(const Node& node, bool measured);
  base::Result<void> read_ways();
  base::Result<routing::Index> profile_of(const Node& vehicle);
  base::Result<routing::Index> place_of(const Node& owner, const std::string& location_key,
                                        const std::string& index_key);
  base::Result<routing::Index> optional_place_of(const Node& owner, const std::string& location_key,
                                                 const std::string& index_key);
  // vroom_vehicles.cpp
  base::Result<void> read_vehicles();
  base::Result<void> read_vehicle(const Node& node);
  base::Result<void> read_costs(const Node& node, routing::Vehicle& vehicle);
  base::Result<void> read_caps(const Node& node, routing::Vehicle& vehicle);
  base::Result<void> read_shifts(const Node& node, routing::Vehicle& vehicle);
  base::Result<void> read_unloading(const Node& node, routing::Vehicle& vehicle);
  base::Result<void> read_given();
  // vroom_tasks.cpp
  base::Result<void> read_tasks();
  base::Result<routing::Stop> read_stop(const Node& node);
  base::Result<routing::Visits> read_visits(const Node& node);
  base::Result<void> add_stop(routing::Stop stop, routing::StepType type, const Node& node);
  base::Result<void> read_shipment(const Node& node);
  // vroom_city.cpp
  base::Result<void> read_facilities();
  base::Result<void> read_zones();
  void add_detours_by_matrix();
  base::Result<routing::Zone> read_zone(const Node& node);
  base::Result<void> read_objective();
  base::Result<void> read_reference();
  base::Result<void> name_dimensions();
  base::Result<std::vector<std::string>> texts(const Node& node, const std::string& key);
  base::Result<std::vector<routing::Index>> indices(const Node& node, const std::string& key,
                                                    routing::StepType type);
  base::Result<routing::Index> material(const Node& node);
  void widen(const routing::Load& load);

  Node root_;
  ReadOptions options_;
  Instance instance_;
  routing::Problem& problem_{instance_.problem};
  Names names_;
  bool matrices_{false};
  std::map<routing::Index, routing::Travel> around_;  ///< by profile: matrices of detours
  std::size_t dimensions_{0};
  std::map<std::string, routing::Index> profiles_;
  std::map<std::pair<double, double>, routing::Index> places_;
};

/// Whole numbers (VROOM's skills) or texts.
[[nodiscard]] base::Result<std::vector<std::string>> read_marks(const Node& node,
                                                                const std::string& key);

}  // namespace huan::wire_routing
