// SPDX-License-Identifier: Apache-2.0
// The graph's memory. A process is an event, or one group of an event's legs: what went in, what
// came out, every output of the same mix. A paired process stands for many groups of one input and
// one output (the lines of a ship): input k passes to output k. Outputs of any other process stand
// in order of their refs.
//
//   node  --uses-->  in-leg --next--> in-leg …        every taking from the node, latest first
//   node  --maker->  one of: process | in-leg (alias: the other end of its pair)
//                    | process (rooted: all of it comes from that process's one label)
//                    | its entry in `multi` (several makings, an imbalance, a gain)
//
// A leg whose event was corrected away has 0 grams and stays where it is.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "chunked.hpp"
#include "huan/trace/graph.hpp"
#include "names.hpp"
#include "slots.hpp"

namespace huan::trace {

using Ref = std::uint32_t;  ///< a node, or from kLabels on a label
inline constexpr Ref kLabels = 0xFF00'0000;
inline constexpr Ref kNone = 0xFFFF'FFFF;
inline constexpr std::uint32_t kUnset = (1U << 30U) - 1;
inline constexpr std::uint32_t kNoSource = 0xFF'FFFF;
inline constexpr std::uint32_t kLabelsMax =
    0xFF'0000;  ///< distinct labels; further ones lose names

inline constexpr Ref kVariance = kLabels + 0;
inline constexpr Ref kImbalance = kLabels + 1;
inline constexpr Ref kBreakCycle = kLabels + 2;
inline constexpr Ref kBreakUnknown = kLabels + 3;
inline constexpr Ref kBreakUnbalanced = kLabels + 4;

[[nodiscard]] constexpr bool is_label(Ref ref) { return ref >= kLabels; }

enum class Maker : std::uint32_t { process, alias, rooted, multi };

struct Node {
  std::uint32_t maker : 30;
  std::uint32_t maker_is : 2;
  std::uint32_t uses : 30;
  std::uint32_t kind : 2;
  std::uint32_t name;  ///< lot: offset in lot_names; transit: shipment; wip: run
  std::uint32_t at;    ///< lot: place; transit: the lot's first node; wip: event in the run

  [[nodiscard]] NodeKind node_kind() const { return static_cast<NodeKind>(kind); }
  [[nodiscard]] Maker made() const { return static_cast<Maker>(maker_is); }
  [[nodiscard]] bool unmade() const { return maker == kUnset && made() != Maker::multi; }
};

struct InLeg {
  Ref ref;
  std::uint32_t grams;  ///< kBig: see GraphData::big_in
  std::uint32_t next;   ///< in-leg that took from the same node before this one
};

struct OutLeg {
  Ref ref;
  std::uint32_t grams;
};
inline constexpr std::uint32_t kBig = 0xFFFF'FFFF;

struct Process {
  std::uint32_t seq;  ///< of the event that wrote it; see GraphData::real_seq
  std::uint32_t in_begin;
  std::uint32_t out_begin;
  std::uint32_t source : 24;  ///< label that all comes from, when there is no in-leg
  std::uint32_t type : 4;
  std::uint32_t paired : 1;
  std::uint32_t corrects : 1;   ///< written by a correction
  std::uint32_t relocated : 1;  ///< a run's event written anew: its seq is in real_seq
  std::uint32_t dead : 1;
};

/// What stands in a node beside one plain making.
struct Multi {
  std::vector<std::uint32_t> out_legs;  ///< makings
  std::int64_t kept{0};                 ///< sum of kept legs on the account
  std::int64_t imbalance{0};            ///< standing: less the sum of legs on imbalance(account)
  std::int64_t netted{0};               ///< of kept − imbalance, what was set off against legs
  [[nodiscard]] std::int64_t gain() const { return kept - imbalance - netted; }
  [[nodiscard]] bool plain() const {
    return kept == 0 && imbalance == 0 && netted == 0 && out_legs.size() <= 1;
  }
};

/// Grams set off between a shipment line's variance and what an accept had booked there before.
struct SetOff {
  std::uint32_t in_leg;
  std::uint32_t variance_leg;  ///< an out-leg when grams > 0, an in-leg when < 0
  std::int64_t grams;
};

struct RunLeg {
  Ref ref;
  std::int64_t grams;
};

struct RunEvent {
  std::uint32_t origin;  ///< seq of its first version: its position in the run
  std::uint32_t seq;
  EventType type{EventType::transform};
  bool corrects{false};
  std::vector<RunLeg> ins{};
  std::vector<RunLeg> outs{};
};

struct Run {
  std::vector<RunEvent> events;  ///< by origin
  std::vector<std::uint32_t> processes;
  std::int64_t kept{0};
  std::int64_t imbalance{0};
  std::int64_t balance{0};  ///< after the last event; negative: owed
  Ref tail{kNone};          ///< node of what the run holds
};

struct CutLeg {
  std::uint32_t in_leg;
  std::uint32_t process;
  Ref node;
};

struct GraphData {
  explicit GraphData(std::uint64_t key);
  GraphData(const GraphData&) = delete;
  GraphData& operator=(const GraphData&) = delete;

