// SPDX-License-Identifier: Apache-2.0
#include "oracle.hpp"

#include <algorithm>

namespace huan::trace::test {
namespace {

void add(Mix& to, const Mix& from, const Rational& factor) {
  for (const auto& [name, part] : from) {
    to[name] = reduced(to[name] + part * factor);
  }
}

Rational ratio(std::int64_t a, std::int64_t b) {
  return {Natural(static_cast<std::uint64_t>(a)), Natural(static_cast<std::uint64_t>(b))};
}

std::int64_t sum(const auto& legs) {
  std::int64_t total = 0;
  for (const auto& leg : legs) {
    total += leg.grams;
  }
  return total;
}

std::string account(AccountKind kind, const Flow& flow) {
  return kind == AccountKind::stock     ? std::string(flow.b)
         : kind == AccountKind::transit ? std::string(flow.a) + "/" + std::string(flow.b)
                                        : "run " + std::string(flow.a);
}

}  // namespace

Oracle::Oracle(const Story& story, const std::set<std::pair<std::uint64_t, std::string>>& cut)
    : cut_(cut) {
  std::map<std::uint64_t, std::uint64_t> origin;
  std::set<std::uint64_t> replaced;
  std::vector<std::string> named;
  for (const OwnedEvent& owned : story.events()) {
    const std::uint64_t before = owned.event.supersedes_seq;
    origin[owned.event.seq] = before == 0 ? owned.event.seq : origin.at(before);
    replaced.insert(before);
  }
  for (const OwnedEvent& owned : story.events()) {
    if (!replaced.contains(owned.event.seq)) {
      read(owned, origin.at(owned.event.seq));
    }
    for (const Flow& flow : owned.flows) {
      if (flow.kind == AccountKind::transit && flow.cls == LegClass::own &&
          std::find(named.begin(), named.end(), account(flow.kind, flow)) == named.end()) {
        named.push_back(account(flow.kind, flow));
      }
      if (flow.kind == AccountKind::imbalance) {
        standing_[account(flow.of, flow)].imbalance -= flow.grams;
      } else if (flow.cls == LegClass::kept && flow.kind != AccountKind::variance &&
                 flow.kind != AccountKind::loss) {
        standing_[account(flow.kind, flow)].kept += flow.grams;
      }
    }
  }
  for (auto& [name, standing] : standing_) {
    standing.gain = standing.kept - standing.imbalance;
  }
  set_off(named);
  mix_runs();
}

Oracle::Leg Oracle::leg_of(const Flow& flow) {
  const std::string both =
      "(" + std::string(flow.a) + (flow.b.empty() ? "" : "," + std::string(flow.b)) + ")";
  switch (flow.kind) {
    case AccountKind::source:
      return {"source" + both, false, flow.grams, false, false};
    case AccountKind::abroad:
      return {"abroad" + both, false, flow.grams, false, false};
    case AccountKind::sink:
      return {"sink" + both, false, flow.grams, false, false};
    case AccountKind::loss:
      return {"loss(" + std::string(flow.a) + ")", false, flow.grams, false, true};
    case AccountKind::variance:
      return {"variance", false, flow.grams, true, false};
    default:
      return {account(flow.kind, flow), true, flow.grams, false, false};
  }
}

void Oracle::read(const OwnedEvent& owned, std::uint64_t origin) {
  const EventType type =
      owned.event.supersedes_seq != 0 ? owned.event.replacement : owned.event.type;
  // Legs by group; on one node they are one leg.
  std::map<std::string, Event> groups;
  std::string run;
  for (const Flow& flow : owned.flows) {
    if (flow.cls != LegClass::own || flow.kind == AccountKind::imbalance) {
      continue;
    }
    if (flow.kind == AccountKind::wip) {
      run = flow.a;
      continue;
    }
    if (type == EventType::adjust && flow.kind != AccountKind::stock) {
      continue;
    }
    const std::string key = type == EventType::ship || type == EventType::adjust
                                ? std::string(flow.b)
                                : std::to_string(100 + flow.group);
    Event& group = groups[key];
    group.group = flow.group;
    std::vector<Leg>& legs = group.ins;
    const Leg leg = leg_of(flow);
    const auto same = std::find_if(legs.begin(), legs.end(), [&](const Leg& other) {
      return leg.node && other.name == leg.name;
    });
    if (same != legs.end()) {
      same->grams += leg.grams;
    } else {
      legs.push_back(leg);
    }
  }
  for (auto& [key, group] : groups) {
    Event event{owned.event.seq, origin, group.group, {}, {}};
    for (Leg leg : group.ins) {
      const bool in = leg.grams < 0;
      leg.grams = std::abs(leg.grams);
      if (leg.grams > 0) {
        (in ? event.ins : event.outs).push_back(leg);
      }
    }
    if (type == EventType::adjust && event.ins.empty() != event.outs.empty()) {
      (event.ins.empty() ? event.ins : event.outs)
          .push_back({"variance", false, sum(event.ins) + sum(event.outs), true, false});
    }
    if (run.empty()) {
      events_.push_back(event);
    }
    group = event;
  }
  if (!run.empty()) {
    runs_[run].push_back(groups.empty() ? Event{owned.event.seq, origin, 0, {}, {}}
                                        : groups.begin()->second);
  }
}

// In the order in which lines came to be named, which is what the graph's numbers say.
void Oracle::set_off(const std::vector<std::string>& named) {
  for (const std::string& name : named) {
    Standing& standing = standing_[name];
    std::vector<Event*> uses;
    for (Event& event : events_) {
      for (const Leg& leg : event.ins) {
        if (leg.name == name) {
          uses.push_back(&event);
        }
      }
    }
    std::sort(uses.begin(), uses.end(), [](const Event* a, const Event* b) {
      return std::tuple{a->seq, a->group} > std::tuple{b->seq, b->group};
    });
    for (Event* event : uses) {
      Leg& in = *std::find_if(event->ins.begin(), event->ins.end(),
                              [&](const Leg& leg) { return leg.name == name; });
      for (Leg& leg : standing.gain > 0 ? event->outs : event->ins) {
        if (leg.variance && standing.gain > 0) {
          const std::int64_t grams = std::min({standing.gain, leg.grams, in.grams});
          leg.grams -= grams;
          in.grams -= grams;
          standing.gain -= grams;
        } else if (leg.variance && standing.gain < 0) {
          const std::int64_t grams = std::min(-standing.gain, leg.grams);
          leg.grams -= grams;
          in.grams += grams;
          standing.gain += grams;
        }
      }
    }
  }
}

void Oracle::mix_runs() {
  for (auto& [run, events] : runs_) {
    std::sort(events.begin(), events.end(),
              [](const Event& a, const Event& b) { return a.origin < b.origin; });
    mix_run(run, events);
  }
}

void Oracle::mix_run(const std::string& run, std::vector<Event> events) {
  std::int64_t gain = standing_["run " + run].gain;
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    for (Leg& leg : gain > 0 ? event->outs : event->ins) {
      if (leg.loss) {
        const std::int64_t grams = std::min(std::abs(gain), leg.grams);
        leg.grams -= grams;
        gain += gain > 0 ? -grams : grams;
      }
    }
  }
  std::int64_t held = 0;
  std::int64_t owed = 0;
  int state = 0;
  std::string tail;
  for (Event& event : events) {
    if (held > 0) {
      event.ins.push_back({tail, true, held, false, false});
    }
    std::int64_t left = sum(event.ins) - sum(event.outs);
    if (left < 0) {
      const std::int64_t given = std::min(std::max<std::int64_t>(gain, 0), -left);
      gain -= given;
      left += given;
      event.ins.push_back({"loss(" + run + ")", false, given, false, true});
      event.ins.push_back({"imbalance", false, -left, false, false});
      owed -= left;
      left = 0;
    }
    const std::int64_t paid = std::min(owed, left);
    event.outs.push_back({"imbalance", false, paid, false, false});
    owed -= paid;
    held = left - paid;
    std::erase_if(event.ins, [](const Leg& leg) { return leg.grams == 0; });
    if (held > 0) {
      tail = "run " + run + "#" + std::to_string(state);
      event.outs.push_back({tail, true, held, false, false});
    }
    events_.push_back(event);
    ++state;
  }
  if (gain < 0 && held > 0) {
    const std::int64_t rest = std::min(held, -gain);
    events_.push_back({UINT64_MAX,
                       0,
                       0,
                       {{tail, true, rest, false, false}},
                       {{"loss(" + run + ")", false, rest, false, true}}});
  }
}

