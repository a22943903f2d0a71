// SPDX-License-Identifier: Apache-2.0
// Questions to the graph. upstream() says what a lot is made of: every received lot in it and every
// other source by name, with shares that sum to its mass to the gram. downstream() says what became
// of it, with shares that sum to its mass too; upstream is authoritative, the two may differ by a
// gram a pair. picture() is the part of the graph around a node, for drawing and for "the way
// between": its steps name the events by seq, whose places, times, vehicles and shipments the
// caller joins from the record.
//
// An event's outputs all have the mix of its inputs in proportion to mass (architecture.md, Trace).
// Threads: a Reader is used by one thread; see graph.hpp for sharing the graph. Answers returned by
// reference stay until the Reader's next question.
//
//   Reader reader{graph};
//   for (const Share& s : reader.upstream(lot).shares) { graph.lot_name(s.node); s.grams; s.seq; }
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "huan/trace/graph.hpp"

namespace huan::trace {

enum class ShareKind : std::uint8_t {
  outside,    ///< by name: see Share::label (source, abroad, sink, loss, variance, break_…)
  imbalance,  ///< upstream: mass of Share::node that no record accounts for
  gain,       ///< upstream: put into Share::node from variance by a correction or a count
  unknown,    ///< upstream: Share::node was taken from but never made
  standing,   ///< downstream: still in Share::node (a lot, a shipment's line or a run)
  booked_off  ///< downstream: put from Share::node into variance by a correction
};

struct Share {
  ShareKind kind{ShareKind::outside};
  /// Upstream, of a source(…) or another label that a lot was made from alone: that lot; the
  /// account for the other kinds; kNoNode otherwise.
  NodeId node{kNoNode};
  LabelId label{kNoLabel};  ///< of `outside`
  std::uint64_t seq{0};     ///< of the event at the border; 0 where there is none or several
  std::int64_t grams{0};
};

struct Shares {
  std::int64_t mass{0};       ///< of the node asked for: the sum of the shares
  std::vector<Share> shares;  ///< in no particular order; shares of 0 g are named too
};

struct PictureOptions {
  std::uint32_t depth{0xFFFF'FFFF};  ///< events away from the node asked for
  std::size_t limit{1000};           ///< points at most
};

enum class Direction : std::uint8_t { up, down };

/// Points are nodes and outside labels; steps are events, or one group of an event's legs.
struct Picture {
  struct Point {
    NodeId node{kNoNode};     ///< or
    LabelId label{kNoLabel};  ///< the same label is one point for each step
    std::uint32_t depth{0};   ///< steps from the node asked for
    bool open{false};         ///< there is more behind it that depth or limit left out
  };
  struct Step {
    std::uint64_t seq{0};
    EventType type{EventType::receive};  ///< of a correction: of its replacement
    std::uint64_t supersedes{0};         ///< the version that this one corrected, 0 for none
  };
  struct Edge {
    std::uint32_t point{0};
    std::uint32_t step{0};
    bool into_step{true};  ///< the point was taken from; false: put into
    std::int64_t grams{0};
  };
  std::vector<Point> points;  ///< the first is the node asked for
  std::vector<Step> steps;
  std::vector<Edge> edges;
  bool cut{false};  ///< some point is open
};

class Reader {
 public:
  explicit Reader(const Graph& graph);
  ~Reader();

  const Shares& upstream(NodeId node);
  const Shares& downstream(NodeId node);
  [[nodiscard]] Picture picture(NodeId node, Direction direction, PictureOptions options) const;
  /// Steps that made the node with their inputs; steps that took from it with their outputs.
  [[nodiscard]] Picture parents(NodeId node) const;
  [[nodiscard]] Picture children(NodeId node) const;

 private:
  struct Workspace;
  const Graph& graph_;
  std::unique_ptr<Workspace> work_;
};

}  // namespace huan::trace
