// SPDX-License-Identifier: Apache-2.0
// OR-Library p-median: vertices, edges, p, then the edges. Each vertex is a customer and a
// candidate; distances are shortest ways; of an edge that stands twice the last length counts.
#include <algorithm>
#include <limits>
#include <queue>

#include "formats.hpp"
#include "number_reader.hpp"

namespace huan::wire_siting {
namespace {

using siting_problem::Problem;

constexpr std::int64_t kVerticesMax = 6'000;
constexpr std::int64_t kEdgesMax = 40'000'000;
constexpr double kLongest = 1e9;

struct Edge {
  std::uint64_t ends{0};  ///< smaller vertex * n + larger
  std::int64_t order{0};
  double length{0};
};

struct Graph {
  std::vector<std::vector<std::pair<std::uint32_t, double>>> next;
};

base::Result<Graph> read_edges(NumberReader& in, std::int64_t n, std::int64_t m) {
  std::vector<Edge> edges;
  for (std::int64_t k = 0; k < m; ++k) {
    HUAN_TRY(from, in.integer("vertex", 1, n));
    HUAN_TRY(to, in.integer("vertex", 1, n));
    HUAN_TRY(length, in.number("length"));
    if (length < 0 || length > kLongest) {
      return in.wrong("length is negative or over 1e9");
    }
    const auto low = static_cast<std::uint64_t>(std::min(from, to) - 1);
    const auto high = static_cast<std::uint64_t>(std::max(from, to) - 1);
    edges.push_back({low * static_cast<std::uint64_t>(n) + high, k, length});
  }
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) {
    return a.ends != b.ends ? a.ends < b.ends : a.order > b.order;
  });
  Graph graph;
  graph.next.resize(static_cast<std::size_t>(n));
  for (std::size_t k = 0; k < edges.size(); ++k) {
    if (k > 0 && edges[k].ends == edges[k - 1].ends) {
      continue;
    }
    const auto a = static_cast<std::uint32_t>(edges[k].ends / static_cast<std::uint64_t>(n));
    const auto b = static_cast<std::uint32_t>(edges[k].ends % static_cast<std::uint64_t>(n));
    graph.next[a].emplace_back(b, edges[k].length);
    graph.next[b].emplace_back(a, edges[k].length);
  }
  return graph;
}

void shortest_from(const Graph& graph, std::uint32_t source, double* row) {
  using Item = std::pair<double, std::uint32_t>;
  std::priority_queue<Item, std::vector<Item>, std::greater<>> queue;
  row[source] = 0;
  queue.emplace(0.0, source);
  while (!queue.empty()) {
    const auto [so_far, at] = queue.top();
    queue.pop();
    if (so_far > row[at]) {
      continue;
    }
    for (const auto& [to, length] : graph.next[at]) {
      if (so_far + length < row[to]) {
        row[to] = so_far + length;
        queue.emplace(row[to], to);
      }
    }
  }
}

}  // namespace

base::Result<Problem> read_pmed(std::string_view bytes, const ReadOptions& options) {
  NumberReader in(bytes);
  HUAN_TRY(n, in.integer("number of vertices", 1, kVerticesMax));
  HUAN_TRY(m, in.integer("number of edges", 0, kEdgesMax));
  HUAN_TRY(p, in.integer("p", 0, n));
  HUAN_TRY(graph, read_edges(in, n, m));
  if (!in.at_end()) {
    return in.wrong("more than the stated edges");
  }
  Problem problem;
  problem.kind = options.kind;
  problem.metric = siting_problem::Metric::table;
  problem.customer_count = problem.candidate_count = static_cast<std::uint32_t>(n);
  problem.p = options.p.value_or(p);
  const auto size = static_cast<std::size_t>(n);
  problem.table.assign(size * size, std::numeric_limits<double>::infinity());
  for (std::uint32_t j = 0; j < problem.candidate_count; ++j) {
    shortest_from(graph, j, problem.table.data() + j * size);
  }
  return problem;
}

}  // namespace huan::wire_siting
