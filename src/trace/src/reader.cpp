// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "huan/base/assert.hpp"
#include "workspace.hpp"

namespace huan::trace {
namespace {

// Equal remainders are told apart by the lot's id, or by the label where there is no lot; after
// that by where in the record they stand.
class ByName {
 public:
  ByName(const GraphData& data, const FlowNet& net) : d_(data), net_(net) {}
  bool operator()(std::size_t i, std::size_t j) {
    name(i, a_);
    name(j, b_);
    if (const int order = a_.compare(b_); order != 0) {
      return order < 0;
    }
    const FlowNet::Terminal& x = net_.terminals()[i];
    const FlowNet::Terminal& y = net_.terminals()[j];
    return std::tuple{seq(x), x.node, x.kind, x.label, i} <
           std::tuple{seq(y), y.node, y.kind, y.label, j};
  }

 private:
  void name(std::size_t i, std::string& out) const {
    const FlowNet::Terminal& terminal = net_.terminals()[i];
    out.clear();
    if (terminal.node != kNone) {
      d_.append_lot_name(terminal.node, out);
    } else {
      out = d_.labels.text(terminal.label);
    }
  }
  [[nodiscard]] std::uint64_t seq(const FlowNet::Terminal& terminal) const {
    return terminal.process == FlowNet::kNoProcess ? 0 : d_.seq_of(terminal.process);
  }
  const GraphData& d_;
  const FlowNet& net_;
  std::string a_;
  std::string b_;
};

}  // namespace

void fill_shares(const GraphData& data, const FlowNet& net, std::vector<std::int64_t>& grams,
                 Shares& shares) {
  const auto& terminals = net.terminals();
  HUAN_ASSERT(net.waiting() == 0);
  grams.assign(terminals.size(), 0);
  round_to_grams(net.amounts(), static_cast<std::uint64_t>(shares.mass), ByName(data, net), grams);
  shares.shares.resize(terminals.size());
  constexpr std::size_t kAhead = 48;
  for (std::size_t i = 0; i < terminals.size(); ++i) {
    if (i + kAhead < terminals.size() && terminals[i + kAhead].process != FlowNet::kNoProcess) {
      data.processes.prefetch(terminals[i + kAhead].process);
    }
    const FlowNet::Terminal& terminal = terminals[i];
    Share& share = shares.shares[i];
    share = {terminal.kind, NodeId{terminal.node}, LabelId{terminal.label}, 0, grams[i]};
    if (terminal.process != FlowNet::kNoProcess) {
      share.seq = data.seq_of(terminal.process);
      if (terminal.label == kNone) {
        share.label = LabelId{data.processes[terminal.process].source};
      }
    }
  }
}

Reader::Reader(const Graph& graph) : graph_(graph), work_(std::make_unique<Workspace>()) {}
Reader::~Reader() = default;

const Shares& Reader::upstream(NodeId node) {
  const GraphData& data = graph_.data();
  work_->shares.shares.clear();
  work_->shares.mass = data.mass(static_cast<Ref>(node));
  if (work_->shares.mass > 0) {
    UpWalk(data, work_->net, work_->up).gather(static_cast<Ref>(node));
    work_->net.run(static_cast<std::uint64_t>(work_->shares.mass));
    fill_shares(data, work_->net, work_->grams, work_->shares);
  }
  return work_->shares;
}

const Shares& Reader::downstream(NodeId node) {
  const GraphData& data = graph_.data();
  work_->shares.shares.clear();
  work_->shares.mass = data.mass(static_cast<Ref>(node));
  if (work_->shares.mass > 0) {
    DownWalk(data, work_->net).gather(static_cast<Ref>(node));
    work_->net.run(static_cast<std::uint64_t>(work_->shares.mass));
    fill_shares(data, work_->net, work_->grams, work_->shares);
  }
  return work_->shares;
}

}  // namespace huan::trace
