// SPDX-License-Identifier: Apache-2.0
// Which inspections make up a figure: those that a bulletin sums up, of an item of the list of
// checks, with a result, of a draw. For the public list and the offices' alike, so that both show
// the same.
#pragma once

#include <optional>
#include <string>

#include "doors.hpp"
#include "huan/dossiers/inspection.hpp"
#include "huan/oversight/dossiers.hpp"

namespace huan::http {

class InspectionFilter {
 public:
  /// By the parameters `bulletin`, `draw`, `item`, `result` (of which `problem` is all but in
  /// order). bad_field; not_found: no such bulletin.
  static Result<InspectionFilter> parse(const Request& request, store::RegistryReading& reading,
                                        const store::CityRow& city);
  /// The results that a bulletin was drafted over: what was published by then in its period.
  static Result<InspectionFilter> of_bulletin(store::RegistryReading& reading,
                                              const store::CityRow& city, const std::string& key);

  [[nodiscard]] bool is_open() const noexcept { return !set_; }
  /// Others than inspections pass where nothing was asked.
  [[nodiscard]] bool holds(const oversight::KeyedDossier& one) const;

 private:
  struct Cover {
    dossiers::Period period;
    store::Seq drafted{0};
    store::RowScope scope;  ///< its district's subjects
  };
  bool set_{false};
  std::int32_t offset_s_{0};
  std::optional<Cover> cover_;
  std::string draw_;
  std::string item_;
  std::string result_;
};

}  // namespace huan::http
