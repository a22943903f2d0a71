// SPDX-License-Identifier: Apache-2.0
// Where a visit may be put, and where it costs least. Positions beside the visit's neighbours are
// tried first, all others only if none of them will do. A small share of positions is overlooked at
// random ("blinks", Christiaens and Vanden Berghe 2020), which lets the search take other ways.
#pragma once

#include <span>
#include <vector>

#include "model.hpp"
#include "neighbours.hpp"
#include "random.hpp"
#include "timetable.hpp"
#include "tours.hpp"

namespace huan::routing {

struct Spot {
  double cost{kForever};
  int after{kNowhere};
  Index facility{kNone};     ///< an unloading comes along with the visit
  bool unload_first{false};  ///< before it, otherwise behind it
};

inline constexpr std::uint32_t kAnyDay = kNone;

class Insertion {
 public:
  Insertion(const Model& model, const Neighbours& neighbours, Random& random);

  /// The cheapest place that was seen; after == kNowhere if there is none.
  [[nodiscard]] Spot best(const Tours& tours, int visit, double blink_rate) {
    return best_on(tours, visit, kAnyDay, blink_rate);
  }
  /// The same among the routes of one day.
  [[nodiscard]] Spot best_on(const Tours& tours, int visit, std::uint32_t day, double blink_rate);
  /// The same among the routes that have been touched since the last mark.
  [[nodiscard]] Spot best_in_touched(const Tours& tours, int visit, double blink_rate);
  /// Beside how many neighbours a visit is tried first, at most.
  void try_beside(std::size_t count) { tried_ = count; }
  /// What a route of its own is said to cost, as a share of what it does.
  void favour_new_routes(double share) { new_route_share_ = share; }
  /// Puts it there.
  static void apply(Tours& tours, int visit, const Spot& spot);

 private:
  [[nodiscard]] bool has_room(const Tours& tours, int route) const;
  [[nodiscard]] bool shift_allows(const Tours& tours, int route) const;
  void try_beside(const Tours& tours, std::span<const int> others, std::span<const double> away);
  void try_near(const Tours& tours, std::span<const int> others);
  void try_next_to(const Tours& tours, int other);
  [[nodiscard]] bool seen(int node) const {
    return node < model_->visits() && seen_[static_cast<std::size_t>(node)] == round_;
  }
  [[nodiscard]] bool on_day(int route) const {
    return day_ == kAnyDay || model_->slots[static_cast<std::size_t>(route)].day == day_;
  }
  [[nodiscard]] bool in_question(const Tours& tours, int route) const {
    return on_day(route) && (!touched_only_ || tours.is_touched(route));
  }
  void consider(const Tours& tours, int before, int after, double given);
  [[nodiscard]] double out_of_shape(const Tours& tours, int route) const;
  void try_gap(const Tours& tours, int before, int after);
  void try_unloads(const Tours& tours, int before, int after);
  void try_unload(const Tours& tours, int before, int after, const Spot& spot);
  void try_spans(const Tours& tours, int before, int after, const Spot& given);
  void try_empty(const Tours& tours);
  void try_everywhere(const Tours& tours);
  void try_route(const Tours& tours, int route);
  [[nodiscard]] bool capacity_allows(const Tours& tours, int route, int trip) const;
  /// No way over a third place is shorter: so it is on straight lines, neither in tables nor
  /// rounded.
  [[nodiscard]] bool no_short_cuts(const Slot& slot) const { return even_ && !slot.ways->rounds(); }
  [[nodiscard]] double away(const Slot& slot, Index place);
  [[nodiscard]] double seconds(const Slot& slot, Index from, Index to);
  [[nodiscard]] bool time_allows(const Tours& tours, int before, int after);
  [[nodiscard]] bool chain_in_time(const Tours& tours, int before, int after, const Spot& spot);
  [[nodiscard]] bool exactly(const Tours& tours, int before, const Spot& spot);
  bool blink();

  const Model* model_;
  const Neighbours* neighbours_;
  Random* random_;
  Timetable timetable_;
  struct NearFacility {
    double away{0};
    Index number{0};
  };
  void list_facilities(std::size_t visit);

  std::vector<std::vector<NearFacility>> near_facilities_;  ///< by visit, nearest first
  std::size_t dims_;
  int visit_{0};
  std::uint32_t day_{kAnyDay};
  bool touched_only_{false};
  Index place_{0};
  const std::int64_t* demand_{nullptr};
  const double* row_{nullptr};  ///< distances from the visit, where they are those to it too
  double per_distance_{1};
  const Ways* remembered_{nullptr};      ///< ways that are worked out when they are asked for
  std::vector<double> known_;            ///< by place: distances from the visit,
  std::vector<std::uint32_t> known_in_;  ///< those that were asked for in this round
  std::vector<std::uint32_t> seen_;      ///< the round in which a neighbour was tried on both sides
  std::uint32_t round_{0};
  Spot best_;
  int until_blink_{0};
  double blink_rate_{0};
  double new_route_share_{1};
  std::size_t tried_;  ///< neighbours
  bool unloads_;       ///< somebody may, on the way
  bool even_;          ///< all ways cost the same in both directions, and to all vehicles
  std::vector<Code> codes_;
  std::vector<double> ready_;
};

}  // namespace huan::routing
