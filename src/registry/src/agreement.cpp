// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/agreement.hpp"

#include <array>

#include "codes.hpp"
#include "hours.hpp"
#include "huan/registry/fields.hpp"
#include "object.hpp"

namespace huan::registry {
namespace {

using base::ErrorCode;

constexpr std::array<std::string_view, 2> kSides{"buy", "sell"};
constexpr std::array<std::string_view, 2> kUnits{"kg", "piece"};
constexpr std::int64_t kPriceMax = 1'000'000'000;  // ten million yuan

}  // namespace

base::Result<Price> parse_price(json::Value data, std::string_view pointer) {
  Fields f(data, std::string{pointer});
  Price price;
  price.material = f.name("material");
  if (!is_material_code(price.material)) {
    f.refuse(ErrorCode::bad_field, "material", "a material code is like paper.occ");
  }
  price.place = f.optional_name("place").value_or("");
  price.side = static_cast<PriceSide>(f.optional_choice("side", kSides).value_or(0));
  price.price = base::Money{f.integer("fen", {0, kPriceMax})};
  price.per = static_cast<MaterialUnit>(f.optional_choice("per", kUnits).value_or(0));
  price.synthetic = f.flag("synthetic", false);
  HUAN_CHECK(f.finish());
  return price;
}

std::string to_json(const Price& price) {
  ObjectText o;
  o.put("fen", price.price.count());
  o.put("material", price.material);
  o.put("per", name(price.per));
  o.optional("place", price.place);
  o.put("side", kSides[static_cast<std::size_t>(price.side)]);
  o.flag("synthetic", price.synthetic);
  return o.text();
}

base::Result<Contract> parse_contract(json::Value data, std::string_view pointer) {
  Fields f(data, std::string{pointer});
  refuse_personal_fields(f, data);
  Contract contract;
  contract.party = f.name("party");
  contract.place = f.optional_name("place").value_or("");
  contract.with = f.optional_name("with").value_or("");
  contract.number = f.optional_text("number", 100).value_or("");
  contract.from = f.optional_day("from");
  contract.to = f.optional_day("to");
  if (contract.from && contract.to && *contract.to < *contract.from) {
    f.refuse(ErrorCode::bad_field, "to", "ends before it begins");
  }
  contract.materials = f.names("materials", 200);
  read_hours(f, "visits", contract.visits);
  if (contract.place.empty() && contract.with.empty()) {
    f.refuse(ErrorCode::bad_field, "place", "name the place or the party that collects");
  }
  HUAN_CHECK(f.finish());
  return contract;
}

std::string to_json(const Contract& contract) {
  ObjectText o;
  if (contract.from) {
    o.put("from", base::format_day(*contract.from));
  }
  o.list("materials", contract.materials);
  o.optional("number", contract.number);
  o.put("party", contract.party);
  o.optional("place", contract.place);
  if (contract.to) {
    o.put("to", base::format_day(*contract.to));
  }
  if (!contract.visits.empty()) {
    o.raw("visits", hours_json(contract.visits));
  }
  o.optional("with", contract.with);
  return o.text();
}

base::Result<Hold> parse_hold(json::Value data, std::string_view pointer) {
  Fields f(data, std::string{pointer});
  Hold hold;
  hold.active = f.flag("active", true);
  hold.reason = f.text("reason", 400);
  refuse_personal_text(f, "reason", hold.reason);
  HUAN_CHECK(f.finish());
  return hold;
}

std::string to_json(const Hold& hold) {
  ObjectText o;
  o.raw("active", hold.active ? "true" : "false");
  o.put("reason", hold.reason);
  return o.text();
}

}  // namespace huan::registry
