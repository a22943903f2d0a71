// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/dossier.hpp"

#include "codes.hpp"
#include "huan/base/id.hpp"
#include "huan/base/text.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/registry/fields.hpp"
#include "object.hpp"

namespace huan::registry {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::size_t kFieldsMax = 100;
constexpr std::size_t kListMax = 200;
constexpr std::size_t kTextMax = 4'000;
constexpr std::size_t kDigestSize = 64;

Error bad(std::string at, std::string detail) {
  return {ErrorCode::bad_field, std::move(at), std::move(detail)};
}

Result<DossierValue> parse_dossier_value(json::Value value, const std::string& at) {
  if (value.is_boolean()) {
    return DossierValue{value.boolean()};
  }
  if (value.is_integer()) {
    return DossierValue{value.integer()};
  }
  if (value.is_string() && value.string().size() <= kTextMax) {
    return DossierValue{std::string(value.string())};
  }
  if (!value.is_array() || value.size() > kListMax) {
    return bad(at, "true, false, a whole number, a text or a list of texts is expected");
  }
  std::vector<std::string> texts;
  texts.reserve(value.size());
  for (const json::Value one : value.elements()) {
    if (!one.is_string() || one.string().size() > kTextMax) {
      return bad(at, "a list of texts is expected");
    }
    texts.emplace_back(one.string());
  }
  return DossierValue{std::move(texts)};
}

Result<void> parse_dossier_fields(json::Value value, const std::string& at, Dossier& dossier) {
  if (!value.is_object()) {
    return bad(at, "an object is expected");
  }
  Fields personal(value, at);
  refuse_personal_fields(personal, value);
  if (personal.refused()) {
    return personal.finish();
  }
  for (const json::Member member : value.members()) {
    const std::string pointer = at + "/" + base::pointer_token(member.key);
    if (!base::is_name(member.key, base::kShortNameMax) || dossier.fields.size() == kFieldsMax) {
      return bad(pointer, "at most 100 fields with short names");
    }
    HUAN_TRY(parsed, parse_dossier_value(member.value, pointer));
    dossier.fields.emplace(member.key, std::move(parsed));
  }
  return {};
}

/// Calls `read(fields)` for each object of a list.
template <class Read>
Result<void> each_of(const std::optional<json::Value>& list, const std::string& at, Read read) {
  if (!list) {
    return {};
  }
  if (list->size() > kListMax) {
    return bad(at, "at most 200");
  }
  std::size_t n = 0;
  for (const json::Value one : list->elements()) {
    Fields f(one, at + "/" + std::to_string(n++));
    refuse_personal_fields(f, one);
    read(f);
    HUAN_CHECK(f.finish());
  }
  return {};
}

void read_evidence(Fields& f, Dossier& dossier) {
  DossierEvidence one;
  one.source = f.text("source");
  one.file = f.optional_name("file", kDigestSize).value_or("");
  one.day = f.optional_day("day");
  dossier.evidence.push_back(std::move(one));
}

void read_signature(Fields& f, Dossier& dossier) {
  DossierSignature one;
  one.role = f.name("role");
  one.by = f.name("by", base::kLongNameMax);
  if (const auto day = f.optional_day("day")) {
    one.day = *day;
  } else {
    f.refuse(ErrorCode::bad_field, "day", "the day of signing");
  }
  one.of = f.name("of", kDigestSize);
  dossier.signatures.push_back(std::move(one));
}

std::string evidence_text(const std::vector<DossierEvidence>& evidence) {
  ListText list;
  for (const DossierEvidence& one : evidence) {
    ObjectText o;
    if (one.day) {
      o.put("day", base::format_day(*one.day));
    }
    o.optional("file", one.file);
    o.put("source", one.source);
    list.add(o.text());
  }
  return list.text();
}

std::string signatures_text(const std::vector<DossierSignature>& signatures) {
  ListText list;
  for (const DossierSignature& one : signatures) {
    ObjectText o;
    o.put("by", one.by);
    o.put("day", base::format_day(one.day));
    o.put("of", one.of);
    o.put("role", one.role);
    list.add(o.text());
  }
  return list.text();
}

void put_value(ObjectText& o, const std::string& key, const DossierValue& value) {
  if (const auto* truth = std::get_if<bool>(&value)) {
    o.raw(key, *truth ? "true" : "false");
  } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
    o.put(key, *number);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    o.put(key, *text);
  } else {
    ListText list;
    for (const std::string& one : std::get<std::vector<std::string>>(value)) {
      list.add(json::quote(one));
    }
    o.raw(key, list.text());
  }
}

