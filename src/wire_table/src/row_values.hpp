// SPDX-License-Identifier: Apache-2.0
// The values of one row, read field by field. Every error has the column's header in `at`; the text
// of a cell is repeated only where the column cannot hold personal data.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "binding.hpp"

namespace huan::wire_table {

struct PriceValue {
  std::int64_t fen{0};
  bool per_piece{false};
};

class RowValues {
 public:
  RowValues(const Binding& binding, const Mapping& mapping, const ImportOptions& options,
            const Row& row)
      : binding_(binding), mapping_(mapping), options_(options), row_(row) {}

  template <class T>
  using Stated = base::Result<std::optional<T>>;  ///< no value: not stated

  [[nodiscard]] Stated<std::string> text(std::string_view field) const;
  [[nodiscard]] Stated<std::string> word(
      std::string_view field) const;  ///< translated where a translation is known
  [[nodiscard]] Stated<std::string> name(std::string_view field, std::size_t size_max) const;
  [[nodiscard]] Stated<std::string> material(std::string_view field) const;
  [[nodiscard]] Stated<std::string> time(std::string_view field) const;
  [[nodiscard]] Stated<std::string> day(std::string_view field) const;
  [[nodiscard]] Stated<std::int64_t> mass(std::string_view field) const;  ///< ≥ 0 g
  [[nodiscard]] Stated<std::int64_t> money(std::string_view field) const;
  [[nodiscard]] Stated<std::int64_t> count(std::string_view field) const;
  [[nodiscard]] Stated<std::int64_t> degrees(std::string_view field) const;
  [[nodiscard]] Stated<PriceValue> price(std::string_view field) const;
  [[nodiscard]] Stated<bool> flag(std::string_view field) const;
  /// Of a deduction: grams, or that share of `net`.
  [[nodiscard]] Stated<std::int64_t> deduction(std::string_view field, std::int64_t net) const;
  /// Whatever the type: the value as canonical text, for keys.
  [[nodiscard]] Stated<std::string> canonical(const FieldInfo& field) const;

  /// Of a column that need be no field.
  [[nodiscard]] Stated<std::string> column(std::size_t column, std::string_view header) const;
  [[nodiscard]] Stated<std::int64_t> line_mass(const BoundLine& line) const;

  /// One word of a list: the field's translation, or the word as it is.
  [[nodiscard]] std::string translate(std::string_view field, std::string_view word) const;

  [[nodiscard]] const std::string& header(std::string_view field) const {
    return bound(field).header;
  }
  [[nodiscard]] base::Error refuse(std::string_view field, base::ErrorCode code,
                                   std::string detail) const;

 private:
  [[nodiscard]] const BoundField& bound(std::string_view field) const;
  [[nodiscard]] std::optional<std::string> translation(const FieldInfo& field,
                                                       std::string_view text) const;

  const Binding& binding_;
  const Mapping& mapping_;
  const ImportOptions& options_;
  const Row& row_;
};

/// GB/T 2260's letters for the province and the rest of a Chinese plate: 冀A12345 -> HE-A12345.
/// nullopt for anything else.
[[nodiscard]] std::optional<std::string> plate_key(std::string_view plate);

}  // namespace huan::wire_table
