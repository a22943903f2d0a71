// SPDX-License-Identifier: Apache-2.0
#include "ticket_event.hpp"

#include "huan/base/id.hpp"
#include "huan/base/quantity.hpp"
#include "huan/base/time.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/identifiers.hpp"

namespace huan::wire_table {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kNoteMax = 1'000;
constexpr std::int64_t kGramsPerKilogram = 1'000;

base::Result<void> take(RowValues::Stated<std::string> value, std::string& into) {
  if (!value) {
    return std::move(value).error();
  }
  if (*value) {
    into = std::move(**value);
  }
  return {};
}

base::Result<void> require(const RowValues& values, std::string_view field,
                           const std::string& value) {
  return value.empty()
             ? base::Result<void>{values.refuse(field, ErrorCode::bad_field, "the cell is blank")}
             : base::Result<void>{};
}

bool is_origin(std::string_view text) {
  constexpr std::string_view kOther = "other-city:";
  for (const std::string_view known : {"household", "public-institution", "commercial",
                                       "industrial", "agricultural", "medical", "construction"}) {
    if (text == known) {
      return true;
    }
  }
  return text.starts_with(kOther) && base::is_city(text.substr(kOther.size()));
}

/// A vehicle is named by its id or by what the register knows it as; a bare plate is kept as the
/// claim that it is.
base::Result<void> read_vehicle(const RowValues& values, TicketEvent& ticket) {
  HUAN_TRY(text, values.word("vehicle"));
  if (text) {
    const bool id = base::is_name(*text, base::kShortNameMax);
    (id ? ticket.vehicle : ticket.plate) = *text;
    if (!id && text->size() > base::kShortNameMax) {
      return values.refuse("vehicle", ErrorCode::unknown_vehicle,
                           "this is neither a vehicle's id nor a plate");
    }
  }
  return {};
}

base::Result<void> read_note(const RowValues& values, TicketEvent& ticket) {
  HUAN_CHECK(take(values.text("note"), ticket.note));
  if (ticket.note.size() > kNoteMax) {
    return values.refuse("note", ErrorCode::too_large, "a note has at most 1000 bytes");
  }
  const auto time = base::parse_time(ticket.time);
  if (time && registry::holds_personal_number(ticket.note, base::day_of(*time, 0))) {
    return values.refuse("note", ErrorCode::bad_text,
                         "an identity or phone number does not belong into a record");
  }
  return {};
}

base::Result<void> read_weighing(const RowValues& values, TicketEvent& ticket) {
  HUAN_TRY(gross, values.mass("gross"));
  HUAN_TRY(tare, values.mass("tare"));
  HUAN_TRY(net, values.mass("mass"));
  HUAN_TRY(settle, values.mass("settle"));
  const bool weighed = gross && tare;
  if (weighed && *gross <= *tare) {
    return values.refuse("gross", ErrorCode::bad_number, "gross is not more than tare");
  }
  if (!weighed && !net) {
    return values.refuse("mass", ErrorCode::bad_field,
                         "neither a net mass nor gross and tare are stated");
  }
  ticket.mass_g = weighed ? *gross - *tare : *net;
  HUAN_TRY(deduct, values.deduction("deduct", ticket.mass_g));
  const std::int64_t deducted = deduct.value_or(0);
  if (weighed && net && *net != ticket.mass_g && *net != ticket.mass_g - deducted) {
    return values.refuse("mass", ErrorCode::not_balanced,
                         "net " + std::to_string(*net) + " g is not gross less tare, " +
                             std::to_string(ticket.mass_g) + " g" +
                             (deducted > 0 ? ", nor that less the deduction" : ""));
  }
  if (!weighed && deducted > 0 && !settle) {
    return values.refuse("deduct", ErrorCode::bad_field,
                         "without gross and tare it is not clear whether the net has the deduction "
                         "in it; state the settled mass");
  }
  if (deducted > ticket.mass_g || ticket.mass_g < 1) {
    return values.refuse(
        deducted > ticket.mass_g ? "deduct" : "mass", ErrorCode::bad_number,
        deducted > ticket.mass_g ? "more is deducted than was weighed" : "the mass is zero");
  }
  if (weighed) {
    ticket.gross_g = gross;
    ticket.tare_g = *tare;
    ticket.deduct_g = deducted;
  }
  ticket.settle_g = settle;
  return {};
}

base::Result<void> read_money(const RowValues& values, const Mapping& mapping,
                              TicketEvent& ticket) {
  HUAN_TRY(price, values.price("price"));
  HUAN_TRY(amount, values.money("amount"));
  ticket.price = price;
  if (!price) {
    if (amount && *amount > 0) {
      return values.refuse("amount", ErrorCode::bad_field,
                           "an amount without a price cannot be recorded; add the price");
    }
    return {};
  }
  if (price->per_piece && !ticket.pieces) {
    return values.refuse("price", ErrorCode::bad_field,
                         "a price per piece needs the number of pieces");
  }
  const std::int64_t basis = ticket.settle_g.value_or(ticket.mass_g - ticket.deduct_g);
  const std::int64_t due = price->per_piece
                               ? base::checked_multiply(*ticket.pieces, price->fen)
                               : base::multiply_divide_round(basis, price->fen, kGramsPerKilogram);
  const std::int64_t stated = amount.value_or(due);
  if (stated > due + mapping.amount_tolerance_fen || stated < due - mapping.amount_tolerance_fen) {
    return values.refuse("amount", ErrorCode::not_balanced,
                         "the amount is " + std::to_string(stated) + " fen, price × mass gives " +
                             std::to_string(due));
  }
  HUAN_CHECK(take(values.word("payment"), ticket.payment));
  if (!ticket.payment.empty() && ticket.payment != "till" && ticket.payment != "bank") {
    return values.refuse("payment", ErrorCode::bad_text,
                         "\"" + ticket.payment + "\" is neither till (现金) nor bank (转账)");
  }
  ticket.paid_fen =
      ticket.party.empty() ? due : stated;  // without a party the whole is paid at once
  return {};
}

void write_weighing(const TicketEvent& ticket, json::Writer& out) {
  out.key("weighings").begin_array().begin_object();
  if (ticket.deduct_g > 0) {
    out.member("deduct_g", ticket.deduct_g);
  }
  out.member("gross_g", *ticket.gross_g);
  if (!ticket.scale.empty()) {
    out.member("scale", ticket.scale);
  }
  out.member("tare_g", ticket.tare_g).end_object().end_array();
}

void write_output(const TicketEvent& ticket, json::Writer& out) {
  out.key("outputs").begin_array().begin_object();
  if (!ticket.lot.empty()) {
    out.member("lot", ticket.lot);
  }
  out.member("mass_g", ticket.mass_g).member("material", ticket.material);
  if (ticket.price) {
    out.member("per", ticket.price->per_piece ? "piece" : "kg");
  }
  if (ticket.pieces) {
    out.member("pieces", *ticket.pieces);
  }
  if (ticket.price) {
    out.member("price_fen", ticket.price->fen);
  }
  if (ticket.settle_g) {
    out.member("settle_g", *ticket.settle_g);
  }
  out.end_object().end_array();
}

}  // namespace

