// SPDX-License-Identifier: Apache-2.0
// Times along one route where the earliest time at each node is not all there is: zones that close,
// breaks that are due after so much work, breaks with little on board. For each node a few labels
// are kept, none better than another in all respects: when the vehicle may leave, since when it has
// worked, until when it may stay where it is.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "deadline.hpp"
#include "model.hpp"
#include "timing.hpp"

namespace huan::routing {

/// One node of a route as passage reads it; the first and last are start and end.
struct Stage {
  Index place{0};
  const Site* site{nullptr};  ///< none at start and end
  double setup{0};
  double service{0};
  double release{0};           ///< before which one does not leave it
  const Load* board{nullptr};  ///< when leaving, where a break's load counts
};

class Passage {
 public:
  /// What became of a stage.
  struct Times {
    double arrival{0};
    double begin{0};
    double hold{0};    ///< stands after service and breaks until the way ahead is open
    double leaves{0};  ///< after that
    int breaks_before{0};
    int breaks_after{0};
    const Detour* detour{nullptr};  ///< by which it was reached
  };

  /// When the route ends at the earliest, begun no sooner than `depart`; kForever if it cannot be
  /// driven so. Where there are detours, of the cheapest way to wait and to drive round.
  double run(const Slot& slot, const std::vector<Stage>& stages, double depart);
  enum class Detours : std::uint8_t { cheapest, earliest, none };
  /// Which detours are taken from now on.
  void take(Detours detours) { detours_ = detours; }
  /// From now on a run that is not over when this passes ends as one that cannot be driven; none:
  /// it takes its time.
  void hurry(Deadline* deadline) { deadline_ = deadline; }
  /// Of the last run that ended.
  [[nodiscard]] double departure() const { return departure_; }
  [[nodiscard]] const std::vector<Times>& times() const { return times_; }
  [[nodiscard]] double extra() const { return extra_; }  ///< cost of its detours
  /// Of a run that did not: whether a zone stood in the way, and by how much that which came
  /// closest missed its opening, s.
  [[nodiscard]] bool zone_closed() const { return missed_ < kForever; }
  [[nodiscard]] double missed() const { return missed_; }

 private:
  struct Label {
    double arrival{0};
    double begin{0};
    double ready{0};  ///< to leave
    double since{0};  ///< end of the last break, or departure
    double stay{kForever};
    double hold{0};  ///< at the parent's node
    int breaks{0};
    int parent{-1};
    bool rested{false};  ///< the parent is at the same node, and a break lies between
    double extra{0};     ///< cost of the detours so far
    const Detour* detour{nullptr};
  };
  using Inside = std::vector<std::vector<Part>>;  ///< parts of a way, by zone
  /// One of the ways to the next stage.
  struct Course;
  [[nodiscard]] std::int64_t work_of(const Course& course) const;
  struct Course {
    const Detour* detour{nullptr};
    double work{0};   ///< s at factor 1
    double extra{0};  ///< cost, more than by the first way
    Inside parts{};
  };
  void begin(double depart);
  void chart(std::size_t stage);
  const Inside& parts_of(Index from, Index to);
  void extend(int parent, std::size_t stage, const Course& course);
  bool reach(const Label& from, std::size_t stage, const Course& course, double arrive_min,
             Label& label);
  [[nodiscard]] double put_off(const Course& course, double leave, double way);
  double settle(std::size_t stage, const Label& label, double& stay);
  void rest_at(std::size_t stage);
  void add(const Label& label, std::size_t first);
  void trace(int label);
  [[nodiscard]] double work_max(int breaks) const;

  Deadline* deadline_{nullptr};
  const Slot* slot_{nullptr};
  const std::vector<Stage>* stages_{nullptr};
  std::vector<Label> labels_;
  std::vector<std::size_t> first_;   ///< labels of a stage begin here
  const Ways* known_ways_{nullptr};  ///< that known_ is about, and zones
  std::vector<const ZoneMap*> known_in_;
  std::unordered_map<std::uint64_t, Inside> known_;
  Course straight_;  ///< to the stage at hand
  Course round_;     ///< the same; without a detour there is none
  std::vector<Times> times_;
  double departure_{0};
  double extra_{0};
  Detours detours_{Detours::cheapest};
  double missed_{kForever};
};

}  // namespace huan::routing
