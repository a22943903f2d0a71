// SPDX-License-Identifier: Apache-2.0
// The fields that each kind of table can fill, the headers that name them and the words that their
// cells may hold.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "huan/wire_table/mapping.hpp"

namespace huan::wire_table {

enum class FieldType {
  text,
  word,        ///< a code: translated, then as it is
  short_name,  ///< of a place, party, vehicle
  long_name,   ///< of a ticket, lot
  material,
  time,
  day,
  mass,
  deduction,  ///< a mass, or a percentage of the net
  price,
  money,
  count,
  flag,
  degrees,  ///< × 10⁷
  names,    ///< a list, separated by 、 , ; or |
  hours,    ///< 08:00-18:00, every day
  personal  ///< goes to the vault, never into a record
};

struct FieldInfo {
  std::string_view name;
  FieldType type{FieldType::text};
  bool required{false};
  std::string_view pointer;   ///< registry: where in `data`; empty: not a member
  std::string_view synonyms;  ///< normalised headers, parted by |
  std::string_view values;    ///< built-in translations, "居民=household|…"
};

[[nodiscard]] std::span<const FieldInfo> fields_of(TableKind kind) noexcept;
[[nodiscard]] const FieldInfo* find_field(TableKind kind, std::string_view name) noexcept;
/// The place of the header in the list of synonyms, nullopt when it is not there.
[[nodiscard]] std::optional<std::size_t> synonym_rank(const FieldInfo& field,
                                                      std::string_view normalised);
[[nodiscard]] std::optional<std::string_view> builtin_value(const FieldInfo& field,
                                                            std::string_view folded);
/// Does a header of this name hold personal data, whatever the mapping says?
[[nodiscard]] bool is_personal_header(std::string_view normalised);

/// Has it the form of a catalogue's code, like paper.occ?
[[nodiscard]] bool is_material_code(std::string_view text);

/// Lower case of ASCII letters.
[[nodiscard]] std::string lower(std::string_view text);

/// A header cell taken apart: "净重（吨）" -> 净重, 吨; "Weight_kg" -> weight, kg.
struct Header {
  std::string text;  ///< as the user sees it, trimmed
  std::string full;  ///< normalised: narrow, lower case, no spaces, `_`, `-`, `*`, `:`
  std::string name;  ///< normalised, without the unit
  std::string unit;  ///< empty: none stated
};
[[nodiscard]] Header read_header(std::string_view cell);

}  // namespace huan::wire_table
