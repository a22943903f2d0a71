// SPDX-License-Identifier: Apache-2.0
// Reverse invoicing 反向开票 on the ledger: a recycler asks for an invoice for receive events of
// one natural person. In one transaction its right, the seller's consent and the limit are judged,
// the events are marked as invoiced, the person's sum of the month grows and the record is written;
// then the gateway is asked, outside of it, under an id that never changes. The limit counts the
// person over all parties, recyclers and cities of this server that the vault knows to be the same;
// other servers are not seen. A red invoice undoes one as a whole, and what it undid may be
// invoiced again.
//
//   Invoices invoices({recorder, personal, clock, gateway}, rules.invoicing, "base 2026.1");
//   HUAN_TRY(kept, invoices.request({.city = "130100", .buyer = "E-1", .events = {id}}));
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "huan/app/personal.hpp"
#include "huan/app/recorder.hpp"
#include "huan/invoicing/evidence.hpp"
#include "huan/invoicing/filing.hpp"
#include "huan/invoicing/gateway.hpp"

namespace huan::app {

struct InvoiceAsk {
  std::string city;
  std::string key;  ///< empty: drawn by the server; the same again is refused
  std::string buyer;
  std::vector<std::string> events;  ///< ids of records
  bool special{false};
  std::vector<invoicing::Attached> attached{};
  std::optional<base::Day> day{};  ///< of issue; absent: today
  Principal by{};
};

struct KeptInvoice {
  std::string key;
  std::int64_t version{0};
  invoicing::Invoice invoice;
};

/// A seller's room as of a month.
struct SellerRoom {
  invoicing::Turnover sold;
  invoicing::Room room;
  std::vector<vault::Subject> parties;  ///< that are known to be the person
};

struct InvoiceStep {
  std::string city;
  std::string key;
  Principal by{};
  std::string reason{};                         ///< undo
  std::vector<invoicing::Attached> attached{};  ///< attach
  std::optional<base::Day> day{};               ///< undo: of the red invoice; absent: today
};

class Invoices {
 public:
  struct Parts {
    Recorder& recorder;
    Personal& personal;
    base::Clock& clock;
    invoicing::Gateway& gateway;
  };
  /// `rules_name`: pack and version, kept with each invoice.
  Invoices(Parts parts, const invoicing::Rules& rules, std::string rules_name)
      : parts_(parts), rules_(rules), rules_name_(std::move(rules_name)) {}

  /// What comes back may still be `requested`, when the gateway did not answer. not_supported: the
  /// pack states no limit or rate for the day; not_qualified, unknown_event, bad_field, too_large
  /// (the limit), id_conflict (the event is invoiced), vault_locked.
  [[nodiscard]] base::Result<KeptInvoice> request(const InvoiceAsk& ask);
  /// Asks the gateway about one that is `requested`, and sends it where it was never seen. Others
  /// come back as they are, and so does one about which nothing new was learnt. not_found.
  [[nodiscard]] base::Result<KeptInvoice> deliver(const InvoiceStep& step);
  /// The red invoice of one that is issued. not_found, bad_field.
  [[nodiscard]] base::Result<KeptInvoice> undo(const InvoiceStep& step);
  /// Adds evidence. not_found, too_large.
  [[nodiscard]] base::Result<KeptInvoice> attach(const InvoiceStep& step);

 private:
  base::Result<KeptInvoice> write(CityWriter& writer, KeptInvoice kept, const Principal& by) const;
  base::Result<KeptInvoice> reserve(CityWriter& writer, const InvoiceAsk& ask) const;
  base::Result<invoicing::Turnover> sold_before(CityWriter& writer,
                                                const std::string& seller) const;
  base::Result<void> check_room(const invoicing::Invoice& invoice,
                                const invoicing::Turnover& sold) const;

  Parts parts_;
  const invoicing::Rules& rules_;
  std::string rules_name_;
};

[[nodiscard]] std::optional<KeptInvoice> invoice_on_record(store::RegistryReading& reading,
                                                           const std::string& city,
                                                           const std::string& key);
/// Latest versions by key; `filter`: subkind is the seller, party the buyer.
[[nodiscard]] std::vector<KeptInvoice> read_invoices(store::RegistryReading& reading,
                                                     const std::string& city,
                                                     const store::RegistryFilter& filter);

/// not_supported: the pack states no limit; vault_locked; not_found: no identity number.
[[nodiscard]] base::Result<SellerRoom> seller_room(store::Reading& reading,
                                                   const Personal& personal,
                                                   const vault::Subject& seller,
                                                   const invoicing::Rules& rules, base::Day day);

/// Which of the five kinds stand behind it, by what is on record now.
[[nodiscard]] invoicing::Found evidence_of(store::Reading& reading, const Personal& personal,
                                           const std::string& city,
                                           const invoicing::Invoice& invoice);
/// Does the ledger still say what the invoice does? False: an event was corrected since, and a red
/// invoice is called for.
[[nodiscard]] bool stands_as_invoiced(store::Reading& reading, const std::string& city,
                                      const invoicing::Invoice& invoice);

/// A buyer's month with all invoices of its sellers by every recycler of this server.
struct MonthFiled {
  std::vector<KeptInvoice> invoices;  ///< what `known` points to
  std::vector<invoicing::KnownInvoice> known;
  std::vector<invoicing::FiledInvoice> filed;
};
[[nodiscard]] base::Result<std::unique_ptr<MonthFiled>> file_month(store::Reading& reading,
                                                                   const Personal& personal,
                                                                   const std::string& city,
                                                                   const invoicing::Filing& filing,
                                                                   const invoicing::Rules& rules);

}  // namespace huan::app