base::Result<TicketEvent> read_ticket(const RowValues& values) {
  TicketEvent ticket;
  HUAN_CHECK(take(values.time("time"), ticket.time));
  HUAN_CHECK(require(values, "time", ticket.time));
  HUAN_CHECK(take(values.name("place", base::kShortNameMax), ticket.place));
  HUAN_CHECK(require(values, "place", ticket.place));
  HUAN_CHECK(take(values.word("origin"), ticket.origin));
  HUAN_CHECK(require(values, "origin", ticket.origin));
  if (!is_origin(ticket.origin)) {
    return values.refuse("origin", ErrorCode::bad_text,
                         "\"" + ticket.origin +
                             "\" is no origin; household, commercial, …, or a translation of one");
  }
  HUAN_CHECK(take(values.name("party", base::kShortNameMax), ticket.party));
  HUAN_CHECK(take(values.name("ticket", base::kLongNameMax), ticket.ticket));
  HUAN_CHECK(take(values.name("scale", base::kShortNameMax), ticket.scale));
  HUAN_CHECK(take(values.name("lot", base::kLongNameMax), ticket.lot));
  HUAN_CHECK(read_vehicle(values, ticket));
  HUAN_CHECK(read_note(values, ticket));
  return ticket;
}

base::Result<void> read_single_line(const RowValues& values, const Mapping& mapping,
                                    TicketEvent& ticket) {
  HUAN_CHECK(take(values.material("material"), ticket.material));
  HUAN_CHECK(require(values, "material", ticket.material));
  HUAN_TRY(pieces, values.count("pieces"));
  ticket.pieces = pieces;
  HUAN_CHECK(read_weighing(values, ticket));
  return read_money(values, mapping, ticket);
}

std::string to_json(const TicketEvent& ticket, std::string_view id) {
  std::string text;
  json::Writer out{text};
  out.begin_object();
  if (!ticket.plate.empty()) {
    out.key("ext").begin_object().member("plate", ticket.plate).end_object();
  }
  out.key("from").begin_object().member("origin", ticket.origin);
  if (!ticket.party.empty()) {
    out.member("party", ticket.party);
  }
  out.end_object();
  if (!id.empty()) {
    out.member("id", id);
  }
  if (!ticket.note.empty()) {
    out.member("note", ticket.note);
  }
  write_output(ticket, out);
  if (!ticket.payment.empty()) {
    out.key("payment")
        .begin_object()
        .member("fen", ticket.paid_fen)
        .member("how", ticket.payment)
        .end_object();
  }
  out.member("place", ticket.place);
  if (!ticket.ticket.empty()) {
    out.member("ticket", ticket.ticket);
  }
  out.member("time", ticket.time).member("type", "receive");
  if (!ticket.vehicle.empty()) {
    out.member("vehicle", ticket.vehicle);
  }
  if (ticket.gross_g) {
    write_weighing(ticket, out);
  }
  out.end_object();
  return text;
}

}  // namespace huan::wire_table
