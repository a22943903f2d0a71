// SPDX-License-Identifier: Apache-2.0
// What stands where, and what is on the way.
#include <algorithm>

#include "table.hpp"

namespace huan::http {
namespace {

Result<Response> stock(const Ask& ask) {
  const store::LotFilter filter{ask.text("place"), ask.text("material"), true, ask.scope()};
  return list(
      ask, {"place", "material", "mass_g", "pieces", "lots"},
      [&](const store::Page& page) { return ask.reading.stock(ask.city.city, filter, page); },
      [](Table& table, const store::StockRow& row) {
        table.text(row.place).text(row.material).integer(row.mass_g).integer(row.pieces);
        table.integer(row.lots);
      });
}

struct Shipment {
  store::ShipmentRow row;
  [[nodiscard]] std::string key() const { return row.shipment; }
};

std::string_view state_name(const ledger::ShipmentState& state) {
  return state.finals > 0 ? "closed" : "open";
}

/// As weighed at the other end, what was refused there included; less than was shipped while some
/// is on the way, more or less of it when weights differ.
std::int64_t arrived_g(const ledger::LineState& line) { return line.shipped_g - line.raw_g; }

Result<Response> shipments(const Ask& ask) {
  const auto state = ask.query("state").value_or("all");
  if (state != "all" && state != "open" && state != "closed") {
    return Error{ErrorCode::bad_field, "state", "open, closed or all"};
  }
  const auto filter = state == "open"     ? store::ShipmentFilter::open
                      : state == "closed" ? store::ShipmentFilter::closed
                                          : store::ShipmentFilter::all;
  return list(
      ask,
      {"shipment", "state", "from", "to", "to_city", "time", "in_transit_g", "shipped_g",
       "arrived_g"},
      [&](const store::Page& page) {
        std::vector<Shipment> rows;
        for (auto& row : ask.reading.shipments(ask.city.city, {filter, ask.scope()}, page)) {
          rows.push_back({std::move(row)});
        }
        return rows;
      },
      [&](Table& table, const Shipment& shipment) {
        const auto& row = shipment.row;
        std::int64_t in_transit = 0;
        std::int64_t shipped = 0;
        std::int64_t arrived = 0;
        for (const auto& line : ask.reading.lines(ask.city.city, row.shipment)) {
          in_transit += row.state.finals > 0 ? 0 : std::max<std::int64_t>(line.raw_g, 0);
          shipped += line.shipped_g;
          arrived += arrived_g(line);
        }
        table.text(row.shipment).text(state_name(row.state)).text(row.state.from_place);
        table.text(row.state.to_place).text(row.state.to_city).text(ask.time(row.time));
        table.integer(in_transit).integer(shipped).integer(arrived);
      });
}

Result<Response> one_shipment(const Ask& ask) {
  const std::string name(ask.request.param("shipment"));
  const auto state = ask.reading.shipment(ask.city.city, name);
  if (!state || !app::sees_shipment(ask.reading, ask.city.city, *state, ask.scope())) {
    return Error{ErrorCode::unknown_shipment, "shipment", name};
  }
  const bool open = state->finals == 0;
  std::string out;
  json::Writer w(out);
  w.begin_object().member("city", ask.city.city).member("from", state->from_place);
  w.key("lines").begin_array();
  for (const auto& line : ask.reading.lines(ask.city.city, name)) {
    w.begin_object().member("arrived_g", arrived_g(line));
    w.member("in_transit_g", open ? std::max<std::int64_t>(line.raw_g, 0) : 0);
    w.member("line", line.line).member("material", line.material);
    w.member("shipped_g", line.shipped_g).end_object();
  }
  w.end_array().member("shipment", name).key("state").string(state_name(*state));
  w.member("to", state->to_place).member("to_city", state->to_city).end_object();
  return http_server::json_response(200, std::move(out));
}

}  // namespace

void add_stock_doors(Doors& doors) {
  doors.read("/api/v1/stock", list_parameters({"place", "material"}), stock);
  doors.read("/api/v1/shipments", list_parameters({"state"}), shipments);
  doors.read("/api/v1/shipments/{shipment}", {}, one_shipment);
}

}  // namespace huan::http
