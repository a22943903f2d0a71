// SPDX-License-Identifier: Apache-2.0
// Tracer (T1): one graph a city, built from the stored legs the first time it is asked and caught
// up by seq before every answer, so that what was acknowledged is in it. Any thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>

#include "huan/store/store.hpp"
#include "huan/trace/graph.hpp"
#include "huan/trace/query.hpp"

namespace huan::app {

using TraceProgress = std::function<void(std::uint64_t seq, std::uint64_t all)>;

/// Appends the legs of records with after < seq <= last.
void feed(trace::Graph& graph, store::Reading& reading, std::string_view city,
          store::SeqRange range, const TraceProgress& progress = {});

class Tracer {
 public:
  /// Calls `ask` with the city's graph, which does not change meanwhile.
  void with_graph(store::Reading& reading, const std::string& city,
                  const std::function<void(const trace::Graph&)>& ask);

 private:
  struct City {
    std::shared_mutex mutex;
    trace::Graph graph;
    std::uint64_t fed{0};  ///< records up to here are in the graph
  };
  City& city(const std::string& name);

  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<City>> cities_;
};

}  // namespace huan::app
