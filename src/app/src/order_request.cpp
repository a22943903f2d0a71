// SPDX-License-Identifier: Apache-2.0
// What residents, desks and drivers send about an order, read from JSON; the same for all doors.
#include <array>

#include "huan/app/orders.hpp"
#include "huan/registry/fields.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Fields;

constexpr std::size_t kAddressMax = 300;
constexpr std::size_t kCalledMax = 60;
constexpr std::size_t kPhoneMax = 24;
constexpr std::size_t kReasonMax = 40;
constexpr std::int64_t kMassMaxG = 20'000'000;
constexpr std::int64_t kPieceMax = 10'000;
constexpr std::array<std::string_view, 2> kSentChannels{"hotline", "web"};

/// Day and beginning; the window's end is the service's.
Result<booking::Slot> parse_wish(json::Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  const auto day = f.optional_day("day");
  const auto from = booking::minute_from(f.text("from", 5));
  if (!day || !from) {
    f.refuse(ErrorCode::bad_field, "day", "a day like 2026-11-23 and a beginning like 09:00");
  }
  HUAN_CHECK(f.finish());
  return booking::Slot{*day, *from, 0};
}

Result<booking::WeighedLine> parse_door_line(json::Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  booking::WeighedLine line;
  line.material = f.name("material", base::kLongNameMax);
  line.mass = base::Mass{f.integer("mass_g", {1, kMassMaxG})};
  if (const auto pieces = f.optional_integer("pieces", {1, kPieceMax})) {
    line.pieces = base::Count{*pieces};
  }
  HUAN_CHECK(f.finish());
  return line;
}

Result<booking::Weighed> parse_door(json::Value value) {
  Fields f(value, "/weighed");
  booking::Weighed weighed;
  const auto lines = f.array("lines");
  weighed.photo = f.optional_text("photo", 64).value_or("");
  if (!lines || lines->size() > booking::kLinesMax || lines->size() == 0) {
    f.refuse(ErrorCode::bad_field, "lines", "1 to 20 kinds with their mass");
  }
  HUAN_CHECK(f.finish());
  weighed.lines.reserve(lines->size());
  for (const json::Value one : lines->elements()) {
    HUAN_TRY(line, parse_door_line(one, "/weighed/lines/" + std::to_string(weighed.lines.size())));
    weighed.lines.push_back(std::move(line));
  }
  return weighed;
}

}  // namespace

Result<OrderRequest> parse_order_request(json::Value body) {
  Fields f(body, "");
  OrderRequest request;
  request.id = f.optional_text("id", 36).value_or("");
  request.phone = f.optional_text("phone", kPhoneMax).value_or("");
  request.called = f.optional_text("called", kCalledMax).value_or("");
  request.address = f.optional_text("address", kAddressMax).value_or("");
  booking::Order& order = request.order;
  order.channel = kSentChannels.at(f.optional_choice("channel", kSentChannels).value_or(1));
  order.place = f.name("place");
  order.street = f.optional_name("street").value_or("");
  order.community = f.optional_name("community").value_or("");
  const auto slot = f.any("slot");
  const auto lines = f.array("lines");
  const auto bulky = f.any("bulky");
  if (!slot || !lines) {
    f.refuse(ErrorCode::bad_field, slot ? "lines" : "slot", "this field is required");
  }
  if (!request.id.empty() && !base::Uuid::parse(request.id)) {
    f.refuse(ErrorCode::bad_field, "id", "a UUID");
  }
  HUAN_CHECK(f.finish());
  HUAN_TRY(wish, parse_wish(*slot, "/slot"));
  HUAN_TRY(wanted, booking::parse_lines(*lines, "/lines"));
  order.slot = wish;
  order.lines = std::move(wanted);
  if (bulky) {
    HUAN_TRY(heavy, booking::parse_bulky(*bulky, "/bulky"));
    order.bulky = heavy;
  }
  return request;
}

Result<OrderMove> parse_order_move(json::Value body) {
  Fields f(body, "");
  OrderMove move;
  const auto slot = f.any("slot");
  const auto weighed = f.any("weighed");
  move.vehicle = f.optional_name("vehicle").value_or("");
  move.reason = f.optional_name("reason", kReasonMax).value_or("");
  move.door_code = f.optional_text("door_code", 6).value_or("");
  move.paid_cash = f.flag("paid_cash", false);
  HUAN_CHECK(f.finish());
  if (slot) {
    HUAN_TRY(wish, parse_wish(*slot, "/slot"));
    move.slot = wish;
  }
  if (weighed) {
    HUAN_TRY(door, parse_door(*weighed));
    move.weighed = std::move(door);
  }
  return move;
}

void write_kept(json::Writer& w, const KeptOrder& kept) {
  w.begin_object().member("key", kept.key).key("order").raw(booking::to_json(kept.order));
  w.member("time", base::format_time(kept.time, 0)).member("version", kept.version).end_object();
}

}  // namespace huan::app
