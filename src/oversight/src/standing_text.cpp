// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/render.hpp"

namespace huan::oversight {
namespace {

using indicators::Indicator;
using indicators::Missing;
using indicators::TargetStanding;
using indicators::Unit;

void write_amount(json::Writer& w, std::string_view key, const std::optional<std::int64_t>& value,
                  const Unit& unit) {
  w.key(key);
  value ? w.integer(*value) : w.null();
  w.key(std::string(key) + "_text");
  value ? w.string(indicators::format_amount(*value, unit)) : w.null();
}

void write_integer(json::Writer& w, std::string_view key,
                   const std::optional<std::int64_t>& value) {
  w.key(key);
  value ? w.integer(*value) : w.null();
}

void write_missing(json::Writer& w, std::string_view key, Missing missing) {
  w.key(key);
  missing == Missing::none ? w.null() : w.string(name(missing));
}

void write_day(json::Writer& w, std::string_view key, const std::optional<base::Day>& day) {
  w.key(key);
  day ? w.string(base::format_day(*day)) : w.null();
}

void write_forecast(json::Writer& w, const std::optional<indicators::Forecast>& forecast,
                    const Unit& unit) {
  w.key("forecast");
  if (!forecast) {
    w.null();
    return;
  }
  w.begin_object();
  write_integer(w, "error_ppm", forecast->error_ppm);
  write_amount(w, "high", forecast->high, unit);
  write_amount(w, "low", forecast->low, unit);
  w.member("method", name(forecast->method)).member("tests", forecast->tests);
  write_amount(w, "value", forecast->value, unit);
  w.end_object();
}

void write_target(json::Writer& w, const TargetStanding& standing, const Unit& unit) {
  const indicators::Target& target = *standing.target;
  w.begin_object().member("comparator", name(target.comparator));
  write_day(w, "deadline", target.deadline);
  write_forecast(w, standing.forecast, unit);
  w.member("judged_on", base::format_day(standing.judged_on)).member("kind", name(target.kind));
  write_missing(w, "missing", standing.missing);
  write_amount(w, "pace_needed_30_days", standing.pace_needed, unit);
  w.member("passed", standing.passed);
  write_missing(w, "progress_missing", standing.progress_missing);
  write_integer(w, "progress_ppm", standing.progress_ppm);
  w.member("status", name(standing.status));
  write_amount(w, "target", target.value, unit);
  w.member("target_statement", target.text);
  write_amount(w, "value", standing.value, unit);
  w.end_object();
}

void write_reading(json::Writer& w, const indicators::ReadingStanding& standing, const Unit& unit) {
  const indicators::Reading& reading = *standing.reading;
  w.begin_object();
  write_amount(w, "base", reading.base, unit);
  w.member("clause", reading.clause).key("met");
  standing.met ? w.boolean(*standing.met) : w.null();
  w.member("note", reading.note);
  write_integer(w, "progress_ppm", standing.progress_ppm);
  write_amount(w, "target", reading.target, unit);
  w.end_object();
}

void write_base(json::Writer& w, const Indicator& indicator, const indicators::Standing& standing) {
  w.key("base").begin_object().member("reason", indicator.base.reason);
  w.member("text", indicator.base.text);
  write_amount(w, "value", standing.base, indicator.unit);
  w.member("year", indicator.base.year).end_object();
}

void write_words(json::Writer& w, std::string_view key, const std::vector<std::string>& words) {
  w.key(key).begin_array();
  for (const std::string& word : words) {
    w.string(word);
  }
  w.end_array();
}

/// What was summed, counted or declared, so that a reader gets from the value to it.
void write_basis(json::Writer& w, const std::vector<Basis>& basis) {
  w.key("basis").begin_array();
  for (const Basis& one : basis) {
    const indicators::Measure& measure = one.measure;
    w.begin_object();
    write_words(w, "classes", measure.classes);
    w.member("denominator", one.denominator);
    write_words(w, "districts", measure.districts);
    write_words(w, "flows", measure.flows);
    write_day(w, "from", one.from);
    write_words(w, "items", measure.items);
    w.member("key", one.key);
    write_words(w, "materials", measure.materials);
    w.member("of", measure.of.empty() ? "places" : measure.of);
    write_words(w, "place_kinds", measure.place_kinds);
    w.member("quantity", name(measure.quantity)).member("scheme", measure.scheme);
    w.member("source", name(measure.source));
    write_day(w, "to", one.to);
    write_integer(w, "value", one.value);
    w.end_object();
  }
  w.end_array();
}

}  // namespace

void write_standing(json::Writer& w, const NamedStanding& named) {
  const Indicator& indicator = *named.indicator;
  const indicators::Standing& standing = named.standing;
  w.begin_object().member("at", base::format_day(standing.day));
  write_base(w, indicator, standing);
  write_basis(w, named.basis);
  write_day(w, "begins", standing.begins);
  w.member("clause", indicator.clause).member("en", indicator.en);
  w.member("expired", standing.expired).member("id", indicator.id);
  write_missing(w, "missing", standing.missing);
  w.member("note", indicator.note).member("number", indicator.number).key("readings").begin_array();
  for (const auto& reading : standing.readings) {
    write_reading(w, reading, indicator.unit);
  }
  w.end_array().key("responsible").begin_array();
  for (const std::string& unit : indicator.responsible) {
    w.string(unit);
  }
  w.end_array().member("responsible_reason", indicator.responsible_reason);
  w.member("source", standing.source).member("statement", standing.text);
  w.member("table", indicator.table).key("targets").begin_array();
  for (const TargetStanding& target : standing.targets) {
    write_target(w, target, indicator.unit);
  }
  w.end_array().member("unit", indicator.unit.text);
  write_amount(w, "value", standing.value, indicator.unit);
  w.member("zh", indicator.zh).end_object();
}

std::vector<std::string> standing_header() {
  return {"id",     "number",   "zh",     "en",       "unit",         "base",
          "value",  "missing",  "at",     "target",   "comparator",   "deadline",
          "status", "progress", "pace",   "forecast", "forecast_low", "forecast_high",
          "clause", "source",   "expired"};
}

std::vector<std::vector<std::string>> standing_rows(const NamedStanding& named) {
  const Indicator& indicator = *named.indicator;
  const indicators::Standing& standing = named.standing;
  const auto amount = [&](const std::optional<std::int64_t>& value) {
    return value ? indicators::format_amount(*value, indicator.unit) : std::string{};
  };
  const auto row_of = [&](const TargetStanding* target) {
    const auto* forecast = target != nullptr && target->forecast ? &*target->forecast : nullptr;
    const auto deadline = target == nullptr ? std::nullopt : target->target->deadline;
    const Missing missing = target == nullptr ? standing.missing : target->missing;
    const std::string stated = target == nullptr       ? std::string{}
                               : target->target->value ? amount(target->target->value)
                                                       : target->target->text;
    const Unit percent{"%", indicators::Dimension::ratio, 10'000};
    return std::vector<std::string>{
        indicator.id,
        indicator.number,
        indicator.zh,
        indicator.en,
        indicator.unit.text,
        amount(standing.base),
        amount(target == nullptr ? standing.value : target->value),
        missing == Missing::none ? std::string{} : std::string(name(missing)),
        base::format_day(standing.day),
        stated,
        target == nullptr ? std::string{} : std::string(name(target->target->comparator)),
        deadline ? base::format_day(*deadline) : std::string{},
        target == nullptr ? std::string{} : std::string(name(target->status)),
        target != nullptr && target->progress_ppm
            ? indicators::format_amount(*target->progress_ppm, percent)
            : std::string{},
        amount(target == nullptr ? std::nullopt : target->pace_needed),
        amount(forecast == nullptr ? std::nullopt : std::optional(forecast->value)),
        amount(forecast == nullptr ? std::nullopt : forecast->low),
        amount(forecast == nullptr ? std::nullopt : forecast->high),
        indicator.clause,
        standing.source,
        standing.expired ? "true" : "false"};
  };
  std::vector<std::vector<std::string>> rows;
  rows.reserve(standing.targets.size() + 1);
  for (const TargetStanding& target : standing.targets) {
    rows.push_back(row_of(&target));
  }
  if (rows.empty()) {
    rows.push_back(row_of(nullptr));
  }
  return rows;
}

}  // namespace huan::oversight