  Slabs slabs;
  Chunked<Node> nodes{slabs};
  Chunked<InLeg> in_legs{slabs};
  Chunked<OutLeg> out_legs{slabs};
  Chunked<Process> processes{slabs};
  Chunked<std::uint32_t, 10> in_samples{slabs};   ///< process of every 64th in-leg
  Chunked<std::uint32_t, 10> out_samples{slabs};  ///< of every 64th out-leg

  LotNames lot_names;
  NameTable places;
  NameTable shipments;
  NameTable runs_named;
  NameTable labels;
  Slots index;  ///< lots by name, transits by shipment and lot

  std::unordered_map<Ref, std::vector<Ref>> elsewhere;  ///< the same lot at further places
  std::unordered_map<Ref, Multi> multi;
  std::unordered_map<Ref, std::vector<SetOff>> set_off;
  std::unordered_map<Ref, std::vector<Correction>> touched;
  std::unordered_map<std::uint32_t, std::int64_t> big_in;
  std::unordered_map<std::uint32_t, std::int64_t> big_out;
  std::unordered_map<std::uint32_t, std::uint32_t> real_seq;  ///< of relocated processes
  std::unordered_map<std::uint32_t, std::uint32_t>
      origin_of;                                            ///< correction's seq to first version's
  std::unordered_map<std::uint32_t, std::uint32_t> run_of;  ///< seq of a run's event to the run
  std::map<std::uint32_t, Run> runs;
  std::set<Ref> unknown;  ///< lots that were taken from while nothing had made them
  std::vector<std::uint32_t> unbalanced;
  std::vector<CutLeg> cuts;
  std::vector<Correction> corrections;

  std::uint64_t key;
  std::uint64_t last_seq{0};
  std::int64_t total{0};  ///< of |grams| ever appended: below 2⁶¹, so that no sum overflows
  std::size_t edges{0};
  std::size_t lots{0};

  [[nodiscard]] std::int64_t in_grams(std::uint32_t leg) const {
    const std::uint32_t grams = in_legs[leg].grams;
    return grams == kBig ? big_in.at(leg) : grams;
  }
  [[nodiscard]] std::int64_t out_grams(std::uint32_t leg) const {
    const std::uint32_t grams = out_legs[leg].grams;
    return grams == kBig ? big_out.at(leg) : grams;
  }
  void set_in_grams(std::uint32_t leg, std::int64_t grams);
  void set_out_grams(std::uint32_t leg, std::int64_t grams);

  struct Range {
    std::uint32_t begin;
    std::uint32_t end;
  };
  [[nodiscard]] Range ins(std::uint32_t process) const {
    return {processes[process].in_begin, process + 1 < processes.size()
                                             ? processes[process + 1].in_begin
                                             : static_cast<std::uint32_t>(in_legs.size())};
  }
  [[nodiscard]] Range outs(std::uint32_t process) const {
    return {processes[process].out_begin, process + 1 < processes.size()
                                              ? processes[process + 1].out_begin
                                              : static_cast<std::uint32_t>(out_legs.size())};
  }
  [[nodiscard]] std::uint32_t process_of_in(std::uint32_t leg) const;
  [[nodiscard]] std::uint32_t process_of_out(std::uint32_t leg) const;
  [[nodiscard]] std::uint64_t seq_of(std::uint32_t process) const {
    const Process& p = processes[process];
    return p.relocated != 0 ? real_seq.at(process) : p.seq;
  }
  /// The out-leg of a node that has exactly one making.
  [[nodiscard]] std::uint32_t single_out_leg(Ref node) const;
  /// Live out-legs that make the node.
  [[nodiscard]] std::vector<std::uint32_t> makings(Ref node) const;
  [[nodiscard]] std::int64_t taken(Ref node) const;  ///< sum of live uses
  [[nodiscard]] std::int64_t made(Ref node) const;
  [[nodiscard]] std::int64_t mass(Ref node) const;
  /// Runs f(in-leg) over the live takings; those cut off a cycle are among them.
  template <class F>
  void each_use(Ref node, F&& f) const {
    for (std::uint32_t leg = nodes[node].uses; leg != kUnset; leg = in_legs[leg].next) {
      if (in_legs[leg].grams != 0) {
        f(leg);
      }
    }
  }

  [[nodiscard]] Ref find_lot(std::string_view lot) const;
  [[nodiscard]] Ref find_lot_at(std::string_view lot, std::string_view place) const;
  [[nodiscard]] Ref find_line(std::string_view shipment, std::string_view line) const;
  void append_lot_name(Ref node, std::string& out) const;  ///< nothing for work in progress
  [[nodiscard]] std::int64_t unbalanced_grams(std::uint32_t process) const;
  [[nodiscard]] std::size_t other_bytes() const;
  [[nodiscard]] std::uint64_t index_hash(Ref node) const;
  [[nodiscard]] LabelKind label_kind(Ref label) const {
    return static_cast<LabelKind>(labels.text(label - kLabels).front() - '0');
  }
};

}  // namespace huan::trace
