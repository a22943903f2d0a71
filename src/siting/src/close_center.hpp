// SPDX-License-Identifier: Apache-2.0
// A p-center of many points and few facilities, to the end: a radius is ruled out, or met, for some
// customers; whoever a plan for these leaves too far away counts from then on, too (Chen and
// Handler 1987). Whether p facilities serve some hundred customers within a radius is decided by
// RowCover.
#pragma once

#include <cstdint>
#include <vector>

#include "center_moves.hpp"
#include "huan/siting_problem/answer.hpp"
#include "row_cover.hpp"

namespace huan::siting {

class CloseCenter {
 public:
  static constexpr std::int64_t kFacilitiesMost = 30;

  /// `answer` has a plan; its ends and proof are what is brought nearer. `rows`: customers to begin
  /// with.
  CloseCenter(const siting_problem::Problem& problem, const Space& space, Budget& budget,
              siting_problem::Answer& answer, std::vector<std::uint32_t> rows);
  /// Until both ends have met or nothing more may be spent.
  void run();

 private:
  enum class Verdict { proof, plan, open };
  void set_radius(double radius);
  void mark(std::uint32_t row);
  bool add_row(std::uint32_t customer);
  bool add_rows_beyond(const std::vector<std::uint32_t>& facilities);
  void take(const std::vector<std::uint32_t>& facilities);
  [[nodiscard]] std::vector<std::uint32_t> rows_left() const;
  [[nodiscard]] RowCover columns_of(const std::vector<std::uint32_t>& rows) const;
  Verdict try_rows(std::vector<std::uint32_t>& facilities);
  Verdict decide(double radius);
  void prove(std::vector<std::uint32_t> rows, const std::vector<std::int64_t>& weights);

  const siting_problem::Problem& problem_;
  const Space& space_;
  Middles middles_;
  Budget& budget_;
  siting_problem::Answer& answer_;
  std::vector<std::uint32_t> required_;
  std::vector<std::uint32_t> rows_;
  std::vector<std::uint8_t> is_row_;
  double radius_{0};
  std::vector<std::uint64_t> marks_;  ///< by candidate: of the rows within the radius
  std::int64_t nodes_{20'000};        ///< of a search
};

}  // namespace huan::siting
