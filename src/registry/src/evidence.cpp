// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/evidence.hpp"

#include <array>

#include "codes.hpp"
#include "huan/base/id.hpp"
#include "huan/registry/fields.hpp"
#include "object.hpp"

namespace huan::registry {
namespace {

using base::ErrorCode;

constexpr std::array<std::string_view, 7> kSubjects{"district",   "place",    "vehicle", "person",
                                                    "enterprise", "shipment", "scale"};
constexpr std::size_t kFactMax = 120;
constexpr std::size_t kHashSize = 64;
constexpr IntegerRange kAny{-9'007'199'254'740'991, 9'007'199'254'740'991};

void read_value(Fields& f, Evidence& evidence) {
  const auto value = f.any("value");
  if (!value) {
    f.refuse(ErrorCode::bad_field, "value", "true, false, a whole number or a text is expected");
  } else if (value->is_boolean()) {
    evidence.value = value->boolean();
  } else if (value->is_integer()) {
    evidence.value = value->integer();
  } else {
    evidence.value = f.text("value");
  }
}

}  // namespace

base::Result<Evidence> parse_evidence(json::Value data, std::string_view pointer) {
  Fields f(data, std::string{pointer});
  refuse_personal_fields(f, data);
  Evidence evidence;
  evidence.subject_kind = kSubjects.at(f.choice("subject_kind", kSubjects));
  evidence.subject = f.name("subject", base::kLongNameMax);
  evidence.fact = f.name("fact", kFactMax);
  read_value(f, evidence);
  evidence.unit = f.optional_text("unit", 20).value_or("");
  evidence.from = f.optional_day("from");
  evidence.to = f.optional_day("to");
  if (evidence.from && evidence.to && *evidence.to < *evidence.from) {
    f.refuse(ErrorCode::bad_field, "to", "ends before it begins");
  }
  evidence.source = f.text("source");
  evidence.file = f.optional_name("file", kHashSize).value_or("");
  evidence.note = f.optional_text("note").value_or("");
  evidence.withdrawn = f.flag("withdrawn", false);
  HUAN_CHECK(f.finish());
  return evidence;
}

std::string to_json(const Evidence& evidence) {
  ObjectText o;
  o.put("fact", evidence.fact);
  o.optional("file", evidence.file);
  if (evidence.from) {
    o.put("from", base::format_day(*evidence.from));
  }
  o.optional("note", evidence.note);
  o.put("source", evidence.source);
  o.put("subject", evidence.subject);
  o.put("subject_kind", evidence.subject_kind);
  if (evidence.to) {
    o.put("to", base::format_day(*evidence.to));
  }
  o.optional("unit", evidence.unit);
  if (const auto* truth = std::get_if<bool>(&evidence.value)) {
    o.raw("value", *truth ? "true" : "false");
  } else if (const auto* amount = std::get_if<std::int64_t>(&evidence.value)) {
    o.put("value", *amount);
  } else {
    o.put("value", std::get<std::string>(evidence.value));
  }
  o.flag("withdrawn", evidence.withdrawn);
  return o.text();
}

base::Result<DeclaredValue> parse_declared_value(json::Value data, std::string_view pointer) {
  Fields f(data, std::string{pointer});
  refuse_personal_fields(f, data);
  DeclaredValue declared;
  declared.indicator = f.name("indicator", base::kLongNameMax);
  if (const auto day = f.optional_day("day")) {
    declared.day = *day;
  } else {
    f.refuse(ErrorCode::bad_field, "day", "the day that the value is of, like 2025-06-30");
  }
  declared.value = f.optional_integer("value", kAny);
  if (const auto met = f.any("met")) {
    if (met->is_boolean()) {
      declared.met = met->boolean();
    } else {
      f.refuse(ErrorCode::bad_field, "met", "true or false is expected");
    }
  }
  if (declared.value.has_value() == declared.met.has_value()) {
    f.refuse(ErrorCode::bad_field, "value", "state a value, or of a statement whether it is met");
  }
  declared.is_base = f.flag("is_base", false);
  declared.text = f.optional_text("text").value_or("");
  declared.source = f.text("source");
  declared.withdrawn = f.flag("withdrawn", false);
  HUAN_CHECK(f.finish());
  return declared;
}

std::string to_json(const DeclaredValue& value) {
  ObjectText o;
  o.put("day", base::format_day(value.day));
  o.put("indicator", value.indicator);
  o.flag("is_base", value.is_base);
  if (value.met) {
    o.raw("met", *value.met ? "true" : "false");
  }
  o.put("source", value.source);
  o.optional("text", value.text);
  if (value.value) {
    o.put("value", *value.value);
  }
  o.flag("withdrawn", value.withdrawn);
  return o.text();
}

}  // namespace huan::registry
