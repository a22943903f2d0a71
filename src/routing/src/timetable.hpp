// SPDX-License-Identifier: Apache-2.0
// Works one route out exactly, from its nodes alone: loads, times, breaks and caps. The search asks
// it where its own constant-time tests can only say "perhaps"; the plan's steps come from it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model.hpp"
#include "passage.hpp"

namespace huan::routing {

/// One node of a route: a visit (>= 0) or an unloading (-1 - facility).
using Code = int;

class Timetable {
 public:
  struct Row {
    Code code{0};  ///< of a visit or unloading; the first and last row are start and end
    Index place{0};
    double arrival{0};
    double begin{0};  ///< of setup
    double setup{0};
    double service{0};
    double hold{0};    ///< stands, ready to leave, until a zone ahead opens
    double travel{0};  ///< of the way here
    double distance{0};
    bool around{false};    ///< by the way's detour
    int breaks_before{0};  ///< taken before this row's service
    int breaks_after{0};   ///< taken once its service is over
  };

  explicit Timetable(const Model& model) : model_(&model), deadline_(model.deadline) {}

  /// Whether it refuses what is asked after the deadline, as it does unless told otherwise; what is
  /// written is worked out at any time.
  void hurry(bool hurries) { hurries_ = hurries; }

  /// May this route be driven? Fills the sums below if so.
  [[nodiscard]] bool fits(int slot, std::span<const Code> codes);
  /// The same, and fills rows().
  [[nodiscard]] bool write(int slot, std::span<const Code> codes);

  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  [[nodiscard]] double duration() const { return duration_; }
  [[nodiscard]] double distance() const { return distance_; }
  [[nodiscard]] double travel() const { return travel_; }
  [[nodiscard]] double overtime() const { return overtime_; }
  /// What its detours cost more than the ways that they stand for.
  [[nodiscard]] double detour_cost() const { return slot_->detours ? passage_.extra() : 0; }
  /// What refused the route, and by how much (windows: the lateness known so far).
  [[nodiscard]] ReasonCode refusal() const { return refusal_; }
  [[nodiscard]] double excess() const { return excess_; }
  [[nodiscard]] std::size_t excess_dimension() const { return excess_dimension_; }

 private:
  [[nodiscard]] bool refuse(ReasonCode code, double amount);
  [[nodiscard]] bool lay_out(std::span<const Code> codes);
  [[nodiscard]] bool loads_fit();
  [[nodiscard]] bool pairs_hold(std::size_t first, std::size_t last);
  [[nodiscard]] bool trip_fits(std::size_t first, std::size_t last);
  [[nodiscard]] bool dimension_fits(std::size_t d);
  [[nodiscard]] std::int64_t brought(std::size_t row, std::size_t d) const;
  [[nodiscard]] bool shift_load_fits();
  [[nodiscard]] bool times_fit();
  [[nodiscard]] bool passage_fits(double plain_end);
  [[nodiscard]] double begun_late(double end, double begun);
  double end_time(double depart);  ///< fills ready_ and took_
  [[nodiscard]] double departure_for(double end);
  [[nodiscard]] double latest_departure(double end) const;
  void place_breaks();
  void place_passage();
  void count_detours();
  [[nodiscard]] const Site& site(Code code) const;
  [[nodiscard]] const Stop& stop_at(std::size_t row) const;
  [[nodiscard]] bool reloads(Code code) const;
  [[nodiscard]] bool caps_hold();

  [[nodiscard]] bool late(std::size_t rows);

  const Model* model_;
  Deadline deadline_;
  bool hurries_{true};
  const Slot* slot_{nullptr};
  bool writing_{false};
  std::vector<Row> rows_;
  Passage passage_;
  std::vector<Stage> stages_;
  std::vector<Load> boards_;     ///< by row, where a break's load counts
  std::vector<double> release_;  ///< before which the trip that begins at the row may not leave
  std::vector<double> ready_;
  std::vector<std::uint8_t> took_;
  std::vector<std::size_t> row_of_;  ///< by visit, when there are pairs; 0: not in the route
  double late_{0};
  double duration_{0}, distance_{0}, travel_{0}, overtime_{0};
  ReasonCode refusal_{ReasonCode::search};
  double excess_{0};
  std::size_t excess_dimension_{0};
};

}  // namespace huan::routing
