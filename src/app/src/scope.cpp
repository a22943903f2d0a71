// SPDX-License-Identifier: Apache-2.0
#include "huan/app/scope.hpp"

#include "huan/json/document.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using store::RowScope;

std::string party_district(store::Reading& reading, store::City city, std::string_view party) {
  const auto row = party.empty() ? std::nullopt : reading.registered(city, "party", party);
  return row ? row->district : std::string();
}

/// As the index of its record will say it.
Result<store::RegistryRow> row_to_be(const RegistryPut& put) {
  HUAN_TRY(document, json::Document::parse(put.data, json::kStored));
  const auto text = [root = document.root()](std::string_view name) {
    const auto found = root.is_object() ? root.find(name) : std::nullopt;
    return found && found->is_string() ? std::string(found->string()) : std::string();
  };
  store::RegistryRow row;
  row.kind = put.kind;
  row.key = put.key;
  row.district = text("district");
  row.party = text(put.kind == "place" ? "operator" : "party");
  return row;
}

Error others(std::string at) {
  return {ErrorCode::forbidden, std::move(at), "it belongs to somebody else"};
}

std::string place_in(const std::optional<json::Value>& data) {
  const auto place = data && data->is_object() ? data->find("place") : std::nullopt;
  return place && place->is_string() ? std::string(place->string()) : std::string();
}

/// Of a version on record.
std::string place_of_price(const store::RegistryRow& row) {
  const auto document = json::Document::parse(row.body, json::kStored);
  const auto record = document ? document->root().find("record") : std::nullopt;
  return place_in(record ? record->find("data") : std::nullopt);
}

/// What a place pays is said by who runs it; the city's prices are not theirs to say.
Result<void> may_price(store::Reading& reading, store::City city, const RegistryPut& put,
                       const RowScope& scope) {
  const auto before = reading.registered(city, put.kind, put.key);
  if (before && !sees_place(reading, city, place_of_price(*before), scope)) {
    return others("key");
  }
  HUAN_TRY(document, json::Document::parse(put.data, json::kStored));
  return sees_place(reading, city, place_in(document.root()), scope) ? Result<void>()
                                                                     : others("/data/place");
}

}  // namespace

RecordReach reach_of(registry::Kind kind) noexcept {
  using enum registry::Kind;
  switch (kind) {
    case place:
    case party:
    case asset:
    case contract:
    case declaration:
    case dossier:
    case finding:
    case invoice:
    case subsidy:
      return RecordReach::tenant;
    case material:
    case price:
    case pack:
    case notice:
    case listing:
      return RecordReach::open;
    default:
      return RecordReach::closed;
  }
}

RowScope row_scope(const Access& access) {
  return {access.grant.district, access.grant.organisation, access.grant.place};
}

bool sees_place(store::Reading& reading, store::City city, std::string_view place,
                const RowScope& scope) {
  if (scope.any()) {
    return true;
  }
  const auto row = reading.registered(city, "place", place);
  return row && store::in_scope(scope, *row, "");
}

bool sees_record(const store::RecordView& record, const RowScope& scope) {
  return (scope.party.empty() || record.operator_id == scope.party) &&
         (scope.place.empty() || record.place == scope.place) &&
         scope.holds_district(record.district);
}

bool sees_lot(store::Reading& reading, store::City city, std::string_view lot,
              const RowScope& scope) {
  if (scope.any()) {
    return true;
  }
  const auto state = reading.lot(city, lot);
  return state && sees_place(reading, city, state->place, scope);
}

bool sees_shipment(store::Reading& reading, store::City city, const ledger::ShipmentState& shipment,
                   const RowScope& scope) {
  const bool here = shipment.to_city.empty();
  return sees_place(reading, city, shipment.from_place, scope) ||
         (here && sees_place(reading, city, shipment.to_place, scope));
}

bool sees_thing(store::Reading& reading, store::City city, const store::RegistryRow& row,
                const RowScope& scope) {
  if (scope.any()) {
    return true;
  }
  const auto kind = registry::kind_from(row.kind);
  const auto reach = kind ? reach_of(*kind) : RecordReach::closed;
  return reach == RecordReach::open ||
         (reach == RecordReach::tenant &&
          store::in_scope(scope, row, party_district(reading, city, row.party)));
}

Result<void> may_record(store::Reading& reading, store::City city, const ledger::Event& event,
                        const RowScope& scope) {
  if (scope.any()) {
    return {};
  }
  if (event.type == ledger::EventType::settle) {
    return Error{ErrorCode::forbidden, "/type", "settling takes an account of the whole city"};
  }
  if (event.type == ledger::EventType::correct) {
    const auto corrected = reading.record(city, event.corrects);
    if (corrected && !sees_record(corrected->view(), scope)) {
      return others("/corrects");
    }
    if (event.replacement) {
      auto inner = may_record(reading, city, *event.replacement, scope);
      if (!inner) {
        return std::move(inner).error().within("/replacement");
      }
    }
  }
  return sees_place(reading, city, event.place, scope) ? Result<void>() : others("/place");
}

Result<void> may_register(store::Reading& reading, store::City city, const RegistryPut& put,
                          const RowScope& scope) {
  if (put.kind == "declaration") {
    return Error{ErrorCode::forbidden, "kind", "declarations are moved: POST /declarations/{key}"};
  }
  if (put.kind == "setting" && put.key.starts_with("release.")) {
    return Error{ErrorCode::forbidden, "kind", "what is published goes through POST /open-data"};
  }
  if (put.kind == "finding") {
    return Error{ErrorCode::forbidden, "kind", "findings are judged, not written"};
  }
  if (put.kind == "order" || (put.kind == "plan" && put.key.starts_with("slot:"))) {
    return Error{ErrorCode::forbidden, "kind", "orders are moved: POST /orders/{key}/{move}"};
  }
  if (put.kind == "plan" && put.key.starts_with("payout:")) {
    return Error{ErrorCode::forbidden, "kind", "payouts are asked for: POST /payouts"};
  }
  if (put.kind == "invoice" || put.kind == "subsidy") {
    return Error{ErrorCode::forbidden, "kind",
                 "made by their own means: POST /invoices, huan subsidy"};
  }
  if (scope.any()) {
    return {};
  }
  if (put.kind == "price") {
    return may_price(reading, city, put, scope);
  }
  const auto kind = registry::kind_from(put.kind);
  if (!kind || reach_of(*kind) != RecordReach::tenant) {
    return Error{ErrorCode::forbidden, "kind", "only for an account of the whole city"};
  }
  const auto before = reading.registered(city, put.kind, put.key);
  if (before && !sees_thing(reading, city, *before, scope)) {
    return others("key");
  }
  HUAN_TRY(after, row_to_be(put));
  return sees_thing(reading, city, after, scope) ? Result<void>() : others("/data");
}

}  // namespace huan::app
