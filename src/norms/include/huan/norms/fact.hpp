// SPDX-License-Identifier: Apache-2.0
// A fact: something known about a subject (a place, a district, a vehicle, …), named, typed, with
// where it comes from and for how long it holds. Norms (norm.hpp) are judged on facts alone. The
// table of known facts says for each name which subject it is about, its type and its unit; a pack
// may declare further facts that people enter with evidence, and nothing else: what is computed is
// computed by the program. Amounts are whole numbers in the fact's unit; a threshold in another
// unit of the same dimension is converted when that is exact, else refused.
//
//   FactTable table = FactTable::known();
//   const FactType* type = table.find("place.area");            // m2, of a place
//   table.find("enterprise.qualification.commerce_filing");     // by its pattern with a star
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"

namespace huan::norms {

enum class SubjectKind : std::uint8_t {
  district,
  place,
  vehicle,
  person,
  enterprise,
  shipment,
  scale
};
[[nodiscard]] std::string_view name(SubjectKind kind) noexcept;
[[nodiscard]] std::optional<SubjectKind> subject_kind_from(std::string_view text) noexcept;

enum class ValueType : std::uint8_t { yes_no, amount, text, day };
[[nodiscard]] std::string_view name(ValueType type) noexcept;
[[nodiscard]] std::optional<ValueType> value_type_from(std::string_view text) noexcept;

/// One of ValueType, in its order: bool, whole number in the fact's unit, text, local day.
using Value = std::variant<bool, std::int64_t, std::string, base::Day>;
[[nodiscard]] ValueType type_of(const Value& value) noexcept;

/// Units by dimension: `ppm` (parts per million) stands for every share.
enum class Unit : std::uint8_t {
  none,
  count,
  household,
  ppm,
  percent,
  m,
  km,
  m2,
  ha,
  g,
  kg,
  t,
  t_per_year,
  myriad_t_per_year,  ///< 万吨/年
  day,
  year,
  fen,
  yuan,
  piece
};
[[nodiscard]] std::string_view name(Unit unit) noexcept;  ///< "m2", "t/y", "%"
[[nodiscard]] std::optional<Unit> unit_from(std::string_view text) noexcept;
/// The amount in another unit of the same dimension; nullopt when they differ in dimension, when it
/// is not a whole number there, or out of range. Days and years do not convert.
[[nodiscard]] std::optional<std::int64_t> convert(std::int64_t amount, Unit from, Unit to) noexcept;

/// Where a fact comes from.
enum class Origin : std::uint8_t {
  registry,  ///< what the record of the subject says, or a count of records
  ledger,    ///< stock, lots and flows
  geometry,  ///< distances and cover
  record,    ///< a dated record with a term: licence, training, verification, drill
  evidence   ///< entered with a document, photo or inspection
};
[[nodiscard]] std::string_view name(Origin origin) noexcept;
[[nodiscard]] std::optional<Origin> origin_from(std::string_view text) noexcept;

/// What a name means. A name ending in `.*` stands for all names with one more segment there.
struct FactType {
  std::string name;  ///< "<subject kind>.<…>", lower case, digits, `_`, `.`
  SubjectKind subject{};
  ValueType type{};
  Unit unit{Unit::none};  ///< of amounts
  Origin origin{};        ///< where it comes from as a rule; people may enter any with evidence
  std::string zh;
  std::string en;
};

class FactTable {
 public:
  /// The facts that the program itself computes or reads from the registry and the ledger.
  [[nodiscard]] static FactTable known();
  /// A pack's own fact: `record` or `evidence` only, its name new and beginning with its subject.
  [[nodiscard]] base::Result<void> declare(FactType type);
  [[nodiscard]] const FactType* find(std::string_view name) const noexcept;
  [[nodiscard]] std::span<const FactType> all() const noexcept { return types_; }  ///< by name

 private:
  std::vector<FactType> types_;
};

}  // namespace huan::norms
