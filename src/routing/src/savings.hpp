// SPDX-License-Identifier: Apache-2.0
// A first plan of many visits: trips are joined end to end where that saves most of the ways to
// where they begin and end (Clarke and Wright, Operations Research 12(4), 1964), then packed into
// shifts, the longest first.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "model.hpp"
#include "neighbours.hpp"
#include "span.hpp"
#include "timetable.hpp"

namespace huan::routing {

class Savings {
 public:
  Savings(const Model& model, const Neighbours& neighbours);

  /// Whether there are many visits, and none of them is tied to another one, to a day or to a plan.
  [[nodiscard]] static bool suits(const Model& model);
  /// Routes by slot, each of which may be driven; a visit that is in none has yet to be put in.
  /// Once `hurry` is true no more are made.
  [[nodiscard]] std::vector<std::vector<Code>> routes(const std::function<bool()>& hurry);
  /// Of those that are in the routes.
  [[nodiscard]] double visits_per_trip() const {
    return static_cast<double>(visits_packed_) / std::max(1, trips_packed_);
  }

 private:
  static constexpr int kNoVisit = -1;
  [[nodiscard]] static std::uint64_t bit(std::size_t number) { return std::uint64_t{1} << number; }
  using Slots = std::vector<int>;
  /// Visits one after another, no unloading between them. Known by the visit it was made of first.
  struct Trip {
    int first{0};
    int last{0};
    int visits{1};
    Span span{};               ///< from the begin of the first service to the end of the last
    std::uint64_t types{0};    ///< of slots that may serve all of it
    std::uint64_t unloads{0};  ///< facilities that take all of it
  };
  struct Saving {
    double amount{0};
    int from{0};
    int to{0};
  };
  /// A shift while trips are put into it.
  struct Shift {
    int slot{0};
    std::vector<const Trip*> trips{};
    Span span{};  ///< as of a trip
  };
  struct Offer {
    double waste{0};  ///< s between trips, times what they are worse, less those of the trip
    std::size_t rank{0};
    bool first{false};  ///< before the other trips
  };

  [[nodiscard]] std::vector<Slots> fleets() const;
  void begin_trips(const Slots& fleet);
  void measure_ends(const Slots& fleet);
  [[nodiscard]] std::vector<Saving> savings() const;
  void join_trips(const Slots& fleet, const std::function<bool()>& hurry);
  void join(const Saving& saving, const Slots& fleet);
  [[nodiscard]] bool turn(int trip);
  [[nodiscard]] bool load_fits(int a, int b, int slot) const;
  [[nodiscard]] bool in_some_slot(const Trip& trip, const Slots& fleet);
  [[nodiscard]] bool in_time_alone(const Trip& trip, int slot);
  void pack(const Slots& fleet, const std::function<bool()>& hurry);
  [[nodiscard]] int slot_for(const Trip& trip, const Slots& fleet);
  void fill(Shift& shift, std::vector<int>& waiting);
  [[nodiscard]] std::vector<Offer> offers(const Shift& shift,
                                          const std::vector<int>& waiting) const;
  [[nodiscard]] Span followed(const Slot& slot, const Span& span, const Trip& last,
                              const Trip& next, const Span& then) const;
  [[nodiscard]] Span whole(const Slot& slot, const Span& span, const Trip& first,
                           const Trip& last) const;
  [[nodiscard]] bool take(Shift& shift, const Trip& trip, bool first);
  void add_visits(const Trip& trip, std::vector<Code>& codes) const;
  [[nodiscard]] Index unload_between(const Trip& trip, const Slot& slot, Index next) const;
  [[nodiscard]] double work(const Trip& trip) const;
  [[nodiscard]] double pace() const;
  [[nodiscard]] double seconds(const Slot& slot, Index a, Index b) const;
  [[nodiscard]] Index place(int visit) const {
    return model_->sites[static_cast<std::size_t>(visit)].place;
  }

  const Model* model_;
  const Neighbours* neighbours_;
  Timetable timetable_;
  bool even_;                 ///< trips may be driven the other way round
  bool confirm_;              ///< spans alone do not tell whether a route is in time
  const Slot* any_{nullptr};  ///< of the fleet whose trips are joined: its ways and times
  std::vector<double> from_;  ///< by visit: the way from where trips begin, and to where they end
  std::vector<double> to_;
  double pace_{0};                   ///< s for each unit of distance, about
  std::vector<Trip> trips_;          ///< by the visit that they were made of; visits 0: joined
  std::vector<std::int64_t> loads_;  ///< trips × dimensions
  std::vector<int> trip_of_;         ///< by visit: right at the ends of trips
  std::vector<int> next_;            ///< by visit, in its trip
  std::vector<std::uint8_t> routed_;
  std::vector<std::vector<Code>> routes_;
  std::vector<Code> codes_;
  int trips_packed_{0};
  int visits_packed_{0};
};

}  // namespace huan::routing
