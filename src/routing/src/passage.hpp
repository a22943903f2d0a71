// SPDX-License-Identifier: Apache-2.0
// Times along one route where the earliest time at each node is not all there is: zones that close,
// breaks that are due after so much work, breaks with little on board. For each node a few labels
// are kept, none better than another in all respects: when the vehicle may leave, since when it has
// worked, until when it may stay where it is.
#pragma once

#include <vector>

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
  };

  /// When the route ends at the earliest, begun no sooner than `depart`; kForever if it cannot be
  /// driven so.
  double run(const Slot& slot, const std::vector<Stage>& stages, double depart);
  /// Of the last run that ended.
  [[nodiscard]] double departure() const { return departure_; }
  [[nodiscard]] const std::vector<Times>& times() const { return times_; }
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
  };
  void begin(double depart);
  void extend(int parent, std::size_t stage);
  bool reach(const Label& from, std::size_t stage, double arrive_min, Label& label);
  double settle(std::size_t stage, const Label& label, double& stay);
  void rest_at(std::size_t stage);
  void add(const Label& label, std::size_t first);
  void trace(int label);
  [[nodiscard]] double work_max(int breaks) const;

  const Slot* slot_{nullptr};
  const std::vector<Stage>* stages_{nullptr};
  std::vector<Label> labels_;
  std::vector<std::size_t> first_;        ///< labels of a stage begin here
  std::vector<std::vector<Part>> parts_;  ///< of the way at hand, by zone
  std::vector<Times> times_;
  double departure_{0};
  double missed_{kForever};
};

}  // namespace huan::routing
