// SPDX-License-Identifier: Apache-2.0
#include "city.hpp"

#include <algorithm>
#include <set>

namespace huan::trace::test {

void City::live(int events) {
  for (int i = 0; i < events; ++i) {
    const std::int64_t what = pick(0, 99);
    if (what < 22 || seq_ == 0) {
      receive();
    } else if (what < 37) {
      ship();
    } else if (what < 53) {
      accept();
    } else if (what < 76) {
      transform();
    } else if (what < 82) {
      leave();
    } else if (what < 86) {
      count();
    } else {
      correct();
    }
  }
}

std::vector<std::pair<std::string, std::int64_t>> City::standing(AccountKind kind,
                                                                 const std::string& a) const {
  std::vector<std::pair<std::string, std::int64_t>> list;
  for (const auto& [key, balance] : balances_) {
    if (key.kind == kind && key.a == a && balance.now() > 0) {
      list.emplace_back(key.b, balance.now());
    }
  }
  return list;
}

std::vector<PlanLine> City::draw(const std::string& at, int most) {
  auto lots = standing(AccountKind::stock, at);
  std::shuffle(lots.begin(), lots.end(), random_);
  std::vector<PlanLine> lines;
  for (std::size_t i = 0; i < lots.size() && i < static_cast<std::size_t>(pick(1, most)); ++i) {
    const std::int64_t all = lots[i].second;
    lines.push_back({lots[i].first, pick(0, 2) == 0 ? pick(1, all) : all, 0, 0, 0});
  }
  return lines;
}

void City::split(Plan& plan, std::int64_t total) {
  const std::int64_t parts = std::min<std::int64_t>(pick(1, 4), total);
  for (std::int64_t i = 0; i < parts; ++i) {
    const std::int64_t grams = i + 1 == parts ? total : pick(1, total - (parts - 1 - i));
    plan.outs.push_back({new_lot(), grams, 0, 0, 0});
    total -= grams;
  }
}

void City::receive() {
  Plan plan{.type = EventType::receive, .place = place()};
  plan.name = pick(0, 1) == 0 ? "household" : "commercial";
  for (std::int64_t i = pick(1, 3); i > 0; --i) {
    plan.outs.push_back({new_lot(), pick(0, 3) == 0 ? 50 : pick(1, 99), 0, 0, 0});
  }
  post(plan);
}

void City::ship() {
  Plan plan{.type = EventType::ship, .place = place()};
  plan.ins = draw(plan.place, 5);
  if (plan.ins.empty()) {
    return;
  }
  if (pick(0, 12) == 0) {
    plan.name = "abroad";
  }
  const bool again = shipments_ > 0 && pick(0, 3) == 0;
  plan.shipment = "T" + std::to_string(again ? shipments_ : ++shipments_);
  post(plan);
}

void City::accept() {
  std::vector<std::string> open;
  for (const auto& [key, balance] : balances_) {
    if (key.kind == AccountKind::transit && balance.now() > 0) {
      open.push_back(key.a);
    }
  }
  if (open.empty()) {
    return;
  }
  Plan plan{.type = EventType::accept, .place = place()};
  plan.shipment =
      open[static_cast<std::size_t>(pick(0, static_cast<std::int64_t>(open.size()) - 1))];
  plan.name = "R" + std::to_string(seq_ + 1);
  plan.final = pick(0, 1) == 0;
  const std::int64_t groups = pick(1, 3);
  for (const auto& [line, there] : standing(AccountKind::transit, plan.shipment)) {
    PlanLine in{line, std::max<std::int64_t>(there - pick(-4, 4) * pick(0, 1), 1), 0, 0,
                static_cast<std::uint32_t>(pick(1, groups))};
    if (pick(0, 6) == 0 && in.grams > 2) {
      in.refused = pick(1, in.grams - 1);
      in.grams -= in.refused;
    }
    in.variance = plan.final ? there - in.grams - in.refused : 0;
    plan.ins.push_back(in);
  }
  post(plan);
}

void City::transform() {
  Plan plan{.type = EventType::transform, .place = place()};
  plan.ins = draw(plan.place, 5);
  std::int64_t total = 0;
  for (const PlanLine& in : plan.ins) {
    total += in.grams;
  }
  plan.name = "sort";
  if (pick(0, 2) == 0) {
    plan.run = "run" + std::to_string(runs_ > 0 && pick(0, 2) > 0 ? runs_ : ++runs_);
    for (const Version& version : standing_versions_) {
      if (version.plan.run == plan.run && version.plan.final) {
        plan.run = "run" + std::to_string(++runs_);
      }
    }
    const std::int64_t held = balances_[{AccountKind::wip, plan.run, ""}].now() + total;
    if (held == 0) {
      return;
    }
    const std::int64_t out = pick(0, held);
    if (out > 0) {
      split(plan, out);
    }
    plan.final = pick(0, 3) == 0;
    plan.loss = plan.final ? held - out : pick(0, 9) == 0 ? -pick(1, 5) : 0;
  } else {
    if (total == 0) {
      return;
    }
    plan.loss = total > 1 ? pick(0, std::min<std::int64_t>(total - 1, 5)) : 0;
    split(plan, total - plan.loss);
  }
  post(plan);
}

void City::leave() {
  Plan plan{.type = pick(0, 1) == 0 ? EventType::sell : EventType::dispose, .place = place()};
  plan.name = pick(0, 1) == 0 ? "recycle" : "energy";
  plan.ins = draw(plan.place, 3);
  if (!plan.ins.empty()) {
    post(plan);
  }
}

// Counts come out below or above, and book what stood in imbalance.
void City::count() {
  Plan plan{.type = EventType::adjust, .place = place()};
  for (const auto& [key, balance] : balances_) {
    if (key.kind == AccountKind::stock && key.a == plan.place && balance.imbalance > 0) {
      plan.ins.push_back({key.b, 0, 0, balance.imbalance, 0});
    }
  }
  if (plan.ins.empty()) {
    plan.ins = draw(plan.place, 1);
  }
  if (pick(0, 1) == 0) {
    plan.outs.push_back({new_lot(), pick(1, 9), 0, 0, 0});
  }
  if (!plan.ins.empty() || !plan.outs.empty()) {
    post(plan);
  }
}

void City::correct() {
  if (standing_versions_.empty()) {
    return;
  }
  const auto which =
      static_cast<std::size_t>(pick(0, static_cast<std::int64_t>(standing_versions_.size()) - 1));
  Plan plan = standing_versions_[which].plan;
  if (pick(0, 4) == 0) {
    plan = Plan{.type = EventType::correct};
  } else {
    change(plan);
  }
  post(plan, which);
}

void City::change(Plan& plan) {
  std::int64_t in = 0;
  for (PlanLine& line : plan.ins) {
    if (plan.type == EventType::adjust) {
      continue;
    }
    line.grams = std::max<std::int64_t>(line.grams + pick(-20, 20) * pick(0, 1), 1);
    in += line.grams;
  }
  if (plan.type == EventType::receive) {
    for (PlanLine& line : plan.outs) {
      line.grams = std::max<std::int64_t>(line.grams + pick(-60, 30), 1);
    }
  }
  const auto others = standing(AccountKind::stock, plan.place);
  if (pick(0, 3) == 0 && !others.empty() && plan.type == EventType::transform &&
      !plan.ins.empty()) {
    const auto& other =
        others[static_cast<std::size_t>(pick(0, static_cast<std::int64_t>(others.size()) - 1))];
    const bool there = std::any_of(plan.ins.begin(), plan.ins.end(),
                                   [&](const PlanLine& line) { return line.lot == other.first; });
    const bool own = std::any_of(plan.outs.begin(), plan.outs.end(),
                                 [&](const PlanLine& line) { return line.lot == other.first; });
    if (!there && !own) {
      plan.ins.front().lot = other.first;
    }
  }
  if (plan.type == EventType::transform && plan.run.empty()) {
    std::int64_t out = 0;
    for (PlanLine& line : plan.outs) {
      line.grams = std::max<std::int64_t>(std::min(line.grams, in - out), 0);
      out += line.grams;
    }
    std::erase_if(plan.outs, [](const PlanLine& line) { return line.grams == 0; });
    plan.loss = in - out;
  }
}

std::vector<City::Leg> City::own_legs(const Plan& plan) const {
  std::vector<Leg> legs;
  const auto leg = [&](AccountKind kind, std::string a, std::string b, std::int64_t grams,
                       std::uint32_t group = 0, AccountKind of = AccountKind::stock) {
    if (grams != 0) {
      legs.push_back({{kind, std::move(a), std::move(b)}, of, grams, group});
    }
  };
  using K = AccountKind;
  std::int64_t in = 0;
  std::int64_t out = 0;
  for (const PlanLine& line : plan.ins) {
    in += line.grams;
  }
  for (const PlanLine& line : plan.outs) {
    out += line.grams;
  }
  switch (plan.type) {
    case EventType::receive:
      leg(K::source, plan.place, plan.name, -out);
      break;
    case EventType::ship:
      for (const PlanLine& line : plan.ins) {
        leg(plan.name.empty() ? K::transit : K::abroad, plan.shipment, line.lot, line.grams);
      }
      break;
    case EventType::accept: {
      std::map<std::uint32_t, std::int64_t> sums;
      for (const PlanLine& line : plan.ins) {
        sums[line.group] += line.grams;
        leg(K::transit, plan.shipment, line.lot, -line.grams - line.refused - line.variance,
            line.group);
        leg(K::transit, plan.name, line.lot, line.refused, line.group);
        leg(K::variance, plan.shipment, line.lot, line.variance, line.group);
      }
      for (const auto& [group, grams] : sums) {
        leg(K::stock, plan.place, plan.name + "." + std::to_string(group), grams, group);
      }
      return legs;
    }
    case EventType::transform:
      if (plan.run.empty()) {
        leg(K::loss, plan.name, "", plan.loss);
      } else {
        leg(K::wip, plan.run, "", in);
        leg(K::wip, plan.run, "", -out);
        leg(K::wip, plan.run, "", -plan.loss);
        leg(K::loss, plan.run, "", plan.loss);
      }
      break;
    case EventType::sell:
      leg(K::sink, "sold", plan.name, in);
      break;
    case EventType::dispose:
      leg(K::sink, "disposed", plan.name, in);
      break;
    case EventType::adjust:
      for (const PlanLine& line : plan.ins) {
        leg(K::variance, plan.place, line.lot, line.grams);
        leg(K::imbalance, plan.place, line.lot, line.variance);
        leg(K::variance, plan.place, line.lot, -line.variance);
      }
      for (const PlanLine& line : plan.outs) {
        leg(K::variance, plan.place, line.lot, -line.grams);
      }
      break;
    case EventType::settle:
    case EventType::correct:
      break;
  }
  for (const PlanLine& line : plan.ins) {
    leg(K::stock, plan.place, line.lot, -line.grams);
  }
  for (const PlanLine& line : plan.outs) {
    leg(K::stock, plan.place, line.lot, line.grams);
  }
  return legs;
}

void City::apply(const Leg& leg, std::int64_t sign) {
  const std::int64_t grams = leg.grams * sign;
  if (leg.account.kind == AccountKind::imbalance) {
    Balance& balance = balances_[{leg.of, leg.account.a, leg.account.b}];
    balance.imbalance -= grams;
    balance.converted += grams;
  } else if (leg.account.kind == AccountKind::stock || leg.account.kind == AccountKind::transit ||
             leg.account.kind == AccountKind::wip) {
    balances_[leg.account].raw += grams;
  }
}

Flow City::flow(const Leg& leg, LegClass cls, std::int64_t sign) {
  return {leg.account.kind,
          cls,
          leg.of,
          leg.group,
          story_.keep(leg.account.a),
          story_.keep(leg.account.b),
          leg.grams * sign};
}

void City::post(const Plan& plan, std::size_t corrected) {
  EventFlows event;
  event.seq = seq_ += static_cast<std::uint64_t>(pick(1, 3));
  event.type = plan.type;
  std::vector<Flow> flows;
  if (corrected != SIZE_MAX) {
    const Version& version = standing_versions_[corrected];
    event.type = EventType::correct;
    event.replacement = plan.type;
    event.supersedes_seq = version.seq;
    for (const Leg& leg : version.own) {
      apply(leg, -1);
      flows.push_back(flow(leg, LegClass::reversing, -1));
    }
  }
  const std::vector<Leg> own = own_legs(plan);
  for (const Leg& leg : own) {
    apply(leg, 1);
    flows.push_back(flow(leg, LegClass::own, 1));
  }
  if (corrected != SIZE_MAX) {
    standing_versions_.erase(standing_versions_.begin() + static_cast<std::ptrdiff_t>(corrected));
  }
  if (plan.type != EventType::correct) {
    standing_versions_.push_back({event.seq, plan, own});
  }
  keep(flows);
  story_.add(event, std::move(flows));
}

void City::keep(std::vector<Flow>& flows) {
  std::set<std::string> closed;
  for (const Version& version : standing_versions_) {
    if (version.plan.final) {
      closed.insert(version.plan.type == EventType::accept ? version.plan.shipment
                                                           : version.plan.run);
    }
  }
  for (auto& [key, balance] : balances_) {
    const bool is_closed = key.kind != AccountKind::stock && closed.contains(key.a);
    const std::int64_t raw = balance.raw + balance.converted;
    const std::int64_t imbalance = is_closed ? 0 : std::max<std::int64_t>(-raw, 0);
    const std::int64_t variance = is_closed ? -raw : 0;
    const auto move = [&](AccountKind other, std::int64_t grams) {
      if (grams != 0) {
        flows.push_back(flow({key, AccountKind::stock, grams, 0}, LegClass::kept, 1));
        flows.push_back(flow({{other, key.a, key.b}, key.kind, grams, 0}, LegClass::kept, -1));
      }
    };
    move(AccountKind::imbalance, imbalance - balance.imbalance);
    move(key.kind == AccountKind::wip ? AccountKind::loss : AccountKind::variance,
         variance - balance.variance);
    balance.imbalance = imbalance;
    balance.variance = variance;
  }
}

}  // namespace huan::trace::test
