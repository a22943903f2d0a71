// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>

#include "benches.hpp"
#include "huan/base/assert.hpp"
#include "huan/trace/query.hpp"
#include "sql_trace.hpp"
#include "trace_history.hpp"

namespace huan::bench {
namespace {

constexpr std::size_t kEdges = 10'000'000;
constexpr std::size_t kQuestions = 1'000;
constexpr std::size_t kSqlQuestions = 12;
constexpr std::uint32_t kSmallDays = 8;  ///< of the history that SQL and the check know
constexpr std::uint32_t kBulkDays = 6;   ///< of these, before events arrive in small parts
constexpr std::size_t kPart = 499;       ///< events

using Shares = std::map<std::string, std::int64_t>;

void append(trace::Graph& graph, std::span<const trace::EventFlows> events) {
  const auto appended = graph.append(events);
  HUAN_ASSERT(appended.has_value());
}

trace::NodeId find(const trace::Graph& graph, const std::string& lot) {
  const auto node = graph.find(lot);
  HUAN_ASSERT(node.has_value());
  return *node;
}

Shares named(const trace::Graph& graph, const trace::Shares& shares) {
  Shares names;
  for (const trace::Share& share : shares.shares) {
    names[graph.lot_name(share.node)] += share.grams;
  }
  return names;
}

class TraceBench {
 public:
  explicit TraceBench(const Bench& bench) : bench_(bench) {}

  Report run() {
    city();
    arriving();
    against_sql();
    return std::move(report_);
  }

 private:
  void figure(const char* name, double value) { report_.figures.push_back({name, value}); }
  void at_most(const char* name, double value, double bound) {
    report_.ratios.push_back({name, value, bound, false});
  }

  /// Ten million edges: built, weighed and asked. Only appending and asking are timed.
  void city() {
    TraceHistory history({});
    trace::Graph graph;
    double build_s = 0;
    while (graph.size().edges < kEdges) {
      const auto& events = history.next_day();
      const Watch watch;
      append(graph, events);
      build_s += watch.wall();
    }
    const trace::GraphSize size = graph.size();
    figure("edges", static_cast<double>(size.edges));
    figure("nodes", static_cast<double>(size.nodes));
    figure("lots", static_cast<double>(size.lots));
    figure("bytes", static_cast<double>(size.bytes()));
    ask(graph, history);
    at_most("bytes_per_edge", static_cast<double>(size.bytes()) / static_cast<double>(size.edges),
            24);
    at_most("build_s", build_s, 30);
  }

  void ask(const trace::Graph& graph, const TraceHistory& history) {
    trace::Reader reader(graph);
    std::vector<double> up, up_cpu, down, sources;
    const auto& products = history.products();
    const auto& received = history.received();
    // Every question goes to another lot than the one before, so that none finds its memory warm.
    for (std::size_t i = 0; i < kQuestions; ++i) {
      const double before = thread_seconds();
      const Watch watch;
      const auto& shares = reader.upstream(find(graph, products[i * 7919 % products.size()]));
      up.push_back(watch.wall() * 1e3);
      up_cpu.push_back((thread_seconds() - before) * 1e3);
      sources.push_back(static_cast<double>(shares.shares.size()));
    }
    for (std::size_t i = 0; i < kQuestions; ++i) {
      const Watch watch;
      reader.downstream(find(graph, received[i * 7919 % received.size()]));
      down.push_back(watch.wall() * 1e3);
    }
    figure("products", static_cast<double>(products.size()));
    figure("sources_min", percentile(sources, 0));
    figure("sources_median", median(sources));
    figure("sources_max", percentile(sources, 100));
    figure("up_p50_ms", median(up));
    figure("up_p99_cpu_ms", percentile(up_cpu, 99));
    figure("down_p99_ms", percentile(down, 99));
    at_most("up_p99_ms", percentile(up, 99), 1);
  }

  /// Right while events arrive: one graph is fed in small parts and asked between them, another at
  /// once; and SQL is told the same.
  void arriving() {
    sql_ = std::make_unique<SqlTrace>(bench_.folder + "/legs.db");
    trace::Graph live;
    trace::Reader reader(live);
    TraceHistory history({});
    std::size_t parts = 0;
    for (std::uint32_t day = 1; day <= kSmallDays; ++day) {
      const std::span<const trace::EventFlows> events = history.next_day();
      append(at_once_, events);
      sql_->append(events);
      const std::size_t part = day <= kBulkDays ? events.size() : kPart;
      for (std::size_t from = 0; from < events.size(); from += part, ++parts) {
        append(live, events.subspan(from, std::min(part, events.size() - from)));
        if (!history.products().empty() && day > 7) {
          reader.upstream(find(live, history.products()[parts % 5]));
        }
      }
    }
    sql_->index();
    products_ = history.products();
    figure("live_parts", static_cast<double>(parts));
    trace::Reader whole(at_once_);
    for (const std::string& lot : products_) {
      if (named(live, reader.upstream(find(live, lot))) !=
          named(at_once_, whole.upstream(find(at_once_, lot)))) {
        report_.wrong.push_back("the graph fed in parts gives other shares of " + lot);
      }
    }
  }

  void against_sql() {
    trace::Reader reader(at_once_);
    std::vector<double> ours, theirs;
    const std::size_t questions = std::min(kSqlQuestions, products_.size());
    for (std::size_t i = 0; i < questions; ++i) {
      const std::string& lot = products_[i * 7 % products_.size()];
      const Watch watch;
      const trace::Shares& shares = reader.upstream(find(at_once_, lot));
      ours.push_back(watch.wall() * 1e3);
      const Watch sql_watch;
      const auto answer = sql_->upstream(lot, shares.mass);
      theirs.push_back(sql_watch.wall() * 1e3);
      compare(lot, named(at_once_, shares), answer);
    }
    figure("sql_legs", static_cast<double>(sql_->legs()));
    figure("sql_up_p50_ms", median(theirs));
    figure("trace_up_p50_ms", median(ours));
    report_.ratios.push_back({"trace_vs_sql", median(theirs) / median(ours), 20});
  }

  void compare(const std::string& lot, const Shares& ours,
               const std::map<std::string, double>& theirs) {
    bool same = ours.size() == theirs.size();
    for (auto a = ours.begin(); same && a != ours.end(); ++a) {
      const auto b = theirs.find(a->first);
      // Rounded to grams that sum to the mass, a share lies within a gram of the exact one.
      same = b != theirs.end() && std::fabs(b->second - static_cast<double>(a->second)) < 1.001;
    }
    if (!same) {
      report_.wrong.push_back("SQL gives other shares of " + lot);
    }
  }

  const Bench& bench_;
  Report report_;
  trace::Graph at_once_;
  std::unique_ptr<SqlTrace> sql_;
  std::vector<std::string> products_;
};

}  // namespace

base::Result<Report> bench_trace(const Bench& bench) { return TraceBench(bench).run(); }

}  // namespace huan::bench
