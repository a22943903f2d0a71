// SPDX-License-Identifier: Apache-2.0
// The part of the graph that one question touches, copied into flat arrays of its own: vertices
// that split what reaches them by the weights of their edges, terminals that keep it. All memory is
// reused from question to question.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "huan/trace/query.hpp"
#include "huan/trace/shares.hpp"

namespace huan::trace {

/// 64-bit keys to small numbers; cleared in constant time.
class KeyMap {
 public:
  void clear();
  /// The number under the key and whether it is new; a new key gets `fresh`.
  std::pair<std::uint32_t, bool> add(std::uint64_t key, std::uint32_t fresh);

 private:
  struct Entry {
    std::uint64_t key{0};
    std::uint32_t value{0};
    std::uint32_t round{0};
  };
  void grow();
  std::vector<Entry> entries_;
  std::size_t used_{0};
  std::uint32_t round_{1};
};

class FlowNet {
 public:
  using Target = std::uint32_t;
  static constexpr Target kTerminal = 0x8000'0000;

  struct Terminal {
    ShareKind kind;
    std::uint32_t node;
    std::uint32_t label;
    std::uint32_t process;  ///< kNoProcess: none
  };
  static constexpr std::uint32_t kNoProcess = 0xFFFF'FFFF;

  void clear();
  /// A vertex for the key; when it is new it waits to be expanded.
  Target vertex(std::uint64_t key);
  Target terminal(const Terminal& terminal);
  /// One terminal for the key.
  Target terminal_for(std::uint64_t key, const Terminal& terminal);
  /// All vertices that wait to be expanded; false when there are none.
  bool take_open(std::vector<std::uint32_t>& vertices);
  [[nodiscard]] std::uint64_t key(std::uint32_t vertex) const { return vertices_[vertex].key; }
  /// The edges of a vertex are those added until the next is begun.
  void begin_edges(std::uint32_t vertex);
  void add_edge(Target target, std::uint64_t weight);
  /// Lets `mass` flow from the first vertex; all vertices have to be expanded.
  void run(std::uint64_t mass);

  [[nodiscard]] const std::vector<Terminal>& terminals() const { return terminals_; }
  [[nodiscard]] const std::vector<Fixed>& amounts() const { return terminal_amounts_; }
  /// Vertices that were never reached by all of their edges: none in a graph without cycles.
  [[nodiscard]] std::size_t waiting() const { return waiting_; }

 private:
  struct Vertex {
    std::uint64_t key;
    std::uint64_t total;
    Fixed amount;
    std::uint32_t begin;
    std::uint32_t end;
    std::uint32_t pending;
  };
  struct Edge {
    Target target;
    std::uint64_t weight;
  };
  KeyMap keys_;
  std::vector<Vertex> vertices_;
  std::vector<Edge> edges_;
  std::vector<Terminal> terminals_;
  std::vector<Fixed> terminal_amounts_;
  std::vector<std::uint32_t> open_;
  std::vector<std::uint32_t> ready_;
  std::uint32_t current_{0};
  std::size_t waiting_{0};
};

// Asked for every edge: inline.
inline FlowNet::Target FlowNet::terminal(const Terminal& terminal) {
  terminals_.push_back(terminal);
  return static_cast<Target>(terminals_.size() - 1) | kTerminal;
}

inline void FlowNet::add_edge(Target target, std::uint64_t weight) {
  if (weight == 0) {
    return;
  }
  edges_.push_back({target, weight});
  Vertex& vertex = vertices_[current_];
  vertex.end = static_cast<std::uint32_t>(edges_.size());
  vertex.total += weight;
  if ((target & kTerminal) == 0) {
    ++vertices_[target].pending;
  }
}

}  // namespace huan::trace
