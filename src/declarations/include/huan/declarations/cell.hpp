// SPDX-License-Identifier: Apache-2.0
// The cells of a form 报表: what is asked for, one figure each. A rule stands in the pack
// (`[[form.cells]]`): a measure over the ledger or the registry, an indicator as it stands at the
// term's end, the sum of other cells, or a figure that people declare. A rule said for each item of
// the form's scheme becomes one cell an item. Nothing here reads a store.
//
//   const auto cells = expand(rules, scheme);   // collected.steel, collected.paper, …, collected
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/indicators/indicator.hpp"
#include "huan/registry/pack.hpp"

namespace huan::declarations {

enum class CellSource : std::uint8_t {
  measure,    ///< summed over the ledger or counted in the registry
  indicator,  ///< an indicator's value on the last day of the term
  total,      ///< the sum of cells above it
  declared    ///< nothing computes it
};
[[nodiscard]] std::string_view name(CellSource source) noexcept;

struct CellRule {
  std::string code;  ///< unique in its form; no dots
  std::string zh;
  std::string en;
  indicators::Unit unit;
  CellSource source{CellSource::declared};
  bool each_item{false};  ///< one cell for each item of the form's scheme
  indicators::Measure measure;
  std::string indicator;           ///< id
  std::vector<std::string> parts;  ///< of a total: codes of rules above it
};

/// The cells of one form of one pack.
struct FormCells {
  std::string pack;
  std::string form;
  std::vector<CellRule> rules;
};

/// Is the rule computable? `above` are the rules before it in its form. bad_pack; `at` is a path
/// from the rule: "measure", "parts".
[[nodiscard]] base::Result<void> validate(const CellRule& rule, std::span<const CellRule> above,
                                          const registry::Scheme* scheme);

/// One figure of a form as it is filled in.
struct Cell {
  std::string code;  ///< "collected.steel"
  std::string zh;
  std::string en;
  indicators::Unit unit;
  CellSource source{CellSource::declared};
  indicators::Measure measure;
  std::string indicator;
  std::vector<std::string> parts;  ///< codes of cells
};

/// In the order of the rules; items in the order of the scheme, which may be null.
[[nodiscard]] std::vector<Cell> expand(std::span<const CellRule> rules,
                                       const registry::Scheme* scheme);

}  // namespace huan::declarations
