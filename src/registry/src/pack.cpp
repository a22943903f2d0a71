// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/pack.hpp"

#include <algorithm>
#include <set>

#include "generate_spec.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/registry/fields.hpp"
#include "huan/registry/toml_document.hpp"
#include "object.hpp"
#include "pack_tables.hpp"

namespace huan::registry {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using json::Value;

/// "+08:00" → 28800.
std::optional<std::int32_t> offset_seconds(const std::string& text) {
  const auto instant = base::parse_time("2000-01-01T00:00:00" + text);
  const auto utc = base::parse_time("2000-01-01T00:00:00Z");
  if (!instant || text.size() != 6) {
    return std::nullopt;
  }
  return static_cast<std::int32_t>(utc->s - instant->s);
}

void read_offset(Fields& f, Pack& pack) {
  if (const auto offset = offset_seconds(f.text("utc_offset", 6))) {
    pack.utc_offset_s = *offset;
  } else {
    f.refuse(ErrorCode::bad_field, "utc_offset", "an offset like +08:00 is expected");
  }
  pack.time_zone = f.text("time_zone", 60);
  if (const auto from = f.optional_time("records_from")) {
    pack.records_from = *from;
  } else {
    f.refuse(ErrorCode::bad_field, "records_from",
             "the time from which the pack's records hold is expected");
  }
}

Result<void> read_head(Value root, Pack& pack) {
  Fields f(root, {});
  pack.name = f.name("name");
  pack.version = f.name("version");
  pack.parent = f.optional_name("parent").value_or("");
  pack.city.zh = f.text("zh", 100);
  pack.city.en = f.text("en", 100);
  pack.source = f.optional_text("source", 400).value_or("");
  pack.effective_from = f.optional_day("effective_from");
  pack.effective_to = f.optional_day("effective_to");
  if (pack.effective_from && pack.effective_to && *pack.effective_to < *pack.effective_from) {
    f.refuse(ErrorCode::bad_field, "effective_to", "a day not before effective_from is expected");
  }
  if (auto city = f.optional_name("city")) {
    if (!base::is_city(*city)) {
      f.refuse(ErrorCode::bad_field, "city", "six digits or x-name is expected");
    }
    pack.city.code = std::move(*city);
    read_offset(f, pack);
  }
  read_generate(f, pack.generate);
  return f.finish();
}

Result<Label> parse_label(Value value, const std::string& pointer, bool with_source) {
  Fields f(value, pointer);
  Label label{f.name("code"), f.text("zh", 100), f.text("en", 100)};
  if (with_source) {
    f.optional_text("source", 400);
  }
  HUAN_CHECK(f.finish());
  return label;
}

Result<Scheme> parse_scheme(Value value, const std::string& pointer) {
  Fields f(value, pointer);
  Scheme scheme;
  scheme.label = {f.name("code"), f.text("zh", 100), f.text("en", 100)};
  scheme.source = f.text("source", 400);
  if (const auto items = f.array("items")) {
    for (const Value item : items->elements()) {
      HUAN_TRY(label,
               parse_label(item, pointer + "/items/" + std::to_string(scheme.items.size()), false));
      scheme.items.push_back(std::move(label));
    }
  }
  HUAN_CHECK(f.finish());
  return scheme;
}

/// Reads `[[key]]` of a TOML file that may be absent; `read` gets each element and its pointer.
template <class Read>
Result<void> read_toml_list(const PackFiles& files, const std::string& file, std::string_view key,
                            Read read) {
  const auto found = files.find(file);
  if (found == files.end()) {
    return {};
  }
  HUAN_TRY(toml, TomlDocument::parse(file, found->second));
  Fields f(toml.root(), {});
  std::size_t n = 0;
  if (const auto list = f.array(key)) {
    for (const Value element : list->elements()) {
      const std::string pointer = f.pointer(key) + "/" + std::to_string(n++);
      if (auto done = read(element, pointer); !done) {
        return toml.located(done.error());
      }
    }
  }
  if (auto finished = f.finish(); !finished) {
    return toml.located(finished.error());
  }
  return {};
}

Result<void> read_schemes(const PackFiles& files, Pack& pack) {
  return read_toml_list(files, "schemes.toml", "scheme",
                        [&](Value value, const std::string& pointer) -> Result<void> {
                          HUAN_TRY(scheme, parse_scheme(value, pointer));
                          pack.schemes.push_back(std::move(scheme));
                          return {};
                        });
}

Result<void> read_qualifications(const PackFiles& files, Pack& pack) {
  return read_toml_list(files, "qualifications.toml", "qualification",
                        [&](Value value, const std::string& pointer) -> Result<void> {
                          HUAN_TRY(label, parse_label(value, pointer, true));
                          pack.qualifications.push_back(std::move(label));
                          return {};
                        });
}

bool holds(const std::vector<Label>& labels, std::string_view code) {
  return std::any_of(labels.begin(), labels.end(), [&](const Label& l) { return l.code == code; });
}

Result<void> check_references(const Pack& pack, const Material& material,
                              const std::string& pointer) {
  for (const auto& [scheme_code, item] : material.schemes) {
    const auto scheme = std::find_if(pack.schemes.begin(), pack.schemes.end(),
                                     [&](const Scheme& s) { return s.label.code == scheme_code; });
    if (scheme == pack.schemes.end() || (item != "-" && !holds(scheme->items, item))) {
      return Error{ErrorCode::bad_pack, pointer + "/schemes/" + scheme_code,
                   "an item of a scheme in schemes.toml (or -) is expected"};
    }
  }
  for (const std::string& kind : material.requires_any) {
    if (!holds(pack.qualifications, kind)) {
      return Error{ErrorCode::bad_pack, pointer + "/requires",
                   "a code of qualifications.toml is expected"};
    }
  }
  return {};
}

/// The record's form plus `code`, which in a record is its key.
Result<Material> parse_entry(Value value, const std::string& pointer) {
  Fields f(value, pointer);
  const std::string code = f.name("code");
  if (f.refused()) {
    return std::move(f.finish()).error();
  }
  ObjectText o;
  for (const json::Member member : value.members()) {
    if (member.key != "code") {
      o.raw(member.key, json::canonical(member.value));
    }
  }
  const auto document = json::Document::parse(o.text());
  if (!document) {
    return document.error();
  }
  return parse_material(code, document->root(), pointer);
}

Result<void> read_materials(const PackFiles& files, Pack& pack, std::vector<Material> inherited) {
  std::map<std::string, Material, std::less<>> by_code;
  for (Material& material : inherited) {
    std::string code = material.code;
    by_code.emplace(std::move(code), std::move(material));
  }
  std::set<std::string, std::less<>> own;
  const auto keep = [&](Value value, const std::string& pointer) -> Result<void> {
    HUAN_TRY(material, parse_entry(value, pointer));
    HUAN_CHECK(check_references(pack, material, pointer));
    if (!own.insert(material.code).second) {
      return Error{ErrorCode::bad_pack, pointer + "/code", "a code that stands once is expected"};
    }
    std::string code = material.code;
    by_code.insert_or_assign(std::move(code), std::move(material));
    return {};
  };
  HUAN_CHECK(read_toml_list(files, "materials.toml", "material", keep));
  std::vector<Material> all;
  all.reserve(by_code.size());
  for (auto& [code, material] : by_code) {
    all.push_back(std::move(material));
  }
  auto catalogue = Catalogue::make(std::move(all));
  if (!catalogue) {
    return Error{ErrorCode::bad_pack, "materials.toml " + catalogue.error().at,
                 catalogue.error().detail};
  }
  pack.catalogue = std::move(*catalogue);
  return {};
}

bool known_material(const Pack& pack, const std::vector<std::string>& codes, std::string& unknown) {
  for (const std::string& code : codes) {
    if (pack.catalogue.find(code) == nullptr) {
      unknown = code;
      return false;
    }
  }
  return true;
}

bool in_region(const Pack& pack, std::string_view district) {
  return std::any_of(pack.districts.begin(), pack.districts.end(),
                     [&](const District& d) { return d.code == district; });
}

/// What the files say about each other.
Result<void> check_whole(const Pack& pack) {
  std::string unknown;
  for (std::size_t i = 0; i < pack.generate.places.size(); ++i) {
    if (!known_material(pack, pack.generate.places[i].materials, unknown)) {
      return Error{ErrorCode::bad_pack, "pack.toml generate.place " + std::to_string(i + 1),
                   unknown + " is not in the catalogue"};
    }
  }
  std::set<std::string_view> parties;
  for (const auto& party : pack.stated.parties) {
    parties.insert(party.key);
  }
  for (const auto& place : pack.stated.places) {
    const std::string at = "places.csv " + place.key;
    if (!pack.districts.empty() && !in_region(pack, place.value.district)) {
      return Error{ErrorCode::bad_pack, at, "a district of districts.csv is expected"};
    }
    if (!known_material(pack, place.value.materials, unknown)) {
      return Error{ErrorCode::bad_pack, at, unknown + " is not in the catalogue"};
    }
    if (!place.value.operator_id.empty() && !parties.contains(place.value.operator_id)) {
      return Error{ErrorCode::bad_pack, at, "an operator of parties.csv is expected"};
    }
  }
  for (const auto& [key, price] : pack.prices) {
    if (pack.catalogue.leaf(price.material) == nullptr) {
      return Error{ErrorCode::bad_pack, "prices.csv " + key,
                   price.material + " is not a leaf of the catalogue"};
    }
  }
  return {};
}

Draft pack_record(const Pack& pack) {
  ListText districts;
  for (const District& district : pack.districts) {
    ObjectText one;
    one.put("code", district.code);
    one.optional("en", district.en);
    one.put("zh", district.zh);
    districts.add(one.text());
  }
  ObjectText o;
  o.put("city", pack.city.code);
  if (!pack.districts.empty()) {
    o.raw("districts", districts.text());
  }
  if (pack.effective_from) {
    o.put("effective_from", base::format_day(*pack.effective_from));
  }
  if (pack.effective_to) {
    o.put("effective_to", base::format_day(*pack.effective_to));
  }
  o.put("en", pack.city.en);
  o.put("name", pack.name);
  o.optional("parent", pack.parent);
  o.optional("source", pack.source);
  o.put("time_zone", pack.time_zone);
  o.put("utc_offset_s", std::int64_t{pack.utc_offset_s});
  o.put("version", pack.version);
  o.put("zh", pack.city.zh);
  return {Kind::pack, pack.name, OtherData{o.text()}};
}

void add(std::vector<Draft>& out, const Network& network) {
  for (const auto& party : network.parties) {
    out.push_back({Kind::party, party.key, party.value});
  }
  for (const auto& place : network.places) {
    out.push_back({Kind::place, place.key, place.value});
  }
  for (const auto& asset : network.assets) {
    out.push_back({Kind::asset, asset.key, asset.value});
  }
}

}  // namespace

