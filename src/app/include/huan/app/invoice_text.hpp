// SPDX-License-Identifier: Apache-2.0
// Invoices, a seller's room and a month's filing as JSON and as tables, the same at every door.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "huan/app/invoices.hpp"
#include "huan/json/writer.hpp"

namespace huan::app {

/// What stands behind an invoice, by what is on record now. Of a red one: its blue one's.
struct InvoiceStanding {
  invoicing::Found found;
  std::vector<std::string> missing;                 ///< kinds of evidence that the rules ask for
  bool stands{true};                                ///< the ledger still says what the invoice does
  std::vector<invoicing::Withholding> withholding;  ///< what is stated for its day
};
[[nodiscard]] InvoiceStanding standing_of(store::Reading& reading, const Personal& personal,
                                          const std::string& city,
                                          const invoicing::Invoice& invoice,
                                          const invoicing::Rules& rules);
/// {"key","version","data":{…},"evidence":{"contract":true,…},"missing":[…],"stands":true,
///  "withheld":{"vat_fen":null,"surcharge_fen":null,"income_tax_fen":5,"pays_fen":95,"rules":[…]}}
void write_invoice(json::Writer& w, const KeptInvoice& kept, const InvoiceStanding& standing);
/// {"seller","month","used_fen","limit_fen","left_fen","warn","parties":[…],"months":[…],"note"}
void write_room(json::Writer& w, const vault::Subject& seller, const SellerRoom& room,
                base::Day day);

/// A form's rows by its columns.
struct FilingTable {
  std::vector<std::string> header;  ///< in Chinese, as it is handed in
  std::vector<std::vector<std::string>> rows;
};
/// Sellers by their party, as they stand in the vault.
using SellersOnForm = std::map<std::string, invoicing::GatewaySeller, std::less<>>;
/// `sellers` nullptr: without the columns that say who they are.
[[nodiscard]] FilingTable filing_table(const invoicing::FilingForm& form,
                                       const std::vector<invoicing::FiledInvoice>& filed,
                                       const SellersOnForm* sellers = nullptr);
/// {"form","month","party","source","columns":[…],"rows":[[…]]}
void write_filing(json::Writer& w, const invoicing::FilingForm& form,
                  const invoicing::Filing& filing, const FilingTable& table);

}  // namespace huan::app
