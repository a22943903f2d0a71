// SPDX-License-Identifier: Apache-2.0
#include "huan/app/orders.hpp"

#include <algorithm>

#include "huan/app/points.hpp"
#include "huan/booking/quote.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/material.hpp"
#include "order_shelf.hpp"
#include "round_shelf.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using booking::Mover;
using booking::Order;
using booking::Slot;
using booking::State;

constexpr std::size_t kOpenMax = 5;  // orders of one customer at a time
constexpr std::size_t kCustomerLetters = 12;
constexpr std::size_t kPhoneDigitsMin = 7;
constexpr std::string_view kCustomerPurpose = "customer of a phone 1";
constexpr std::string_view kDoorPurpose = "door code 1";
constexpr std::uint32_t kDoorCodes = 1'000'000;

/// The digits alone: the same phone however it is written, with or without the country's.
Result<std::string> digits_of(std::string_view phone) {
  std::string digits;
  for (const char c : phone) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c != ' ' && c != '-' && c != '+') {
      digits.clear();
      break;
    }
  }
  if (digits.size() == 13 && digits.starts_with("86")) {
    digits.erase(0, 2);
  }
  if (digits.size() < kPhoneDigitsMin || digits.size() > 15) {
    return Error{ErrorCode::bad_field, "/phone", "a phone number of 7 to 15 digits"};
  }
  return digits;
}

Error locked_vault() { return {ErrorCode::vault_locked, "", ""}; }

/// What a line may name: something on record that may be bought and that the place takes.
Result<void> check_line(store::Reading& reading, const std::string& city,
                        const registry::Place& place, const booking::OrderLine& line) {
  const auto row = reading.registered(city, "material", line.material);
  const auto material =
      row ? data_of<registry::Material>(
                *row,
                [&](json::Value data) { return registry::parse_material(line.material, data, ""); })
          : std::nullopt;
  if (!material) {
    return Error{ErrorCode::unknown_material, "/lines", line.material};
  }
  if (material->prohibited) {
    return Error{ErrorCode::prohibited, "/lines", line.material};
  }
  const bool some = std::ranges::any_of(place.materials, [&](const std::string& one) {
    return registry::covers(line.material, one);
  });
  if (!registry::takes(place, line.material) && !some) {
    return Error{ErrorCode::material_not_allowed, "/lines", line.material};
  }
  return {};
}

Result<void> put_record(CityWriter& writer, const RegistryPut& put, const Principal& by) {
  const Outcome outcome = writer.put(put, by);
  return outcome.status == Status::refused ? Result<void>(outcome.error) : Result<void>();
}

Result<void> put_slot(CityWriter& writer, const std::string& key, const SlotBook& book,
                      const Principal& by) {
  return put_record(writer, {"plan", key, slot_json(book), "", "", -1}, by);
}

/// Takes the order out of its slot. What nobody came for takes no place any more, and stays to be
/// seen among its day's orders.
Result<void> leave_slot(CityWriter& writer, const KeptOrder& kept, State to, const Principal& by) {
  const std::string key = slot_key(kept.order.place, kept.order.slot);
  SlotBook book = slot_book(writer.reading(), writer.setting().city, key);
  book.erase(kept.key);
  if (!booking::info(to).ended() && !booking::info(to).holds_slot()) {
    book[kept.key] = 0;
  }
  return put_slot(writer, key, book, by);
}

struct SlotWish {
  const std::string& order;
  const std::string& place;
  Slot slot;  ///< day and beginning
  std::int64_t units{1};
};

/// A standing contract's visit takes its place whatever else is booked: it was agreed before.
Result<void> enter_slot(CityWriter& writer, const std::string& key, const Order& order,
                        const Principal& by) {
  const std::string slot = slot_key(order.place, order.slot);
  SlotBook book = slot_book(writer.reading(), writer.setting().city, slot);
  book[key] = booking::units_of(order);
  return put_slot(writer, slot, book, by);
}

