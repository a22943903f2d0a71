// SPDX-License-Identifier: Apache-2.0
// What an invoice stands on: receive events as the ledger has them now, and what the registry says
// about who sells and who buys.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/invoicing/invoice.hpp"
#include "huan/invoicing/method.hpp"
#include "huan/ledger/event.hpp"
#include "huan/registry/agreement.hpp"
#include "huan/registry/dossier.hpp"
#include "huan/registry/party.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

/// A receive event in force.
struct BoughtEvent {
  base::Uuid id;
  ledger::Event event;
  std::string operator_id;                    ///< of its place, then
  std::vector<invoicing::InvoiceLine> lines;  ///< one a material
  base::Money paid;
};

/// unknown_event; version_conflict: it was corrected, the later record is the one to name;
/// bad_field: no priced receive.
[[nodiscard]] base::Result<BoughtEvent> bought_event(store::Reading& reading,
                                                     const std::string& city,
                                                     const std::string& id);

[[nodiscard]] std::optional<registry::Party> party_on_record(store::RegistryReading& reading,
                                                             const std::string& city,
                                                             const std::string& party);
/// Latest versions of a type about somebody, of one organisation.
struct DossierAbout {
  std::string type;
  std::string about;
  std::string party;
};
[[nodiscard]] std::vector<registry::Dossier> dossiers_about(store::RegistryReading& reading,
                                                            const std::string& city,
                                                            const DossierAbout& which);
/// All choices of method that were ever put on record in the buyer's invoicing_right.
[[nodiscard]] std::vector<invoicing::MethodChoice> method_choices(store::RegistryReading& reading,
                                                                  const std::string& city,
                                                                  const std::string& buyer);
/// Is a contract between both in force on the day, for this material?
[[nodiscard]] bool has_contract(store::RegistryReading& reading, const std::string& city,
                                const BoughtEvent& bought, base::Day day);

[[nodiscard]] std::string invoiced_key(const base::Uuid& event);  ///< of a setting: its invoice
[[nodiscard]] std::string turnover_key(const std::string& party);

}  // namespace huan::app
