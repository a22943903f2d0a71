// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "huan/oversight/render.hpp"
#include "huan/registry/place.hpp"

namespace huan::oversight {
namespace {

using norms::CheckResult;
using norms::FactTable;
using norms::Reason;
using norms::Value;
using norms::Verdict;

std::string text_of(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value)) {
    return *truth ? "true" : "false";
  }
  if (const auto* amount = std::get_if<std::int64_t>(&value)) {
    return std::to_string(*amount);
  }
  const auto* day = std::get_if<base::Day>(&value);
  return day != nullptr ? base::format_day(*day) : std::get<std::string>(value);
}

void write_value(json::Writer& w, const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value)) {
    w.boolean(*truth);
  } else if (const auto* amount = std::get_if<std::int64_t>(&value)) {
    w.integer(*amount);
  } else {
    w.string(text_of(value));
  }
}

void write_day(json::Writer& w, std::string_view key, const std::optional<base::Day>& day) {
  w.key(key);
  day ? w.string(base::format_day(*day)) : w.null();
}

std::string_view unit_of(const std::string& fact, const FactTable& table) {
  const norms::FactType* type = table.find(fact);
  return type == nullptr ? std::string_view{} : name(type->unit);
}

/// The unit that the threshold is in: a share where both amounts are of one dimension.
std::string threshold_unit(const norms::Check& check, const FactTable& table) {
  const norms::FactType* fact = table.find(check.fact);
  const norms::FactType* per = check.per.empty() ? nullptr : table.find(check.per);
  if (fact == nullptr || per == nullptr) {
    return std::string(unit_of(check.fact, table));
  }
  return norms::convert(0, fact->unit, per->unit)
             ? "ppm"
             : std::string(name(fact->unit)) + " per " + std::string(name(per->unit));
}

void write_fact(json::Writer& w, std::string_view key, const norms::Fact* fact) {
  w.key(key);
  if (fact == nullptr) {
    w.null();
    return;
  }
  w.begin_object();
  write_day(w, "from", fact->from);
  w.member("note", fact->note).member("origin", name(fact->origin));
  w.member("source", fact->source);
  write_day(w, "to", fact->to);
  w.key("value");
  write_value(w, fact->value);
  w.end_object();
}

std::string_view deed(const CheckResult& result) {
  switch (result.reason) {
    case Reason::fact_missing:
    case Reason::evidence_expired:
    case Reason::condition_not_known:
    case Reason::divided_by_nothing:
      return "enter";
    case Reason::record_expired:
      return "renew";
    case Reason::not_yet:
      return "wait";
    case Reason::not_met:
      return "change";
    default:
      return {};
  }
}

/// Of two amounts the one that can be brought about: more of what there should be.
bool is_of_per(const CheckResult& result) {
  const norms::Comparator comparator = result.check->comparator;
  const bool at_most =
      comparator == norms::Comparator::at_most || comparator == norms::Comparator::less_than;
  return result.per_needed && at_most;
}

struct UnitWords {
  std::string_view unit;
  std::string_view zh;
  std::string_view en;
};
constexpr std::array<UnitWords, 15> kUnitWords{{{"count", " 个", ""},
                                                {"household", " 户", " households"},
                                                {"%", "%", " %"},
                                                {"m", " 米", " m"},
                                                {"km", " 公里", " km"},
                                                {"m2", " 平方米", " m²"},
                                                {"ha", " 公顷", " ha"},
                                                {"g", " 克", " g"},
                                                {"kg", " 千克", " kg"},
                                                {"t", " 吨", " t"},
                                                {"t/y", " 吨/年", " t a year"},
                                                {"10kt/y", " 万吨/年", " × 10,000 t a year"},
                                                {"day", " 天", " days"},
                                                {"year", " 年", " years"},
                                                {"piece", " 件", " pieces"}}};

std::string amount_text(std::int64_t amount, std::string_view unit, bool zh) {
  constexpr std::int64_t kPercent = 10'000;
  if (unit == "ppm" && amount % kPercent == 0) {
    return std::to_string(amount / kPercent) + (zh ? "%" : " %");
  }
  const auto words = std::ranges::find(kUnitWords, unit, &UnitWords::unit);
  return std::to_string(amount) + (words == kUnitWords.end()
                                       ? " " + std::string(unit)
                                       : std::string(zh ? words->zh : words->en));
}

