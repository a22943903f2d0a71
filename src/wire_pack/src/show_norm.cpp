// SPDX-License-Identifier: Apache-2.0
#include "show_rows.hpp"

namespace huan::wire_pack {
namespace {

using json::Writer;
using norms::Check;
using norms::Condition;
using norms::Norm;

void put_value(Writer& w, std::string_view key, const std::optional<norms::Value>& value) {
  w.key(key);
  if (!value) {
    w.null();
  } else if (const auto* flag = std::get_if<bool>(&*value)) {
    w.boolean(*flag);
  } else if (const auto* amount = std::get_if<std::int64_t>(&*value)) {
    w.integer(*amount);
  } else if (const auto* text = std::get_if<std::string>(&*value)) {
    w.string(*text);
  } else {
    w.string(base::format_day(std::get<base::Day>(*value)));
  }
}

void put_condition(Writer& w, const Condition& condition) {
  using Op = Condition::Op;
  if (condition.op == Op::always) {
    w.null();
    return;
  }
  w.begin_object();
  if (condition.op == Op::test) {
    w.member("comparator", norms::name(condition.comparator)).member("fact", condition.fact);
    put_value(w, "value", condition.value);
  } else {
    w.key(condition.op == Op::all ? "all" : condition.op == Op::any ? "any" : "not").begin_array();
    for (const Condition& part : condition.parts) {
      put_condition(w, part);
    }
    w.end_array();
  }
  w.end_object();
}

void put_subjects(Writer& w, const std::vector<norms::Selector>& subjects) {
  w.key("subjects").begin_array();
  for (const norms::Selector& subject : subjects) {
    w.begin_object();
    put_texts(w, "forms", subject.forms);
    w.member("kind", norms::name(subject.kind));
    put_texts(w, "place_kinds", subject.place_kinds);
    w.end_object();
  }
  w.end_array();
}

/// Threshold and unit as a person says them: 2 for each town, 50 %.
struct Stated {
  std::optional<norms::Value> value;
  std::string unit;
};

Stated stated(const Check& check, const norms::FactTable& facts) {
  const norms::FactType* fact = facts.find(check.fact);
  const norms::FactType* per = check.per.empty() ? nullptr : facts.find(check.per);
  if (fact == nullptr || fact->type != norms::ValueType::amount) {
    return {check.threshold, {}};
  }
  const bool share = per != nullptr && norms::convert(0, fact->unit, per->unit).has_value();
  if (!share || !check.threshold) {
    return {check.threshold, std::string{norms::name(fact->unit)}};
  }
  constexpr std::int64_t kWhole = 1'000'000;
  const std::int64_t ppm = std::get<std::int64_t>(*check.threshold);
  if (ppm % kWhole == 0) {
    return {norms::Value{ppm / kWhole}, std::string{norms::name(fact->unit)}};
  }
  const auto percent = norms::convert(ppm, norms::Unit::ppm, norms::Unit::percent);
  return percent ? Stated{norms::Value{*percent}, std::string{norms::name(norms::Unit::percent)}}
                 : Stated{check.threshold, std::string{norms::name(norms::Unit::ppm)}};
}

void put_check(Writer& w, const Check& check, const Norm& norm, const norms::FactTable& facts) {
  w.begin_object().member("comparator", norms::name(check.comparator));
  w.key("condition");
  put_condition(w, check.condition);
  put_integer(w, "days_valid", check.days_valid);
  w.member("en", check.text.en).member("fact", check.fact);
  w.member("force", norms::name(check.force.value_or(norm.force))).member("id", check.id);
  put_text(w, "note", check.note);
  put_text(w, "per", check.per);
  put_subjects(w, check.subjects.empty() ? norm.subjects : check.subjects);
  const Stated as = stated(check, facts);
  put_value(w, "threshold", as.value);
  put_text(w, "unit", as.unit);
  w.member("zh", check.text.zh).end_object();
}

}  // namespace

void show_norm(Writer& w, const Norm& norm, const norms::FactTable& facts) {
  w.begin_object();
  put_text(w, "article", norm.article);
  w.member("certainty", norms::name(norm.certainty));
  put_text(w, "chapter", norm.chapter);
  w.key("checks").begin_array();
  for (const Check& check : norm.checks) {
    put_check(w, check, norm, facts);
  }
  w.end_array().member("class", norms::name(norm.klass)).member("clause", norm.clause);
  w.key("condition");
  put_condition(w, norm.condition);
  w.member("en", norm.text.en).member("force", norms::name(norm.force));
  put_day(w, "from", norm.from);
  w.member("id", norm.id).member("inherited", norm.inherited);
  put_text(w, "note", norm.note);
  w.member("source", norm.source);
  w.member("subject", norms::name(norm.subjects.front().kind));
  put_subjects(w, norm.subjects);
  put_day(w, "to", norm.to);
  w.member("zh", norm.text.zh).end_object();
}

}  // namespace huan::wire_pack
