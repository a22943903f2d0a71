// SPDX-License-Identifier: Apache-2.0
#include "model.hpp"

#include <algorithm>
#include <cstdio>

#include "judge.hpp"

namespace huan::auditor {
namespace {

constexpr std::int64_t kDay = 86'400;

bool is_leap(std::int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

std::int64_t days_from_civil(std::int64_t year, std::int64_t month, std::int64_t day) {
  constexpr std::int64_t kBeforeMonth[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  const std::int64_t y = year - 1;
  const std::int64_t days = y * 365 + y / 4 - y / 100 + y / 400;
  constexpr std::int64_t kTo1970 = 1969 * 365 + 1969 / 4 - 1969 / 100 + 1969 / 400;
  return days - kTo1970 + kBeforeMonth[month - 1] + (month > 2 && is_leap(year) ? 1 : 0) + day - 1;
}

/// What imbalance, variance, loss and count must hold for an account, by §4.
std::map<Account, std::int64_t> kept_for(const State& state, const Account& account) {
  const std::int64_t raw = state.raw_of(account);
  if (state.closed(account)) {
    if (account.kind == "transit") {
      return {{{"variance", account.a, account.b, account.unit}, raw}};
    }
    return {{{account.unit == "g" ? "loss" : "count", account.a, "", account.unit}, raw}};
  }
  return {{{"imbalance", account.kind + " " + account.a, account.b, account.unit},
           std::min<std::int64_t>(0, raw)}};
}

/// Stock and runs are somewhere, so what is kept for them is counted there; a run's rest by the
/// process that it was begun with. All else is counted with the record.
Context context_of_kept(const State& state, const Record& record, const Account& other) {
  std::string place = record.kept_context.place;
  Context context = record.kept_context;
  if (other.kind == "imbalance" && other.a.rfind("stock ", 0) == 0) {
    place = other.a.substr(6);
  } else if (other.kind == "imbalance" && other.a.rfind("wip ", 0) == 0) {
    place = state.runs.at(other.a.substr(4)).place;
  } else if (other.kind == "loss" || other.kind == "count") {
    place = state.runs.at(other.a).place;
  }
  if (place != context.place) {
    context = record.before_context;  // its legs stood there
  }
  if (other.kind == "loss" || other.kind == "count") {
    context.cls = state.runs.at(other.a).process;
  }
  return context;
}

std::string material_of(const State& after, const Record& record, const Account& account,
                        const std::vector<Leg>& taken_back) {
  if (account.kind == "transit") {
    return after.lines.at(account.a).at(account.b).material;
  }
  for (const auto* legs : {&taken_back, &record.own}) {
    for (const Leg& leg : *legs) {
      if (leg.account == account) {
        return leg.material;
      }
    }
  }
  return "";
}

/// The legs of class `kept`: how imbalance, variance, loss and count change from before to after.
std::vector<Leg> kept_legs(const State& before, const State& after, const Record& record,
                           const std::vector<Leg>& taken_back) {
  std::map<Account, bool> accounts;
  for (const auto* state : {&before, &after}) {
    for (const auto& [account, raw] : state->raw) {
      if (is_kept(account)) {
        accounts[account] = true;
      }
    }
  }
  std::vector<Leg> legs;
  for (const auto& [account, yes] : accounts) {
    std::map<Account, std::int64_t> change = kept_for(after, account);
    for (const auto& [other, amount] : kept_for(before, account)) {
      change[other] -= amount;
    }
    for (const auto& [other, amount] : change) {
      if (amount != 0) {
        legs.push_back({other, amount, material_of(after, record, account, taken_back)});
      }
    }
  }
  return legs;
}

/// A shipment that this record closed and whose ends differ by more than the material allows.
std::vector<std::string> two_ends(const World& world, const State& before, const State& after) {
  std::vector<std::string> raised;
  for (const auto& [id, shipment] : after.shipments) {
    const auto was = before.shipments.find(id);
    const bool was_closed = was != before.shipments.end() && was->second.finals > 0;
    const auto lines = after.lines.find(id);
    if (shipment.finals == 0 || was_closed || lines == after.lines.end()) {
      continue;
    }
    for (const auto& [name, line] : lines->second) {
      const Material& facts = world.materials.at(line.material);
      const std::int64_t share = (line.shipped * facts.tolerance_permille + 500) / 1000;
      const std::int64_t rest = after.raw_of({"transit", id, name, "g"});
      if (std::max(rest, -rest) > std::max(share, facts.tolerance_g)) {
        raised.push_back("two_ends");
      }
    }
  }
  return raised;
}

struct Row {
  std::string flow, cls;
  std::int64_t sign{1};
};

/// Which flow a leg stands for (rollup.hpp says it); no flow: empty.
Row row_of(const Leg& leg, const Context& c, bool kept) {
  const std::string& kind = leg.account.kind;
  const bool in = leg.amount > 0;
  if (kind == "source") {
    return {"receive", leg.account.b, -1};
  }
  if (kind == "stock" && c.type == "transform") {
    return in ? Row{"out", c.cls, 1} : Row{"in", c.cls, -1};
  }
  if (kind == "stock" && c.type == "accept") {
    return {"accept", c.cls, 1};
  }
  if (kind == "transit" && in) {
    return {c.type == "ship" ? "ship" : "refuse", c.cls, 1};
  }
  if (kind == "abroad" && c.type == "ship") {
    return {"ship", c.cls, 1};
  }
  if (kind == "sink") {
    return {leg.account.a == "sold" ? "sell" : "dispose", leg.account.b, 1};
  }
  if (kind == "loss" || kind == "count") {
    return {"loss", c.cls, 1};
  }
  if (kind == "variance") {
    return c.type == "adjust" && !kept ? Row{"adjust", "", -1} : Row{"variance", "", 1};
  }
  if (kind == "imbalance") {
    return {"imbalance", "", -1};
  }
  if (kind == "trade" && !leg.material.empty()) {
    return c.type == "receive" ? Row{"receive", c.cls, 1} : Row{"sell", c.cls, -1};
  }
  return {};
}

struct Figures {
  std::int64_t mass{0}, pieces{0}, money{0}, count{0};
};

void count_legs(const std::vector<Leg>& legs, const Context& c, std::int64_t day, bool kept,
                std::map<std::string, Figures>& rows) {
  for (const Leg& leg : legs) {
    const Row row = row_of(leg, c, kept);
    if (row.flow.empty()) {
      continue;
    }
    const std::string tail = " " + leg.material + " " + row.flow + " " + row.cls;
    for (const std::string& key :
         {"day " + std::to_string(day) + " " + c.place + " " + c.operator_id + tail,
          "month " + rfc3339(day * kDay).substr(0, 7) + " " + c.district + tail}) {
      Figures& figures = rows[key];
      if (leg.account.unit == "g") {
        figures.mass += row.sign * leg.amount;
        figures.count += 1;
      } else if (leg.account.unit == "pcs") {
        figures.pieces += row.sign * leg.amount;
      } else if (leg.account.unit == "fen") {
        figures.money += row.sign * leg.amount;
      }
    }
  }
}

std::string describe(const Account& account) {
  return account.kind + "|" + account.a + "|" + account.b + "|" + account.unit;
}

}  // namespace

std::int64_t seconds(const std::string& t) {
  const auto n = [&](std::size_t from, std::size_t size) {
    return std::stoll(t.substr(from, size));
  };
  std::int64_t offset = 0;
  if (t.at(19) != 'Z') {
    offset = (n(20, 2) * 60 + n(23, 2)) * 60 * (t.at(19) == '-' ? -1 : 1);
  }
  return days_from_civil(n(0, 4), n(5, 2), n(8, 2)) * kDay + n(11, 2) * 3600 + n(14, 2) * 60 +
         n(17, 2) - offset;
}

std::string rfc3339(std::int64_t s) {
  const std::int64_t local = s + 8 * 3600;
  std::int64_t year = 1970 + local / kDay / 366, month = 1;
  while (days_from_civil(year + 1, 1, 1) <= local / kDay) {
    ++year;
  }
  while (month < 12 && days_from_civil(year, month + 1, 1) <= local / kDay) {
    ++month;
  }
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d+08:00", static_cast<int>(year),
                static_cast<int>(month),
                static_cast<int>(local / kDay - days_from_civil(year, month, 1) + 1),
                static_cast<int>(local % kDay / 3600), static_cast<int>(local % 3600 / 60),
                static_cast<int>(local % 60));
  return text;
}

bool is_kept(const Account& account) {
  const bool material = account.unit == "g" || account.unit == "pcs";
  return (material &&
          (account.kind == "stock" || account.kind == "transit" || account.kind == "wip")) ||
         (account.kind == "party" && account.unit == "points");
}

std::int64_t State::raw_of(const Account& account) const {
  const auto found = raw.find(account);
  return found == raw.end() ? 0 : found->second;
}

std::int64_t State::visible(const Account& account) const {
  return std::max<std::int64_t>(0, raw_of(account));
}

bool State::closed(const Account& account) const {
  if (account.kind == "transit") {
    const auto shipment = shipments.find(account.a);
    return shipment != shipments.end() && shipment->second.finals > 0;
  }
  if (account.kind == "wip") {
    const auto run = runs.find(account.a);
    return run != runs.end() && run->second.closes > 0;
  }
  return false;
}

std::uint64_t first_move(const std::vector<Record>& records,
                         const std::vector<std::uint64_t>& chain, const std::string& code) {
  for (const std::uint64_t seq : chain) {
    for (const Move& move : records[seq - 1].moves) {
      if (move.code == code) {
        return seq;
      }
    }
  }
  return 0;
}

State fold(const std::vector<Record>& records) {
  State s;
  for (const Record& r : records) {
    // Names stay once they were given, whatever is corrected later.
    for (const Made& made : r.made) {
      s.lots[made.lot] = {made.place, made.material, made.time, r.seq, made.has_items};
      s.stood[{made.lot, made.place}] = s.lots[made.lot];
    }
    for (const auto& [id, shipment] : r.shipments) {
      s.shipments.try_emplace(id, shipment);
    }
    for (const auto& [id, run] : r.runs) {
      s.runs.try_emplace(id, run);
    }
    for (const Move& move : r.moves) {
      s.items[move.code] = "";
      if (!r.superseded) {
        s.moves[move.code][first_move(records, r.chain, move.code)] = {r.chain.front(), move.after};
      }
    }
    for (const auto& [device, number] : r.tickets) {
      s.tickets[device][number] = r.seq;
    }
    for (const Leg& leg : r.own) {
      if (leg.account.kind == "transit") {
        auto& line = s.lines[leg.account.a].try_emplace(leg.account.b).first->second;
        line.material = line.material.empty() ? leg.material : line.material;
        const bool ships = r.context.type == "ship" && leg.account.unit == "g" && !r.superseded;
        line.shipped += ships ? leg.amount : 0;
      }
      if (!r.superseded) {
        s.raw[leg.account] += leg.amount;
      }
    }
    if (!r.superseded && !r.closes_shipment.empty()) {
      ++s.shipments.at(r.closes_shipment).finals;
    }
    if (!r.superseded && !r.closes_run.empty()) {
      ++s.runs.at(r.closes_run).closes;
    }
  }
  for (const auto& [code, moves] : s.moves) {
    s.items[code] = moves.rbegin()->second.second;
  }
  return s;
}

Reply Model::post(const Json& event, std::int64_t now) {
  for (const Record& record : records_) {
    if (record.id == event.at("id")) {
      return record.as_sent == event ? Reply{"duplicate", "", "", {}}
                                     : Reply{"refused", "id_conflict", "/id", {}};
    }
  }
  Judge judge(world_, records_, state_, now);
  Record record;
  try {
    record = judge.judge(event);
  } catch (const Refusal& refusal) {
    return {"refused", refusal.code, refusal.at, {}};
  }
  record.seq = records_.size() + 1;
  record.chain.push_back(record.seq);
  std::vector<Leg> taken_back;
  for (Record& old : records_) {
    if (event.at("type") == "correct" && old.id == event.at("corrects")) {
      old.superseded = true;
      taken_back = old.own;
    }
  }
  records_.push_back(std::move(record));
  const State before = std::move(state_);
  state_ = fold(records_);
  records_.back().kept = kept_legs(before, state_, records_.back(), taken_back);
  std::vector<std::string> raised = two_ends(world_, before, state_);
  raised.insert(raised.end(), judge.raised.begin(), judge.raised.end());
  std::sort(raised.begin(), raised.end());
  return {"posted", "", "", raised};
}

void Model::go_back(std::size_t records) {
  records_.resize(records);
  for (Record& record : records_) {
    record.superseded = std::any_of(records_.begin(), records_.end(), [&](const Record& later) {
      return later.as_sent.at("type") == "correct" && later.as_sent.at("corrects") == record.id;
    });
  }
  state_ = fold(records_);
}

Dump Model::dump() const {
  Dump dump;
  std::map<Account, std::int64_t> accounts;
  for (const auto& [account, raw] : state_.raw) {
    accounts[account] += is_kept(account) && state_.closed(account)
                             ? 0
                             : (is_kept(account) ? state_.visible(account) : raw);
    if (is_kept(account)) {
      for (const auto& [other, amount] : kept_for(state_, account)) {
        accounts[other] += amount;
      }
    }
  }
  for (const auto& [account, amount] : accounts) {
    if (amount != 0) {
      dump["account " + describe(account)] = std::to_string(amount);
    }
  }
  for (const auto& [account, raw] : state_.raw) {
    if (is_kept(account) && raw != 0) {
      dump["raw " + describe(account)] = std::to_string(raw);
    }
  }
  for (const auto& [shipment, lines] : state_.lines) {
    for (const auto& [name, line] : lines) {
      dump["line " + shipment + " " + name] = line.material + " " + std::to_string(line.shipped);
    }
  }
  std::map<std::string, Figures> rows;
  for (const Record& r : records_) {
    if (!r.superseded) {
      count_legs(r.own, r.context, (r.time + world_.offset_s) / kDay, false, rows);
    }
    for (const Leg& leg : r.kept) {
      count_legs({leg}, context_of_kept(state_, r, leg.account),
                 (r.kept_time + world_.offset_s) / kDay, true, rows);
    }
  }
  for (const auto& [key, f] : rows) {
    if (f.mass != 0 || f.pieces != 0 || f.money != 0 || f.count != 0) {
      dump[key] = std::to_string(f.mass) + " g " + std::to_string(f.pieces) + " pcs " +
                  std::to_string(f.money) + " fen " + std::to_string(f.count);
    }
  }
  for (const auto& [name, lot] : state_.lots) {
    dump["lot " + name] =
        lot.place + " " + lot.material + " " + rfc3339(lot.time) + (lot.has_items ? " items" : "");
  }
  for (const auto& [id, s] : state_.shipments) {
    dump["shipment " + id] = s.from + " " + s.to + " " + s.city + " " + std::to_string(s.finals);
  }
  for (const auto& [id, run] : state_.runs) {
    dump["run " + id] = run.place + " " + std::to_string(run.closes);
  }
  for (const auto& [code, lot] : state_.items) {
    dump["item " + code] = lot;
  }
  return dump;
}

}  // namespace huan::auditor
