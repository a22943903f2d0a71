// SPDX-License-Identifier: Apache-2.0
// forms.toml: `[[form]]`, `[[dispatch]]`, `[[subsidy]]`.
#include <algorithm>
#include <array>

#include "files.hpp"
#include "measure.hpp"
#include "toml_rows.hpp"

namespace huan::wire_pack {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Fields;

constexpr std::array<std::string_view, 3> kKinds{"declaration", "evaluation", "project_update"};
constexpr std::array<std::string_view, 4> kPeriods{"once", "month", "quarter", "year"};
constexpr std::array<std::string_view, 2> kDocuments{"reminder", "notice"};
constexpr std::array<std::string_view, 3> kPayers{"county", "city", "province"};
constexpr std::size_t kTextMax = 1'000;
constexpr std::int64_t kMillion = 1'000'000;
constexpr std::size_t kCellsMax = 200;

std::optional<std::int32_t> small(Fields& f, std::string_view key, std::int64_t max) {
  const auto value = f.optional_integer(key, {1, max});
  return value ? std::optional{static_cast<std::int32_t>(*value)} : std::nullopt;
}

duties::DueRule read_due(Fields& f, duties::Period period) {
  duties::DueRule out;
  out.day = small(f, "due_day", 31);
  out.month = small(f, "due_month", period == duties::Period::quarter ? 3 : 12);
  out.next_period = f.flag("due_in_next_period", true);
  out.deadline = read_deadline(f, "deadline");
  out.reason = f.optional_text("due_reason", kTextMax).value_or("");
  const bool wants_month = period == duties::Period::quarter || period == duties::Period::year;
  const bool stated = period == duties::Period::once
                          ? out.deadline.has_value()
                          : out.day.has_value() && (!wants_month || out.month.has_value());
  if (stated == !out.reason.empty()) {
    f.refuse(ErrorCode::bad_field, "due_reason",
             "either the due day (with its month, or the deadline of a one-off) or the reason why "
             "there is none is expected");
  }
  if (out.deadline && period != duties::Period::once) {
    f.refuse(ErrorCode::bad_field, "deadline", "only a one-off has one");
  }
  return out;
}

declarations::CellRule read_cell(Fields& f, const registry::Pack& pack) {
  constexpr std::array<std::string_view, 1> kEach{"item"};
  declarations::CellRule out;
  out.code = f.name("code");
  out.zh = f.text("zh", kTextMax);
  out.en = f.text("en", kTextMax);
  out.unit = read_unit(f);
  out.each_item = f.optional_choice("each", kEach).has_value();
  out.parts = f.names("total");
  const auto measure = read_optional_measure(f, "measure");
  out.measure = measure.value_or(indicators::Measure{});
  const std::string indicator = f.optional_name("indicator").value_or("");
  out.indicator = indicator.empty() ? "" : pack.name + "." + indicator;
  const int ways = (measure ? 1 : 0) + (indicator.empty() ? 0 : 1) + (out.parts.empty() ? 0 : 1);
  if (ways > 1) {
    f.refuse(ErrorCode::bad_field, "code", "one of measure, indicator and total is expected");
  }
  out.source = measure              ? declarations::CellSource::measure
               : !indicator.empty() ? declarations::CellSource::indicator
               : !out.parts.empty() ? declarations::CellSource::total
                                    : declarations::CellSource::declared;
  return out;
}

/// What the engine cannot know: the catalogue, and which indicators there are.
Result<void> check_cell(const declarations::CellRule& rule, const registry::Pack& pack,
                        const Rules& rules) {
  for (const std::string& code : rule.measure.materials) {
    if (pack.catalogue.find(code) == nullptr) {
      return Error{ErrorCode::bad_pack, "measure", code + " is not in the catalogue"};
    }
  }
  if (rule.source != declarations::CellSource::indicator) {
    return {};
  }
  const auto found = std::find_if(rules.indicators.begin(), rules.indicators.end(),
                                  [&](const auto& one) { return one.id == rule.indicator; });
  if (found == rules.indicators.end()) {
    return Error{ErrorCode::bad_pack, "indicator", "a code of indicators.toml is expected"};
  }
  if (found->unit.dimension != rule.unit.dimension) {
    return Error{ErrorCode::bad_pack, "unit",
                 "the indicator's unit is expected: " + found->unit.text};
  }
  return {};
}

const registry::Scheme* scheme_of(const registry::Pack& pack, const std::string& code) {
  const auto found =
      std::find_if(pack.schemes.begin(), pack.schemes.end(),
                   [&](const registry::Scheme& one) { return one.label.code == code; });
  return found == pack.schemes.end() ? nullptr : &*found;
}

/// `[[form.cells]]`, each checked against those above it.
declarations::FormCells read_cells(Fields& form, const duties::Form& of, const registry::Pack& pack,
                                   const Rules& rules) {
  declarations::FormCells out{pack.name, of.row.code, {}};
  const auto list = form.array("cells");
  if (list && list->size() > kCellsMax) {
    form.refuse(ErrorCode::too_large, "cells", "at most 200 cells");
    return out;
  }
  for (std::size_t n = 0; list && !form.refused() && n < list->size(); ++n) {
    const std::string pointer = form.pointer("cells") + "/" + std::to_string(n);
    Fields f(*std::next(list->elements().begin(), static_cast<std::ptrdiff_t>(n)), pointer);
    declarations::CellRule rule = read_cell(f, pack);
    if (auto finished = f.finish(); !finished) {
      form.adopt(std::move(finished).error());
      break;
    }
    auto valid = declarations::validate(rule, out.rules, scheme_of(pack, of.scheme));
    valid = valid ? check_cell(rule, pack, rules) : valid;
    if (!valid) {
      Error error = std::move(valid).error();
      form.adopt({error.code, pointer + "/" + error.at, std::move(error.detail)});
    }
    out.rules.push_back(std::move(rule));
  }
  return out;
}

duties::Form read_form(Fields& f, const registry::Pack& pack,
                       std::set<std::string, std::less<>>& seen) {
  duties::Form out;
  out.row = read_row(f, pack.name, seen);
  out.kind = static_cast<duties::FormKind>(f.choice("kind", kKinds));
  out.period = static_cast<duties::Period>(f.choice("period", kPeriods));
  out.reporters = f.names("reporters");
  out.receivers = f.names("receivers");
  out.due = read_due(f, out.period);
  out.scheme = f.optional_name("scheme").value_or("");
  out.reconstructed = f.flag("reconstructed", false);
  out.lines = read_texts(f, "lines");
  return out;
}

Result<void> check_form(const duties::Form& form, const registry::Pack& pack, const Rules& rules) {
  for (const auto& [key, units] :
       {std::pair{"reporters", &form.reporters}, {"receivers", &form.receivers}}) {
    const std::string unknown = unknown_unit(rules, pack, *units);
    if (!unknown.empty()) {
      return Error{ErrorCode::bad_pack, key, "a code of units.toml is expected, found " + unknown};
    }
  }
  if (!form.scheme.empty() && scheme_of(pack, form.scheme) == nullptr) {
    return Error{ErrorCode::bad_pack, "scheme", "a code of schemes.toml is expected"};
  }
  return {};
}

/// A share that is stated, or the reason why there is none.
std::optional<std::int64_t> share(Fields& f, std::string_view key, std::string& reason) {
  const auto value = f.optional_integer(key, {0, kMillion});
  reason = f.optional_text("reason", kTextMax).value_or("");
  if (value.has_value() == !reason.empty()) {
    f.refuse(ErrorCode::bad_field, "reason",
             "either " + std::string{key} + " or the reason why there is none is expected");
  }
  return value;
}

}  // namespace

