// SPDX-License-Identifier: Apache-2.0
// What the trace is told: the mass legs of each event, in order of seq (events.md §3–4). Text is
// borrowed for the duration of the call only.
//
//   Flow flows[] = {{.kind = AccountKind::source, .a = "S1", .b = "household", .grams = -900},
//                   {.kind = AccountKind::stock, .a = "S1", .b = "L-7", .grams = 900}};
//   graph.append(EventFlows{.seq = 1, .type = EventType::receive, .flows = flows});
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace huan::trace {

enum class EventType : std::uint8_t {
  receive,
  ship,
  accept,
  transform,
  sell,
  dispose,
  adjust,
  settle,
  correct
};

/// The kinds that carry mass, with their two names:
///   source(place, origin)  stock(place, lot)  transit(shipment, line)  wip(run)  sink(class,
///   detail) abroad(city and shipment, line)  loss(process or run)  variance(shipment or place,
///   line or lot) imbalance(a, b) of the account whose kind is Flow::of
enum class AccountKind : std::uint8_t {
  source,
  stock,
  transit,
  abroad,
  wip,
  sink,
  loss,
  variance,
  imbalance
};

enum class LegClass : std::uint8_t { own, reversing, kept };

struct Flow {
  AccountKind kind{AccountKind::source};
  LegClass cls{LegClass::own};
  AccountKind of{AccountKind::stock};  ///< imbalance only: stock, transit or wip
  /// Own legs of one event with the same group mix with each other, legs of different groups do
  /// not. A transform is one group. An accept has one a line, or one a material where lots are made
  /// by material. Ships and adjusts are told apart by lot here, whatever their group.
  std::uint32_t group{0};
  std::string_view a{};
  std::string_view b{};
  std::int64_t grams{0};  ///< negative: taken from the account, positive: put into it
};

struct EventFlows {
  std::uint64_t seq{0};  ///< rises strictly, at most 2³² − 1
  EventType type{EventType::receive};
  EventType replacement{EventType::correct};  ///< of a correct: its type; `correct` for a void
  std::uint64_t supersedes_seq{0};            ///< of a correct: the seq of the version it corrects
  std::span<const Flow> flows{};
};

}  // namespace huan::trace
