// SPDX-License-Identifier: Apache-2.0
#include "invoice_events.hpp"

#include <algorithm>
#include <map>

#include "huan/app/registry_facts.hpp"
#include "huan/app/store_book.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/json/document.hpp"
#include "huan/registry/record.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using invoicing::InvoiceLine;

constexpr std::size_t kAboutPage = 1'000;

/// What was paid and weighed by material, as the version's own legs say.
std::vector<InvoiceLine> lines_of(const base::Uuid& id, const std::vector<ledger::Leg>& own) {
  std::map<std::string, InvoiceLine> lines;
  for (const ledger::Leg& leg : own) {
    const bool money =
        leg.unit == ledger::Unit::money && leg.account.kind == ledger::AccountKind::trade;
    const bool mass =
        leg.unit == ledger::Unit::mass && leg.account.kind == ledger::AccountKind::stock;
    if (!money && !mass) {
      continue;
    }
    InvoiceLine& line = lines[leg.material];
    line.event = id;
    line.material = leg.material;
    if (money) {
      line.paid += base::Money{leg.amount};
    } else {
      line.mass += base::Mass{leg.amount};
    }
  }
  std::vector<InvoiceLine> out;
  out.reserve(lines.size());
  for (auto& [material, line] : lines) {
    if (line.paid > base::Money{}) {
      out.push_back(std::move(line));
    }
  }
  return out;
}

/// The data of the latest version, parsed as its kind; nullopt: none, or of an older form.
template <class T>
std::optional<T> registered_data(const store::RegistryRow& row) {
  const auto document = json::Document::parse(row.body, json::kStored);
  const auto record = document ? document->root().find("record") : std::nullopt;
  auto parsed = record ? registry::parse_record(*record) : Result<registry::Record>(Error{});
  if (!parsed || !std::holds_alternative<T>(parsed->data)) {
    return std::nullopt;
  }
  return std::get<T>(std::move(parsed->data));
}

std::optional<registry::Dossier> dossier_in(const store::RegistryRow& row) {
  const auto document = json::Document::parse(row.body, json::kStored);
  const auto record = document ? document->root().find("record") : std::nullopt;
  const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
  auto dossier =
      data ? registry::parse_dossier(*data, "/data") : Result<registry::Dossier>(Error{});
  return dossier ? std::optional(std::move(*dossier)) : std::nullopt;
}

template <class Look>
void each_registered(store::RegistryReading& reading, const std::string& city,
                     std::string_view kind, const store::RegistryFilter& filter, Look look) {
  store::Page page{"", kAboutPage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city, kind, filter, page);
    for (const store::RegistryRow& row : rows) {
      look(row);
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
}

bool is_of(const registry::Contract& contract, const BoughtEvent& bought) {
  const std::string& other = contract.with.empty() ? bought.operator_id : contract.with;
  const bool place = contract.place.empty() || contract.place == bought.event.place;
  const bool material =
      contract.materials.empty() ||
      std::all_of(bought.lines.begin(), bought.lines.end(), [&](const InvoiceLine& line) {
        return std::find(contract.materials.begin(), contract.materials.end(), line.material) !=
               contract.materials.end();
      });
  return other == bought.operator_id && place && material;
}

}  // namespace

Result<BoughtEvent> bought_event(store::Reading& reading, const std::string& city,
                                 const std::string& id) {
  const auto uuid = base::Uuid::parse(id);
  StoreVersions versions{reading, city};
  RegistryFacts facts{versions, 0};
  StoreBook book{reading, facts, city};
  const auto version = uuid ? book.version(*uuid) : std::nullopt;
  if (!version) {
    return Error{ErrorCode::unknown_event, "/events", id};
  }
  if (!version->latest) {
    return Error{ErrorCode::version_conflict, "/events",
                 id + " was corrected: name the correction"};
  }
  const Error none{ErrorCode::bad_field, "/events", id + " is no receive with a price"};
  if (version->event_json.empty()) {
    return none;
  }
  HUAN_TRY(document, json::Document::parse(version->event_json, json::kStored));
  HUAN_TRY(event, ledger::parse_version(document.root()));
  if (event.type != ledger::EventType::receive) {
    return none;
  }
  BoughtEvent out{*uuid, std::move(event), version->operator_id, lines_of(*uuid, version->own),
                  base::Money{}};
  for (const InvoiceLine& line : out.lines) {
    out.paid += line.paid;
  }
  return out.lines.empty() ? Result<BoughtEvent>(none) : Result<BoughtEvent>(std::move(out));
}

std::optional<registry::Party> party_on_record(store::RegistryReading& reading,
                                               const std::string& city, const std::string& party) {
  const auto row = reading.registered(city, "party", party);
  return row ? registered_data<registry::Party>(*row) : std::nullopt;
}

std::vector<registry::Dossier> dossiers_about(store::RegistryReading& reading,
                                              const std::string& city, const DossierAbout& which) {
  std::vector<registry::Dossier> out;
  each_registered(reading, city, "dossier", {which.type, {}, which.party, {}},
                  [&](const store::RegistryRow& row) {
                    auto dossier = dossier_in(row);
                    if (dossier && dossier->about == which.about) {
                      out.push_back(std::move(*dossier));
                    }
                  });
  return out;
}

std::vector<invoicing::MethodChoice> method_choices(store::RegistryReading& reading,
                                                    const std::string& city,
                                                    const std::string& buyer) {
  std::vector<invoicing::MethodChoice> out;
  each_registered(
      reading, city, "dossier", {"invoicing_right", {}, buyer, {}},
      [&](const store::RegistryRow& row) {
        for (const store::RegistryRow& version : reading.versions(city, "dossier", row.key)) {
          const auto dossier = dossier_in(version);
          if (dossier && dossier->from) {
            const bool general = dossiers::text_in(*dossier, "method") == "general";
            out.push_back(
                {*dossier->from, general ? invoicing::Method::general : invoicing::Method::simple});
          }
        }
      });
  return out;
}

bool has_contract(store::RegistryReading& reading, const std::string& city,
                  const BoughtEvent& bought, base::Day day) {
  bool found = false;
  each_registered(reading, city, "contract", {{}, {}, bought.event.party, {}},
                  [&](const store::RegistryRow& row) {
                    const auto contract = registered_data<registry::Contract>(row);
                    found = found || (contract && is_of(*contract, bought) &&
                                      (!contract->from || *contract->from <= day) &&
                                      (!contract->to || day <= *contract->to));
                  });
  return found;
}

std::string invoiced_key(const base::Uuid& event) { return "invoiced/" + event.text(); }
std::string turnover_key(const std::string& party) { return "reverse_invoiced/" + party; }

}  // namespace huan::app
