// SPDX-License-Identifier: Apache-2.0
#include "huan/trace/graph.hpp"

#include <algorithm>

#include "data.hpp"
#include "huan/base/quantity.hpp"
#include "writer.hpp"

namespace huan::trace {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kNameMax = LotNames::kNameMax;
constexpr std::int64_t kTotalMax = std::int64_t{1} << 61U;

std::optional<NodeId> found(Ref node) {
  return node == kNone ? std::nullopt : std::optional{NodeId{node}};
}

base::Result<void> check(const EventFlows& event, const GraphData& data) {
  if (event.seq <= data.last_seq || event.seq >= kNone) {
    return Error{ErrorCode::bad_field, "/seq", "seq does not follow the event before"};
  }
  if (event.supersedes_seq >= event.seq) {
    return Error{ErrorCode::bad_field, "/supersedes_seq",
                 "a version corrected before it was posted"};
  }
  std::int64_t total = data.total;
  for (const Flow& flow : event.flows) {
    const std::size_t name_max = flow.kind == AccountKind::abroad ? 2 * kNameMax : kNameMax;
    if (flow.a.size() > name_max || flow.b.size() > kNameMax) {
      return Error{ErrorCode::bad_text, "/flows", "a name is too long"};
    }
    if (flow.grams > base::kIntegerMax || flow.grams < -base::kIntegerMax) {
      return Error{ErrorCode::too_large, "/flows", "a mass is out of range"};
    }
    total += std::abs(flow.grams);
    if (total > kTotalMax) {
      return Error{ErrorCode::too_large, "/flows", "more mass than a graph can hold"};
    }
  }
  // A run written anew repeats its legs; half of the numbers stay free for that.
  const std::size_t room = std::max(data.in_legs.size(), data.out_legs.size());
  if (room + event.flows.size() * 2 > kUnset / 2 || data.nodes.size() > kLabels / 2 ||
      data.processes.size() > kUnset / 2 || !data.lot_names.has_room()) {
    return Error{ErrorCode::too_large, "/flows", "the graph is full"};
  }
  return {};
}

}  // namespace

Graph::Graph(GraphOptions options) : data_(std::make_unique<GraphData>(options.hash_key)) {}
Graph::~Graph() = default;
Graph::Graph(Graph&&) noexcept = default;
Graph& Graph::operator=(Graph&&) noexcept = default;

base::Result<void> Graph::append(std::span<const EventFlows> events) {
  Writer writer(*data_);
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (auto ok = check(events[i], *data_); !ok) {
      return std::move(ok).error().within("/" + std::to_string(i));
    }
    writer.append(events[i]);
    data_->last_seq = events[i].seq;
    for (const Flow& flow : events[i].flows) {
      data_->total += std::abs(flow.grams);
    }
  }
  return {};
}

std::uint64_t Graph::last_seq() const { return data_->last_seq; }

std::optional<NodeId> Graph::find(std::string_view lot) const {
  return found(data_->find_lot(lot));
}

std::optional<NodeId> Graph::find(std::string_view lot, std::string_view place) const {
  return found(data_->find_lot_at(lot, place));
}

std::optional<NodeId> Graph::find_line(std::string_view shipment, std::string_view line) const {
  return found(data_->find_line(shipment, line));
}

std::vector<NodeId> Graph::find_all(std::string_view lot) const {
  std::vector<NodeId> nodes;
  const Ref first = data_->find_lot(lot);
  if (first == kNone) {
    return nodes;
  }
  nodes.push_back(NodeId{first});
  if (const auto more = data_->elsewhere.find(first); more != data_->elsewhere.end()) {
    for (const Ref node : more->second) {
      nodes.push_back(NodeId{node});
    }
  }
  return nodes;
}

std::string Graph::lot_name(NodeId node) const {
  std::string name;
  data_->append_lot_name(static_cast<Ref>(node), name);
  return name;
}

NodeInfo Graph::describe(NodeId id) const {
  const auto ref = static_cast<Ref>(id);
  const Node& node = data_->nodes[ref];
  NodeInfo info;
  info.kind = node.node_kind();
  info.lot = lot_name(id);
  if (info.kind == NodeKind::lot && node.at != kNone) {
    info.place = data_->places.text(node.at);
  } else if (info.kind == NodeKind::transit) {
    info.shipment = data_->shipments.text(node.name);
  } else if (info.kind == NodeKind::wip) {
    info.run = data_->runs_named.text(node.name);
  }
  info.mass = data_->mass(ref);
  info.made = data_->made(ref);
  std::int64_t booked_off = 0;
  if (const auto extra = data_->multi.find(ref); extra != data_->multi.end()) {
    info.imbalance = std::max<std::int64_t>(extra->second.imbalance, 0);
    booked_off = std::max<std::int64_t>(-extra->second.gain(), 0);
  }
  info.standing = std::max<std::int64_t>(info.mass - data_->taken(ref) - booked_off, 0);
  for (const std::uint32_t leg : data_->makings(ref)) {
    info.made_by.push_back(data_->seq_of(data_->process_of_out(leg)));
  }
  if (const auto touched = data_->touched.find(ref); touched != data_->touched.end()) {
    info.corrections = touched->second;
  }
  return info;
}

Label Graph::label(LabelId id) const {
  std::string_view text = data_->labels.text(static_cast<std::uint32_t>(id));
  Label label;
  label.kind = static_cast<LabelKind>(text.front() - '0');
  text.remove_prefix(1);
  const std::size_t split = text.find('\n');
  label.a = text.substr(0, split);
  label.b = split < text.size() ? text.substr(split + 1) : std::string_view{};
  return label;
}

std::vector<Break> Graph::breaks() const {
  std::vector<Break> list;
  for (const CutLeg& cut : data_->cuts) {
    list.push_back({LabelKind::break_cycle, data_->seq_of(cut.process), NodeId{cut.node},
                    data_->in_grams(cut.in_leg)});
  }
  for (const Ref node : data_->unknown) {
    if (data_->nodes[node].unmade() && data_->taken(node) > 0) {
      list.push_back({LabelKind::break_unknown, 0, NodeId{node}, data_->taken(node)});
    }
  }
  for (const std::uint32_t process : data_->unbalanced) {
    list.push_back({LabelKind::break_unbalanced, data_->seq_of(process), kNoNode,
                    data_->unbalanced_grams(process)});
  }
  return list;
}

const std::vector<Correction>& Graph::corrections() const { return data_->corrections; }

GraphSize Graph::size() const {
  const GraphData& d = *data_;
  GraphSize size;
  size.nodes = d.nodes.size();
  size.lots = d.lots;
  size.events = d.processes.size();
  size.edges = d.edges;
  size.bytes_nodes = d.nodes.bytes();
  size.bytes_edges = d.in_legs.bytes() + d.out_legs.bytes() + d.processes.bytes() +
                     d.in_samples.bytes() + d.out_samples.bytes();
  size.bytes_names = d.lot_names.bytes() + d.places.bytes() + d.shipments.bytes() +
                     d.runs_named.bytes() + d.labels.bytes();
  size.bytes_index = d.index.bytes();
  size.bytes_other = d.other_bytes() + d.slabs.spare();
  return size;
}

}  // namespace huan::trace