/// The slot, taken.
Result<Slot> take_slot(CityWriter& writer, const SlotWish& wish, base::Instant now,
                       const Principal& by) {
  const auto& setting = writer.setting();
  store::CityRow city;
  city.city = setting.city;
  city.offset_s = setting.offset_s;
  HUAN_TRY(free, free_slots(writer.reading(), city, wish.place, now));
  HUAN_TRY(slot, booking::pick_slot(free, wish.slot.day, wish.slot.from_min, wish.units));
  const std::string key = slot_key(wish.place, slot);
  SlotBook book = slot_book(writer.reading(), setting.city, key);
  book[wish.order] = wish.units;
  HUAN_CHECK(put_slot(writer, key, book, by));
  return slot;
}

RegistryPut order_put(const std::string& key, const Order& order, const std::string& id) {
  return {"order", key, booking::to_json(order), id, "", -1};
}

/// A customer is a resident on record; what they are called is in the vault.
Result<void> keep_customer(CityWriter& writer, Personal& personal, const OrderRequest& request) {
  const std::string& city = writer.setting().city;
  if (!writer.reading().registered(city, "party", request.customer)) {
    const std::string data = R"({"kind":"resident"})";
    HUAN_CHECK(put_record(writer, {"party", request.customer, data, "", "", 0}, request.by));
  }
  PersonalPut what;
  const auto add = [&](vault::Field field, const std::string& value) {
    if (!value.empty()) {
      what.values.push_back({field, value});
    }
  };
  add(vault::Field::phone, request.phone);
  add(vault::Field::contact, request.called);
  add(vault::Field::address, request.address);
  HUAN_CHECK(personal.check(what, writer.setting().offset_s));
  const vault::Caller caller{request.by.name, "booking a collection"};
  auto put = personal.put_imported(writer, caller, request.customer, what);
  return put ? Result<void>() : Result<void>(std::move(put).error());
}

/// The order that a sender's id made before.
std::optional<KeptOrder> made_before(CityWriter& writer, const OrderRequest& request) {
  const auto id = base::Uuid::parse(request.id);
  const auto record = id ? writer.reading().record(request.city, *id) : std::nullopt;
  return record ? order_on_record(writer.reading(), request.city, record->key) : std::nullopt;
}

Result<void> fill_in(CityWriter& writer, Order& order, base::Instant now) {
  const std::string& city = writer.setting().city;
  const auto place = place_on_record(writer.reading(), city, order.place);
  if (!place) {
    return Error{ErrorCode::unknown_place, "/place", order.place};
  }
  if (place->status != registry::PlaceStatus::active) {
    return Error{ErrorCode::place_not_active, "/place", order.place};
  }
  for (const booking::OrderLine& line : order.lines) {
    HUAN_CHECK(check_line(writer.reading(), city, *place, line));
  }
  order.party = place->operator_id;
  order.district = order.district.empty() ? place->district : order.district;
  order.street = order.street.empty() ? place->street : order.street;
  order.community = order.community.empty() ? place->community : order.community;
  order.quote = booking::quote_for(order.lines, prices_at(writer.reading(), city, now), order.place,
                                   order.slot.day);
  order.about = booking::about(order.lines, order.quote);
  order.state = State::booked;
  return {};
}

