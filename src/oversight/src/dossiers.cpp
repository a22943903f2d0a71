// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/dossiers.hpp"

#include <algorithm>

#include "huan/json/document.hpp"
#include "huan/norms/fact.hpp"
#include "registry_rows.hpp"

namespace huan::oversight {
namespace {

using duties::DossierGift;
using registry::Dossier;
using registry::Kind;

constexpr std::size_t kDossiersPage = 1'000;

std::string_view fact_subject(std::string_view fact) { return fact.substr(0, fact.find('.')); }

bool gives(const DossierGift& gift, const duties::Duties& duties, const Dossier& dossier) {
  const auto* type = duties::type_of(duties.dossier_types, dossier.type);
  const auto* state = type == nullptr ? nullptr : duties::state_of(*type, dossier.state);
  if (state == nullptr || !state->gives || gift.dossier != dossier.type ||
      fact_subject(gift.fact) != dossier.about_kind) {
    return false;
  }
  if (gift.when_field.empty()) {
    return true;
  }
  const auto found = dossier.fields.find(gift.when_field);
  const auto* text =
      found == dossier.fields.end() ? nullptr : std::get_if<std::string>(&found->second);
  return text != nullptr && *text == gift.when;
}

/// The fact as evidence would say it; nothing where the field that gives it is not filled in.
std::optional<registry::Evidence> evidence_of(const DossierGift& gift, const KeyedDossier& keyed) {
  registry::Evidence out;
  const Dossier& dossier = keyed.dossier;
  out.subject_kind = dossier.about_kind;
  out.subject = dossier.about;
  out.fact = gift.fact;
  out.from = dossier.from;
  out.to = dossier.to;
  out.source = dossier.evidence.empty() ? "dossier " + keyed.key : dossier.evidence.back().source;
  out.value = true;
  if (gift.field.empty()) {
    return out;
  }
  if (gift.field == "from" && dossier.from) {
    out.value = base::format_day(*dossier.from);
    return out;
  }
  const auto found = dossier.fields.find(gift.field);
  if (found == dossier.fields.end()) {
    return std::nullopt;
  }
  if (const auto* truth = std::get_if<bool>(&found->second)) {
    out.value = *truth;
  } else if (const auto* amount = std::get_if<std::int64_t>(&found->second)) {
    out.value = *amount;
  } else if (const auto* text = std::get_if<std::string>(&found->second)) {
    out.value = *text;
  } else {
    return std::nullopt;
  }
  return out;
}

}  // namespace

std::optional<KeyedDossier> keyed_dossier(const store::RegistryRow& row) {
  const auto document = json::Document::parse(row.body, json::kStored);
  const auto record = document ? document->root().find("record") : std::nullopt;
  const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
  if (!data) {
    return std::nullopt;
  }
  auto dossier = registry::parse_dossier(*data, "/data");
  return dossier ? std::optional{KeyedDossier{row.key, row.version, row.time, std::move(*dossier),
                                              row.seq}}
                 : std::nullopt;
}

std::vector<KeyedDossier> read_dossiers(store::RegistryReading& reading, const CityName& city,
                                        const DossierQuery& query) {
  std::vector<KeyedDossier> found;
  store::RegistryFilter filter{query.type, {}, {}, query.scope};
  store::Page page{"", kDossiersPage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city.code, registry::name(Kind::dossier), filter, page);
    for (const store::RegistryRow& row : rows) {
      const auto then = query.day && row.version > 1
                            ? reading.registered_at(city.code, registry::name(Kind::dossier),
                                                    row.key, end_of_day(*query.day, city.offset_s))
                            : std::optional{row};
      const bool begun =
          then && (!query.day || then->time <= end_of_day(*query.day, city.offset_s));
      if (auto keyed = begun ? keyed_dossier(*then) : std::nullopt) {
        found.push_back(std::move(*keyed));
      }
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
  return found;
}

std::vector<Dossier> contents(const std::vector<KeyedDossier>& keyed) {
  std::vector<Dossier> out;
  out.reserve(keyed.size());
  for (const KeyedDossier& one : keyed) {
    out.push_back(one.dossier);
  }
  return out;
}

void add_gifts(store::RegistryReading& reading, const CityName& city, const duties::Duties& duties,
               Entered& entered) {
  std::set<std::string> types;
  for (const DossierGift& gift : duties.dossier_gifts) {
    types.insert(gift.dossier);
  }
  for (const std::string& type : types) {
    for (const KeyedDossier& keyed : read_dossiers(reading, city, {.type = type})) {
      for (const DossierGift& gift : duties.dossier_gifts) {
        if (!gives(gift, duties, keyed.dossier)) {
          continue;
        }
        if (auto evidence = evidence_of(gift, keyed)) {
          entered.add(EnteredEvidence{"dossier " + keyed.key, std::move(*evidence)});
        }
      }
    }
  }
}

}  // namespace huan::oversight