/// `district.places_urban.station`: "城区该类网点数（回收站点）".
std::string fact_text(const std::string& fact, const FactTable& table, bool zh) {
  const norms::FactType* type = table.find(fact);
  if (type == nullptr) {
    return fact;
  }
  std::string text = zh ? type->zh : type->en;
  if (type->name.ends_with('*')) {
    const std::string rest = fact.substr(type->name.size() - 1);
    const auto kind = registry::place_kind_from(rest);
    const std::string_view label = !kind ? std::string_view{rest}
                                   : zh  ? registry::info(*kind).zh
                                         : registry::info(*kind).en;
    text += (zh ? "（" : " (") + std::string(label) + (zh ? "）" : ")");
  }
  return text;
}

std::string remedy_text(const CheckResult& result, const FactTable& table, bool zh) {
  const std::string_view what = deed(result);
  const norms::Check& check = *result.check;
  if (what == "wait") {
    return base::format_day(*result.fact->from) + (zh ? " 起生效" : ": begins then");
  }
  const std::string& fact = what == "change" && is_of_per(result) ? check.per : check.fact;
  const std::string name = fact_text(fact, table, zh);
  if (what != "change") {
    const bool enter = what == "enter";
    return (zh ? (enter ? "录入" : "更新") : (enter ? "enter " : "renew ")) + name;
  }
  const auto& amount = is_of_per(result) ? result.per_needed : result.fact_needed;
  if (!amount) {
    return zh ? name + "达到要求" : name + " as asked";
  }
  const std::string text = amount_text(*amount, unit_of(fact, table), zh);
  return zh ? name + "达到 " + text : "bring " + name + " to " + text;
}

void write_remedy(json::Writer& w, const CheckResult& result, const FactTable& table) {
  w.key("to_pass");
  const std::string_view what = deed(result);
  if (what.empty()) {
    w.null();
    return;
  }
  const norms::Check& check = *result.check;
  w.begin_object();
  w.key("amount");
  result.fact_needed ? w.integer(*result.fact_needed) : w.null();
  w.member("do", what).member("en", remedy_text(result, table, false));
  w.member("fact", check.fact);
  w.member("per", check.per).key("per_amount");
  result.per_needed ? w.integer(*result.per_needed) : w.null();
  w.member("unit", unit_of(check.fact, table));
  w.member("zh", remedy_text(result, table, true)).end_object();
}

void write_check(json::Writer& w, const CheckResult& result, const FactTable& table) {
  const norms::Check& check = *result.check;
  w.begin_object().member("check", check.id).member("comparator", name(check.comparator));
  w.member("en", check.text.en).member("fact", check.fact).member("force", name(result.force));
  w.member("per", check.per);
  write_fact(w, "per_seen", result.per);
  w.member("reason", name(result.reason));
  write_fact(w, "seen", result.fact);
  write_day(w, "since", result.since);
  w.key("threshold");
  if (check.threshold) {
    write_value(w, *check.threshold);
  } else {
    w.null();
  }
  w.member("threshold_unit", threshold_unit(check, table));
  write_remedy(w, result, table);
  w.member("verdict", name(result.verdict)).member("zh", check.text.zh).end_object();
}

void write_subject(json::Writer& w, const norms::Subject& subject) {
  w.begin_object().member("district", subject.district).member("form", subject.form);
  w.member("id", subject.id).member("kind", name(subject.kind));
  w.member("name", subject.name).member("place_kind", subject.place_kind).end_object();
}

std::string needed(const CheckResult& result, const FactTable& table) {
  const norms::Check& check = *result.check;
  const bool by_per = is_of_per(result);
  const std::string& fact = by_per ? check.per : check.fact;
  const auto& amount = by_per ? result.per_needed : result.fact_needed;
  if (amount) {
    const std::string_view unit = unit_of(fact, table);
    return fact + " " + std::to_string(*amount) + (unit.empty() ? "" : " " + std::string(unit));
  }
  return check.fact + (check.threshold ? " " + std::string(name(check.comparator)) + " " +
                                             text_of(*check.threshold)
                                       : std::string{});
}

}  // namespace