std::vector<std::string> Oracle::nodes() const {
  std::set<std::string> names;
  for (const Event& event : events_) {
    for (const auto* legs : {&event.ins, &event.outs}) {
      for (const Leg& leg : *legs) {
        if (leg.node && leg.name.find('#') == std::string::npos) {
          names.insert(leg.name);
        }
      }
    }
  }
  return {names.begin(), names.end()};
}

std::int64_t Oracle::taken(const std::string& node) const {
  std::int64_t total = 0;
  for (const Event& event : events_) {
    for (const Leg& leg : event.ins) {
      total += leg.name == node ? leg.grams : 0;
    }
  }
  return total;
}

std::int64_t Oracle::mass(const std::string& node) const {
  std::int64_t total = 0;
  for (const Event& event : events_) {
    for (const Leg& leg : event.outs) {
      total += leg.name == node ? leg.grams : 0;
    }
  }
  if (const auto found = standing_.find(node); found != standing_.end()) {
    total += std::max<std::int64_t>(found->second.imbalance, 0) +
             std::max<std::int64_t>(found->second.gain, 0);
  }
  return total > 0 ? total : taken(node);
}

Mix Oracle::event_up(const Event& event) {
  Mix mix;
  const std::int64_t total = sum(event.ins);
  for (const Leg& leg : event.ins) {
    if (leg.grams == 0) {
      continue;
    }
    const Rational part = ratio(leg.grams, total);
    const std::string seq = "#" + std::to_string(event.seq);
    if (leg.node && cut_.contains({event.seq, leg.name})) {
      add(mix, {{"break_cycle" + seq, ratio(1, 1)}}, part);
    } else if (leg.node) {
      add(mix, upstream(leg.name), part);
    } else {
      add(mix, {{leg.name + seq, ratio(1, 1)}}, part);
    }
  }
  return mix;
}

