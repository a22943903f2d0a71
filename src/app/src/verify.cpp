// SPDX-License-Identifier: Apache-2.0
#include "huan/app/verify.hpp"

#include <algorithm>
#include <string>

#include "huan/trace/query.hpp"
#include "replay.hpp"

namespace huan::app {
namespace {

constexpr std::uint64_t kStep = 0x9E37'79B9'7F4A'7C15;  // odd: walks every residue

void differ(VerifyReport& report, const VerifyOptions& options, Difference difference) {
  report.ok = false;
  if (report.differences.size() < options.differences_max) {
    report.differences.push_back(std::move(difference));
  }
}

/// A lot's shares, upstream and downstream, sum to its mass to the gram.
void check_shares(trace::Reader& reader, const trace::Graph& graph, trace::NodeId node,
                  const std::string& city, VerifyReport& report, const VerifyOptions& options) {
  const trace::NodeInfo info = graph.describe(node);
  if (info.kind != trace::NodeKind::lot || info.mass == 0) {
    return;
  }
  ++report.shares;
  for (const bool up : {true, false}) {
    const trace::Shares& shares = up ? reader.upstream(node) : reader.downstream(node);
    std::int64_t sum = 0;
    for (const trace::Share& share : shares.shares) {
      sum += share.grams;
    }
    if (sum != info.mass) {
      differ(report, options,
             {city, 0,
              "shares of lot " + info.lot + (up ? " upstream" : " downstream") + " sum to " +
                  std::to_string(sum) + " g, not " + std::to_string(info.mass) + " g"});
    }
  }
}

void verify_shares(const trace::Graph& graph, const std::string& city, VerifyReport& report,
                   const VerifyOptions& options) {
  trace::Reader reader{graph};
  const std::uint64_t nodes = graph.size().nodes;
  for (std::uint64_t i = 0; i < std::min(nodes, options.shares); ++i) {
    const std::uint64_t pick = options.shares >= nodes ? i : (i + 1) * kStep % nodes;
    check_shares(reader, graph, trace::NodeId{static_cast<std::uint32_t>(pick)}, city, report,
                 options);
  }
}

}  // namespace

VerifyReport verify(store::Store& store, const VerifyOptions& options) {
  VerifyReport report;
  const auto reading = store.snapshot();
  for (const store::CityRow& city : reading->cities()) {
    trace::Graph graph;
    Replay{store, *reading, city, options.shares == 0 ? nullptr : &graph, options}.run(report);
    reading->imbalances(city.city, [&](const store::ImbalanceRow& row) {
      report.imbalances.push_back(row);
      return true;
    });
    if (!report.complete) {
      break;
    }
    if (report.ok) {
      verify_shares(graph, city.city, report, options);
    }
  }
  return report;
}

}  // namespace huan::app
