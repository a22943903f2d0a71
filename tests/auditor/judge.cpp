// SPDX-License-Identifier: Apache-2.0
#include "judge.hpp"

#include <algorithm>
#include <numeric>

namespace huan::auditor {
namespace {

const Record* find_record(const std::vector<Record>& records, const std::string& id) {
  for (const Record& record : records) {
    if (record.id == id) {
      return &record;
    }
  }
  return nullptr;
}

bool contains(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

/// "130102-0007" is number 7 of device "130102"; a ticket without a number is a device of its own.
std::pair<std::string, std::int64_t> ticket_parts(const std::string& ticket) {
  const auto dash = ticket.rfind('-');
  if (dash == std::string::npos || dash == 0) {
    return {ticket + " ", 0};
  }
  const std::string digits = ticket.substr(dash + 1);
  const bool all_digits =
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (digits.empty() || digits.size() > 15 || !all_digits) {
    return {ticket + " ", 0};
  }
  return {ticket.substr(0, dash), std::stoll(digits)};
}

std::string class_of(const World& world, const Json& event) {
  const std::string type = event.at("type");
  if (type == "receive") {
    return event.at("from").at("origin");
  }
  if (type == "ship") {
    const std::string city = text(event.at("to"), "city");
    return city.empty() ? "" : "other-city:" + city;
  }
  if (type == "accept") {
    const std::string city = text(event, "from_city");
    return city.empty() ? "" : "other-city:" + city;
  }
  if (type == "transform") {
    return event.value("process", "sort");
  }
  if (type == "dispose") {
    return event.at("method");
  }
  if (type == "sell") {
    const Json& to = event.at("to");
    if (to.contains("class")) {
      return to.at("class");
    }
    const Party* party = world.party(text(to, "party"), seconds(event.at("time")));
    return party == nullptr || party->destination.empty() ? "recycle" : party->destination;
  }
  return "";
}

}  // namespace

std::vector<std::int64_t> split(std::int64_t total, const std::vector<std::int64_t>& weights) {
  __extension__ using Wide = __int128;
  const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  if (sum <= 0) {
    throw std::out_of_range("nothing to split by");
  }
  std::vector<std::int64_t> parts;
  std::vector<std::pair<std::int64_t, std::size_t>> order;  // remainder (negative), index
  std::int64_t rest = total;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Wide product = Wide{total} * weights[i];
    parts.push_back(static_cast<std::int64_t>(product / sum));
    order.emplace_back(-static_cast<std::int64_t>(product % sum), i);
    rest -= parts.back();
  }
  std::sort(order.begin(), order.end());
  for (std::size_t i = 0; rest > 0; ++i, --rest) {
    ++parts[order[i].second];
  }
  return parts;
}

std::int64_t price_of(const Json& line, std::int64_t basis) {
  const std::int64_t price = number(line, "price_fen");
  if (text(line, "per") == "piece") {
    return number(line, "pieces") * price;
  }
  return (number(line, "settle_g", basis) * price * 2 + 1000) / 2000;  // half up, per 1,000 g
}

std::string text(const Json& object, const char* key) {
  return object.contains(key) ? object.at(key).get<std::string>() : std::string{};
}

std::int64_t number(const Json& object, const char* key, std::int64_t absent) {
  return object.contains(key) ? object.at(key).get<std::int64_t>() : absent;
}

Record Judge::judge(const Json& event) {
  record_.id = event.at("id");
  record_.as_sent = event;
  if (event.at("type") == "correct") {
    correct(event);
  } else {
    record_.in_force = event;
    in_common(event);
    own_legs();
  }
  return std::move(record_);
}

void Judge::correct(const Json& event) {
  check_time_and_place(event);
  check_vehicle(event);
  const Record* old = find_record(records_, event.at("corrects"));
  if (old == nullptr) {
    throw Refusal{"unknown_event", "/corrects"};
  }
  if (old->superseded) {
    throw Refusal{"version_conflict", "/corrects"};
  }
  correcting_ = true;
  take_back(*old);
  check_ticket(event);
  record_.in_force = event.at("replacement");
  if (!record_.in_force.is_null()) {
    try {
      in_common(record_.in_force);
      own_legs();
    } catch (Refusal& refusal) {
      refusal.at = "/replacement" + refusal.at;
      throw;
    }
    return;
  }
  // A void is counted where and when the voided was.
  record_.context = old->context;
  record_.time = old->in_force.is_null() ? seconds(event.at("time")) : old->time;
  record_.kept_context = old->context;
  record_.kept_time = record_.time;
}

void Judge::take_back(const Record& old) {
  record_.before_context = old.context;
  record_.chain = old.chain;
  for (const Leg& own : old.own) {
    raw_[own.account] -= own.amount;
    if (own.account.kind == "stock" && own.account.unit == "g" &&
        !contains(lots_before_, own.account.b)) {
      lots_before_.push_back(own.account.b);
    }
  }
  for (const Move& move : old.moves) {
    items_now_.emplace(move.code, item_at(move.code));
  }
}

void Judge::check_time_and_place(const Json& event) {
  const std::int64_t time = seconds(event.at("time"));
  if (time > now_ + world_.tolerance_s) {
    throw Refusal{"time_in_future", "/time"};
  }
  const PlaceVersion* place = world_.place(event.at("place"), time);
  if (place == nullptr) {
    throw Refusal{"unknown_place", "/place"};
  }
  const std::string type = event.at("type");
  const bool needs_active = type == "receive" || (type == "transform" && !event.contains("run"));
  if (place->state == "planned" || (needs_active && place->state != "active")) {
    throw Refusal{"place_not_active", "/place"};
  }
}

void Judge::check_vehicle(const Json& event) {
  if (event.contains("vehicle") && !world_.drives(event.at("vehicle"), seconds(event.at("time")))) {
    throw Refusal{"unknown_vehicle", "/vehicle"};
  }
}

void Judge::in_common(const Json& event) {
  event_ = event;
  check_time_and_place(event);
  check_vehicle(event);
  record_.time = seconds(event.at("time"));
  const PlaceVersion* place = world_.place(event.at("place"), record_.time);
  record_.context = {event.at("type"), event.at("place"), place->operator_id, place->district,
                     class_of(world_, event)};
  record_.kept_context = record_.context;
  record_.kept_time = record_.time;
  check_ticket(event);
}

/// Two events in force never carry the same number of a device. Of all records that ever carried it
/// only the last can be in force, and a correction takes the place of those before it.
void Judge::check_ticket(const Json& event) {
  const std::string ticket = text(event, "ticket");
  if (ticket.empty()) {
    return;
  }
  const auto [device, n] = ticket_parts(ticket);
  const auto known = before_.tickets.find(device);
  if (known != before_.tickets.end()) {
    const auto carried = known->second.find(n);
    const auto& chain = record_.chain;
    if (carried != known->second.end() &&
        std::find(chain.begin(), chain.end(), carried->second) == chain.end()) {
      if (!records_[carried->second - 1].superseded) {
        throw Refusal{"number_range", "/ticket"};
      }
      raised.push_back("ticket_again");
    }
    if (n > known->second.rbegin()->first + 1) {
      raised.push_back("ticket_gap");
    }
  }
  record_.tickets.emplace_back(device, n);
}

void Judge::own_legs() {
  const std::string type = event_.at("type");
  if (type == "receive") {
    receive();
  } else if (type == "ship") {
    ship();
  } else if (type == "accept") {
    accept();
  } else if (type == "transform") {
    transform();
  } else if (type == "sell") {
    sink("sold");
  } else if (type == "dispose") {
    sink("disposed");
  } else if (type == "adjust") {
    adjust();
  } else {
    settle();
  }
}

void Judge::leg(const Account& account, std::int64_t amount, const std::string& material) {
  if (amount != 0) {
    record_.own.push_back({account, amount, material});
    raw_[account] += amount;
  }
}

void Judge::both(const std::string& kind, const std::string& a, const std::string& b,
                 std::int64_t mass, std::int64_t pieces, const std::string& material) {
  leg({kind, a, b, "g"}, mass, material);
  leg({kind, a, b, "pcs"}, pieces, material);
}

std::int64_t Judge::visible(const Account& account) const {
  const auto found = raw_.find(account);
  return found == raw_.end() ? 0 : std::max<std::int64_t>(0, found->second);
}

std::string Judge::make_lot(const std::string& wanted, const std::string& material, bool has_items,
                            const std::string& at) {
  const std::string lot =
      wanted.empty() ? record_.id + "." + std::to_string(record_.made.size() + 1) : wanted;
  const auto standing = before_.lots.find(lot);
  const bool of_our_chain =
      standing != before_.lots.end() && std::find(record_.chain.begin(), record_.chain.end(),
                                                  standing->second.seq) != record_.chain.end();
  const bool made_here = std::any_of(record_.made.begin(), record_.made.end(),
                                     [&](const Made& made) { return made.lot == lot; });
  if (made_here || (standing != before_.lots.end() && !of_our_chain)) {
    throw Refusal{"lot_exists", at};
  }
  record_.made.push_back({lot, event_.at("place"), material, record_.time, has_items});
  return lot;
}

/// Before the event that is judged or corrected: what came later is not looked at.
std::string Judge::item_at(const std::string& code) const {
  if (const auto moved = items_now_.find(code); moved != items_now_.end()) {
    return moved->second;
  }
  const auto known = before_.moves.find(code);
  const std::uint64_t ours = first_move(records_, record_.chain, code);
  std::string where;
  if (known != before_.moves.end()) {
    for (const auto& [at, move] : known->second) {
      const bool other = record_.chain.empty() || move.first != record_.chain.front();
      if (other && (ours == 0 || at < ours)) {
        where = move.second;
      }
    }
  }
  return where;
}

/// Those that the version before had moved, and of those that still stand there.
std::vector<std::string> Judge::items_in(const std::string& lot) const {
  std::vector<std::string> codes;
  for (const auto& [code, where] : before_.items) {
    if ((where == lot || items_now_.count(code) != 0) && item_at(code) == lot) {
      codes.push_back(code);
    }
  }
  for (const auto& [code, where] : items_now_) {
    if (where == lot && before_.items.count(code) == 0) {
      codes.push_back(code);
    }
  }
  std::sort(codes.begin(), codes.end());
  return codes;
}

void Judge::move(const std::string& code, const std::string& to, bool comes_in) {
  const std::string from = item_at(code);
  if (comes_in && !from.empty() && from != to) {
    raised.push_back("item_elsewhere");
  }
  record_.moves.push_back({code, from, to});
  items_now_[code] = to;
}

/// What the valid weighings deduct from each line; their net must be the mass.
std::vector<std::int64_t> Judge::weighings(const std::vector<std::int64_t>& masses) const {
  std::vector<std::int64_t> deducted(masses.size(), 0);
  std::map<std::size_t, std::int64_t> net;  // by line; weighings without a line under masses.size()
  const Json list = event_.value("weighings", Json::array());
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Json& w = list[i];
    const std::string at = "/weighings/" + std::to_string(i) + "/line";
    std::size_t line = w.contains("line") ? w.at("line").get<std::size_t>() : masses.size();
    if (w.contains("line") && line >= masses.size()) {
      throw Refusal{"bad_field", at};
    }
    if (!w.value("valid", true)) {
      continue;
    }
    if (!w.contains("line") && masses.size() == 1) {
      line = 0;
    }
    if (line == masses.size() && number(w, "deduct_g") > 0) {
      throw Refusal{"bad_field", at};
    }
    net[line] += number(w, "gross_g") - number(w, "tare_g");
    if (line < masses.size()) {
      deducted[line] += number(w, "deduct_g");
    }
  }
  std::int64_t not_weighed = 0;
  for (std::size_t line = 0; line < masses.size(); ++line) {
    if (net.count(line) == 0) {
      not_weighed += masses[line];
    } else if (net[line] != masses[line]) {
      throw Refusal{"not_balanced", "/weighings"};
    }
  }
  if (net.count(masses.size()) != 0 && net[masses.size()] != not_weighed) {
    throw Refusal{"not_balanced", "/weighings"};
  }
  return deducted;
}

/// `sign` +1: we pay (receive); -1: we are paid (sell).
void Judge::pay(std::int64_t total, std::int64_t sign) {
  const Json& side = event_.at(sign > 0 ? "from" : "to");
  const bool anonymous = !side.contains("party");
  const std::string party = anonymous ? "-" : side.at("party").get<std::string>();
  std::int64_t paid = 0;
  bool bank = false;
  if (event_.contains("payment")) {
    paid = event_.at("payment").at("fen");
    bank = event_.at("payment").at("how") == "bank";
    if (anonymous && paid != total) {
      throw Refusal{"bad_field", "/payment/fen"};
    }
  } else if (anonymous) {
    paid = total;
  }
  if (bank && record_.context.operator_id.empty()) {
    throw Refusal{"bad_field", "/payment/how"};
  }
  const Account box = bank ? Account{"bank", record_.context.operator_id, "", "fen"}
                           : Account{"till", record_.context.place, "", "fen"};
  leg(box, -sign * paid, "");
  leg({"party", party, "", "fen"}, sign * paid, "");
}

}  // namespace huan::auditor