Result<KeptOrder> write_order(CityWriter& writer, const OrderParts& parts,
                              const OrderRequest& request) {
  const std::string& customer = request.customer;
  if (auto before = made_before(writer, request)) {
    return before->order.customer == customer
               ? Result<KeptOrder>(std::move(*before))
               : Result<KeptOrder>(Error{ErrorCode::id_conflict, "/id", request.id});
  }
  const auto earlier = orders_of_customer(writer.reading(), request.city, customer);
  const bool standing = request.order.channel == "contract";
  const auto open = std::ranges::count_if(
      earlier, [](const KeptOrder& one) { return !booking::info(one.order.state).ended(); });
  if (!standing && static_cast<std::size_t>(open) >= kOpenMax) {
    return Error{ErrorCode::in_use, "", "five orders are open already"};
  }
  const base::Instant now = parts.clock.now();
  KeptOrder kept{customer + "-" + std::to_string(1'001 + earlier.size()), 1, now, request.order};
  kept.order.customer = customer;
  HUAN_CHECK(fill_in(writer, kept.order, now));
  if (standing) {
    HUAN_CHECK(enter_slot(writer, kept.key, kept.order, request.by));
  } else {
    const SlotWish wish{kept.key, kept.order.place, kept.order.slot, booking::units_of(kept.order)};
    HUAN_TRY(slot, take_slot(writer, wish, now, request.by));
    kept.order.slot = slot;
  }
  HUAN_CHECK(keep_customer(writer, parts.personal, request));
  HUAN_CHECK(put_record(writer, order_put(kept.key, kept.order, request.id), request.by));
  return kept;
}

/// What hands over counts as what it is on record as.
std::string origin_of(store::RegistryReading& reading, const std::string& city,
                      const std::string& customer) {
  using registry::PartyKind;
  const auto row = reading.registered(city, "party", customer);
  const auto party =
      row ? data_of<registry::Party>(
                *row, [](json::Value data) { return registry::parse_party(data, "/data"); })
          : std::nullopt;
  if (party && !party->origin.empty()) {
    return party->origin;
  }
  if (!party || registry::is_person(party->kind)) {
    return "household";
  }
  const bool is_public =
      party->kind == PartyKind::institution || party->kind == PartyKind::authority;
  return is_public ? "public-institution" : "commercial";
}

struct Counted {
  base::Instant now;
  std::int64_t points{0};
  std::string withheld;  ///< why there are none
  std::string origin;
};

/// The receive event of what was weighed; its id follows from the order's key.
std::string receive_json(const KeptOrder& kept, const OrderMove& move, const Counted& counted) {
  const base::Instant now = counted.now;
  const std::int64_t points = counted.points;
  const Order& order = kept.order;
  const auto id = base::make_uuid_v8(crypto::sha256("order " + move.city + " " + kept.key));
  std::string out;
  json::Writer w(out);
  w.begin_object().key("ext").begin_object().member("order", kept.key);
  if (!counted.withheld.empty()) {
    w.member("points_withheld", counted.withheld);
  }
  w.end_object();
  w.key("from").begin_object().member("origin", counted.origin).member("party", order.customer);
  w.end_object().member("id", id.text()).key("outputs").begin_array();
  for (const booking::WeighedLine& line : order.weighed->lines) {
    w.begin_object().member("mass_g", line.mass.count()).member("material", line.material);
    if (line.pieces) {
      w.member("pieces", line.pieces->count());
    }
    if (line.price) {
      w.member("per", registry::name(line.price->per));
      w.member("price_fen", line.price->price.count());
    }
    w.end_object();
  }
  w.end_array();
  if (move.paid_cash && order.weighed->total.count() > 0) {
    w.key("payment").begin_object().member("fen", order.weighed->total.count());
    w.member("how", "till").end_object();
  }
  w.member("place", order.place);
  if (points > 0) {
    w.member("points", points);
  }
  w.member("time", base::format_time(now, 0));
  w.member("type", "receive").end_object();
  return out;
}

/// Who takes the goods away has the customer's word for it: their own, or their code.
Result<void> check_agreed(const OrderParts& parts, const KeptOrder& kept, const OrderMove& move) {
  if (move.mover != Mover::driver) {
    return {};
  }
  HUAN_TRY(code, door_code_of(parts.personal, kept.key));
  if (!crypto::equal_in_constant_time(code, move.door_code)) {
    return Error{ErrorCode::bad_field, "/door_code", "the six digits that the customer is shown"};
  }
  return {};
}

/// As the city's rule judges it; a person's visits of the same day count together.
rewards::Visit visit_of(CityWriter& writer, const KeptOrder& kept, base::Instant now) {
  const auto& setting = writer.setting();
  rewards::Visit visit;
  visit.day = base::day_of(now, setting.offset_s);
  for (const booking::WeighedLine& line : kept.order.weighed->lines) {
    visit.lines.push_back({line.material, line.mass});
  }
  for (const KeptOrder& one :
       orders_of_customer(writer.reading(), setting.city, kept.order.customer)) {
    const bool today = base::day_of(one.time, setting.offset_s) == visit.day;
    if (one.order.state != State::done || !today) {
      continue;
    }
    ++visit.earlier_today;
    visit.earlier_here += one.order.place == kept.order.place ? 1 : 0;
    for (const booking::WeighedLine& line : one.order.weighed.value_or(booking::Weighed{}).lines) {
      visit.mass_today = visit.mass_today + line.mass;
    }
  }
  return visit;
}

Result<void> complete(CityWriter& writer, const OrderParts& parts, const OrderMove& move,
                      KeptOrder& kept) {
  if (!kept.order.weighed || kept.order.weighed->lines.empty()) {
    return Error{ErrorCode::bad_field, "/weighed", "nothing was weighed yet"};
  }
  HUAN_CHECK(check_agreed(parts, kept, move));
  const base::Instant now = parts.clock.now();
  const rewards::Visit visit = visit_of(writer, kept, now);
  const auto rule = rule_on_record(writer.reading(), move.city);
  Counted counted{now, 0, "", origin_of(writer.reading(), move.city, kept.order.customer)};
  if (rule) {
    counted.points = rewards::earned(*rule, visit).count();
    counted.withheld = rewards::withheld(*rule, visit);
  }
  const PreparedEvent event = prepare(receive_json(kept, move, counted));
  const Outcome outcome = writer.post(event, move.by);
  if (outcome.status == Status::refused) {
    return outcome.error;
  }
  kept.order.event = event.id;
  return {};
}

Result<void> weigh(CityWriter& writer, const OrderParts& parts, const OrderMove& move,
                   Order& order) {
  if (!move.weighed || move.weighed->lines.empty()) {
    return Error{ErrorCode::bad_field, "/weighed", "what was weighed at the door"};
  }
  const base::Instant now = parts.clock.now();
  for (const booking::WeighedLine& line : move.weighed->lines) {
    if (!writer.facts().material(line.material, now)) {  // leaves alone are bought
      return Error{ErrorCode::unknown_material, "/weighed/lines", line.material};
    }
  }
  booking::Weighed weighed = *move.weighed;
  booking::put_prices(weighed, order, prices_at(writer.reading(), move.city, now),
                      base::day_of(now, writer.setting().offset_s));
  weighed.differences = booking::differences(order, weighed);
  if (!weighed.differences.empty() && weighed.photo.empty()) {
    return Error{
        ErrorCode::bad_field, "/weighed/photo",
        "it differs from the estimate (" + weighed.differences.front() + "): a photo is needed"};
  }
  order.weighed = std::move(weighed);
  return {};
}

/// Another slot, or the first one again after nobody came.
Result<void> change_slot(CityWriter& writer, const OrderParts& parts, const OrderMove& move,
                         KeptOrder& kept) {
  if (!move.slot) {
    return Error{ErrorCode::bad_field, "/slot", "a day and its beginning"};
  }
  HUAN_CHECK(leave_slot(writer, kept, move.to, move.by));
  const SlotWish wish{kept.key, kept.order.place, *move.slot, booking::units_of(kept.order)};
  HUAN_TRY(slot, take_slot(writer, wish, parts.clock.now(), move.by));
  kept.order.slot = slot;
  if (kept.order.quote.until < slot.day) {  // the locked prices go along
    kept.order.quote.until = slot.day;
  }
  return {};
}

/// Whether the table has the step; a change of the slot alone needs an order that may be moved.
Result<void> judge(const KeptOrder& kept, const OrderMove& move) {
  const State from = kept.order.state;
  const bool same_slot_state =
      move.to == State::booked && move.slot && (from == State::booked || from == State::planned);
  if (same_slot_state) {
    return booking::may_bring(move.mover, State::booked)
               ? Result<void>()
               : Error{ErrorCode::forbidden, "/state", "the slot is the customer's to choose"};
  }
  return booking::judge_move({from, move.to, move.mover});
}

Result<KeptOrder> write_move(CityWriter& writer, const OrderParts& parts, const OrderMove& move) {
  auto found = order_on_record(writer.reading(), move.city, move.key);
  if (!found) {
    return Error{ErrorCode::not_found, "key", move.key};
  }
  KeptOrder kept = std::move(*found);
  HUAN_CHECK(judge(kept, move));
  kept.order.reason = move.reason;
  kept.order.vehicle = move.vehicle.empty() ? kept.order.vehicle : move.vehicle;
  if (move.to == State::booked) {
    HUAN_CHECK(change_slot(writer, parts, move, kept));
  } else if (move.to == State::weighed) {
    HUAN_CHECK(weigh(writer, parts, move, kept.order));
  } else if (move.to == State::done) {
    HUAN_CHECK(complete(writer, parts, move, kept));
  } else if (move.to == State::returned && kept.order.weighed) {
    HUAN_CHECK(check_agreed(parts, kept, move));
  }
  if (!booking::info(move.to).holds_slot()) {
    HUAN_CHECK(leave_slot(writer, kept, move.to, move.by));
  }
  kept.order.state = move.to;
  kept.version += 1;
  HUAN_CHECK(put_record(writer, order_put(kept.key, kept.order, ""), move.by));
  return kept;
}

}  // namespace

Result<std::string> customer_of(const Personal& personal, std::string_view phone) {
  HUAN_TRY(digits, digits_of(phone));
  const auto key = personal.derived(kCustomerPurpose);
  if (!key) {
    return locked_vault();
  }
  constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";
  const crypto::Digest mac = crypto::hmac_sha256(key->bytes(), digits);
  std::string customer = "r";
  for (std::size_t i = 0; i < kCustomerLetters; ++i) {
    customer += kLetters.at(mac.at(i) % kLetters.size());
  }
  return customer;
}

Result<std::string> door_code_of(const Personal& personal, std::string_view key) {
  const auto secret = personal.derived(kDoorPurpose);
  if (!secret) {
    return locked_vault();
  }
  const crypto::Digest mac = crypto::hmac_sha256(secret->bytes(), key);
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    number = number << 8U | mac.at(i);
  }
  const std::string digits = std::to_string(number % kDoorCodes);
  return std::string(6 - digits.size(), '0') + digits;
}

