// SPDX-License-Identifier: Apache-2.0
// FlowFeed: turns the legs of events into the flows of the trace graph, a stretch at a time.
#pragma once

#include <memory_resource>
#include <string_view>
#include <vector>

#include "huan/ledger/account.hpp"
#include "huan/ledger/event.hpp"
#include "huan/trace/graph.hpp"

namespace huan::app {

class FlowFeed {
 public:
  /// `lasting`: the names given to leg() stand until flush(), and need not be copied.
  explicit FlowFeed(trace::Graph& graph, bool lasting = false) : graph_(graph), lasting_(lasting) {}

  /// The legs that follow are of this event. `replacement`: a correction's; `correct` for a void.
  void begin(std::uint64_t seq, ledger::EventType type, ledger::EventType replacement,
             std::uint64_t supersedes);
  void leg(ledger::AccountKind kind, std::string_view a, std::string_view b, ledger::LegClass cls,
           std::int64_t grams);
  [[nodiscard]] bool empty() const { return events_.empty(); }
  [[nodiscard]] std::uint64_t seq() const { return events_.back().seq; }
  /// Appends what was gathered to the graph, and forgets it.
  base::Result<void> flush();

 private:
  std::string_view keep(std::string_view text);

  trace::Graph& graph_;
  bool lasting_;
  std::vector<trace::EventFlows> events_;
  std::vector<std::size_t> begins_;  ///< of each event's flows
  std::vector<trace::Flow> flows_;
  std::pmr::monotonic_buffer_resource texts_;
};

}  // namespace huan::app
