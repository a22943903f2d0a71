// SPDX-License-Identifier: Apache-2.0
#include "registry_record.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "huan/base/assert.hpp"
#include "huan/base/id.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/party.hpp"
#include "huan/registry/record.hpp"
#include "row_identity.hpp"

namespace huan::wire_table {
namespace {

using base::Error;
using base::ErrorCode;

/// Member → JSON text, for `data` and for its one nested object.
struct DataText {
  std::map<std::string, std::string, std::less<>> members;
  std::map<std::string, std::string, std::less<>> location;

  void put(std::string_view pointer, std::string json) {
    constexpr std::string_view kLocation = "/data/location/";
    if (pointer.starts_with(kLocation)) {
      location.emplace(pointer.substr(kLocation.size()), std::move(json));
    } else {
      members.emplace(pointer.substr(std::string_view{"/data/"}.size()), std::move(json));
    }
  }
};

std::string json_string(std::string_view text) {
  std::string out;
  json::Writer{out}.string(text);
  return out;
}

std::string object_of(const std::map<std::string, std::string, std::less<>>& members) {
  std::string out;
  json::Writer writer{out};
  writer.begin_object();
  for (const auto& [key, value] : members) {
    writer.key(key).raw(value);
  }
  writer.end_object();
  return out;
}

/// 收购品类 "废纸、塑料；金属" -> each of them, translated by the material's or the field's own
/// words.
base::Result<std::string> list_of(const RowValues& values, std::string_view field,
                                  std::string_view text) {
  std::string out;
  json::Writer writer{out};
  writer.begin_array();
  std::string word;
  std::size_t words = 0;
  const auto flush = [&] {
    const std::string clean = narrow(word);
    if (!clean.empty()) {
      writer.string(values.translate(field, clean));
      ++words;
    }
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool mark = text.substr(i).starts_with("、");
    if (mark || text[i] == ',' || text[i] == ';' || text[i] == '|') {
      flush();
      i += mark ? 2 : 0;
    } else {
      word.push_back(text[i]);
    }
  }
  flush();
  writer.end_array();
  if (words > 200) {
    return values.refuse(field, ErrorCode::too_large, "a list has at most 200 entries");
  }
  return out;
}

/// "08:00-18:00" as the registry's opening hours of every day.
base::Result<std::string> hours_of(const RowValues& values, std::string_view field,
                                   std::string_view text) {
  const std::size_t dash = text.find_first_of("-~");
  const auto from =
      dash == std::string_view::npos ? std::nullopt : parse_clock(narrow(text.substr(0, dash)));
  const auto to = from ? parse_clock(narrow(text.substr(dash + 1))) : std::nullopt;
  if (!to) {
    return values.refuse(field, ErrorCode::bad_time, "opening hours are written like 08:00-18:00");
  }
  const auto clock = [](std::int32_t second) {
    const auto two = [](std::int32_t n) {
      return std::string{n < 10 ? "0" : ""} + std::to_string(n);
    };
    return two(second / 3600) + ':' + two(second / 60 % 60);
  };
  std::string out;
  json::Writer writer{out};
  writer.begin_array().begin_object().key("days").begin_array();
  for (int day = 1; day <= 7; ++day) {
    writer.integer(day);
  }
  writer.end_array().member("from", clock(*from)).member("to", clock(*to)).end_object().end_array();
  return out;
}

base::Result<std::optional<std::string>> json_of(const RowValues& values, const FieldInfo& field) {
  using Json = std::optional<std::string>;
  const auto integer = [](RowValues::Stated<std::int64_t> value) -> base::Result<Json> {
    if (!value) {
      return std::move(value).error();
    }
    return *value ? Json{std::to_string(**value)} : Json{};
  };
  const auto text = [](RowValues::Stated<std::string> value) -> base::Result<Json> {
    if (!value) {
      return std::move(value).error();
    }
    return *value ? Json{json_string(**value)} : Json{};
  };
  switch (field.type) {
    case FieldType::mass:
      return integer(values.mass(field.name));
    case FieldType::count:
      return integer(values.count(field.name));
    case FieldType::degrees:
      return integer(values.degrees(field.name));
    case FieldType::day:
      return text(values.day(field.name));
    case FieldType::short_name:
      return text(values.name(field.name, base::kShortNameMax));
    case FieldType::word:
      return text(values.word(field.name));
    case FieldType::flag: {
      HUAN_TRY(flag, values.flag(field.name));
      return flag ? Json{*flag ? "true" : "false"} : Json{};
    }
    case FieldType::names:
    case FieldType::hours: {
      HUAN_TRY(stated, values.text(field.name));
      if (!stated) {
        return Json{};
      }
      const bool list = field.type == FieldType::names;
      HUAN_TRY(json,
               list ? list_of(values, field.name, *stated) : hours_of(values, field.name, *stated));
      return Json{std::move(json)};
    }
    default:
      return text(values.text(field.name));
  }
}

base::Result<std::string> read_key(const RowValues& values, TableKind kind) {
  auto key = kind == TableKind::materials ? values.material("key")
                                          : values.name("key", base::kShortNameMax);
  if (!key) {
    return std::move(key).error();
  }
  if (*key) {
    return **key;
  }
  if (kind == TableKind::vehicles) {
    HUAN_TRY(plate, values.text("plate"));
    const auto derived = plate ? plate_key(*plate) : std::nullopt;
    if (derived) {
      return *derived;
    }
    return values.refuse("plate", ErrorCode::bad_field,
                         "no id is stated, and none follows from the plate");
  }
  return values.refuse("key", ErrorCode::bad_field, "the cell is blank");
}

/// The registry answers with a pointer; the user has columns.
Error in_columns(const RowValues& values, TableKind kind, Error error) {
  for (const FieldInfo& field : fields_of(kind)) {
    if (!field.pointer.empty() && error.at.starts_with(field.pointer) &&
        (error.at.size() == field.pointer.size() || error.at[field.pointer.size()] == '/')) {
      error.at = values.header(field.name);
      return error;
    }
  }
  if (error.at == "/key") {
    error.at = values.header("key");
  }
  return error;
}

bool is_person(const DataText& data) {
  const auto kind = data.members.find("kind");
  return kind != data.members.end() &&
         (kind->second == "\"resident\"" || kind->second == "\"natural_person\"");
}

/// As the vault would keep it, so that what is wrong is said of the row and its column.
base::Result<void> add_personal(const RowValues& values, const ImportOptions& options,
                                std::string_view name, std::vector<vault::FieldValue>& out) {
  HUAN_TRY(stated, values.text(name));
  const auto field = vault::field_from(name);
  HUAN_ASSERT(field.has_value());
  if (!stated) {
    return {};
  }
  auto good = vault::checked(*field, *stated, base::day_of(options.now, options.offset_s));
  if (!good) {
    return values.refuse(name, good.error().code, good.error().detail);
  }
  out.push_back({*field, std::move(*good)});
  return {};
}

/// The name of a person is personal data, that of a firm is not.
base::Result<void> read_personal(const RowValues& values, const ImportOptions& options,
                                 DataText& data, ImportRecord& record) {
  if (is_person(data)) {
    for (const std::string_view field : {"name", "name_en"}) {
      data.members.erase(std::string{field});
      HUAN_CHECK(add_personal(values, options, field, record.personal));
    }
  }
  for (const FieldInfo& field : fields_of(TableKind::parties)) {
    if (field.type == FieldType::personal) {
      HUAN_CHECK(add_personal(values, options, field.name, record.personal));
    }
  }
  HUAN_TRY(keep_until, values.day("keep_until"));
  record.keep_until = keep_until ? base::parse_day(*keep_until) : std::nullopt;
  return {};
}

registry::Kind registry_kind(TableKind kind) {
  switch (kind) {
    case TableKind::places:
      return registry::Kind::place;
    case TableKind::parties:
      return registry::Kind::party;
    case TableKind::vehicles:
      return registry::Kind::asset;
    default:
      return registry::Kind::material;
  }
}

base::Result<DataText> read_data(const RowValues& values, TableKind kind) {
  DataText data;
  for (const FieldInfo& field : fields_of(kind)) {
    if (!field.pointer.empty()) {
      HUAN_TRY(json, json_of(values, field));
      if (json) {
        data.put(field.pointer, std::move(*json));
      } else if (field.required) {
        return values.refuse(field.name, ErrorCode::bad_field, "the cell is blank");
      }
    }
  }
  if (kind == TableKind::vehicles) {
    data.members.emplace("kind", "\"vehicle\"");
  }
  return data;
}

}  // namespace

bool is_organisation(const RowValues& values) {
  using registry::PartyKind;
  const auto kind = values.word("kind");
  constexpr std::array kOrganisations{PartyKind::enterprise, PartyKind::sole_trader,
                                      PartyKind::cooperative, PartyKind::authority,
                                      PartyKind::institution};
  return kind && *kind &&
         std::any_of(kOrganisations.begin(), kOrganisations.end(),
                     [&](PartyKind one) { return registry::name(one) == **kind; });
}

base::Result<ImportRecord> read_registry_record(const RowValues& values, TableKind kind,
                                                std::string_view city,
                                                const ImportOptions& options) {
  ImportRecord record;
  HUAN_TRY(key, read_key(values, kind));
  HUAN_TRY(data, read_data(values, kind));
  if (kind == TableKind::parties) {
    HUAN_CHECK(read_personal(values, options, data, record));
  }
  const bool located = data.location.contains("lat_e7") || data.location.contains("lng_e7");
  if (located) {
    data.location.emplace("datum", "\"wgs84\"");
    data.members.emplace("location", object_of(data.location));
  }
  HUAN_TRY(time, values.time("time"));
  const std::string text = object_of(data.members);
  auto document = json::Document::parse(text);
  if (!document) {
    return in_columns(values, kind, std::move(document).error());
  }
  const registry::Kind in_registry = registry_kind(kind);
  auto parsed = registry::parse_data(in_registry, key, document->root());
  if (!parsed) {
    return in_columns(values, kind, std::move(parsed).error());
  }
  const std::string holds_from = time.value_or(base::format_time(options.now, options.offset_s));
  record.id = IdentityText{kind, city}.add("record").add(key).add(registry::to_json(*parsed)).id();
  record.kind = registry::name(in_registry);
  record.key = key;
  record.json =
      registry::to_record_json({in_registry, key, std::move(*parsed)}, record.id, holds_from);
  return record;
}

}  // namespace huan::wire_table
