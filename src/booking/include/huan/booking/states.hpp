// SPDX-License-Identifier: Apache-2.0
// The states of an order 预约单 and who may bring it from which to which: the table of
// order_states.inc, which the server judges by and serves to the pages. Pure.
//
//   HUAN_CHECK(judge_move({State::booked, State::cancelled, Mover::resident}));
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "huan/base/result.hpp"

namespace huan::booking {

enum class State : std::uint8_t {
#define HUAN_ORDER_STATE(state, zh, en, who, next, flags) state,
#include "huan/booking/order_states.inc"
#undef HUAN_ORDER_STATE
};

/// Who moves an order.
enum class Mover : std::uint8_t { resident, desk, driver };

struct StateInfo {
  State state;
  std::string_view code;
  std::string_view zh;
  std::string_view en;
  std::string_view who;
  std::string_view next;  ///< codes, separated by blanks
  std::string_view flags;

  [[nodiscard]] bool movable() const { return flags.find('m') != std::string_view::npos; }
  [[nodiscard]] bool holds_slot() const { return flags.find('s') != std::string_view::npos; }
  [[nodiscard]] bool ended() const { return flags.find('e') != std::string_view::npos; }
};

[[nodiscard]] std::span<const StateInfo> states() noexcept;
[[nodiscard]] const StateInfo& info(State state) noexcept;
[[nodiscard]] std::optional<State> state_from(std::string_view code) noexcept;
[[nodiscard]] std::string_view name(Mover mover) noexcept;
[[nodiscard]] bool may_bring(Mover mover, State to) noexcept;
[[nodiscard]] bool follows(State from, State to) noexcept;

struct Move {
  State from{};
  State to{};
  Mover by{};
};
/// bad_field at /state where the table has no such step (in_use past the customer's last chance to
/// cancel), forbidden where another has to bring it there.
[[nodiscard]] base::Result<void> judge_move(const Move& move);

}  // namespace huan::booking
