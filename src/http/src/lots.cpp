// SPDX-License-Identifier: Apache-2.0
// Lots with their trace, items, tickets.
#include <algorithm>

#include "huan/app/trace_lot.hpp"
#include "huan/base/text.hpp"
#include "table.hpp"

namespace huan::http {
namespace {

std::string id_of(const Ask& ask, store::Seq seq) {
  const auto record = ask.reading.record(ask.city.city, seq);
  return record ? record->id.text() : std::string();
}

void put_lot(Table& table, const Ask& ask, const store::LotRow& row) {
  const auto& state = row.state;
  table.text(state.lot).text(state.place).text(state.material).text(ask.time(state.time));
  table.integer(std::max<std::int64_t>(state.raw_g, 0));
  table.integer(std::max<std::int64_t>(state.raw_pieces, 0)).boolean(state.has_items);
}

Result<Response> list_lots(const Ask& ask) {
  const auto stock = ask.query("stock").value_or("true");
  if (stock != "true" && stock != "false") {
    return Error{ErrorCode::bad_field, "stock", "true or false"};
  }
  const store::LotFilter filter{ask.text("place"), ask.text("material"), stock == "true",
                                ask.scope()};
  return list(
      ask, {"lot", "place", "material", "time", "mass_g", "pieces", "has_items"},
      [&](const store::Page& page) { return ask.reading.lots(ask.city.city, filter, page); },
      [&](Table& table, const store::LotRow& row) { put_lot(table, ask, row); });
}

void write_places(json::Writer& w, const Ask& ask, const std::vector<store::LotRow>& rows) {
  w.key("places").begin_array();
  for (const auto& row : rows) {
    w.begin_object().member("current", row.current);
    w.member("imbalance_g", std::max<std::int64_t>(-row.state.raw_g, 0));
    w.member("mass_g", std::max<std::int64_t>(row.state.raw_g, 0));
    w.member("pieces", std::max<std::int64_t>(row.state.raw_pieces, 0));
    w.member("place", row.state.place).member("time", ask.time(row.state.time)).end_object();
  }
  w.end_array();
}

Result<Response> one_lot(const Ask& ask) {
  const std::string name(ask.request.param("lot"));
  const auto rows = ask.reading.lot_places(ask.city.city, name);
  const auto current =
      std::find_if(rows.begin(), rows.end(), [](const store::LotRow& row) { return row.current; });
  if (rows.empty() || !app::sees_lot(ask.reading, ask.city.city, name, ask.scope())) {
    return Error{ErrorCode::unknown_lot, "lot", name};
  }
  const auto& state = (current == rows.end() ? rows.front() : *current).state;
  std::string out;
  json::Writer w(out);
  w.begin_object().member("city", ask.city.city).key("items").begin_array();
  for (const auto& code : ask.reading.items_of(ask.city.city, name)) {
    w.string(code);
  }
  w.end_array().member("lot", name).member("made_by", id_of(ask, state.seq));
  w.member("mass_g", std::max<std::int64_t>(state.raw_g, 0)).member("material", state.material);
  w.member("pieces", std::max<std::int64_t>(state.raw_pieces, 0)).member("place", state.place);
  write_places(w, ask, rows);
  w.member("time", ask.time(state.time)).end_object();
  return http_server::json_response(200, std::move(out));
}

Result<Response> trace(const Ask& ask, app::Tracer& tracer) {
  app::TraceRequest question;
  question.city = ask.city.city;
  question.lot = ask.request.param("lot");
  const auto direction = ask.query("direction").value_or("up");
  if (direction != "up" && direction != "down") {
    return Error{ErrorCode::bad_field, "direction", "up or down"};
  }
  question.up = direction == "up";
  question.scope = ask.scope();
  HUAN_TRY(depth, integer_parameter(ask.request, "depth", question.depth));
  HUAN_TRY(limit, integer_parameter(ask.request, "limit", 200));
  question.depth = static_cast<std::uint32_t>(std::min<std::int64_t>(depth, 0xFFFF'FFFF));
  question.limit = static_cast<std::size_t>(std::min<std::int64_t>(limit, 10'000));
  auto answer = app::trace_lot(tracer, ask.reading, question);
  if (!answer) {
    return at_parameter(std::move(answer).error());
  }
  return http_server::json_response(200, std::move(*answer));
}

/// It is in a lot of theirs, or was theirs when it moved last.
bool sees_item(const Ask& ask, const store::ItemRow& item) {
  const auto record = ask.reading.record(ask.city.city, item.seq);
  return (record && app::sees_record(record->view(), ask.scope())) ||
         (!item.lot.empty() && app::sees_lot(ask.reading, ask.city.city, item.lot, ask.scope()));
}

Result<Response> one_item(const Ask& ask) {
  const std::string code(ask.request.param("code"));
  const auto item = ask.reading.item(ask.city.city, code);
  if (!item || !sees_item(ask, *item)) {
    return Error{ErrorCode::unknown_item, "code", code};
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().member("city", ask.city.city).member("code", code);
  w.key("history").begin_array();
  for (const auto& step : ask.reading.item_history(ask.city.city, code)) {
    const auto record = ask.reading.record(ask.city.city, step.seq);
    if (!record || !app::sees_record(record->view(), ask.scope())) {
      continue;
    }
    w.begin_object().member("event", id_of(ask, step.seq)).member("from", step.move.lot_before);
    w.member("seq", static_cast<std::int64_t>(step.seq)).member("to", step.move.lot_after);
    w.end_object();
  }
  w.end_array().member("kind", item->kind).member("lot", item->lot).member("parent", item->parent);
  w.end_object();
  return http_server::json_response(200, std::move(out));
}

struct Ticket {
  store::TicketRow row;
  [[nodiscard]] std::string key() const { return row.device; }
};

Result<Response> tickets(const Ask& ask) {
  if (!ask.query("number")) {
    return Error{ErrorCode::bad_field, "number", "the number on the ticket is needed"};
  }
  HUAN_TRY(number, integer_parameter(ask.request, "number", 0));
  return list(
      ask, {"device", "number", "event", "seq"},
      [&](const store::Page& page) {
        std::vector<Ticket> rows;
        for (auto& row : ask.reading.tickets(ask.city.city, number)) {
          const auto record = ask.reading.record(ask.city.city, row.seq);
          const bool seen = record && app::sees_record(record->view(), ask.scope());
          if (seen && row.device > page.after && rows.size() < page.limit) {
            rows.push_back({std::move(row)});
          }
        }
        return rows;
      },
      [&](Table& table, const Ticket& ticket) {
        table.text(ticket.row.device).integer(ticket.row.number);
        table.text(id_of(ask, ticket.row.seq)).integer(static_cast<std::int64_t>(ticket.row.seq));
      });
}

}  // namespace

void add_lot_doors(Doors& doors) {
  doors.read("/api/v1/lots", list_parameters({"place", "material", "stock"}), list_lots);
  doors.read("/api/v1/lots/{lot}", {}, one_lot);
  doors.read(
      "/api/v1/lots/{lot}/trace", {"direction", "depth", "limit"},
      [&tracer = doors.context().parts.tracer](const Ask& ask) { return trace(ask, tracer); });
  doors.read("/api/v1/items/{code}", {}, one_item);
  doors.read("/api/v1/tickets", list_parameters({"number"}), tickets);
}

}  // namespace huan::http
