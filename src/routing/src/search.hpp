// SPDX-License-Identifier: Apache-2.0
// Ruin and recreate with simulated annealing: "Slack induction by string removals" (Christiaens and
// Vanden Berghe, Transportation Science 54(2), 2020). Strings of neighbouring visits are taken out
// of neighbouring routes and put back one by one where they cost least. When vehicles come before
// ways, routes are given up one after the other first, as long as all their visits find room.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "insertion.hpp"
#include "model.hpp"
#include "neighbours.hpp"
#include "pair_insertion.hpp"
#include "pool.hpp"
#include "random.hpp"
#include "solution.hpp"
#include "tours.hpp"

namespace huan::routing {

class Search {
 public:
  Search(const Model& model, const Options& options, const Stopwatch& watch,
         const ProgressFn& progress);

  [[nodiscard]] const Solution& run();
  [[nodiscard]] std::int64_t iterations() const { return iterations_; }
  [[nodiscard]] StopCause cause() const { return cause_; }

 private:
  struct Heat {
    double first{1};
    double last{0.01};
    double begins{0};  ///< fractions of the budget
    double ends{1};
  };

  void build();
  void take_given();
  void take_savings();
  void drop_placed();
  void anneal(const Heat& heat);
  void step(double temperature, bool make_room);
  void shed_routes(double until);
  bool shed_one(double until);
  void give_up_routes(double until);
  bool give_up(int route, double until);
  void clear_route(int route);
  [[nodiscard]] std::vector<int> costly_routes() const;
  void ruin();
  void ruin_route(int route, int seed, int most);
  void take_string(int route, int seed, int length);
  void recreate(double blink_rate);
  void order_absent();
  [[nodiscard]] int first_of(int visit) const;
  void set_aside(std::size_t older);
  void choose_near();
  void ruin_siblings();
  void ruin_mates();
  void place_pair(int pickup, bool give_up);
  void place_left(int delivery, bool give_up);
  void place_foreseen(int visit, bool give_up, double blink_rate);
  std::size_t pull_foreseen(std::size_t from);
  void settle_ruined();
  void miss(int visit);
  void complete_foreseen();
  void place(int visit, bool give_up, double blink_rate);
  void place_on_days(int visit, bool give_up, double blink_rate);
  void put_on_day(int visit, std::uint32_t day);
  double cost_on_day(int visit, std::uint32_t day, double blink_rate);
  [[nodiscard]] std::vector<std::uint8_t> days_kept(Index stop) const;
  void drop_off_days();
  void tidy(int route);
  [[nodiscard]] bool holds(int route);
  void note_best();
  void restore_best();
  void recombine();
  [[nodiscard]] double penalty() const;
  [[nodiscard]] double total() const;  ///< of the working solution
  [[nodiscard]] double absences(const std::vector<int>& list) const;
  [[nodiscard]] double fraction();  ///< of the budget; looks at the watch now and then
  [[nodiscard]] bool over() { return fraction() >= 1; }
  [[nodiscard]] bool late(double share) const;  ///< this share of the budget is gone
  [[nodiscard]] int fewest_routes() const;
  [[nodiscard]] double mean_arc() const;
  void report();

  const Model* model_;
  const Options* options_;
  const Stopwatch* watch_;
  const ProgressFn* progress_;
  Random random_;
  Neighbours neighbours_;
  Tours tours_;
  Insertion insertion_;
  PairInsertion pair_insertion_;
  Timetable timetable_;
  double new_route_share_{1};
  Pool pool_;
  Solution best_;
  std::vector<std::uint8_t> changed_;  ///< routes that differ from best_
  std::vector<int> absent_;
  std::vector<int> absent_before_;
  std::vector<double> times_absent_;
  /// Absent visits for which no route as it stands has room: one that changes may get some.
  std::vector<std::uint8_t> tried_;
  std::vector<int> waiting_;                   ///< absent, and not tried in this round
  std::vector<std::int64_t> turn_in_;          ///< by visit: the round in which it was last tried
  std::vector<std::uint32_t> days_chosen_in_;  ///< by stop: the round of recreate()
  std::uint32_t recreated_{0};
  std::vector<Spot> spots_;  ///< by day
  std::vector<PairSpot> pair_spots_;
  std::vector<int> removed_;
  std::vector<std::uint8_t> ruined_;
  std::vector<std::pair<double, int>> keyed_;
  double cost_{0};
  int seed_{kNowhere};      ///< where a round begins; kNowhere: anywhere
  bool good_start_{false};  ///< which much heat would spoil
  double mean_removed_{0};
  double wide_rate_{0};  ///< of rounds in which more places are tried; 0: none
  std::int64_t iterations_{0};
  std::int64_t next_look_{0};
  std::int64_t look_stride_{1};
  double fraction_{0};
  double last_look_s_{0};
  double last_report_s_{0};
  StopCause cause_{StopCause::deadline};
};

}  // namespace huan::routing
