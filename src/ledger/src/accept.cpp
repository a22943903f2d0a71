// SPDX-License-Identifier: Apache-2.0
// 接收: what arrives is weighed again; what is refused goes back; a final acceptance closes the
// shipment.
#include <algorithm>

#include "huan/ledger/apportion.hpp"
#include "money.hpp"
#include "own_legs.hpp"
#include "take.hpp"

namespace huan::ledger {
namespace {

using base::Error;
using base::ErrorCode;

/// A part of the arrival: what was taken off one line of the shipment.
struct Part {
  std::string line;
  std::string material;
  std::int64_t accepted_g{0};
  std::int64_t refused_g{0};
};

/// One future lot and the lines that it comes from.
struct Arrival {
  std::string lot_wanted;
  std::string material;
  std::string at;
  std::vector<Part> parts;
  std::optional<base::Count> pieces;
  const std::vector<std::string>* items{nullptr};
};

class Acceptance {
 public:
  explicit Acceptance(Worksheet& sheet)
      : sheet_(sheet),
        event_(sheet.event()),
        final_(event_.total.has_value() || event_.final.value_or(false)) {}

  base::Result<void> post();

 private:
  bool abroad() const { return !event_.from_city.empty(); }
  Account way(std::string_view line) const;
  Account way_back(std::string_view line) const;
  base::Result<void> check_shipment();
  base::Result<Arrival> by_line(const AcceptLine& line, const std::string& at);
  base::Result<Arrival> by_material(const AcceptLine& line, std::size_t index,
                                    const std::string& at);
  base::Result<std::vector<Arrival>> by_total();
  base::Result<void> arrive(const Arrival& arrival);
  void take_pieces(const Arrival& arrival, const Part& part, const std::string& lot,
                   std::int64_t& pieces_left);
  base::Result<void> take_items(const Arrival& arrival, const Part& part, const std::string& lot);
  void doubt(const Arrival& arrival);

