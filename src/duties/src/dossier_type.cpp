// SPDX-License-Identifier: Apache-2.0
#include "huan/duties/dossier_type.hpp"

#include <algorithm>

namespace huan::duties {

std::string_view name(FieldType type) noexcept {
  switch (type) {
    case FieldType::text:
      return "text";
    case FieldType::amount:
      return "amount";
    case FieldType::yes_no:
      return "yes_no";
    case FieldType::day:
      return "day";
    case FieldType::choice:
      return "choice";
    case FieldType::texts:
      break;
  }
  return "texts";
}

const DossierState* state_of(const DossierType& type, std::string_view code) {
  const auto found = std::ranges::find(type.states, code, &DossierState::code);
  return found == type.states.end() ? nullptr : &*found;
}

const DossierField* field_of(const DossierType& type, std::string_view name) {
  const auto found = std::ranges::find(type.fields, name, &DossierField::name);
  return found == type.fields.end() ? nullptr : &*found;
}

const DossierType* type_of(const std::vector<DossierType>& types, std::string_view code) {
  const auto found = std::find_if(types.rbegin(), types.rend(),
                                  [&](const DossierType& type) { return type.row.code == code; });
  return found == types.rend() ? nullptr : &*found;
}

}  // namespace huan::duties