std::string remedy(const CheckResult& result, const FactTable& table) {
  const std::string_view what = deed(result);
  if (what == "change") {
    return "bring to " + needed(result, table);
  }
  if (what == "wait") {
    return "begins " + base::format_day(*result.fact->from);
  }
  return what.empty() ? std::string{} : std::string(what) + " " + result.check->fact;
}

void write_finding(json::Writer& w, const norms::Subject& subject, const norms::Finding& finding,
                   const FactTable& table) {
  const norms::Norm& norm = *finding.norm;
  w.begin_object().member("article", norm.article).key("checks").begin_array();
  for (const CheckResult& result : finding.checks) {
    write_check(w, result, table);
  }
  w.end_array().member("clause", norm.clause).member("en", norm.text.en);
  w.member("force", name(finding.force)).member("norm", norm.id);
  w.member("reason", name(finding.reason));
  write_day(w, "since", finding.since);
  w.key("subject");
  write_subject(w, subject);
  w.member("verdict", name(finding.verdict)).member("zh", norm.text.zh).end_object();
}

void write_tally(json::Writer& w, const norms::Tally& tally) {
  w.begin_object().member("fail", tally.fail).member("may_met", tally.may_met);
  w.member("may_unmet", tally.may_unmet).member("must_failed", tally.must_failed);
  w.member("not_applicable", tally.not_applicable).member("not_known", tally.not_known);
  w.member("pass", tally.pass).key("score_ppm");
  const auto share = tally.share();
  share ? w.integer(*share) : w.null();
  w.end_object();
}

namespace {

void write_score(json::Writer& w, const norms::DistrictScore& score) {
  w.key("articles").begin_array();
  for (const auto& [norm, tally] : score.by_norm) {
    w.begin_object().member("norm", norm).key("tally");
    write_tally(w, tally);
    w.end_object();
  }
  w.end_array().key("total");
  write_tally(w, score.total);
}

}  // namespace

void write_report(json::Writer& w, const CheckReport& report, const NormBook& book) {
  w.member("at", base::format_day(report.day)).key("districts").begin_array();
  for (const auto& [code, score] : report.board.districts()) {
    std::string zh;
    for (const registry::District& district : book.pack.districts) {
      zh = district.code == code ? district.zh : zh;
    }
    w.begin_object().member("district", code).member("name", zh);
    write_score(w, score);
    w.end_object();
  }
  w.end_array().key("notes").begin_array();
  for (const std::string& note : report.notes) {
    w.string(note);
  }
  w.end_array().member("seq", static_cast<std::int64_t>(report.seq));
  w.key("subjects").begin_object();
  for (const auto& [kind, count] : report.subjects) {
    w.member(name(kind), count);
  }
  w.end_object().key("total").begin_object();
  write_score(w, report.board.all());
  w.end_object();
}

std::vector<std::string> finding_header() {
  return {"norm",    "article", "clause", "subject_kind", "subject", "name",   "district",
          "verdict", "reason",  "force",  "since",        "failed",  "to_pass"};
}

std::vector<std::string> finding_cells(const norms::Subject& subject, const norms::Finding& finding,
                                       const FactTable& table) {
  std::string failed;
  std::string cure;
  for (const CheckResult& result : finding.checks) {
    if (result.verdict == Verdict::fail || result.verdict == Verdict::not_known) {
      failed += (failed.empty() ? "" : "; ") + result.check->id;
      cure += (cure.empty() ? "" : "; ") + remedy(result, table);
    }
  }
  return {finding.norm->id,
          finding.norm->article,
          finding.norm->clause,
          std::string(name(subject.kind)),
          subject.id,
          subject.name,
          subject.district,
          std::string(name(finding.verdict)),
          std::string(name(finding.reason)),
          std::string(name(finding.force)),
          finding.since ? base::format_day(*finding.since) : std::string{},
          failed,
          cure};
}

}  // namespace huan::oversight
