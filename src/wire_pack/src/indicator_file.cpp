// SPDX-License-Identifier: Apache-2.0
// indicators.toml: `[[indicator]]`. Figures are decimal text in the indicator's unit ("149.45").
#include <algorithm>

#include "files.hpp"
#include "measure.hpp"
#include "toml_rows.hpp"

namespace huan::wire_pack {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using indicators::Indicator;
using indicators::Measure;
using json::Value;
using registry::Fields;

constexpr std::size_t kIndicatorTextMax = 1'000;
constexpr std::size_t kIndicatorNoteMax = 2'000;
constexpr std::size_t kFormulaPartsMax = 20;

template <class T, class From>
std::optional<T> word_of_indicator(Fields& f, std::string_view key, From from,
                                   std::string_view expected) {
  const auto text = f.optional_text(key, 40);
  if (!text) {
    return std::nullopt;
  }
  const std::optional<T> found = from(*text);
  if (!found) {
    f.refuse(ErrorCode::bad_field, key, "one of these is expected: " + std::string{expected});
  }
  return found;
}

std::optional<std::int64_t> amount(Fields& f, std::string_view key, const indicators::Unit& unit) {
  const auto text = f.optional_text(key, 40);
  if (!text) {
    return std::nullopt;
  }
  const auto value = unit.dimension == indicators::Dimension::statement
                         ? std::nullopt
                         : indicators::parse_amount(*text, unit);
  if (!value) {
    f.refuse(ErrorCode::bad_number, key,
             "a decimal number in the unit \"" + unit.text + "\" is expected, as text");
  }
  return value;
}

std::optional<indicators::Comparator> comparator(Fields& f) {
  return word_of_indicator<indicators::Comparator>(f, "comparator", indicators::comparator_from,
                                                   "= >= > <= < (= for a bare number)");
}

/// Each table of the array `key`, read by `read`.
template <class Read>
void each(Fields& f, std::string_view key, Read read) {
  const auto list = f.array(key);
  if (list && list->size() > kFormulaPartsMax) {
    f.refuse(ErrorCode::too_large, key, "at most 20 tables");
    return;
  }
  std::size_t n = 0;
  for (const Value entry :
       list ? std::vector<Value>(list->elements().begin(), list->elements().end())
            : std::vector<Value>{}) {
    Fields part(entry, f.pointer(key) + "/" + std::to_string(n++));
    read(part);
    if (auto finished = part.finish(); !finished) {
      f.adopt(std::move(finished).error());
      return;
    }
  }
}

indicators::Base read_base(Fields& f, const indicators::Unit& unit) {
  indicators::Base out;
  out.value = amount(f, "base", unit);
  out.text = f.optional_text("base_text", kIndicatorTextMax).value_or("");
  out.reason = f.optional_text("base_reason", kIndicatorTextMax).value_or("");
  out.year = static_cast<std::int32_t>(f.optional_integer("base_year", {1980, 2199}).value_or(0));
  if (out.value && !out.reason.empty()) {
    f.refuse(ErrorCode::bad_field, "base_reason",
             "nothing is expected beside a base that is stated");
  }
  return out;
}

indicators::Target read_target(Fields& f, const indicators::Unit& unit) {
  indicators::Target out;
  out.value = amount(f, "value", unit);
  out.text = f.optional_text("text", kIndicatorTextMax).value_or("");
  out.comparator = comparator(f).value_or(indicators::Comparator::bare);
  out.kind = word_of_indicator<indicators::TargetKind>(f, "kind", indicators::target_kind_from,
                                                       "level every_year cumulative")
                 .value_or(indicators::TargetKind::level);
  if (const auto deadline = read_deadline(f, "deadline")) {
    out.deadline = deadline->last;
  }
  return out;
}

indicators::Reading read_reading(Fields& f, const indicators::Unit& unit) {
  indicators::Reading out;
  out.clause = f.text("clause", kIndicatorTextMax);
  out.note = f.text("note", kIndicatorNoteMax);
  out.base = amount(f, "base", unit);
  out.target = amount(f, "target", unit);
  out.comparator = comparator(f);
  return out;
}

Measure read_measure(Fields& f) {
  Measure out;
  const auto source = word_of_indicator<indicators::MeasureSource>(
      f, "source", indicators::measure_source_from, "ledger registry declared");
  if (!source) {
    f.refuse(ErrorCode::bad_field, "source", "one of these is expected: ledger registry declared");
  }
  out.source = source.value_or(indicators::MeasureSource::declared);
  out.quantity = word_of_indicator<indicators::Quantity>(
                     f, "quantity", indicators::quantity_from,
                     "mass pieces money events number output area communities_served communities")
                     .value_or(indicators::Quantity::mass);
  out.flows = f.names("flows");
  out.materials = f.names("materials");
  out.scheme = f.optional_name("scheme").value_or("");
  out.items = f.names("items");
  out.classes = f.names("classes");
  out.not_classes = f.names("not_classes");
  out.districts = f.names("districts");
  out.place_kinds = f.names("place_kinds");
  out.forms = f.names("forms");
  out.of = f.optional_name("of").value_or("");
  out.party_kinds = f.names("party_kinds");
  out.asset_kinds = f.names("asset_kinds");
  out.titles = f.names("titles");
  out.qualifications = f.names("qualifications");
  out.takes = f.names("takes");
  out.surroundings = word_of_indicator<indicators::Surroundings>(
                         f, "surroundings", indicators::surroundings_from, "any urban rural")
                         .value_or(indicators::Surroundings::any);
  out.declared = f.optional_name("declared").value_or("");
  return out;
}

indicators::Formula read_formula(Fields& indicator, const indicators::Unit& unit) {
  indicators::Formula out;
  const auto value = indicator.any("formula");
  if (!value) {
    return out;  // declared, as of a day
  }
  Fields f(*value, indicator.pointer("formula"));
  out.shape =
      word_of_indicator<indicators::Shape>(f, "shape", indicators::shape_from, "level ratio growth")
          .value_or(indicators::Shape::level);
  out.measure = read_optional_measure(f, "measure").value_or(Measure{});
  out.denominator = read_optional_measure(f, "denominator");
  if (out.shape == indicators::Shape::growth) {
    const auto mass = indicators::unit_from("万吨");
    out.growth_base = amount(f, "growth_base", mass.value_or(unit));
  }
  out.window =
      word_of_indicator<indicators::Window>(f, "window", indicators::window_from,
                                            "calendar_year trailing_year since_counts_from as_of")
          .value_or(indicators::Window::as_of);
  out.counts_from = f.optional_day("counts_from");
  if (auto finished = f.finish(); !finished) {
    indicator.adopt(std::move(finished).error());
  }
  return out;
}

Indicator read_indicator(Fields& f, const registry::Pack& pack) {
  Indicator out;
  out.id = pack.name + "." + f.name("code");
  out.number = f.optional_text("number", 20).value_or("");
  out.zh = f.text("zh", kIndicatorTextMax);
  out.en = f.text("en", kIndicatorTextMax);
  out.unit = read_unit(f);
  out.base = read_base(f, out.unit);
  each(f, "targets", [&](Fields& part) { out.targets.push_back(read_target(part, out.unit)); });
  out.responsible = f.names("responsible");
  out.responsible_reason = f.optional_text("responsible_reason", kIndicatorTextMax).value_or("");
  out.clause = f.text("clause", kIndicatorTextMax);
  out.source = f.optional_text("source").value_or(pack.source);
  out.table = f.flag("table", false);
  each(f, "readings", [&](Fields& part) { out.readings.push_back(read_reading(part, out.unit)); });
  out.formula = read_formula(f, out.unit);
  out.note = f.optional_text("note", kIndicatorNoteMax).value_or("");
  out.from = f.optional_day("from");
  out.to = f.optional_day("to");
  out.from = out.from ? out.from : pack.effective_from;
  out.to = out.to ? out.to : pack.effective_to;
  return out;
}

/// What validate() of the engine cannot know: the pack's own lists.
Result<void> check_references(const Indicator& indicator, const registry::Pack& pack,
                              const Rules& rules) {
  const std::string unknown = unknown_unit(rules, pack, indicator.responsible);
  if (!unknown.empty()) {
    return Error{ErrorCode::bad_pack, "responsible",
                 "a code of units.toml is expected, found " + unknown};
  }
  for (const Measure* measure :
       {&indicator.formula.measure,
        indicator.formula.denominator ? &*indicator.formula.denominator : nullptr}) {
    for (const std::string& code :
         measure == nullptr ? std::vector<std::string>{} : measure->materials) {
      if (pack.catalogue.find(code) == nullptr) {
        return Error{ErrorCode::bad_pack, "formula", code + " is not in the catalogue"};
      }
    }
  }
  const bool twice = std::any_of(rules.indicators.begin(), rules.indicators.end(),
                                 [&](const Indicator& one) { return one.id == indicator.id; });
  return twice ? Result<void>{Error{ErrorCode::bad_pack, "code",
                                    "a code that stands once is expected"}}
               : Result<void>{};
}

}  // namespace