std::string dossier_text(const Dossier& dossier, bool content_only) {
  ObjectText about;
  about.put("id", dossier.about);
  about.put("kind", dossier.about_kind);
  ObjectText fields;
  for (const auto& [key, value] : dossier.fields) {
    put_value(fields, key, value);
  }
  ObjectText o;
  o.raw("about", about.text());
  o.optional("district", dossier.district);
  if (!dossier.evidence.empty()) {
    o.raw("evidence", evidence_text(dossier.evidence));
  }
  if (!dossier.fields.empty()) {
    o.raw("fields", fields.text());
  }
  if (dossier.from) {
    o.put("from", base::format_day(*dossier.from));
  }
  if (!content_only) {
    o.optional("note", dossier.note);
  }
  o.optional("party", dossier.party);
  if (!content_only) {
    if (!dossier.signatures.empty()) {
      o.raw("signatures", signatures_text(dossier.signatures));
    }
    o.put("state", dossier.state);
  }
  o.optional("title", dossier.title);
  if (dossier.to) {
    o.put("to", base::format_day(*dossier.to));
  }
  o.put("type", dossier.type);
  return o.text();
}

Result<void> parse_about(const std::optional<json::Value>& about, const std::string& at,
                         Dossier& dossier) {
  if (!about) {
    return bad(at, "an object with kind and id is expected");
  }
  Fields f(*about, at);
  dossier.about_kind = f.name("kind");
  dossier.about = f.name("id", base::kLongNameMax);
  return f.finish();
}

}  // namespace

Result<Dossier> parse_dossier(json::Value data, std::string_view pointer) {
  Fields f(data, std::string{pointer});
  refuse_personal_fields(f, data);
  Dossier dossier;
  dossier.type = f.name("type");
  dossier.district = f.optional_name("district").value_or("");
  dossier.party = f.optional_name("party").value_or("");
  dossier.title = f.optional_text("title").value_or("");
  dossier.state = f.name("state");
  dossier.from = f.optional_day("from");
  dossier.to = f.optional_day("to");
  if (dossier.from && dossier.to && *dossier.to < *dossier.from) {
    f.refuse(ErrorCode::bad_field, "to", "ends before it begins");
  }
  dossier.note = f.optional_text("note", kTextMax).value_or("");
  const auto about = f.any("about");
  const auto fields = f.any("fields");
  const auto evidence = f.any("evidence") ? f.array("evidence") : std::nullopt;
  const auto signatures = f.any("signatures") ? f.array("signatures") : std::nullopt;
  HUAN_CHECK(f.finish());
  HUAN_CHECK(parse_about(about, f.pointer("about"), dossier));
  if (fields) {
    HUAN_CHECK(parse_dossier_fields(*fields, f.pointer("fields"), dossier));
  }
  HUAN_CHECK(
      each_of(evidence, f.pointer("evidence"), [&](Fields& one) { read_evidence(one, dossier); }));
  HUAN_CHECK(each_of(signatures, f.pointer("signatures"),
                     [&](Fields& one) { read_signature(one, dossier); }));
  return dossier;
}

std::string to_json(const Dossier& dossier) { return dossier_text(dossier, false); }

std::string content_digest(const Dossier& dossier) {
  return crypto::hex(crypto::sha256(dossier_text(dossier, true)));
}

}  // namespace huan::registry