Result<void> read_forms(const registry::PackFiles& files, const registry::Pack& pack,
                        Rules& rules) {
  HUAN_TRY(toml, TomlRows::open(files, "forms.toml"));
  std::set<std::string, std::less<>> seen;
  const auto keep = [&](Fields& f) -> Result<void> {
    duties::Form form = read_form(f, pack, seen);
    declarations::FormCells cells = read_cells(f, form, pack, rules);
    if (f.refused()) {
      return {};
    }
    HUAN_CHECK(check_form(form, pack, rules));
    if (!cells.rules.empty()) {
      rules.cells.push_back(std::move(cells));
    }
    rules.duties.forms.push_back(std::move(form));
    return {};
  };
  HUAN_CHECK(toml.each("form", keep));
  seen.clear();
  HUAN_CHECK(toml.each("dispatch", [&](Fields& f) -> Result<void> {
    duties::DispatchLevel out;
    out.row = read_row(f, pack.name, seen);
    out.document = kDocuments.at(f.choice("document", kDocuments));
    out.lag_ppm = share(f, "lag_ppm", out.reason);
    rules.duties.dispatch.push_back(std::move(out));
    return {};
  }));
  seen.clear();
  HUAN_CHECK(toml.each("subsidy", [&](Fields& f) -> Result<void> {
    duties::SubsidyTier out;
    out.row = read_row(f, pack.name, seen);
    out.payer = kPayers.at(f.choice("payer", kPayers));
    out.order = small(f, "order", 3).value_or(1);
    out.rate_ppm = share(f, "rate_ppm", out.reason);
    rules.duties.subsidies.push_back(std::move(out));
    return {};
  }));
  return toml.finish();
}

}  // namespace huan::wire_pack