Result<Pack> parse_pack_head(const PackFiles& files) {
  const auto head = files.find("pack.toml");
  if (head == files.end()) {
    return Error{ErrorCode::bad_pack, "pack.toml", "this file is expected in every pack"};
  }
  Pack pack;
  HUAN_TRY(toml, TomlDocument::parse(head->first, head->second));
  if (auto read = read_head(toml.root(), pack); !read) {
    return toml.located(read.error());
  }
  return pack;
}

Result<Pack> parse_pack(const PackFiles& files, const Pack* parent) {
  HUAN_TRY(pack, parse_pack_head(files));
  std::vector<Material> inherited;
  if (parent != nullptr) {
    pack.schemes = parent->schemes;
    pack.qualifications = parent->qualifications;
    inherited = parent->catalogue.materials();
  }
  HUAN_CHECK(read_schemes(files, pack));
  HUAN_CHECK(read_qualifications(files, pack));
  HUAN_CHECK(read_materials(files, pack, std::move(inherited)));
  HUAN_CHECK(read_pack_tables(files, pack));
  HUAN_CHECK(check_whole(pack));
  return pack;
}

std::vector<Draft> drafts(const Pack& pack) {
  std::vector<Draft> out;
  out.push_back(pack_record(pack));
  for (const Material& material : pack.catalogue.materials()) {
    out.push_back({Kind::material, material.code, material});
  }
  add(out, pack.stated);
  add(out, generate_network({pack.districts, pack.streets, pack.communities}, pack.generate,
                            pack.generate.seed));
  for (const auto& [key, price] : pack.prices) {
    out.push_back({Kind::price, key, price});
  }
  return out;
}

base::Uuid record_id(const Pack& pack, const Draft& draft) {
  std::string text = pack.city.code;
  for (const std::string_view part :
       {std::string_view{pack.name}, name(draft.kind), std::string_view{draft.key}}) {
    text += '\n';
    text += part;
  }
  return base::make_uuid_v8(crypto::sha256(text + "\n" + to_json(draft.data)));
}

}  // namespace huan::registry