  Worksheet& sheet_;
  const Event& event_;
  bool final_;
};

Account Acceptance::way(std::string_view line) const {
  return abroad() ? Account{AccountKind::abroad, event_.from_city + " " + event_.shipment,
                            std::string{line}}
                  : Account{AccountKind::transit, event_.shipment, std::string{line}};
}

Account Acceptance::way_back(std::string_view line) const {
  return abroad() ? Account{AccountKind::abroad, event_.from_city + " " + sheet_.record_id(),
                            std::string{line}}
                  : Account{AccountKind::transit, sheet_.record_id(), std::string{line}};
}

base::Result<void> Acceptance::check_shipment() {
  if (abroad()) {
    return {};
  }
  const ShipmentState* shipment = sheet_.shipment(event_.shipment);
  if (shipment == nullptr || !shipment->to_city.empty()) {
    return Error{ErrorCode::unknown_shipment, "/shipment", event_.shipment};
  }
  if (shipment->finals > 0 && !sheet_.correcting()) {
    return Error{ErrorCode::already_closed, "/shipment", event_.shipment};
  }
  if (shipment->to_place != event_.place) {
    sheet_.raise("diverted", "/place",
                 event_.shipment + " was on the way to " + shipment->to_place);
  }
  return {};
}

base::Result<Arrival> Acceptance::by_line(const AcceptLine& line, const std::string& at) {
  std::string material = line.material;
  if (!abroad()) {
    const auto& lines = sheet_.lines(event_.shipment);
    const auto found = std::find_if(lines.begin(), lines.end(),
                                    [&](const LineState& l) { return l.line == line.line; });
    if (found == lines.end()) {
      return Error{ErrorCode::unknown_lot, at + "/line",
                   line.line + " is no line of " + event_.shipment};
    }
    if (!line.material.empty() && line.material != found->material) {
      return Error{ErrorCode::bad_field, at + "/material", "the line is " + found->material};
    }
    material = found->material;
  } else if (!sheet_.book().material(material, event_.time)) {
    return Error{ErrorCode::unknown_material, at + "/material", material};
  }
  const Part part{line.line, material, line.accepted.count(), line.refused.count()};
  return Arrival{line.lot, material, at, {part}, line.pieces, &line.items};
}

base::Result<Arrival> Acceptance::by_material(const AcceptLine& line, std::size_t index,
                                              const std::string& at) {
  if (!sheet_.book().material(line.material, event_.time)) {
    return Error{ErrorCode::unknown_material, at + "/material", line.material};
  }
  std::vector<std::string> names;
  std::vector<std::int64_t> weights;
  for (const LineState& open : sheet_.lines(event_.shipment)) {
    if (open.material == line.material) {
      names.push_back(open.line);
      weights.push_back(sheet_.available(way(open.line), Unit::mass));
    }
  }
  if (std::all_of(weights.begin(), weights.end(), [](std::int64_t w) { return w == 0; })) {
    // Nothing of it is on the way any more: the last line bears it, or a line that no paper named.
    const std::string name = names.empty() ? "%" + line.material : names.back();
    if (names.empty()) {
      sheet_.raise("not_declared", at + "/material", line.material + " was not on the papers");
    }
    names.assign(1, name);
    weights.assign(1, 1);
  }
  const auto taken = apportion((line.accepted + line.refused).count(), weights);
  const bool any = line.refused.count() > 0;
  const auto refused =
      any ? apportion(line.refused.count(), taken) : std::vector<std::int64_t>(taken.size(), 0);
  Arrival arrival{line.lot, line.material, at, {}, line.pieces, nullptr};
  std::vector<Draw> drawn;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (taken[i] > 0) {
      arrival.parts.push_back({names[i], line.material, taken[i] - refused[i], refused[i]});
      drawn.push_back({names[i], line.material, taken[i], 0});
    }
  }
  sheet_.drew(index, std::move(drawn));
  return arrival;
}

base::Result<std::vector<Arrival>> Acceptance::by_total() {
  std::vector<const LineState*> open;
  std::vector<std::int64_t> weights;
  for (const LineState& line : sheet_.lines(event_.shipment)) {
    const std::int64_t there = sheet_.available(way(line.line), Unit::mass);
    if (there > 0) {
      open.push_back(&line);
      weights.push_back(there);
    }
  }
  if (open.empty()) {
    return Error{ErrorCode::insufficient_mass, "/total_g",
                 "nothing of " + event_.shipment + " is on the way"};
  }
  const auto taken = apportion(event_.total->count(), weights);
  const std::int64_t back = event_.refused.value_or(base::Mass{0}).count();
  const auto refused =
      back > 0 ? apportion(back, taken) : std::vector<std::int64_t>(taken.size(), 0);
  std::vector<Arrival> arrivals;
  std::vector<Draw> drawn;
  for (std::size_t i = 0; i < open.size(); ++i) {
    const std::string& material = open[i]->material;
    auto arrival = std::find_if(arrivals.begin(), arrivals.end(),
                                [&](const Arrival& a) { return a.material == material; });
    if (arrival == arrivals.end()) {
      arrival = arrivals.insert(arrivals.end(), Arrival{"", material, "/total_g", {}, {}, nullptr});
    }
    arrival->parts.push_back({open[i]->line, material, taken[i] - refused[i], refused[i]});
    drawn.push_back({open[i]->line, material, taken[i], 0});
  }
  sheet_.drew(0, std::move(drawn));
  return arrivals;
}

void Acceptance::take_pieces(const Arrival& arrival, const Part& part, const std::string& lot,
                             std::int64_t& pieces_left) {
  const Account from = way(part.line);
  if (abroad()) {
    sheet_.leg(from, Unit::piece, -pieces_left, part.material);
    sheet_.leg({AccountKind::stock, event_.place, lot}, Unit::piece, pieces_left, part.material);
    pieces_left = 0;
    return;
  }
  const std::int64_t there = sheet_.available(from, Unit::piece);
  const bool all = final_ || sheet_.raw(from, Unit::mass) <= 0;  // its mass has been taken already
  std::int64_t accepted = 0;
  if (arrival.pieces) {
    const bool last = &part == &arrival.parts.back();
    accepted = last ? pieces_left : std::min(pieces_left, there);
    pieces_left -= accepted;
  } else if (all && part.accepted_g > 0) {
    accepted = there;
  }
  const std::int64_t back =
      all && part.refused_g > 0 ? std::max<std::int64_t>(0, there - accepted) : 0;
  if (accepted == 0 && back == 0) {
    return;
  }
  sheet_.leg(from, Unit::piece, -(accepted + back), part.material);
  sheet_.leg({AccountKind::stock, event_.place, lot}, Unit::piece, accepted, part.material);
  sheet_.leg(way_back(part.line), Unit::piece, back, part.material);
}

base::Result<void> Acceptance::take_items(const Arrival& arrival, const Part& part,
                                          const std::string& lot) {
  if (abroad()) {
    for (const std::string& code : *arrival.items) {
      sheet_.move_item({code, "", "", "", lot}, arrival.at + "/items");
    }
    return {};
  }
  const std::string carried = items_on_the_way(event_.shipment, part.line);
  const std::vector<std::string> there = sheet_.items_in(carried);
  if (there.empty() && (arrival.items == nullptr || arrival.items->empty())) {
    return {};
  }
  std::vector<std::string> in;
  if (arrival.items != nullptr && !arrival.items->empty()) {
    in = *arrival.items;
  } else if (part.accepted_g > 0) {
    in = there;
  }
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (!std::binary_search(there.begin(), there.end(), in[i])) {
      return Error{ErrorCode::unknown_item, arrival.at + "/items/" + std::to_string(i), in[i]};
    }
    sheet_.move_item({in[i], "", "", carried, lot}, arrival.at);
  }
  if (part.refused_g > 0) {
    for (const std::string& code : sheet_.items_in(carried)) {
      sheet_.move_item({code, "", "", carried, items_on_the_way(sheet_.record_id(), part.line)},
                       arrival.at);
    }
  }
  return {};
}

