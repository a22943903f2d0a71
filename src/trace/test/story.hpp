// SPDX-License-Identifier: Apache-2.0
// Histories told in text, one event a line:
//   3 accept    transit(T1,A)-900 stock(C,P)+880 variance(T1,A)+20
//   4 correct:receive 1  source(S1,household)+900~ stock(S1,A)-900~ …   corrects seq 1; ~ reversing
//   5 correct:- 2                                                      a void
// A leg ends in ~ (reversing) or ! (kept), then @N for its group. imbalance(stock:S1,A) is the
// imbalance of stock(S1,A).
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "huan/trace/query.hpp"

namespace huan::trace::test {

struct OwnedEvent {
  EventFlows event;
  std::vector<Flow> flows;
};

class Story {
 public:
  explicit Story(const std::string& text = {}) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      if (line.find_first_not_of(' ') != std::string::npos) {
        add(line);
      }
    }
  }

  void add(const std::string& line) {
    std::istringstream words(line);
    OwnedEvent& owned = events_.emplace_back();
    std::string type;
    words >> owned.event.seq >> type;
    if (type.rfind("correct:", 0) == 0) {
      words >> owned.event.supersedes_seq;
      owned.event.type = EventType::correct;
      owned.event.replacement = type_of(type.substr(8));
    } else {
      owned.event.type = type_of(type);
    }
    for (std::string leg; words >> leg;) {
      owned.flows.push_back(flow_of(leg));
    }
    owned.event.flows = owned.flows;
  }

  void add(EventFlows event, std::vector<Flow> flows) {
    OwnedEvent& owned = events_.emplace_back(OwnedEvent{event, std::move(flows)});
    for (Flow& flow : owned.flows) {
      flow.a = keep(std::string(flow.a));
      flow.b = keep(std::string(flow.b));
    }
    owned.event.flows = owned.flows;
  }

  [[nodiscard]] const std::deque<OwnedEvent>& events() const { return events_; }
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

 private:
  static EventType type_of(const std::string& name) {
    static const std::map<std::string, EventType> kTypes = {
        {"receive", EventType::receive}, {"ship", EventType::ship},
        {"accept", EventType::accept},   {"transform", EventType::transform},
        {"sell", EventType::sell},       {"dispose", EventType::dispose},
        {"adjust", EventType::adjust},   {"settle", EventType::settle},
        {"-", EventType::correct}};
    return kTypes.at(name);
  }
  static AccountKind kind_of(const std::string& name) {
    static const std::map<std::string, AccountKind> kKinds = {
        {"source", AccountKind::source},
        {"stock", AccountKind::stock},
        {"transit", AccountKind::transit},
        {"abroad", AccountKind::abroad},
        {"wip", AccountKind::wip},
        {"sink", AccountKind::sink},
        {"loss", AccountKind::loss},
        {"variance", AccountKind::variance},
        {"imbalance", AccountKind::imbalance}};
    return kKinds.at(name);
  }
  Flow flow_of(std::string leg) {
    Flow flow;
    if (const std::size_t at = leg.find('@'); at != std::string::npos) {
      flow.group = static_cast<std::uint32_t>(std::stoul(leg.substr(at + 1)));
      leg.resize(at);
    }
    if (leg.back() == '~' || leg.back() == '!') {
      flow.cls = leg.back() == '~' ? LegClass::reversing : LegClass::kept;
      leg.pop_back();
    }
    const std::size_t open = leg.find('(');
    const std::size_t close = leg.find(')');
    std::string names = leg.substr(open + 1, close - open - 1);
    flow.kind = kind_of(leg.substr(0, open));
    flow.grams = std::stoll(leg.substr(close + 1));
    if (flow.kind == AccountKind::imbalance) {
      const std::size_t colon = names.find(':');
      flow.of = kind_of(names.substr(0, colon));
      names = names.substr(colon + 1);
    }
    const std::size_t comma = names.find(',');
    flow.a = keep(names.substr(0, comma));
    flow.b = keep(comma == std::string::npos ? std::string{} : names.substr(comma + 1));
    return flow;
  }

  std::deque<OwnedEvent> events_;
  std::deque<std::string> texts_;
};

inline void append(Graph& graph, const Story& story, std::uint64_t after = 0,
                   std::uint64_t until = UINT64_MAX) {
  std::vector<EventFlows> events;
  for (const OwnedEvent& owned : story.events()) {
    if (owned.event.seq > after && owned.event.seq <= until) {
      events.push_back(owned.event);
    }
  }
  const auto appended = graph.append(events);
  ASSERT_TRUE(appended.has_value()) << appended.error().at << " " << appended.error().detail;
}

inline std::string name_of(const Graph& graph, const Share& share) {
  static const char* const kOutside[] = {"source",      "abroad",        "sink",
                                         "loss",        "variance",      "imbalance",
                                         "break_cycle", "break_unknown", "break_unbalanced"};
  std::string text;
  switch (share.kind) {
    case ShareKind::outside: {
      const Label label = graph.label(share.label);
      text = kOutside[static_cast<int>(label.kind)];
      if (!label.a.empty() || !label.b.empty()) {
        text += "(" + label.a + (label.b.empty() ? "" : "," + label.b) + ")";
      }
      break;
    }
    case ShareKind::imbalance:
      text = "imbalance";
      break;
    case ShareKind::gain:
      text = "gain";
      break;
    case ShareKind::unknown:
      text = "unknown";
      break;
    case ShareKind::standing:
      text = "standing";
      break;
    case ShareKind::booked_off:
      text = "booked_off";
      break;
  }
  if (share.node != kNoNode) {
    const NodeInfo info = graph.describe(share.node);
    text += ":" + (info.kind == NodeKind::wip       ? "run " + info.run
                   : info.kind == NodeKind::transit ? info.shipment + "/" + info.lot
                                                    : info.lot);
  }
  return text;
}

/// "source(S1,household):A#1=900 …" sorted; seqs only where there is one.
inline std::string told(const Graph& graph, const Shares& shares) {
  std::map<std::string, std::int64_t> sums;
  for (const Share& share : shares.shares) {
    std::string name = name_of(graph, share);
    if (share.seq != 0) {
      name += "#" + std::to_string(share.seq);
    }
    sums[name] += share.grams;
  }
  std::string text;
  for (const auto& [name, grams] : sums) {
    text += (text.empty() ? "" : " ") + name + "=" + std::to_string(grams);
  }
  return text;
}

}  // namespace huan::trace::test
