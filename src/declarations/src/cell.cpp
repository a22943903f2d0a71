// SPDX-License-Identifier: Apache-2.0
#include "huan/declarations/cell.hpp"

#include <algorithm>

namespace huan::declarations {
namespace {

using base::Error;
using base::ErrorCode;

Error wrong(std::string at, std::string expected) {
  return {ErrorCode::bad_pack, std::move(at), std::move(expected)};
}

const CellRule* rule_named(std::span<const CellRule> rules, std::string_view code) {
  const auto found = std::ranges::find_if(
      rules, [&](const CellRule& one) { return std::string_view(one.code) == code; });
  return found == rules.end() ? nullptr : &*found;
}

base::Result<void> check_total(const CellRule& rule, std::span<const CellRule> above) {
  for (const std::string& code : rule.parts) {
    const CellRule* part = rule_named(above, code);
    if (part == nullptr) {
      return wrong("total", "codes of cells above this one are expected, found " + code);
    }
    if (part->unit.dimension != rule.unit.dimension) {
      return wrong("unit", "the unit of what is summed is expected: " + part->unit.text);
    }
  }
  return {};
}

/// The indicators' own rules say which fields go with which source, and what a unit can hold.
base::Result<void> check_measure(const CellRule& rule) {
  indicators::Indicator one;
  one.id = rule.code;
  one.unit = rule.unit;
  one.base.reason = one.responsible_reason = "a cell has none";
  one.formula.measure = rule.measure;
  one.formula.window = rule.measure.source == indicators::MeasureSource::ledger
                           ? indicators::Window::calendar_year
                           : indicators::Window::as_of;
  return indicators::validate(one);
}

}  // namespace

std::string_view name(CellSource source) noexcept {
  switch (source) {
    case CellSource::measure:
      return "measure";
    case CellSource::indicator:
      return "indicator";
    case CellSource::total:
      return "total";
    case CellSource::declared:
      break;
  }
  return "declared";
}

base::Result<void> validate(const CellRule& rule, std::span<const CellRule> above,
                            const registry::Scheme* scheme) {
  if (rule.code.find('.') != std::string::npos) {
    return wrong("code", "a code without a dot is expected");
  }
  if (rule_named(above, rule.code) != nullptr) {
    return wrong("code", "a code that stands once in the form is expected");
  }
  if (rule.unit.dimension == indicators::Dimension::statement) {
    return wrong("unit", "a unit is expected: 吨 个 家 % 元 …");
  }
  if (rule.each_item && scheme == nullptr) {
    return wrong("each", "the form names no scheme whose items could be meant");
  }
  if (rule.each_item && (rule.source == CellSource::total || rule.source == CellSource::indicator ||
                         !rule.measure.scheme.empty())) {
    return wrong("each", "only a measure without a scheme or a declared figure has items");
  }
  if (rule.source == CellSource::total) {
    return check_total(rule, above);
  }
  return rule.source == CellSource::measure ? check_measure(rule) : base::Result<void>{};
}

std::vector<Cell> expand(std::span<const CellRule> rules, const registry::Scheme* scheme) {
  std::vector<Cell> cells;
  cells.reserve(rules.size());
  const auto parts_of = [&](const std::string& code) {
    std::vector<std::string> codes;
    for (const Cell& cell : cells) {
      if (cell.code == code || cell.code.starts_with(code + ".")) {
        codes.push_back(cell.code);
      }
    }
    return codes;
  };
  for (const CellRule& rule : rules) {
    Cell cell{rule.code,   rule.zh,      rule.en,        rule.unit,
              rule.source, rule.measure, rule.indicator, {}};
    for (const std::string& part : rule.parts) {
      std::ranges::copy(parts_of(part), std::back_inserter(cell.parts));
    }
    if (!rule.each_item || scheme == nullptr) {
      cells.push_back(std::move(cell));
      continue;
    }
    for (const registry::Label& item : scheme->items) {
      Cell one = cell;
      one.code = rule.code + "." + item.code;
      one.zh = rule.zh + "·" + item.zh;
      one.en = rule.en + ": " + item.en;
      if (one.source == CellSource::measure) {
        one.measure.scheme = scheme->label.code;
        one.measure.items = {item.code};
      }
      cells.push_back(std::move(one));
    }
  }
  return cells;
}

}  // namespace huan::declarations
