// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>
#include <unordered_map>

#include "workspace.hpp"

namespace huan::trace {
namespace {

class Drawer {
 public:
  Drawer(const GraphData& data, Direction direction, PictureOptions options)
      : d_(data), up_(direction == Direction::up), options_(options) {}

  Picture draw(Ref root) {
    add_node(root, 0);
    for (std::size_t i = 0; i < picture_.points.size(); ++i) {
      const Picture::Point point = picture_.points[i];
      if (point.node != kNoNode) {
        visit(static_cast<std::uint32_t>(i), static_cast<Ref>(point.node), point.depth);
      }
    }
    for (const Picture::Point& point : picture_.points) {
      picture_.cut = picture_.cut || point.open;
    }
    return std::move(picture_);
  }

 private:
  struct Pass {
    std::uint32_t process;
    std::uint32_t leg;
  };

  // What lies behind the node: the legs that made it, or those that took from it.
  [[nodiscard]] std::vector<Pass> passes(Ref node) const {
    std::vector<Pass> list;
    if (up_) {
      for (const std::uint32_t leg : d_.makings(node)) {
        list.push_back({d_.process_of_out(leg), leg});
      }
      return list;
    }
    d_.each_use(node, [&](std::uint32_t leg) { list.push_back({d_.process_of_in(leg), leg}); });
    std::reverse(list.begin(), list.end());
    return list;
  }

  void visit(std::uint32_t point, Ref node, std::uint32_t depth) {
    for (const Pass& pass : passes(node)) {
      if (depth >= options_.depth) {
        picture_.points[point].open = true;
        return;
      }
      const std::int64_t grams = up_ ? d_.out_grams(pass.leg) : d_.in_grams(pass.leg);
      const std::uint32_t step = add_step(pass, point, depth);
      picture_.edges.push_back({point, step, !up_, grams});
    }
    if (up_) {
      add_extra(point, node, depth);
    }
  }

  // An imbalance or gain has no event of its own: a point beside the node, on its first step.
  void add_extra(std::uint32_t point, Ref node, std::uint32_t depth) {
    const auto found = d_.multi.find(node);
    if (found == d_.multi.end() || (found->second.imbalance <= 0 && found->second.gain() <= 0)) {
      return;
    }
    picture_.steps.push_back({0, EventType::correct, 0});
    const auto step = static_cast<std::uint32_t>(picture_.steps.size() - 1);
    const std::int64_t imbalance = std::max<std::int64_t>(found->second.imbalance, 0);
    const std::int64_t gain = std::max<std::int64_t>(found->second.gain(), 0);
    picture_.edges.push_back({point, step, false, imbalance + gain});
    if (imbalance > 0) {
      add_edge(kImbalance, step, depth + 1, imbalance);
    }
    if (gain > 0) {
      add_edge(kVariance, step, depth + 1, gain);
    }
  }

  std::uint32_t add_step(const Pass& pass, std::uint32_t point, std::uint32_t depth) {
    const Process& process = d_.processes[pass.process];
    // A pair is a step of its own, any other process one step however it is reached.
    const bool paired = process.paired != 0;
    const std::uint64_t offset =
        paired ? pass.leg - (up_ ? process.out_begin : process.in_begin) : 0;
    const std::uint64_t key = (std::uint64_t{pass.process} << 32U) | offset;
    const auto [known, is_new] =
        steps_.try_emplace(key, static_cast<std::uint32_t>(picture_.steps.size()));
    const std::uint32_t step = known->second;
    if (!is_new) {
      return step;
    }
    picture_.steps.push_back(
        {d_.seq_of(pass.process), static_cast<EventType>(process.type), supersedes(pass.process)});
    const auto far = up_ ? d_.ins(pass.process) : d_.outs(pass.process);
    const auto first = static_cast<std::uint32_t>(far.begin + offset);
    for (std::uint32_t leg = first; leg < (paired ? first + 1 : far.end); ++leg) {
      const Ref ref = up_ ? d_.in_legs[leg].ref : d_.out_legs[leg].ref;
      const std::int64_t grams = up_ ? d_.in_grams(leg) : d_.out_grams(leg);
      if (grams > 0 && !add_edge(ref, step, depth + 1, grams)) {
        picture_.points[point].open = true;
      }
    }
    if (up_ && process.source != kNoSource &&
        !add_edge(kLabels + process.source, step, depth + 1, made_by(pass.process))) {
      picture_.points[point].open = true;
    }
    return step;
  }

  [[nodiscard]] std::int64_t made_by(std::uint32_t process) const {
    std::int64_t sum = 0;
    for (std::uint32_t leg = d_.outs(process).begin; leg < d_.outs(process).end; ++leg) {
      sum += d_.out_grams(leg);
    }
    return sum;
  }

  [[nodiscard]] std::uint64_t supersedes(std::uint32_t process) const {
    if (d_.processes[process].corrects == 0) {
      return 0;
    }
    const std::uint64_t seq = d_.seq_of(process);
    const auto found = std::lower_bound(
        d_.corrections.begin(), d_.corrections.end(), seq,
        [](const Correction& correction, std::uint64_t wanted) { return correction.seq < wanted; });
    return found != d_.corrections.end() && found->seq == seq ? found->supersedes : 0;
  }

  bool add_edge(Ref ref, std::uint32_t step, std::uint32_t depth, std::int64_t grams) {
    std::uint32_t point = 0;
    if (const auto known = points_.find(ref); known != points_.end()) {
      point = known->second;
    } else if (picture_.points.size() >= options_.limit) {
      return false;
    } else if (is_label(ref)) {
      point = static_cast<std::uint32_t>(picture_.points.size());
      picture_.points.push_back({kNoNode, LabelId{ref - kLabels}, depth, false});
    } else {
      point = add_node(ref, depth);
    }
    picture_.edges.push_back({point, step, up_, grams});
    return true;
  }

  std::uint32_t add_node(Ref node, std::uint32_t depth) {
    const auto point = static_cast<std::uint32_t>(picture_.points.size());
    points_[node] = point;
    picture_.points.push_back({NodeId{node}, kNoLabel, depth, false});
    return point;
  }

  const GraphData& d_;
  bool up_;
  PictureOptions options_;
  Picture picture_;
  std::unordered_map<Ref, std::uint32_t> points_;
  std::unordered_map<std::uint64_t, std::uint32_t> steps_;
};

}  // namespace

Picture Reader::picture(NodeId node, Direction direction, PictureOptions options) const {
  return Drawer(graph_.data(), direction, options).draw(static_cast<Ref>(node));
}

Picture Reader::parents(NodeId node) const {
  return picture(node, Direction::up, {.depth = 1, .limit = SIZE_MAX});
}

Picture Reader::children(NodeId node) const {
  return picture(node, Direction::down, {.depth = 1, .limit = SIZE_MAX});
}

}  // namespace huan::trace
