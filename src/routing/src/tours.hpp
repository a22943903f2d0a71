// SPDX-License-Identifier: Apache-2.0
// Tours: the search's working solution. Each slot has a chain of nodes from its start to its end:
// visits and, between trips, unloadings. Kept for each node: from when the vehicle is ready to
// leave it, and until when it may reach it at the latest so that all that follows stays in time;
// for a visit in between, a test of both sides is then all there is to time windows and breaks.
//
// A change is begun by touch(), which remembers the route; rollback() brings all touched routes
// back as they stood at mark().
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model.hpp"
#include "rooms.hpp"
#include "span.hpp"
#include "timetable.hpp"

namespace huan::routing {

inline constexpr int kNowhere = -1;

struct Node {
  int prev{kNowhere};
  int next{kNowhere};
  int route{kNowhere};  ///< slot; kNowhere: not in a route
  int trip{kNowhere};   ///< the node that the trip begins with: the start, or an unloading
  Index place{0};
  Index facility{kNone};  ///< of an unloading
  double arc{0};          ///< cost of the way from prev
};

class Tours {
  /// Of the way from the node's prev.
  struct Known {
    double seconds{0};  ///< at its quickest
    Index from{kNone};  ///< the place from which this and the arc were worked out
    int measure{0};     ///< and the measure
  };

 public:
  explicit Tours(const Model& model);

  [[nodiscard]] const Model& model() const { return *model_; }
  [[nodiscard]] const Node& node(int i) const { return nodes_[static_cast<std::size_t>(i)]; }
  [[nodiscard]] int start(int route) const { return model_->visits() + 2 * route; }
  [[nodiscard]] int end(int route) const { return start(route) + 1; }
  [[nodiscard]] bool is_visit(int i) const { return i < model_->visits(); }
  [[nodiscard]] bool is_unload(int i) const { return i >= first_unload_; }
  [[nodiscard]] bool empty(int route) const { return stops_[static_cast<std::size_t>(route)] == 0; }
  [[nodiscard]] int stops(int route) const { return stops_[static_cast<std::size_t>(route)]; }
  [[nodiscard]] int used() const { return used_; }
  [[nodiscard]] int placed() const { return placed_; }  ///< visits
  [[nodiscard]] const Rooms& rooms() const { return rooms_; }
  /// Of the routes used: s of the longest less s of the shortest. Kept where it is a goal.
  [[nodiscard]] double imbalance() const;
  /// The middle of the route; kept where compactness is a goal.
  [[nodiscard]] Index middle(int route) const { return middles_[static_cast<std::size_t>(route)]; }
  [[nodiscard]] double route_cost(int route) const {
    return cost_[static_cast<std::size_t>(route)];
  }
  [[nodiscard]] double cost() const { return total_; }
  /// The costlier of the ways to and from a visit that is in a route; kForever unless both lead to
  /// visits.
  [[nodiscard]] double costlier_arc(int visit) const {
    return costlier_arcs_[static_cast<std::size_t>(visit)];
  }
  [[nodiscard]] const std::int64_t* trip_load(int trip) const {
    return &loads_[static_cast<std::size_t>(trip) * model_->dims];
  }
  [[nodiscard]] const std::int64_t* route_load(int route) const {
    return &route_loads_[static_cast<std::size_t>(route) * model_->dims];
  }
  /// Of the trip, up to and with this node.
  [[nodiscard]] const std::int64_t* load_so_far(int i) const {
    return &so_far_[static_cast<std::size_t>(i) * model_->dims];
  }
  [[nodiscard]] double ready(int i, std::size_t state = 0) const {
    return ready_[static_cast<std::size_t>(i) * model_->states + state];
  }
  [[nodiscard]] double latest(int i, std::size_t state = 0) const {
    return latest_[static_cast<std::size_t>(i) * model_->states + state];
  }
  /// From the route's start to the node, and from the node to the route's end; with Model::spans.
  [[nodiscard]] const Span& before(int i) const { return before_[static_cast<std::size_t>(i)]; }
  [[nodiscard]] const Span& behind(int i) const { return behind_[static_cast<std::size_t>(i)]; }
  [[nodiscard]] const Site& site(int i) const {
    return is_visit(i) ? model_->sites[static_cast<std::size_t>(i)]
                       : model_->facilities[node(i).facility];
  }

