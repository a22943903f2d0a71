// SPDX-License-Identifier: Apache-2.0
#include "huan/booking/order.hpp"

#include <array>

#include "huan/base/id.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/fields.hpp"

namespace huan::booking {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Fields;

constexpr std::array<std::string_view, 3> kChannels{"contract", "hotline", "web"};
constexpr std::array<std::string_view, 2> kPer{"kg", "piece"};
constexpr std::int64_t kPiecesMax = 10'000;
constexpr std::int64_t kEstimateMaxG = 20'000'000;
constexpr std::int64_t kPriceMaxFen = 1'000'000'000;
constexpr std::int64_t kFloorMax = 120;
constexpr std::int16_t kMinutesOfDay = 1'440;
constexpr std::size_t kDigestText = 64;
constexpr std::size_t kWordMax = 60;
constexpr std::int64_t kStairs = 3;  // floors above which carrying takes a second pair of hands

void read_photo(Fields& f, std::string& photo) {
  photo = f.optional_text("photo", kDigestText).value_or("");
  if (!photo.empty() && photo.size() != kDigestText) {
    f.refuse(ErrorCode::bad_field, "photo", "the SHA-256 of an uploaded file");
  }
}

std::optional<base::Count> read_pieces(Fields& f) {
  const auto n = f.optional_integer("pieces", {1, kPiecesMax});
  return n ? std::optional(base::Count{*n}) : std::nullopt;
}

Result<OrderLine> parse_order_line(json::Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  OrderLine line;
  line.material = f.name("material", base::kLongNameMax);
  if (const auto g = f.optional_integer("estimate_g", {1, kEstimateMaxG})) {
    line.estimate = base::Mass{*g};
  }
  line.pieces = read_pieces(f);
  read_photo(f, line.photo);
  HUAN_CHECK(f.finish());
  return line;
}

Result<QuoteLine> parse_quote_line(json::Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  QuoteLine line;
  line.material = f.name("material", base::kLongNameMax);
  line.price = base::Money{f.integer("fen", {0, kPriceMaxFen})};
  line.per = static_cast<registry::MaterialUnit>(f.choice("per", kPer));
  HUAN_CHECK(f.finish());
  return line;
}

Result<WeighedLine> parse_weighed_line(json::Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  WeighedLine line;
  line.material = f.name("material", base::kLongNameMax);
  line.mass = base::Mass{f.integer("mass_g", {1, kEstimateMaxG})};
  line.pieces = read_pieces(f);
  if (const auto fen = f.optional_integer("fen", {0, kPriceMaxFen})) {
    line.price = QuoteLine{line.material, base::Money{*fen}, {}};
  }
  const auto per = f.optional_choice("per", kPer);
  if (line.price && per) {
    line.price->per = static_cast<registry::MaterialUnit>(*per);
  }
  HUAN_CHECK(f.finish());
  return line;
}

/// An array of at most kLinesMax, each read by `parse`.
template <class T, class Parse>
Result<std::vector<T>> parse_list(json::Value list, const std::string& pointer,
                                  const Parse& parse) {
  if (!list.is_array() || list.size() > kLinesMax) {
    return Error{ErrorCode::bad_field, pointer, "an array of at most 20"};
  }
  std::vector<T> out;
  out.reserve(list.size());
  for (const json::Value one : list.elements()) {
    HUAN_TRY(line, parse(one, pointer + "/" + std::to_string(out.size())));
    out.push_back(std::move(line));
  }
  return out;
}

Result<Slot> parse_slot(json::Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  const auto day = f.optional_day("day");
  const auto from = minute_from(f.text("from", 5));
  const auto to = minute_from(f.text("to", 5));
  if (!day || !from || !to || *from >= *to) {
    f.refuse(ErrorCode::bad_field, "day", "a day and two times, the later one in `to`");
  }
  HUAN_CHECK(f.finish());
  return Slot{*day, *from, *to};
}

Result<Quote> parse_quote(json::Value value, const std::string& pointer) {
  Fields f(value, pointer);
  Quote quote;
  const auto lines = f.array("lines");
  const auto until = f.optional_day("until");
  if (!until || !lines) {
    f.refuse(ErrorCode::bad_field, "until", "lines, and the last day that they hold on");
  }
  HUAN_CHECK(f.finish());
  HUAN_TRY(read, parse_list<QuoteLine>(*lines, pointer + "/lines", parse_quote_line));
  quote.lines = std::move(read);
  quote.until = *until;
  return quote;
}

Result<Weighed> parse_weighed(json::Value value, const std::string& pointer) {
  Fields f(value, pointer);
  Weighed weighed;
  const auto lines = f.array("lines");
  read_photo(f, weighed.photo);
  weighed.differences = f.names("differences", kLinesMax * 2);
  weighed.total = base::Money{f.integer("total_fen", {})};
  if (!lines) {
    f.refuse(ErrorCode::bad_field, "lines", "this field is required");
  }
  HUAN_CHECK(f.finish());
  HUAN_TRY(read, parse_list<WeighedLine>(*lines, pointer + "/lines", parse_weighed_line));
  weighed.lines = std::move(read);
  return weighed;
}

/// Members that have a form of their own.
struct Parts {
  std::optional<json::Value> slot;
  std::optional<json::Value> lines;
  std::optional<json::Value> quote;
  std::optional<json::Value> bulky;
  std::optional<json::Value> weighed;
};

Result<void> read_parts(const Parts& parts, const std::string& pointer, Order& order) {
  HUAN_TRY(slot, parse_slot(*parts.slot, pointer + "/slot"));
  HUAN_TRY(lines, parse_lines(*parts.lines, pointer + "/lines"));
  HUAN_TRY(quote, parse_quote(*parts.quote, pointer + "/quote"));
  order.slot = slot;
  order.lines = std::move(lines);
  order.quote = std::move(quote);
  if (parts.bulky) {
    HUAN_TRY(bulky, parse_bulky(*parts.bulky, pointer + "/bulky"));
    order.bulky = bulky;
  }
  if (parts.weighed) {
    HUAN_TRY(weighed, parse_weighed(*parts.weighed, pointer + "/weighed"));
    order.weighed = std::move(weighed);
  }
  return {};
}

void optional(json::Writer& w, std::string_view key, const std::string& text) {
  if (!text.empty()) {
    w.member(key, text);
  }
}

void write_price(json::Writer& w, const QuoteLine& line) { w.member("fen", line.price.count()); }

void write_line(json::Writer& w, const OrderLine& line) {
  w.begin_object();
  if (line.estimate) {
    w.member("estimate_g", line.estimate->count());
  }
  w.member("material", line.material);
  optional(w, "photo", line.photo);
  if (line.pieces) {
    w.member("pieces", line.pieces->count());
  }
  w.end_object();
}

void write_quote(json::Writer& w, const Quote& quote) {
  w.begin_object().key("lines").begin_array();
  for (const QuoteLine& line : quote.lines) {
    w.begin_object();
    write_price(w, line);
    w.member("material", line.material).member("per", registry::name(line.per)).end_object();
  }
  w.end_array().member("until", base::format_day(quote.until)).end_object();
}

void write_weighed(json::Writer& w, const Weighed& weighed) {
  w.begin_object();
  if (!weighed.differences.empty()) {
    w.key("differences").begin_array();
    for (const std::string& one : weighed.differences) {
      w.string(one);
    }
    w.end_array();
  }
  w.key("lines").begin_array();
  for (const WeighedLine& line : weighed.lines) {
    w.begin_object();
    if (line.price) {
      write_price(w, *line.price);
    }
    w.member("mass_g", line.mass.count()).member("material", line.material);
    if (line.price) {
      w.member("per", registry::name(line.price->per));
    }
    if (line.pieces) {
      w.member("pieces", line.pieces->count());
    }
    w.end_object();
  }
  w.end_array();
  optional(w, "photo", weighed.photo);
  w.member("total_fen", weighed.total.count()).end_object();
}

}  // namespace

