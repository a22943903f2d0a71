// SPDX-License-Identifier: Apache-2.0
#include "huan/dossiers/fields.hpp"

namespace huan::dossiers {

std::optional<std::int64_t> amount_in(const registry::Dossier& dossier, std::string_view field) {
  const auto found = dossier.fields.find(field);
  const auto* amount =
      found == dossier.fields.end() ? nullptr : std::get_if<std::int64_t>(&found->second);
  return amount == nullptr ? std::nullopt : std::optional{*amount};
}

std::string text_in(const registry::Dossier& dossier, std::string_view field) {
  const auto found = dossier.fields.find(field);
  const auto* text =
      found == dossier.fields.end() ? nullptr : std::get_if<std::string>(&found->second);
  return text == nullptr ? std::string{} : *text;
}

std::optional<base::Day> day_in(const registry::Dossier& dossier, std::string_view field) {
  return base::parse_day(text_in(dossier, field));
}

}  // namespace huan::dossiers
