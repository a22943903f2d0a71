// SPDX-License-Identifier: Apache-2.0
#include "huan/app/trace_lot.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "huan/app/scope.hpp"
#include "huan/json/writer.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;

std::string_view name(trace::LabelKind kind) {
  static constexpr auto kNames =
      std::to_array<std::string_view>({"source", "abroad", "sink", "loss", "variance", "imbalance",
                                       "break_cycle", "break_unknown", "break_unbalanced"});
  return kNames.at(static_cast<std::size_t>(kind));
}

std::string_view name(trace::ShareKind kind) {
  static constexpr auto kNames = std::to_array<std::string_view>(
      {"outside", "imbalance", "gain", "unknown", "standing", "booked_off"});
  return kNames.at(static_cast<std::size_t>(kind));
}

std::string_view name(trace::EventType type) {
  static constexpr auto kNames = std::to_array<std::string_view>(
      {"receive", "ship", "accept", "transform", "sell", "dispose", "adjust", "settle", "correct"});
  return kNames.at(static_cast<std::size_t>(type));
}

class Renderer {
 public:
  Renderer(const trace::Graph& graph, store::Reading& reading, const TraceRequest& request)
      : graph_(graph), reading_(reading), request_(request), w_(out_) {}

  std::string render(trace::NodeId node);

 private:
  void node_members(trace::NodeId node);
  void label_members(trace::LabelId label);
  void shares(const trace::Shares& shares);
  void picture(const trace::Picture& picture);
  const store::Record* record(std::uint64_t seq);
  std::string material(const std::string& lot);
  bool shown(const std::string& place);

  const trace::Graph& graph_;
  store::Reading& reading_;
  const TraceRequest& request_;
  std::string out_;
  json::Writer w_;
  std::map<std::uint64_t, std::optional<store::Record>> records_;
  std::map<std::string, bool> shown_;
};

const store::Record* Renderer::record(std::uint64_t seq) {
  auto found = records_.find(seq);
  if (found == records_.end()) {
    std::optional<store::Record> head;
    reading_.record_heads(request_.city, {seq - 1, seq}, [&](const store::RecordView& view) {
      head.emplace(view);
      return false;
    });
    found = records_.emplace(seq, std::move(head)).first;
  }
  return found->second ? &*found->second : nullptr;
}

std::string Renderer::material(const std::string& lot) {
  const auto state = reading_.lot(request_.city, lot);
  return state ? state->material : std::string{};
}

bool Renderer::shown(const std::string& place) {
  if (request_.scope.any()) {
    return true;
  }
  const auto [found, fresh] = shown_.try_emplace(place, false);
  if (fresh) {
    found->second = sees_place(reading_, request_.city, place, request_.scope);
  }
  return found->second;
}

void Renderer::node_members(trace::NodeId node) {
  const trace::NodeInfo info = graph_.describe(node);
  if (!shown(info.place)) {
    if (!info.lot.empty()) {
      w_.member("material", material(info.lot));
    }
    w_.member("mass_g", info.mass).member("standing_g", info.standing);
    return;
  }
  if (!info.lot.empty()) {
    w_.member("lot", info.lot).member("material", material(info.lot));
  }
  w_.member("mass_g", info.mass);
  if (!info.place.empty()) {
    w_.member("place", info.place);
  }
  if (!info.run.empty()) {
    w_.member("run", info.run);
  }
  if (!info.shipment.empty()) {
    w_.member("shipment", info.shipment);
  }
  w_.member("standing_g", info.standing);
}

void Renderer::label_members(trace::LabelId id) {
  const trace::Label label = graph_.label(id);
  w_.member("name", label.kind == trace::LabelKind::source ? label.b : label.a);
  w_.member("of", std::string{name(label.kind)});
  if (label.kind == trace::LabelKind::source) {
    if (shown(label.a)) {
      w_.member("place", label.a);
    }
  } else if (!label.b.empty()) {
    w_.member("class", label.b);
  }
}