std::string clock_text(std::int16_t minute) {
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(minute / 60) + ":" + two(minute % 60);
}

std::optional<std::int16_t> minute_from(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') {
    return std::nullopt;
  }
  for (const std::size_t at : {0U, 1U, 3U, 4U}) {
    if (text[at] < '0' || text[at] > '9') {
      return std::nullopt;
    }
  }
  const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
  const int sum = ((text[0] - '0') * 10 + (text[1] - '0')) * 60 + minutes;
  if (minutes > 59 || sum > kMinutesOfDay) {
    return std::nullopt;
  }
  return static_cast<std::int16_t>(sum);
}

Result<std::vector<OrderLine>> parse_lines(json::Value list, std::string_view pointer) {
  HUAN_TRY(lines, parse_list<OrderLine>(list, std::string(pointer), parse_order_line));
  if (lines.empty()) {
    return Error{ErrorCode::bad_field, std::string(pointer), "at least one kind"};
  }
  return lines;
}

Result<Bulky> parse_bulky(json::Value data, std::string_view pointer) {
  Fields f(data, std::string(pointer));
  Bulky bulky;
  bulky.floor = f.optional_integer("floor", {-5, kFloorMax}).value_or(1);
  bulky.lift = f.flag("lift", false);
  bulky.dismantle = f.flag("dismantle", false);
  HUAN_CHECK(f.finish());
  return bulky;
}

