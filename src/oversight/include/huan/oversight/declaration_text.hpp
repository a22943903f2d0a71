// SPDX-License-Identifier: Apache-2.0
// Declarations as JSON, CSV and lines of text, the same for every door; and figures as people write
// them, read back.
//
//   confirmation_of(declaration, "collected.steel", "12.5", "one load was weighed twice")
#pragma once

#include <span>
#include <string>
#include <vector>

#include "huan/declarations/moves.hpp"
#include "huan/declarations/reconcile.hpp"
#include "huan/json/writer.hpp"
#include "huan/oversight/forms.hpp"

namespace huan::oversight {

/// "draft", "accepted", or "missing" when nothing is on record.
[[nodiscard]] std::string_view state_name(const KeptDeclaration& kept);

void write_summary(json::Writer& w, const KeptDeclaration& kept, base::Day today);
/// With its lines: code, filled, confirmed, difference, explanation.
void write_declaration(json::Writer& w, const KeptDeclaration& kept, base::Day today);
[[nodiscard]] std::string summary_line(const KeptDeclaration& kept, base::Day today);
[[nodiscard]] std::string declaration_page(const KeptDeclaration& kept, base::Day today);

[[nodiscard]] std::vector<std::string> declaration_header();
[[nodiscard]] std::vector<std::string> declaration_cells(const KeptDeclaration& kept,
                                                         base::Day today);
/// A header and a row for each line, figures as decimals in the line's unit.
[[nodiscard]] std::vector<std::vector<std::string>> line_rows(
    const declarations::Declaration& declaration);

struct Sums {
  std::span<const declarations::Cell> cells;
  std::span<const declarations::CellSum> sums;
};
/// True when every cell adds up to the smallest unit.
bool write_sums(const Sums& sums, bool as_json, std::string& out);

/// `figure` is a decimal in the cell's unit, or empty. bad_field at the cell, bad_number.
[[nodiscard]] base::Result<declarations::Confirmation> confirmation_of(
    const declarations::Declaration& declaration, const std::string& cell,
    const std::string& figure, const std::string& explanation);

}  // namespace huan::oversight
