// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <bit>

#include "huan/base/text.hpp"
#include "huan/json/canonical.hpp"
#include "huan/ledger/event.hpp"
#include "parse_fields.hpp"
#include "parse_lines.hpp"

namespace huan::ledger {
namespace {

using base::Error;
using base::ErrorCode;
using json::Value;

constexpr std::size_t kTextMax = 4'000;
constexpr auto kTypes = std::to_array<std::string_view>(
    {"receive", "ship", "accept", "transform", "sell", "dispose", "adjust", "settle", "correct"});

using Types = std::uint16_t;
constexpr Types only(EventType type) {
  return static_cast<Types>(1U << static_cast<unsigned>(type));
}
constexpr Types kReceive = only(EventType::receive);
constexpr Types kShip = only(EventType::ship);
constexpr Types kAccept = only(EventType::accept);
constexpr Types kTransform = only(EventType::transform);
constexpr Types kSell = only(EventType::sell);
constexpr Types kDispose = only(EventType::dispose);
constexpr Types kAdjust = only(EventType::adjust);
constexpr Types kSettle = only(EventType::settle);
constexpr Types kCorrect = only(EventType::correct);
constexpr Types kAll = 0x1FF;
constexpr Types kNone = 0;

/// What a field's reader works on.
struct Draft {
  Event& event;
  const ParseLimits& limits;
  bool nested;  ///< inside a correction: no id, no correct
};

struct EventField {
  std::string_view key;
  Types allowed;
  Types required;
  Read (*read)(Draft&, Value);
};

Read check_text(Value value, std::size_t size_max = kTextMax) {
  auto text = read_text(value, size_max);
  return text ? Read{} : Read{std::move(text).error()};
}

Read read_from(Draft& d, Value value) {
  struct From {
    std::string origin, party;
  } from;
  static constexpr auto kFields = std::to_array<Field<From>>({
      {"origin", true,
       [](From& f, Value v) -> Read {
         if (!v.is_string() || !is_origin(v.string())) {
           return Error{ErrorCode::bad_field, "", "an origin of the list is expected"};
         }
         f.origin = v.string();
         return {};
       }},
      {"party", false, [](From& f, Value v) -> Read { HUAN_READ(f.party, read_short_name(v)); }},
  });
  HUAN_CHECK(read_object<From>(from, value, kFields));
  d.event.origin = std::move(from.origin);
  d.event.party = std::move(from.party);
  return {};
}

struct To {
  std::string place, city, party, cls;
};

Read read_to(Draft& d, Value value) {
  static constexpr auto kShipTo = std::to_array<Field<To>>({
      {"place", true, [](To& t, Value v) -> Read { HUAN_READ(t.place, read_short_name(v)); }},
      {"city", false,
       [](To& t, Value v) -> Read {
         if (!v.is_string() || !base::is_city(v.string())) {
           return Error{ErrorCode::bad_field, "", "six digits, or x- and a name"};
         }
         t.city = v.string();
         return {};
       }},
  });
  static constexpr auto kSellTo = std::to_array<Field<To>>({
      {"party", false, [](To& t, Value v) -> Read { HUAN_READ(t.party, read_short_name(v)); }},
      {"class", false,
       [](To& t, Value v) -> Read {
         if (!v.is_string() || !is_destination(v.string())) {
           return Error{ErrorCode::bad_field, "", "recycle, reuse, energy or other-city:<code>"};
         }
         t.cls = v.string();
         return {};
       }},
  });
  static constexpr auto kDisposeTo = std::to_array<Field<To>>({
      {"party", true, [](To& t, Value v) -> Read { HUAN_READ(t.party, read_short_name(v)); }},
  });
  To to;
  switch (d.event.type) {
    case EventType::ship:
      HUAN_CHECK(read_object<To>(to, value, kShipTo));
      break;
    case EventType::sell:
      HUAN_CHECK(read_object<To>(to, value, kSellTo));
      break;
    default:
      HUAN_CHECK(read_object<To>(to, value, kDisposeTo));
      break;
  }
  d.event.to_place = std::move(to.place);
  d.event.to_city = std::move(to.city);
  d.event.party = std::move(to.party);
  if (!to.cls.empty()) {
    d.event.cls = std::move(to.cls);
  }
  return {};
}

Read read_method(Draft& d, Value value) {
  static constexpr auto kMethods =
      std::to_array<std::string_view>({"landfill", "incineration", "storage", "hazardous"});
  for (const auto method : kMethods) {
    if (value.is_string() && value.string() == method) {
      d.event.cls = method;
      return {};
    }
  }
  return Error{ErrorCode::bad_field, "", "landfill, incineration, storage or hazardous"};
}

Read read_lines(Draft& d, Value value) {
  if (d.event.type == EventType::adjust) {
    return read_array(d.event.counts, value, d.limits.lines_max, parse_count);
  }
  return read_array(d.event.accepts, value, d.limits.lines_max, parse_accept);
}

base::Result<Event> parse(Value root, const ParseLimits& limits, bool nested);

Read read_replacement(Draft& d, Value value) {
  if (value.is_null()) {
    return {};
  }
  auto event = parse(value, d.limits, true);
  if (!event) {
    return std::move(event).error();
  }
  d.event.replacement = std::make_unique<Event>(std::move(event).value());
  d.event.replacement_json = json::canonical(value);
  return {};
}

base::Result<base::Uuid> read_uuid(Value value) {
  const auto id = value.is_string() ? base::Uuid::parse(value.string()) : std::nullopt;
  if (!id) {
    return Error{ErrorCode::bad_field, "", "a UUID is expected"};
  }
  return *id;
}

base::Result<std::string> read_evidence(Value value) { return read_long_name(value); }

constexpr auto kEventFields = std::to_array<EventField>({
    {"id", kAll, kAll, [](Draft& d, Value v) -> Read { HUAN_READ(d.event.id, read_uuid(v)); }},
    {"type", kAll, kAll, [](Draft&, Value) -> Read { return {}; }},
    {"time", kAll, kAll,
     [](Draft& d, Value v) -> Read {
       const auto time = v.is_string() ? base::parse_time(v.string()) : std::nullopt;
       if (!time) {
         return Error{ErrorCode::bad_time, "", "RFC 3339 with offset, whole seconds"};
       }
       d.event.time = *time;
       return {};
     }},
    {"place", kAll, kAll, [](Draft& d, Value v) -> Read { HUAN_READ(d.event.place, read_short_name(v)); }},
    {"from", kReceive, kReceive, read_from},
    {"outputs", kReceive | kTransform, kReceive,
     [](Draft& d, Value v) -> Read {
       return read_array(d.event.outputs, v, d.limits.lines_max, parse_output);
     }},
    {"inputs", kShip | kTransform | kSell | kDispose, kShip | kSell | kDispose,
     [](Draft& d, Value v) -> Read {
       return read_array(d.event.inputs, v, d.limits.lines_max, parse_input);
     }},
    {"shipment", kShip | kAccept, kShip | kAccept,
     [](Draft& d, Value v) -> Read { HUAN_READ(d.event.shipment, read_long_name(v)); }},
    {"to", kShip | kSell | kDispose, kShip | kSell | kDispose, read_to},
    {"lines", kAccept | kAdjust, kAdjust, read_lines},
    {"total_g", kAccept, kNone, [](Draft& d, Value v) -> Read { HUAN_READ(d.event.total, read_mass(v)); }},
    {"refused_g", kAccept, kNone,
     [](Draft& d, Value v) -> Read { HUAN_READ(d.event.refused, read_mass_or_zero(v)); }},
    {"final", kAccept, kNone, [](Draft& d, Value v) -> Read { HUAN_READ(d.event.final, read_bool(v)); }},
    {"from_city", kAccept, kNone,
     [](Draft& d, Value v) -> Read {
       if (!v.is_string() || !base::is_city(v.string())) {
         return Error{ErrorCode::bad_field, "", "six digits, or x- and a name"};
       }
       d.event.from_city = v.string();
       return {};
     }},
    {"process", kTransform, kNone,
     [](Draft& d, Value v) -> Read { HUAN_READ(d.event.process, read_short_name(v)); }},
    {"run", kTransform, kNone, [](Draft& d, Value v) -> Read { HUAN_READ(d.event.run, read_long_name(v)); }},
    {"close", kTransform, kNone, [](Draft& d, Value v) -> Read { HUAN_READ(d.event.close, read_bool(v)); }},
    {"loss_g", kTransform, kNone,
     [](Draft& d, Value v) -> Read { HUAN_READ(d.event.loss, read_mass_or_zero(v)); }},
    {"reason", kTransform | kAdjust | kSettle | kCorrect, kAdjust | kSettle | kCorrect,
     [](Draft& d, Value v) -> Read {
       HUAN_TRY(reason, read_text(v, kTextMax));
       if (reason.empty()) {
         return Error{ErrorCode::bad_field, "", "a reason is expected"};
       }
       d.event.reason = std::move(reason);
       return {};
     }},
    {"method", kDispose, kDispose, read_method},
    {"legs", kSettle, kSettle,
     [](Draft& d, Value v) -> Read {
       return read_array(d.event.settles, v, d.limits.lines_max, parse_settle);
     }},
    {"corrects", kCorrect, kCorrect,
     [](Draft& d, Value v) -> Read { HUAN_READ(d.event.corrects, read_uuid(v)); }},
    {"replacement", kCorrect, kCorrect, read_replacement},
    {"actor", kAll, kNone, [](Draft&, Value v) -> Read { return check_text(v, base::kLongNameMax); }},
    {"ticket", kAll, kNone, [](Draft& d, Value v) -> Read { HUAN_READ(d.event.ticket, read_long_name(v)); }},
    {"vehicle", kAll, kNone, [](Draft& d, Value v) -> Read { HUAN_READ(d.event.vehicle, read_short_name(v)); }},
    {"seal", kAll, kNone, [](Draft&, Value v) -> Read { return check_text(v, base::kLongNameMax); }},
    {"weighings", kAll, kNone,
     [](Draft& d, Value v) -> Read {
       return read_array(d.event.weighings, v, d.limits.lines_max, parse_weighing);
     }},
    {"payment", kReceive | kSell, kNone,
     [](Draft& d, Value v) -> Read { HUAN_READ(d.event.payment, parse_payment(v)); }},
    {"points", kReceive, kNone,
     [](Draft& d, Value v) -> Read {
       HUAN_TRY(points, read_integer(v, 0, base::kMassMax));
       d.event.points = base::Points{points};
       return {};
     }},
    {"evidence", kAll, kNone,
     [](Draft& d, Value v) -> Read {
       return read_array(d.event.evidence, v, d.limits.lines_max, read_evidence);
     }},
    {"note", kAll, kNone, [](Draft&, Value v) -> Read { return check_text(v); }},
    {"ext", kAll, kNone,
     [](Draft&, Value v) -> Read {
       return v.is_object() ? Read{} : Read{Error{ErrorCode::bad_field, "", "an object is expected"}};
     }},
});

Read read_fields(Draft& draft, Value root) {
  const Types type = only(draft.event.type);
  std::uint64_t seen = 0;
  for (const auto& member : root.members()) {
    std::size_t i = 0;
    while (i < kEventFields.size() && kEventFields[i].key != member.key) {
      ++i;
    }
    const bool known = i < kEventFields.size() && (kEventFields[i].allowed & type) != 0 &&
                       (!draft.nested || i != 0);
    if (!known) {
      return bad_field(member.key, "no such field in this type of event");
    }
    if (auto read = kEventFields[i].read(draft, member.value); !read) {
      return std::move(read).error().within("/" + std::string{kEventFields[i].key});
    }
    seen |= std::uint64_t{1} << i;
  }
  for (std::size_t i = 0; i < kEventFields.size(); ++i) {
    if ((kEventFields[i].required & type) != 0 && (seen >> i & 1) == 0 &&
        (!draft.nested || i != 0)) {
      return bad_field(kEventFields[i].key, "required");
    }
  }
  return {};
}

Read check_accept(const Event& event) {
  if (event.accepts.empty() == !event.total) {
    return bad_field(event.total ? "lines" : "total_g", "either lines or total_g is expected");
  }
  if (event.total && event.final == false) {
    return bad_field("final", "an acceptance by total is always final");
  }
  if (event.refused && (!event.total || *event.refused > *event.total)) {
    return bad_field("refused_g", "goes with total_g and is part of it");
  }
  if (event.from_city.empty()) {
    return {};
  }
  if (event.total) {
    return bad_field("total_g", "from another city each line is named");
  }
  for (std::size_t i = 0; i < event.accepts.size(); ++i) {
    const AcceptLine& line = event.accepts[i];
    if (line.line.empty() || line.material.empty() || !line.declared) {
      return bad_field("line", "line, material and declared_g are expected from another city")
          .within("/lines/" + std::to_string(i));
    }
  }
  return {};
}

Read check_transform(const Event& event) {
  if (event.run.empty()) {
    if (event.close) {
      return bad_field("close", "goes with a run");
    }
    if (event.inputs.empty()) {
      return bad_field("inputs", "required");
    }
  } else if (event.inputs.empty() && event.outputs.empty() && !event.close) {
    return bad_field("inputs", "inputs, outputs or close are expected");
  }
  return {};
}

Read check_prices(const Event& event) {
  for (std::size_t i = 0; i < event.inputs.size(); ++i) {
    const Pricing& p = event.inputs[i].pricing;
    if (event.type != EventType::sell && (p.price || p.settle)) {
      return bad_field(p.price ? "price_fen" : "settle_g", "goes with a sale")
          .within("/inputs/" + std::to_string(i));
    }
  }
  for (std::size_t i = 0; i < event.outputs.size(); ++i) {
    const Pricing& p = event.outputs[i].pricing;
    if (event.type != EventType::receive && (p.price || p.settle)) {
      return bad_field(p.price ? "price_fen" : "settle_g", "goes with a receipt")
          .within("/outputs/" + std::to_string(i));
    }
  }
  return {};
}

base::Result<Event> parse(Value root, const ParseLimits& limits, bool nested) {
  if (!root.is_object()) {
    return Error{ErrorCode::bad_field, "", "an object is expected"};
  }
  const auto type_field = root.find("type");
  const auto type =
      type_field && type_field->is_string() ? event_type(type_field->string()) : std::nullopt;
  if (!type || (nested && *type == EventType::correct)) {
    return bad_field("type", nested ? "any type but correct" : "a type of event is expected");
  }
  Event event;
  event.type = *type;
  Draft draft{event, limits, nested};
  HUAN_CHECK(read_fields(draft, root));
  if (event.type == EventType::accept) {
    HUAN_CHECK(check_accept(event));
  }
  if (event.type == EventType::transform) {
    HUAN_CHECK(check_transform(event));
  }
  HUAN_CHECK(check_prices(event));
  return event;
}

}  // namespace

std::string_view name(EventType type) { return kTypes.at(static_cast<std::size_t>(type)); }

std::optional<EventType> event_type(std::string_view text) {
  for (std::size_t i = 0; i < kTypes.size(); ++i) {
    if (kTypes[i] == text) {
      return static_cast<EventType>(i);
    }
  }
  return std::nullopt;
}

bool is_origin(std::string_view text) {
  static constexpr auto kOrigins =
      std::to_array<std::string_view>({"household", "public-institution", "commercial",
                                       "industrial", "agricultural", "medical", "construction"});
  for (const auto origin : kOrigins) {
    if (origin == text) {
      return true;
    }
  }
  return text.starts_with("other-city:") && base::is_city(text.substr(11));
}

bool is_destination(std::string_view text) {
  return text == "recycle" || text == "reuse" || text == "energy" ||
         (text.starts_with("other-city:") && base::is_city(text.substr(11)));
}

base::Result<Event> parse_version(Value root) {
  return parse(root, {}, root.is_object() && !root.find("id"));
}

base::Result<Event> parse_event(Value root, const ParseLimits& limits) {
  return parse(root, limits, false);
}

}  // namespace huan::ledger
