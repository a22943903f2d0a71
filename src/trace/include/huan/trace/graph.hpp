// SPDX-License-Identifier: Apache-2.0
// The graph of one city's material: lots at their places, shipment lines on the road and work in
// progress as nodes, the events that took from them and put into them between. It holds what stands
// after all corrections: the latest version of every event, standing imbalances as sources.
//
// Guarantees: appending events in parts gives the same answers as all at once; the same events give
// the same answers and the same numbers for nodes; the graph has no cycle (an input that would
// close one is cut and listed by breaks()). Does not: check that the ledger balances; where legs do
// not, the difference shows as a source or fate `break_unbalanced`.
//
// Threads: append() excludes everything else. Const members, and Readers (query.hpp) each used by
// one thread, may run side by side. Guard a shared graph with a std::shared_mutex: shared for the
// time of a query and of reading its answer, exclusive for append().
//
//   Graph graph;
//   HUAN_CHECK(graph.append(events));
//   if (auto lot = graph.find("L-7")) { Reader reader{graph}; reader.upstream(*lot).shares …; }
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/trace/flow.hpp"

namespace huan::trace {

struct GraphData;

/// A node's number, counted from 0 in the order in which nodes came into being.
enum class NodeId : std::uint32_t {};
inline constexpr NodeId kNoNode{0xFFFF'FFFF};
/// A name for mass from or to outside the nodes.
enum class LabelId : std::uint32_t {};
inline constexpr LabelId kNoLabel{0xFFFF'FFFF};

enum class NodeKind : std::uint8_t { lot, transit, wip };

struct Correction {
  std::uint64_t seq{0};         ///< of the correct event
  std::uint64_t supersedes{0};  ///< seq of the version that it replaced
};

struct NodeInfo {
  NodeKind kind{NodeKind::lot};
  std::string lot;       ///< lot, or the line of a transit
  std::string place;     ///< lot
  std::string shipment;  ///< transit
  std::string run;       ///< wip
  std::int64_t mass{0};  ///< all that ever stood in it: made + imbalance + gain
  std::int64_t made{0};  ///< own positive legs of the latest versions
  std::int64_t imbalance{0};
  std::int64_t standing{0};             ///< not yet taken
  std::vector<std::uint64_t> made_by;   ///< seqs of the events that made it
  std::vector<Correction> corrections;  ///< that changed what made it or what it went into
};

enum class LabelKind : std::uint8_t {
  source,
  abroad,
  sink,
  loss,
  variance,
  imbalance,
  break_cycle,
  break_unknown,
  break_unbalanced
};

/// The two names of the account: source(place, origin), sink(class, detail), loss(process or run),
/// abroad(city and shipment, line). The other kinds have none.
struct Label {
  LabelKind kind{LabelKind::source};
  std::string a;
  std::string b;
};

/// Where the trace breaks.
struct Break {
  LabelKind kind{LabelKind::break_cycle};
  std::uint64_t seq{0};  ///< of the event whose input or output is cut; 0 for an unknown lot
  NodeId node{kNoNode};  ///< the input cut off, or the lot taken from but never made
  std::int64_t grams{0};
};

struct GraphSize {
  std::size_t nodes{0};
  std::size_t lots{0};
  std::size_t events{0};  ///< processes: an event has one or more
  std::size_t edges{0};   ///< between an event and an account: net own legs of all versions
  std::size_t bytes_nodes{0};
  std::size_t bytes_edges{0};
  std::size_t bytes_names{0};
  std::size_t bytes_index{0};
  std::size_t bytes_other{0};  ///< corrections, runs, breaks (estimated), and memory in reserve
  [[nodiscard]] std::size_t bytes() const {
    return bytes_nodes + bytes_edges + bytes_names + bytes_index + bytes_other;
  }
};

struct GraphOptions {
  /// Keys the hashes against ids chosen to collide. Answers do not depend on it.
  std::uint64_t hash_key{0x6875'616e'7472'6163};
};

class Graph {
 public:
  explicit Graph(GraphOptions options = {});
  ~Graph();
  Graph(Graph&&) noexcept;
  Graph& operator=(Graph&&) noexcept;

  /// Adds events that follow last_seq(). Errors: bad_field (seq or supersedes_seq out of order),
  /// bad_text (a name over 120 bytes), too_large (a mass over 2⁵³ − 1 g, or the graph is full); the
  /// events before the one named by Error::at are then in, that one and those after are not.
  base::Result<void> append(std::span<const EventFlows> events);
  [[nodiscard]] std::uint64_t last_seq() const;

  /// The lot where it was named first; nullopt when no event ever named it.
  [[nodiscard]] std::optional<NodeId> find(std::string_view lot) const;
  [[nodiscard]] std::optional<NodeId> find(std::string_view lot, std::string_view place) const;
  [[nodiscard]] std::optional<NodeId> find_line(std::string_view shipment,
                                                std::string_view line) const;
  /// The lot at each of its places.
  [[nodiscard]] std::vector<NodeId> find_all(std::string_view lot) const;

  [[nodiscard]] NodeInfo describe(NodeId node) const;
  [[nodiscard]] std::string lot_name(NodeId node) const;  ///< of a lot or a transit's line, or ""
  [[nodiscard]] Label label(LabelId label) const;
  [[nodiscard]] std::vector<Break> breaks() const;
  [[nodiscard]] const std::vector<Correction>& corrections() const;  ///< in order of seq
  [[nodiscard]] GraphSize size() const;

  [[nodiscard]] const GraphData& data() const { return *data_; }  ///< for the queries

 private:
  std::unique_ptr<GraphData> data_;
};

}  // namespace huan::trace