const Mix& Oracle::upstream(const std::string& node) {
  if (const auto known = up_.find(node); known != up_.end()) {
    return known->second;
  }
  Mix mix;
  const std::int64_t total = mass(node);
  std::int64_t made = 0;
  for (const Event& event : events_) {
    for (const Leg& leg : event.outs) {
      if (leg.name != node || leg.grams == 0) {
        continue;
      }
      made += leg.grams;
      if (event.ins.size() == 1 && !event.ins[0].node) {
        add(mix, {{event.ins[0].name + ":" + node + "#" + std::to_string(event.seq), ratio(1, 1)}},
            ratio(leg.grams, total));
      } else {
        add(mix, event_up(event), ratio(leg.grams, total));
      }
    }
  }
  if (const auto found = standing_.find(node); found != standing_.end() && total > 0) {
    made += std::max<std::int64_t>(found->second.imbalance, 0);
    made += std::max<std::int64_t>(found->second.gain, 0);
    add(mix, {{"imbalance:" + node, ratio(1, 1)}},
        ratio(std::max<std::int64_t>(found->second.imbalance, 0), total));
    add(mix, {{"gain:" + node, ratio(1, 1)}},
        ratio(std::max<std::int64_t>(found->second.gain, 0), total));
  }
  if (made == 0 && total > 0) {
    mix = {{"unknown:" + node, ratio(1, 1)}};
  }
  return up_[node] = mix;
}

const Mix& Oracle::downstream(const std::string& node) {
  if (const auto known = down_.find(node); known != down_.end()) {
    return known->second;
  }
  std::int64_t used = taken(node);
  std::int64_t booked = 0;
  if (const auto found = standing_.find(node); found != standing_.end()) {
    booked = std::max<std::int64_t>(-found->second.gain, 0);
    used += booked;
  }
  const std::int64_t total = std::max(mass(node), used);
  Mix mix;
  for (const Event& event : events_) {
    for (const Leg& in : event.ins) {
      if (in.name != node || in.grams == 0) {
        continue;
      }
      if (cut_.contains({event.seq, node})) {
        add(mix, {{"break_cycle#" + std::to_string(event.seq), ratio(1, 1)}},
            ratio(in.grams, total));
        continue;
      }
      for (const Leg& out : event.outs) {
        if (out.grams > 0) {
          const Mix fate = out.node ? downstream(out.name) : Mix{{out.name, ratio(1, 1)}};
          add(mix, fate, ratio(in.grams, total) * ratio(out.grams, sum(event.outs)));
        }
      }
    }
  }
  if (total > 0) {
    const std::string name = node.substr(0, node.find('#'));
    add(mix, {{"booked_off:" + name, ratio(1, 1)}}, ratio(booked, total));
    add(mix, {{"standing:" + name, ratio(1, 1)}}, ratio(total - used, total));
  }
  return down_[node] = mix;
}

}  // namespace huan::trace::test