std::optional<Measure> read_optional_measure(Fields& f, std::string_view key) {
  const auto value = f.any(key);
  if (!value) {
    return std::nullopt;
  }
  Fields inner(*value, f.pointer(key));
  Measure out = read_measure(inner);
  if (auto finished = inner.finish(); !finished) {
    f.adopt(std::move(finished).error());
  }
  return out;
}

indicators::Unit read_unit(Fields& f) {
  const auto unit = indicators::unit_from(f.optional_text("unit", 40).value_or(""));
  if (!unit) {
    f.refuse(
        ErrorCode::bad_field, "unit",
        "a unit that documents write is expected: 个 家 万个 % 吨 万吨 亿吨 万吨/年 元 亿元 …");
  }
  return unit.value_or(indicators::Unit{});
}

Result<void> read_indicators(const registry::PackFiles& files, const registry::Pack& pack,
                             Rules& rules) {
  HUAN_TRY(toml, TomlRows::open(files, "indicators.toml"));
  const auto keep = [&](Fields& f) -> Result<void> {
    Indicator indicator = read_indicator(f, pack);
    if (f.refused()) {
      return {};
    }
    HUAN_CHECK(indicators::validate(indicator));
    HUAN_CHECK(check_references(indicator, pack, rules));
    rules.indicators.push_back(std::move(indicator));
    return {};
  };
  HUAN_CHECK(toml.each("indicator", keep));
  return toml.finish();
}

}  // namespace huan::wire_pack