void Acceptance::doubt(const Arrival& arrival) {
  if (!sheet_.book().takes(event_.place, arrival.material, event_.time)) {
    sheet_.raise("material_not_allowed", arrival.at,
                 event_.place + " does not take " + arrival.material);
  }
  if (!sheet_.book().qualified(event_.place, arrival.material, event_.time)) {
    sheet_.raise("not_qualified", arrival.at, arrival.material);
  }
}

base::Result<void> Acceptance::arrive(const Arrival& arrival) {
  std::int64_t accepted = 0;
  std::int64_t refused = 0;
  for (const Part& part : arrival.parts) {
    accepted = base::checked_add(accepted, part.accepted_g);
    refused = base::checked_add(refused, part.refused_g);
  }
  std::string lot;
  bool may_carry = true;
  if (accepted > 0) {
    doubt(arrival);
    const bool has_items =
        (arrival.items != nullptr && !arrival.items->empty()) ||
        (!abroad() && std::any_of(arrival.parts.begin(), arrival.parts.end(), [&](const Part& p) {
          return !sheet_.items_in(items_on_the_way(event_.shipment, p.line)).empty();
        }));
    HUAN_TRY(made,
             sheet_.make_lot(arrival.lot_wanted, arrival.material, has_items, arrival.at + "/lot"));
    lot = std::move(made);
    may_carry = has_items;
  }
  if (refused > 0 && !abroad()) {
    const ShipmentState* shipment = sheet_.shipment(event_.shipment);
    sheet_.open_shipment(sheet_.record_id(), {event_.place, shipment->from_place, "", 0});
  }
  std::int64_t pieces_left = arrival.pieces.value_or(base::Count{0}).count();
  for (const Part& part : arrival.parts) {
    sheet_.leg(way(part.line), Unit::mass, -base::checked_add(part.accepted_g, part.refused_g),
               part.material);
    if (part.accepted_g != 0) {
      sheet_.leg({AccountKind::stock, event_.place, lot}, Unit::mass, part.accepted_g,
                 part.material);
    }
    if (part.refused_g != 0) {
      sheet_.leg(way_back(part.line), Unit::mass, part.refused_g, part.material);
    }
    take_pieces(arrival, part, lot, pieces_left);
    if (may_carry) {
      HUAN_CHECK(take_items(arrival, part, lot));
    }
  }
  return {};
}

base::Result<void> Acceptance::post() {
  HUAN_CHECK(check_shipment());
  if (event_.total) {
    HUAN_CHECK(check_weighings(event_, {*event_.total}));
    HUAN_TRY(arrivals, by_total());
    for (const Arrival& arrival : arrivals) {
      HUAN_CHECK(arrive(arrival));
    }
  } else {
    std::vector<base::Mass> masses;
    masses.reserve(event_.accepts.size());
    for (const AcceptLine& line : event_.accepts) {
      masses.push_back(line.accepted + line.refused);
    }
    HUAN_CHECK(check_weighings(event_, masses));
    for (std::size_t i = 0; i < event_.accepts.size(); ++i) {
      const AcceptLine& line = event_.accepts[i];
      const std::string at = "/lines/" + std::to_string(i);
      HUAN_TRY(arrival, line.line.empty() ? by_material(line, i, at) : by_line(line, at));
      HUAN_CHECK(arrive(arrival));
    }
  }
  if (final_ && !abroad()) {
    sheet_.close_shipment(event_.shipment, 1);
  }
  return {};
}

}  // namespace

base::Result<void> post_accept(Worksheet& sheet) { return Acceptance{sheet}.post(); }

}  // namespace huan::ledger
