// SPDX-License-Identifier: Apache-2.0
#include "show_rows.hpp"

namespace huan::wire_pack {
namespace {

using indicators::Indicator;
using indicators::Measure;
using json::Writer;

void put_amount(Writer& w, std::string_view key, const std::optional<std::int64_t>& value,
                const indicators::Unit& unit) {
  w.key(key);
  value ? w.string(indicators::format_amount(*value, unit)) : w.null();
}

void put_base(Writer& w, const Indicator& indicator) {
  const indicators::Base& base = indicator.base;
  w.key("base").begin_object();
  put_text(w, "reason", base.reason);
  put_text(w, "text", base.text);
  put_amount(w, "value", base.value, indicator.unit);
  w.key("year");
  base.year == 0 ? w.null() : w.integer(base.year);
  w.end_object();
}

void put_targets(Writer& w, const Indicator& indicator) {
  w.key("targets").begin_array();
  for (const indicators::Target& target : indicator.targets) {
    w.begin_object().member("comparator", indicators::name(target.comparator));
    put_day(w, "deadline", target.deadline);
    w.member("kind", indicators::name(target.kind));
    put_text(w, "text", target.text);
    put_amount(w, "value", target.value, indicator.unit);
    w.end_object();
  }
  w.end_array();
}

void put_readings(Writer& w, const Indicator& indicator) {
  w.key("readings").begin_array();
  for (const indicators::Reading& reading : indicator.readings) {
    w.begin_object();
    put_amount(w, "base", reading.base, indicator.unit);
    w.member("clause", reading.clause);
    w.key("comparator");
    reading.comparator ? w.string(indicators::name(*reading.comparator)) : w.null();
    w.member("note", reading.note);
    put_amount(w, "target", reading.target, indicator.unit);
    w.end_object();
  }
  w.end_array();
}

/// Filters that are set.
void put_measure(Writer& w, const Measure& m) {
  w.begin_object();
  for (const auto& [key, list] : {std::pair{"asset_kinds", &m.asset_kinds},
                                  {"classes", &m.classes},
                                  {"districts", &m.districts},
                                  {"flows", &m.flows},
                                  {"forms", &m.forms},
                                  {"items", &m.items},
                                  {"materials", &m.materials},
                                  {"not_classes", &m.not_classes},
                                  {"party_kinds", &m.party_kinds},
                                  {"place_kinds", &m.place_kinds},
                                  {"qualifications", &m.qualifications},
                                  {"takes", &m.takes},
                                  {"titles", &m.titles}}) {
    if (!list->empty()) {
      put_texts(w, key, *list);
    }
  }
  for (const auto& [key, text] :
       {std::pair{"declared", &m.declared}, {"of", &m.of}, {"scheme", &m.scheme}}) {
    if (!text->empty()) {
      w.member(key, *text);
    }
  }
  if (m.source != indicators::MeasureSource::declared) {
    w.member("quantity", indicators::name(m.quantity));
  }
  w.member("source", indicators::name(m.source));
  if (m.surroundings != indicators::Surroundings::any) {
    w.member("surroundings", indicators::name(m.surroundings));
  }
  w.end_object();
}

void put_formula(Writer& w, const indicators::Formula& formula) {
  w.key("formula").begin_object();
  put_day(w, "counts_from", formula.counts_from);
  w.key("denominator");
  if (formula.denominator) {
    put_measure(w, *formula.denominator);
  } else {
    w.null();
  }
  w.key("measure");
  put_measure(w, formula.measure);
  w.member("shape", indicators::name(formula.shape));
  w.member("window", indicators::name(formula.window)).end_object();
}

}  // namespace

void show_indicator(Writer& w, const Indicator& indicator) {
  w.begin_object();
  put_base(w, indicator);
  w.member("clause", indicator.clause).member("en", indicator.en);
  put_formula(w, indicator.formula);
  put_day(w, "from", indicator.from);
  w.member("id", indicator.id).member("inherited", indicator.inherited);
  put_text(w, "note", indicator.note);
  put_text(w, "number", indicator.number);
  put_readings(w, indicator);
  w.key("responsible");
  if (indicator.responsible.empty()) {
    w.null();
  } else {
    w.begin_array();
    for (const std::string& unit : indicator.responsible) {
      w.string(unit);
    }
    w.end_array();
  }
  put_text(w, "responsible_reason", indicator.responsible_reason);
  w.member("source", indicator.source).member("table", indicator.table);
  put_targets(w, indicator);
  put_day(w, "to", indicator.to);
  put_text(w, "unit", indicator.unit.text);
  w.member("zh", indicator.zh).end_object();
}

}  // namespace huan::wire_pack