void Renderer::shares(const trace::Shares& answer) {
  std::vector<trace::Share> sorted = answer.shares;
  std::sort(sorted.begin(), sorted.end(), [](const trace::Share& a, const trace::Share& b) {
    return a.grams != b.grams ? a.grams > b.grams : a.seq < b.seq;
  });
  w_.key("shares").begin_array();
  for (const trace::Share& share : sorted) {
    w_.begin_object().member("grams", share.grams).member("kind", std::string{name(share.kind)});
    if (share.node != trace::kNoNode) {
      w_.key("node").begin_object();
      node_members(share.node);
      w_.end_object();
    }
    if (share.label != trace::kNoLabel) {
      w_.key("outside").begin_object();
      label_members(share.label);
      w_.end_object();
    }
    if (share.seq != 0) {
      w_.member("seq", static_cast<std::int64_t>(share.seq));
      if (const store::Record* head = record(share.seq)) {
        w_.member("time", base::format_time(head->time, 0));
        if (sees_record(head->view(), request_.scope)) {
          w_.member("event", head->id.text());
        }
      }
    }
    w_.end_object();
  }
  w_.end_array();
}

void Renderer::picture(const trace::Picture& picture) {
  w_.key("picture").begin_object().member("cut", picture.cut).key("edges").begin_array();
  for (const auto& edge : picture.edges) {
    w_.begin_object().member("grams", edge.grams).member("into_step", edge.into_step);
    w_.member("point", static_cast<std::int64_t>(edge.point));
    w_.member("step", static_cast<std::int64_t>(edge.step)).end_object();
  }
  w_.end_array().key("points").begin_array();
  for (const auto& point : picture.points) {
    w_.begin_object().member("depth", static_cast<std::int64_t>(point.depth));
    if (point.node != trace::kNoNode) {
      node_members(point.node);
    } else {
      label_members(point.label);
    }
    w_.member("open", point.open).end_object();
  }
  w_.end_array().key("steps").begin_array();
  for (const auto& step : picture.steps) {
    w_.begin_object().member("seq", static_cast<std::int64_t>(step.seq));
    if (step.supersedes != 0) {
      w_.member("supersedes", static_cast<std::int64_t>(step.supersedes));
    }
    w_.member("type", std::string{name(step.type)});
    if (const store::Record* head = record(step.seq)) {
      if (sees_record(head->view(), request_.scope)) {
        w_.member("event", head->id.text()).member("place", head->place);
      }
      w_.member("time", base::format_time(head->time, 0));
    }
    w_.end_object();
  }
  w_.end_array().end_object();
}

std::string Renderer::render(trace::NodeId node) {
  const trace::NodeInfo info = graph_.describe(node);
  trace::Reader reader{graph_};
  w_.begin_object().member("city", request_.city);
  w_.key("corrections").begin_array();
  for (const trace::Correction& correction : info.corrections) {
    w_.begin_object().member("seq", static_cast<std::int64_t>(correction.seq));
    w_.member("supersedes", static_cast<std::int64_t>(correction.supersedes)).end_object();
  }
  w_.end_array().member("direction", request_.up ? "up" : "down");
  w_.member("imbalance_g", info.imbalance);
  node_members(node);
  if (request_.limit > 0) {
    const auto direction = request_.up ? trace::Direction::up : trace::Direction::down;
    picture(reader.picture(node, direction, {request_.depth, request_.limit}));
  }
  shares(request_.up ? reader.upstream(node) : reader.downstream(node));
  w_.end_object();
  return std::move(out_);
}

}  // namespace

base::Result<std::string> trace_lot(Tracer& tracer, store::Reading& reading,
                                    const TraceRequest& request) {
  base::Result<std::string> answer = Error{ErrorCode::unknown_lot, "/lot", request.lot};
  if (!sees_lot(reading, request.city, request.lot, request.scope)) {
    return answer;
  }
  tracer.with_graph(reading, request.city, [&](const trace::Graph& graph) {
    if (const auto node = graph.find(request.lot)) {
      answer = Renderer{graph, reading, request}.render(*node);
    }
  });
  return answer;
}

}  // namespace huan::app
