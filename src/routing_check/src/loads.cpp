// SPDX-License-Identifier: Apache-2.0
// What is on board, trip by trip, and what may be unloaded where.
#include <algorithm>
#include <unordered_map>

#include "findings.hpp"

namespace huan::routing_check {

namespace {

/// Deliveries of the trip that begins at `step`, up to the next place where the vehicle reloads.
Load trip_deliveries(const Tour& tour, std::size_t step) {
  Load sum;
  for (std::size_t i = step + 1; i < tour.route.steps.size(); ++i) {
    const Step& here = tour.route.steps[i];
    if (here.type == StepType::unload && tour.facility(here).reloads) {
      break;
    }
    if (is_visit(here)) {
      add_to(sum, tour.stop(here).delivery);
    }
  }
  return sum;
}

/// On board of a vehicle: what is for the facility, what is for stops, and goods of pairs.
struct Board {
  Load collected;  ///< picked up, and the start load
  Load outgoing;   ///< for stops of this trip
  Load paired;
  std::vector<Index> materials;

  [[nodiscard]] Load all() const {
    Load sum = collected;
    add_to(sum, outgoing);
    add_to(sum, paired);
    return sum;
  }
};

class Trips {
 public:
  explicit Trips(const Tour& tour) : tour_(tour) {
    board_.collected.assign(tour.problem.dimensions.size(), 0);
    add_to(board_.collected, tour.vehicle().start_load);
    board_.outgoing = trip_deliveries(tour, 0);
  }
  void pass(std::size_t i) {
    const Step& step = tour_.route.steps[i];
    if (is_visit(step)) {
      visit(step);
    } else if (step.type == StepType::unload) {
      board_.collected.assign(board_.collected.size(), 0);
      board_.materials.clear();
      if (tour_.facility(step).reloads) {
        board_.outgoing = trip_deliveries(tour_, i);
      }
    }
  }
  [[nodiscard]] const Board& board() const { return board_; }

 private:
  void visit(const Step& step) {
    const routing::Stop& stop = tour_.stop(step);
    add_to(board_.outgoing, stop.delivery, -1);
    add_to(board_.collected, picked_up(tour_, step));
    if (stop.material != kNone) {
      board_.materials.push_back(stop.material);
    }
    if (const auto* taken = tour_.taken_at(step.stop)) {
      add_to(board_.paired, taken->load);
    } else if (const auto* left = tour_.left_at(step.stop)) {
      add_to(board_.paired, left->load, -1);
    }
  }

  const Tour& tour_;
  Board board_;
};

void check_facility(const Tour& tour, std::size_t i, const Board& board, Unloaded& unloaded) {
  const Step& step = tour.route.steps[i];
  const routing::Facility& facility = tour.facility(step);
  const auto& own = tour.vehicle().facilities;
  if (!tour.vehicle().unloads ||
      (!own.empty() && std::find(own.begin(), own.end(), step.facility) == own.end())) {
    tour.report(Rule::facility_allowed, i, 0, "");
  }
  const auto& accepted = facility.materials;
  for (const Index material : board.materials) {
    if (!accepted.empty() &&
        std::find(accepted.begin(), accepted.end(), material) == accepted.end()) {
      tour.report(Rule::facility_material, i, 0, "", tour.problem.materials.at(material));
      break;
    }
  }
  if (std::any_of(board.paired.begin(), board.paired.end(), [](auto n) { return n != 0; })) {
    tour.report(Rule::pair, i, 0, "", "a facility stands between the two");
  }
  add_to(unloaded[{step.facility, tour.shift().day}], board.collected);
}

void check_room(const Tour& tour, std::size_t i, const Load& on_board) {
  const Load& capacity = tour.vehicle().capacity;
  const StepType type = tour.route.steps[i].type;
  const bool changes = type != StepType::rest && type != StepType::end;
  for (std::size_t d = 0; changes && d < capacity.size(); ++d) {
    if (amount_at(on_board, d) > capacity[d]) {
      tour.report(Rule::load, i, static_cast<double>(amount_at(on_board, d) - capacity[d]),
                  tour.dimension(d));
    }
  }
  const Step& step = tour.route.steps[i];
  if (step.type != StepType::rest) {
    return;
  }
  const Load& limit = tour.shift().breaks[step.rest].load_max;
  for (std::size_t d = 0; d < limit.size(); ++d) {
    if (amount_at(on_board, d) > limit[d]) {
      tour.report(Rule::break_load, i, static_cast<double>(amount_at(on_board, d) - limit[d]),
                  tour.dimension(d));
    }
  }
}

/// Both stops of a pair, in order.
void check_pairs(const Tour& tour) {
  const auto& steps = tour.route.steps;
  std::unordered_map<Index, std::size_t> at;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    at.try_emplace(steps[i].stop, i);
  }
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].type != StepType::pickup && steps[i].type != StepType::delivery) {
      continue;
    }
    const bool first = steps[i].type == StepType::pickup;
    const Index other =
        first ? tour.taken_at(steps[i].stop)->delivery : tour.left_at(steps[i].stop)->pickup;
    const auto found = at.find(other);
    if (found == at.end() || (found->second > i) != first) {
      tour.report(Rule::pair, i, 0, "",
                  first ? "is not left by the same vehicle later"
                        : "was not taken by the same vehicle before");
    }
  }
}

}  // namespace

std::vector<Load> loads_on_board(const Tour& tour) {
  Trips trips{tour};
  std::vector<Load> loads;
  loads.reserve(tour.route.steps.size());
  for (std::size_t i = 0; i < tour.route.steps.size(); ++i) {
    trips.pass(i);
    loads.push_back(trips.board().all());
  }
  return loads;
}

void check_loads(const Tour& tour, Unloaded& unloaded) {
  Trips trips{tour};
  for (std::size_t i = 0; i < tour.route.steps.size(); ++i) {
    if (tour.route.steps[i].type == StepType::unload) {
      check_facility(tour, i, trips.board(), unloaded);
    }
    trips.pass(i);
    check_room(tour, i, trips.board().all());
  }
  const Load& left = trips.board().collected;
  for (std::size_t d = 0; tour.vehicle().empty_at_end && d < left.size(); ++d) {
    if (left[d] > 0) {
      tour.report(Rule::empty_at_end, tour.route.steps.size() - 1, static_cast<double>(left[d]),
                  tour.dimension(d));
    }
  }
  check_pairs(tour);
}

}  // namespace huan::routing_check
