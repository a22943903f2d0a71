// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/record.hpp"

#include <array>

#include "codes.hpp"
#include "huan/json/canonical.hpp"
#include "huan/registry/dossier.hpp"
#include "huan/registry/evidence.hpp"
#include "huan/registry/fields.hpp"
#include "huan/registry/judged.hpp"
#include "object.hpp"

namespace huan::registry {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

struct KindNames {
  std::string_view name;
  std::string_view collection;
};

constexpr KindNames kKinds[] = {
#define HUAN_RECORD_KIND(id, name, collection) {name, collection},
#include "huan/registry/record_kinds.inc"
#undef HUAN_RECORD_KIND
};

template <class T>
Result<Data> as_data(Result<T> parsed) {
  if (!parsed) {
    return std::move(parsed).error();
  }
  return Data{std::move(*parsed)};
}

/// Checked, but kept as text: who reads it parses it again.
template <class T>
Result<Data> as_other(const Result<T>& parsed) {
  if (!parsed) {
    return parsed.error();
  }
  return Data{OtherData{to_json(*parsed)}};
}

Result<Data> parse_other(json::Value data) {
  if (!data.is_object()) {
    return Error{ErrorCode::bad_field, "/data", "an object is expected"};
  }
  Fields f(data, "/data");
  refuse_personal_fields(f, data);
  if (f.refused()) {
    return std::move(f.finish()).error();
  }
  return Data{OtherData{json::canonical(data)}};
}

/// What a pack says is its own, but for the districts: places are held to them.
Result<Data> parse_pack_data(json::Value data) {
  if (const auto districts = data.is_object() ? data.find("districts") : std::nullopt) {
    if (!districts->is_array()) {
      return Error{ErrorCode::bad_field, "/data/districts", "an array is expected"};
    }
    std::size_t n = 0;
    for (const json::Value one : districts->elements()) {
      Fields f(one, "/data/districts/" + std::to_string(n++));
      f.name("code");
      f.text("zh", 200);
      f.optional_text("en", 200);
      HUAN_CHECK(f.finish());
    }
  }
  return parse_other(data);
}

bool is_record_key(Kind kind, std::string_view key) {
  const bool is_short =
      kind == Kind::place || kind == Kind::party || kind == Kind::asset || kind == Kind::material;
  return base::is_name(key, is_short ? base::kShortNameMax : base::kLongNameMax);
}

}  // namespace

std::string_view name(Kind kind) noexcept { return kKinds[static_cast<std::size_t>(kind)].name; }
std::string_view collection(Kind kind) noexcept {
  return kKinds[static_cast<std::size_t>(kind)].collection;
}

std::optional<Kind> kind_from(std::string_view name_or_collection) noexcept {
  for (std::size_t i = 0; i < std::size(kKinds); ++i) {
    if (kKinds[i].name == name_or_collection || kKinds[i].collection == name_or_collection) {
      return static_cast<Kind>(i);
    }
  }
  return std::nullopt;
}

Result<Data> parse_data(Kind kind, std::string_view key, json::Value data) {
  switch (kind) {
    case Kind::place:
      return as_data(parse_place(data, "/data"));
    case Kind::party:
      return as_data(parse_party(data, "/data"));
    case Kind::asset:
      return as_data(parse_asset(data, "/data"));
    case Kind::material:
      return as_data(parse_material(key, data, "/data"));
    case Kind::price:
      return as_data(parse_price(data, "/data"));
    case Kind::contract:
      return as_data(parse_contract(data, "/data"));
    case Kind::pack:
      return parse_pack_data(data);
    case Kind::hold:
      return as_data(parse_hold(data, "/data"));
    case Kind::evidence:
      return as_other(parse_evidence(data, "/data"));
    case Kind::dossier:
      return as_other(parse_dossier(data, "/data"));
    case Kind::finding:
      return as_other(parse_judged(data, "/data"));
    case Kind::indicator_value:
      return as_other(parse_declared_value(data, "/data"));
    default:
      return parse_other(data);
  }
}

Result<Record> parse_record(json::Value value) {
  Fields f(value, {});
  Record record;
  if (const auto id = base::Uuid::parse(f.text("id", 36))) {
    record.id = *id;
  } else {
    f.refuse(ErrorCode::bad_field, "id", "a UUID is expected");
  }
  const auto kind = kind_from(f.text("kind", 40));
  if (!kind || name(*kind) != f.text("kind", 40)) {
    f.refuse(ErrorCode::bad_field, "kind", "not a kind of record, such as place or party");
  } else {
    record.kind = *kind;
  }
  record.key = f.name("key", base::kLongNameMax);
  if (!f.refused() && !is_record_key(record.kind, record.key)) {
    f.refuse(ErrorCode::bad_text, "key", "at most 40 characters for this kind");
  }
  record.version = f.integer("version", {1, 1'000'000'000});
  if (const auto time = f.optional_time("time")) {
    record.time = *time;
  } else {
    f.refuse(ErrorCode::bad_time, "time", "from when the version holds, RFC 3339");
  }
  const auto data = f.any("data");
  if (!data) {
    f.refuse(ErrorCode::bad_field, "data", "this field is required");
  }
  HUAN_CHECK(f.finish());
  HUAN_TRY(parsed, parse_data(record.kind, record.key, *data));
  record.data = std::move(parsed);
  return record;
}

std::string to_json(const Data& data) {
  struct Render {
    std::string operator()(const OtherData& other) const { return other.json; }
    std::string operator()(const Place& place) const { return to_json(place); }
    std::string operator()(const Party& party) const { return to_json(party); }
    std::string operator()(const Asset& asset) const { return to_json(asset); }
    std::string operator()(const Material& material) const { return to_json(material); }
    std::string operator()(const Price& price) const { return to_json(price); }
    std::string operator()(const Contract& contract) const { return to_json(contract); }
    std::string operator()(const Hold& hold) const { return to_json(hold); }
  };
  return std::visit(Render{}, data);
}

std::string to_record_json(const Draft& draft, const base::Uuid& id, std::string_view time) {
  ObjectText o;
  o.raw("data", to_json(draft.data));
  o.put("id", id.text());
  o.put("key", draft.key);
  o.put("kind", name(draft.kind));
  o.put("time", time);
  o.put("version", std::int64_t{1});
  return o.text();
}

}  // namespace huan::registry