Result<Order> parse_order(json::Value data, std::string_view pointer) {
  Fields f(data, std::string(pointer));
  Order order;
  order.customer = f.name("customer");
  order.channel = kChannels.at(f.choice("channel", kChannels));
  order.place = f.name("place");
  order.party = f.optional_name("party").value_or("");
  order.district = f.optional_name("district").value_or("");
  order.street = f.optional_name("street").value_or("");
  order.community = f.optional_name("community").value_or("");
  order.about = base::Money{f.optional_integer("about_fen", {}).value_or(0)};
  order.event = f.optional_name("event").value_or("");
  order.vehicle = f.optional_name("vehicle").value_or("");
  order.reason = f.optional_name("reason", kWordMax).value_or("");
  order.contract = f.optional_name("contract", base::kLongNameMax).value_or("");
  const auto state = state_from(f.text("state", kWordMax));
  const Parts parts{f.any("slot"), f.any("lines"), f.any("quote"), f.any("bulky"),
                    f.any("weighed")};
  if (!state || !parts.slot || !parts.lines || !parts.quote) {
    f.refuse(ErrorCode::bad_field, "state", "a state of the table, a slot, lines and a quote");
  }
  HUAN_CHECK(f.finish());
  order.state = *state;
  HUAN_CHECK(read_parts(parts, std::string(pointer), order));
  return order;
}

std::string to_json(const Order& order) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("about_fen", order.about.count());
  if (order.bulky) {
    w.key("bulky").begin_object().member("dismantle", order.bulky->dismantle);
    w.member("floor", order.bulky->floor).member("lift", order.bulky->lift).end_object();
  }
  w.member("channel", order.channel);
  optional(w, "community", order.community);
  optional(w, "contract", order.contract);
  w.member("customer", order.customer);
  optional(w, "district", order.district);
  optional(w, "event", order.event);
  w.key("lines").begin_array();
  for (const OrderLine& line : order.lines) {
    write_line(w, line);
  }
  w.end_array();
  optional(w, "party", order.party);
  w.member("place", order.place).key("quote");
  write_quote(w, order.quote);
  optional(w, "reason", order.reason);
  w.key("slot").begin_object().member("day", base::format_day(order.slot.day));
  w.member("from", clock_text(order.slot.from_min)).member("to", clock_text(order.slot.to_min));
  w.end_object().member("state", info(order.state).code);
  optional(w, "street", order.street);
  optional(w, "vehicle", order.vehicle);
  if (order.weighed) {
    w.key("weighed");
    write_weighed(w, *order.weighed);
  }
  w.end_object();
  return out;
}

std::int64_t units_of(const Order& order) {
  if (!order.bulky) {
    return 1;
  }
  const bool carried = order.bulky->floor > kStairs && !order.bulky->lift;
  return 2 + (order.bulky->dismantle ? 1 : 0) + (carried ? 1 : 0);
}

}  // namespace huan::booking
