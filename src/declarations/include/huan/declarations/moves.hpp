// SPDX-License-Identifier: Apache-2.0
// How a declaration moves: filled in, confirmed, submitted by the reporter; returned or accepted by
// the receiver. One table says which move leads from which state to which, and whose it is.
//
//   HUAN_CHECK(may_move(declaration, Move::submit, actor));
//   HUAN_CHECK(submit(declaration, {today, true}));
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "huan/declarations/declaration.hpp"
#include "huan/declarations/figures.hpp"

namespace huan::declarations {

enum class Move : std::uint8_t { fill, confirm, submit, give_back, accept };
[[nodiscard]] std::string_view name(Move move) noexcept;  ///< "return" for give_back
[[nodiscard]] std::optional<Move> move_from(std::string_view text) noexcept;

enum class Side : std::uint8_t { reporter, receiver };

struct MoveRule {
  Move move;
  State from;  ///< a new declaration counts as a draft
  State to;
  Side side;
};
[[nodiscard]] std::span<const MoveRule> move_rules() noexcept;

/// Who moves, by how far they reach: a district's office hands in for its district and receives
/// what enterprises of it hand in; an organisation hands in its own; who reaches everything may do
/// both for all.
struct Actor {
  bool everything{false};
  std::string district{};
  std::string organisation{};
};

/// forbidden: not theirs to move; version_conflict: not from the state that it is in.
[[nodiscard]] base::Result<void> may_move(const Declaration& declaration, Move move,
                                          const Actor& actor);

/// Takes the figures in; what was confirmed and explained of the same cells stays.
void fill(Declaration& declaration, const std::vector<Cell>& cells, const Values& values);

struct Confirmation {
  std::string code;
  std::optional<std::int64_t> value;  ///< smallest units; absent: only explained
  std::string explanation;
};
/// bad_field at the cell's code: there is no such cell, or it is a total.
[[nodiscard]] base::Result<void> confirm(Declaration& declaration,
                                         const std::vector<Confirmation>& cells);

struct Submission {
  base::Day day;
  bool confirm_rest{false};  ///< figures that nobody has spoken about count as confirmed
};
/// bad_field at the first cell that differs, or has no figure, without an explanation.
[[nodiscard]] base::Result<void> submit(Declaration& declaration, const Submission& how);
/// bad_field without a reason.
[[nodiscard]] base::Result<void> give_back(Declaration& declaration, const std::string& reason);
void accept(Declaration& declaration, const std::string& note);

}  // namespace huan::declarations
