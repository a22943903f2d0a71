// SPDX-License-Identifier: Apache-2.0
// dossiers.toml: `[[dossier]]` with `[[dossier.fields]]` and `[[dossier.states]]`; `[[gives]]`.
#include <algorithm>
#include <array>

#include "files.hpp"
#include "toml_rows.hpp"

namespace huan::wire_pack {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using duties::DossierField;
using duties::DossierState;
using duties::DossierType;
using registry::Fields;

constexpr std::array<std::string_view, 6> kFieldTypes{"text", "amount", "yes_no",
                                                      "day",  "choice", "texts"};
constexpr std::array<std::string_view, 12> kAbout{"award",   "campaign",   "city",   "district",
                                                  "dossier", "enterprise", "person", "place",
                                                  "scale",   "task",       "unit",   "vehicle"};
constexpr std::size_t kPartsMax = 100;

/// Calls `read(fields)` for each table of a list inside a table; nothing where there is none.
template <class Read>
Result<void> each_part(Fields& f, std::string_view key, Read read) {
  const auto list = f.array(key);
  if (!list) {
    return {};
  }
  if (list->size() > kPartsMax) {
    return Error{ErrorCode::too_large, std::string(key), "at most 100"};
  }
  std::size_t n = 0;
  for (const json::Value one : list->elements()) {
    Fields part(one, f.pointer(key) + "/" + std::to_string(n++));
    read(part);
    HUAN_CHECK(part.finish());
  }
  return {};
}

DossierField read_field(Fields& f) {
  DossierField out;
  out.name = f.name("name");
  out.zh = f.text("zh");
  out.en = f.text("en");
  out.type = static_cast<duties::FieldType>(f.optional_choice("type", kFieldTypes).value_or(0));
  out.unit = f.optional_text("unit").value_or("");
  out.choices = f.names("choices");
  if (!f.refused() && (out.type == duties::FieldType::choice) == out.choices.empty()) {
    f.refuse(ErrorCode::bad_field, "choices", "a choice has choices, nothing else has");
  }
  return out;
}

DossierState read_state(Fields& f) {
  DossierState out;
  out.code = f.name("code");
  out.zh = f.text("zh");
  out.en = f.text("en");
  out.next = f.names("next");
  out.needs = f.names("needs");
  out.signed_by = f.names("signed_by");
  out.by = f.names("by");
  out.evidence = f.flag("evidence", false);
  out.first = f.flag("first", false);
  out.gives = f.flag("gives", false);
  out.is_public = f.flag("public", false);
  out.ended = f.flag("ended", false);
  return out;
}

/// States follow each other and ask for fields that there are; each can be reached.
Result<void> check_states(const DossierType& type) {
  std::set<std::string_view> reached;
  for (const DossierState& state : type.states) {
    if (state.first) {
      reached.insert(state.code);
    }
    for (const std::string& next : state.next) {
      if (duties::state_of(type, next) == nullptr) {
        return Error{ErrorCode::bad_pack, "states", "a state is expected, found " + next};
      }
      reached.insert(next);
    }
    for (const std::string& need : state.needs) {
      if (need != "from" && need != "to" && need != "title" &&
          duties::field_of(type, need) == nullptr) {
        return Error{ErrorCode::bad_pack, "states", "a field is expected, found " + need};
      }
    }
  }
  for (const DossierState& state : type.states) {
    if (!reached.contains(state.code)) {
      return Error{ErrorCode::bad_pack, "states", "nothing leads to the state " + state.code};
    }
  }
  return {};
}

Result<void> read_type(Fields& f, const registry::Pack& pack,
                       std::set<std::string, std::less<>>& seen, Rules& rules) {
  DossierType out;
  out.row = read_row(f, pack.name, seen);
  out.about = f.names("about");
  out.numbered = f.flag("numbered", false);
  HUAN_CHECK(each_part(f, "fields", [&](Fields& one) { out.fields.push_back(read_field(one)); }));
  HUAN_CHECK(each_part(f, "states", [&](Fields& one) { out.states.push_back(read_state(one)); }));
  for (const std::string& about : out.about) {
    if (std::ranges::find(kAbout, about) == kAbout.end()) {
      return Error{ErrorCode::bad_pack, "about", "a kind of subject is expected, found " + about};
    }
  }
  if (out.about.empty() || out.states.empty()) {
    return Error{ErrorCode::bad_pack, out.about.empty() ? "about" : "states",
                 "one or more are expected"};
  }
  HUAN_CHECK(check_states(out));
  rules.duties.dossier_types.push_back(std::move(out));
  return {};
}

bool fits(duties::FieldType field, norms::ValueType fact) {
  switch (field) {
    case duties::FieldType::amount:
      return fact == norms::ValueType::amount;
    case duties::FieldType::yes_no:
      return fact == norms::ValueType::yes_no;
    case duties::FieldType::day:
      return fact == norms::ValueType::day;
    default:
      return fact == norms::ValueType::text;
  }
}

Result<void> read_gift(Fields& f, const registry::Pack& pack, Rules& rules) {
  duties::DossierGift out;
  out.dossier = f.name("dossier");
  out.fact = f.name("fact", 120);
  out.field = f.optional_name("field").value_or("");
  out.when_field = f.optional_name("when_field").value_or("");
  out.when = f.optional_text("when").value_or("");
  out.pack = pack.name;
  if (f.refused()) {
    return {};
  }
  const DossierType* type = duties::type_of(rules.duties.dossier_types, out.dossier);
  const norms::FactType* fact = rules.facts.find(out.fact);
  if (type == nullptr) {
    return Error{ErrorCode::bad_pack, "dossier", "a type of dossier is expected"};
  }
  if (fact == nullptr ||
      (fact->origin != norms::Origin::record && fact->origin != norms::Origin::evidence)) {
    return Error{ErrorCode::bad_pack, "fact", "a fact that people enter is expected"};
  }
  const DossierField* field = duties::field_of(*type, out.field);
  const bool from_day = out.field == "from" && fact->type == norms::ValueType::day;
  if (!out.field.empty() && !from_day && (field == nullptr || !fits(field->type, fact->type))) {
    return Error{ErrorCode::bad_pack, "field", "a field of the fact's type is expected"};
  }
  if (out.field.empty() && fact->type != norms::ValueType::yes_no) {
    return Error{ErrorCode::bad_pack, "field", "the field that gives the value is expected"};
  }
  if (!out.when_field.empty() && duties::field_of(*type, out.when_field) == nullptr) {
    return Error{ErrorCode::bad_pack, "when_field", "a field of the type is expected"};
  }
  rules.duties.dossier_gifts.push_back(std::move(out));
  return {};
}

}  // namespace

Result<void> read_dossiers(const registry::PackFiles& files, const registry::Pack& pack,
                           Rules& rules) {
  HUAN_TRY(toml, TomlRows::open(files, "dossiers.toml"));
  std::set<std::string, std::less<>> seen;
  HUAN_CHECK(toml.each("dossier", [&](Fields& f) { return read_type(f, pack, seen, rules); }));
  HUAN_CHECK(toml.each("gives", [&](Fields& f) { return read_gift(f, pack, rules); }));
  return toml.finish();
}

}  // namespace huan::wire_pack