Result<void> keep_phone(CityWriter& writer, Personal& personal, const ProvenPhone& proven) {
  OrderRequest request;
  request.customer = proven.customer;
  request.phone = proven.phone;
  request.by = proven.by;
  return keep_customer(writer, personal, request);
}

Result<KeptOrder> book_order(const OrderParts& parts, OrderRequest request) {
  if (request.customer.empty()) {
    HUAN_TRY(customer, customer_of(parts.personal, request.phone));
    request.customer = std::move(customer);
  }
  if (request.address.empty() && request.order.channel != "contract") {
    return Error{ErrorCode::bad_field, "/address", "where to come to"};
  }
  Result<KeptOrder> kept{Error{}};
  parts.recorder.run(request.city, 4, [&](CityWriter& writer) {
    kept = write_order(writer, parts, request);
    return kept.has_value();
  });
  return kept;
}

Result<KeptOrder> move_order_within(CityWriter& writer, const OrderParts& parts,
                                    const OrderMove& move) {
  return write_move(writer, parts, move);
}

Result<KeptOrder> move_order(const OrderParts& parts, const OrderMove& move) {
  Result<KeptOrder> kept{Error{}};
  parts.recorder.run(move.city, 6, [&](CityWriter& writer) {
    kept = write_move(writer, parts, move);
    if (kept) {
      auto ended = end_agreed_stop(writer, parts, *kept, move.by);
      if (!ended) {
        kept = std::move(ended).error();
      }
    }
    return kept.has_value();
  });
  return kept;
}

}  // namespace huan::app