  /// Whether the node is one of those at the route's begin that stay where they are.
  [[nodiscard]] bool frozen(int route, int i) const;

  void mark();            ///< what stands now is what rollback() brings back
  void touch(int route);  ///< before any change of it
  void rollback();
  [[nodiscard]] const std::vector<int>& touched() const { return touched_; }
  [[nodiscard]] bool is_touched(int route) const {
    return is_touched_[static_cast<std::size_t>(route)] != 0;
  }

  void remove(int node);                         ///< refresh() is owed
  void insert(int visit, int after);             ///< refreshed
  int insert_unload(Index facility, int after);  ///< refresh() is owed
  void refresh(int route);
  void set_route(int route, std::span<const Code> codes);
  [[nodiscard]] std::vector<Code> codes(int route) const;

  /// An empty slot of the type that is not barred, or kNowhere.
  [[nodiscard]] int empty_slot(int type) const {
    const auto& list = model_->slots_of_type[static_cast<std::size_t>(type)];
    const std::size_t first = first_empty_[static_cast<std::size_t>(type)];
    return first < list.size() ? list[first] : kNowhere;
  }
  /// From now on the slot stays as it is while it is empty.
  void bar(int slot);
  void unbar(int slot);  ///< no longer

 private:
  [[nodiscard]] double seconds_to(int i) const {
    return known_[static_cast<std::size_t>(i)].seconds;
  }
  Node& at(int i) { return nodes_[static_cast<std::size_t>(i)]; }
  void link(int a, int b);
  int new_unload(Index facility);
  void gather(int route);
  void refresh_loads(int route);
  void refresh_times(int route);
  bool pass_on(const Slot& slot, int i);    ///< ready from before; has it changed?
  bool pass_back(const Slot& slot, int i);  ///< latest from behind
  [[nodiscard]] double time_cost(int route);
  [[nodiscard]] double shape_cost(int route);
  void refresh_spans(int route);
  void add_load(int visit, bool so_far_too);
  void refresh_cost(int route);
  void refresh_leg(const Slot& slot, int i);
  [[nodiscard]] double release_of(int trip) const;
  void note_use(int route, bool was_empty);
  void note_arcs(int i);

  const Model* model_;
  Timetable timetable_;
  int first_unload_;
  Rooms rooms_;
  int used_{0};
  int placed_{0};
  std::vector<double> durations_;
  std::vector<Index> middles_;
  bool owed_{false};  ///< a refresh, since an unloading was put in
  double total_{0};
  std::vector<Node> nodes_;
  std::vector<Known> known_;  ///< by node
  std::vector<int> stops_;
  std::vector<double> cost_;
  std::vector<double> costlier_arcs_;  ///< by visit
  std::vector<std::uint8_t> barred_;
  std::vector<std::size_t> rank_;         ///< by slot, among those of its type
  std::vector<std::size_t> first_empty_;  ///< by type: rank of the first that is free
  std::vector<std::int64_t> loads_;
  std::vector<std::int64_t> so_far_;
  std::vector<std::int64_t> route_loads_;
  std::vector<double> ready_;
  std::vector<double> latest_;
  std::vector<Span> before_;
  std::vector<Span> behind_;
  std::vector<int> spare_unloads_;
  std::vector<int> touched_;
  std::vector<std::uint8_t> is_touched_;
  std::vector<int> first_code_;  ///< of each touched route, in kept_
  std::vector<Code> kept_;
  std::vector<int> chain_;
};

}  // namespace huan::routing
