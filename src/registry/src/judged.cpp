// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/judged.hpp"

#include <array>

#include "huan/base/id.hpp"
#include "huan/registry/fields.hpp"
#include "object.hpp"

namespace huan::registry {
namespace {

using base::ErrorCode;

constexpr std::array<std::string_view, 7> kJudgedSubjects{
    "district", "place", "vehicle", "person", "enterprise", "shipment", "scale"};
constexpr std::array<std::string_view, 4> kVerdicts{"pass", "fail", "not_known", "not_applicable"};
constexpr std::size_t kNormsMax = 5'000;

base::Result<JudgedNorm> parse_norm(json::Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  JudgedNorm norm;
  norm.norm = f.name("norm", base::kLongNameMax);
  norm.since = f.optional_day("since");
  norm.verdict = kVerdicts.at(f.choice("verdict", kVerdicts));
  HUAN_CHECK(f.finish());
  return norm;
}

}  // namespace

base::Result<Judged> parse_judged(json::Value data, std::string_view pointer) {
  Fields f(data, std::string{pointer});
  Judged judged;
  judged.subject_kind = kJudgedSubjects.at(f.choice("kind", kJudgedSubjects));
  judged.subject = f.name("subject", base::kLongNameMax);
  judged.district = f.optional_name("district").value_or("");
  judged.party = f.optional_name("party").value_or("");
  if (const auto day = f.optional_day("day")) {
    judged.day = *day;
  } else {
    f.refuse(ErrorCode::bad_field, "day", "the day of judging, like 2025-06-30");
  }
  judged.pack = f.name("pack", base::kLongNameMax);
  judged.version = f.text("version");
  const auto norms = f.array("norms");
  HUAN_CHECK(f.finish());
  if (!norms || norms->size() > kNormsMax) {
    return base::Error{ErrorCode::bad_field, f.pointer("norms"), "an array of at most 5000"};
  }
  judged.norms.reserve(norms->size());
  for (const json::Value one : norms->elements()) {
    HUAN_TRY(norm, parse_norm(one, f.pointer("norms") + "/" + std::to_string(judged.norms.size())));
    judged.norms.push_back(std::move(norm));
  }
  return judged;
}

std::string to_json(const Judged& judged) {
  ListText norms;
  for (const JudgedNorm& norm : judged.norms) {
    ObjectText one;
    one.put("norm", norm.norm);
    if (norm.since) {
      one.put("since", base::format_day(*norm.since));
    }
    one.put("verdict", norm.verdict);
    norms.add(one.text());
  }
  ObjectText o;
  o.put("day", base::format_day(judged.day));
  o.optional("district", judged.district);
  o.put("kind", judged.subject_kind);
  o.raw("norms", norms.text());
  o.put("pack", judged.pack);
  o.optional("party", judged.party);
  o.put("subject", judged.subject);
  o.put("version", judged.version);
  return o.text();
}

}  // namespace huan::registry
