// SPDX-License-Identifier: Apache-2.0
#include "huan/booking/states.hpp"

#include <array>
#include <string>

namespace huan::booking {
namespace {

using base::Error;
using base::ErrorCode;

constexpr auto kStates = std::to_array<StateInfo>({
#define HUAN_ORDER_STATE(state, zh, en, who, next, flags) \
  {State::state, #state, zh, en, who, next, flags},
#include "huan/booking/order_states.inc"
#undef HUAN_ORDER_STATE
});

constexpr std::array<std::string_view, 3> kMovers{"resident", "desk", "driver"};
constexpr std::array<char, 3> kMoverLetters{'r', 'd', 'v'};

}  // namespace

std::span<const StateInfo> states() noexcept { return kStates; }

const StateInfo& info(State state) noexcept { return kStates.at(static_cast<std::size_t>(state)); }

std::optional<State> state_from(std::string_view code) noexcept {
  for (const StateInfo& one : kStates) {
    if (one.code == code) {
      return one.state;
    }
  }
  return std::nullopt;
}

std::string_view name(Mover mover) noexcept { return kMovers.at(static_cast<std::size_t>(mover)); }

bool may_bring(Mover mover, State to) noexcept {
  return info(to).who.find(kMoverLetters.at(static_cast<std::size_t>(mover))) !=
         std::string_view::npos;
}

bool follows(State from, State to) noexcept {
  const std::string_view next = info(from).next;
  const std::string_view code = info(to).code;
  for (std::size_t at = 0; at < next.size();) {
    const std::size_t end = std::min(next.find(' ', at), next.size());
    if (next.substr(at, end - at) == code) {
      return true;
    }
    at = end + 1;
  }
  return false;
}

base::Result<void> judge_move(const Move& move) {
  const StateInfo& from = info(move.from);
  const StateInfo& to = info(move.to);
  if (!follows(move.from, move.to)) {
    const bool too_late = move.to == State::cancelled && !from.ended();
    return Error{too_late ? ErrorCode::in_use : ErrorCode::bad_field, "/state",
                 "from " + std::string(from.code) + " to " +
                     (from.next.empty() ? "nothing" : std::string(from.next)) + ", not to " +
                     std::string(to.code)};
  }
  if (!may_bring(move.by, move.to)) {
    return Error{
        ErrorCode::forbidden, "/state",
        std::string(to.code) + " is not for the " + std::string(name(move.by)) + " to say"};
  }
  return {};
}

}  // namespace huan::booking
