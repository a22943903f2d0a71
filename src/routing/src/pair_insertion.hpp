// SPDX-License-Identifier: Apache-2.0
// Where the two stops of a pair may be put together, and where that costs least: both into one
// route, the pickup before the delivery, no facility between them. Each position of the pickup is
// followed along the route as long as time and load allow it; what the fast tests let through is
// worked out exactly.
#pragma once

#include <cstdint>
#include <vector>

#include "model.hpp"
#include "neighbours.hpp"
#include "timetable.hpp"
#include "tours.hpp"

namespace huan::routing {

struct PairSpot {
  double cost{kForever};
  int pickup_after{kNowhere};    ///< nodes as they stand before; kNowhere: there is no room
  int delivery_after{kNowhere};  ///< the same as pickup_after: directly behind the pickup
};

class PairInsertion {
 public:
  PairInsertion(const Model& model, const Neighbours& neighbours);

  [[nodiscard]] PairSpot best(const Tours& tours, int pickup, double new_route_share) {
    return best_on(tours, pickup, kNone, new_route_share);
  }
  /// The same among the routes of one day; kNone: of all.
  [[nodiscard]] PairSpot best_on(const Tours& tours, int pickup, std::uint32_t day,
                                 double new_route_share);
  void apply(Tours& tours, int pickup, const PairSpot& spot) const;
  /// Where a delivery stands best whose pickup stays where it is; kNowhere: there is no room.
  [[nodiscard]] int best_left(const Tours& tours, int delivery);

 private:
  void try_routes_of(const Tours& tours, int visit);
  void try_empty(const Tours& tours, double new_route_share);
  void try_route(const Tours& tours, int route, double fixed);
  void try_from(const Tours& tours, int route, std::size_t k, double fixed);
  void try_spot(const Tours& tours, int route, const PairSpot& spot);
  [[nodiscard]] bool reloads_at(const Tours& tours, int node) const;
  void read_chain(const Tours& tours, int route);
  void read_detours(const Tours& tours, const Slot& slot);
  [[nodiscard]] bool room_behind(int route, std::size_t k) const;
  [[nodiscard]] double done_at(const Slot& slot, int from, double ready, int visit) const;

  const Model* model_;
  const Neighbours* neighbours_;
  Timetable timetable_;
  std::uint32_t day_{kNone};
  int pickup_{0};
  int delivery_{0};
  const Load* goods_{nullptr};
  PairSpot best_;
  std::vector<int> chain_;            ///< nodes of the route, start and end too
  std::vector<std::int64_t> board_;   ///< chain × dimensions: on board when leaving the node
  std::vector<double> later_;         ///< chain: the delivery's least detour there or behind
  std::vector<std::uint32_t> tried_;  ///< by route: the round in which it was
  std::uint32_t round_{0};
  std::vector<Code> codes_;
};

}  // namespace huan::routing
