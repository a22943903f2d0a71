// SPDX-License-Identifier: Apache-2.0
// Invoices as they are on record: lists, their evidence, whether the ledger still says the same, a
// month to be filed.
#include <algorithm>
#include <map>

#include "huan/app/invoices.hpp"
#include "huan/json/document.hpp"
#include "invoice_events.hpp"

namespace huan::app {
namespace {

using base::Result;
using invoicing::Invoice;

constexpr std::size_t kInvoicePage = 1'000;

std::optional<KeptInvoice> kept_in(const store::RegistryRow& row) {
  const auto document = json::Document::parse(row.body, json::kStored);
  const auto record = document ? document->root().find("record") : std::nullopt;
  const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
  auto invoice = data ? invoicing::parse_invoice(*data, "/data") : Result<Invoice>(base::Error{});
  if (!invoice) {
    return std::nullopt;
  }
  return KeptInvoice{row.key, row.version, std::move(*invoice)};
}

bool has_contact(store::Reading& reading, const Personal& personal, const vault::Subject& seller) {
  const auto fields = personal.masked(reading, seller);
  return std::any_of(fields.begin(), fields.end(), [](const PersonalField& one) {
    return one.field == vault::Field::phone || one.field == vault::Field::address;
  });
}

std::vector<std::string> events_of(const Invoice& invoice) {
  std::vector<std::string> out;
  for (const auto& line : invoice.lines) {
    if (out.empty() || out.back() != line.event.text()) {
      out.push_back(line.event.text());
    }
  }
  return out;
}

/// Gives each person of the sellers a number, and gathers all their invoices on this server.
class Gathering {
 public:
  Gathering(store::Reading& reading, const Personal& personal, MonthFiled& into)
      : reading_(reading), personal_(personal), into_(into) {}

  Result<void> take(const vault::Subject& seller) {
    if (persons_.contains(seller)) {
      return {};
    }
    HUAN_TRY(parties, personal_.same_person(reading_, seller));
    const std::size_t person = numbers_++;
    for (const vault::Subject& one : parties) {
      persons_.emplace(one, person);
      for (KeptInvoice& kept : read_invoices(reading_, one.city, {one.party, {}, {}, {}})) {
        into_.invoices.push_back(std::move(kept));
        keys_.emplace_back(person, one.city);
      }
    }
    return {};
  }

  /// Invoices of other cities may have the same keys: theirs are told apart by their city.
  void finish(const std::string& city) {
    into_.known.reserve(into_.invoices.size());
    for (std::size_t i = 0; i < into_.invoices.size(); ++i) {
      KeptInvoice& kept = into_.invoices[i];
      if (keys_[i].second != city) {
        const std::string prefix = keys_[i].second + "/";
        kept.key = prefix + kept.key;
        if (!kept.invoice.red_of.empty()) {
          kept.invoice.red_of = prefix + kept.invoice.red_of;
        }
        kept.invoice.party = prefix + kept.invoice.party;
      }
      into_.known.push_back({kept.key, &kept.invoice, keys_[i].first});
    }
  }

 private:
  store::Reading& reading_;
  const Personal& personal_;
  MonthFiled& into_;
  std::map<vault::Subject, std::size_t> persons_;
  std::vector<std::pair<std::size_t, std::string>> keys_;
  std::size_t numbers_{0};
};

}  // namespace

std::optional<KeptInvoice> invoice_on_record(store::RegistryReading& reading,
                                             const std::string& city, const std::string& key) {
  const auto row = key.empty() ? std::nullopt : reading.registered(city, "invoice", key);
  return row ? kept_in(*row) : std::nullopt;
}

std::vector<KeptInvoice> read_invoices(store::RegistryReading& reading, const std::string& city,
                                       const store::RegistryFilter& filter) {
  std::vector<KeptInvoice> out;
  store::Page page{"", kInvoicePage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city, "invoice", filter, page);
    for (const store::RegistryRow& row : rows) {
      if (auto kept = kept_in(row)) {
        out.push_back(std::move(*kept));
      }
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
  return out;
}

invoicing::Found evidence_of(store::Reading& reading, const Personal& personal,
                             const std::string& city, const Invoice& invoice) {
  std::vector<BoughtEvent> events;
  for (const std::string& id : events_of(invoice)) {
    auto bought = bought_event(reading, city, id);
    if (!bought) {
      return invoicing::found_for({}, invoice.attached);
    }
    events.push_back(std::move(*bought));
  }
  const bool contact = has_contact(reading, personal, {city, invoice.seller});
  std::vector<invoicing::Purchase> purchases;
  purchases.reserve(events.size());
  for (const BoughtEvent& one : events) {
    purchases.push_back(
        {one.id, &one.event, one.paid, has_contract(reading, city, one, invoice.day), contact});
  }
  return invoicing::found_for(purchases, invoice.attached,
                              invoicing::total_of(invoice.sums.withheld).value_or(base::Money{}));
}

bool stands_as_invoiced(store::Reading& reading, const std::string& city, const Invoice& invoice) {
  std::vector<invoicing::InvoiceLine> now;
  for (const std::string& id : events_of(invoice)) {
    auto bought = bought_event(reading, city, id);
    if (!bought) {
      return false;
    }
    now.insert(now.end(), bought->lines.begin(), bought->lines.end());
  }
  return now == invoice.lines;
}

Result<std::unique_ptr<MonthFiled>> file_month(store::Reading& reading, const Personal& personal,
                                               const std::string& city,
                                               const invoicing::Filing& filing,
                                               const invoicing::Rules& rules) {
  auto out = std::make_unique<MonthFiled>();
  Gathering gathering{reading, personal, *out};
  for (const KeptInvoice& kept : read_invoices(reading, city, {{}, {}, filing.buyer, {}})) {
    HUAN_CHECK(gathering.take({city, kept.invoice.seller}));
  }
  gathering.finish(city);
  out->filed = invoicing::file_month(out->known, filing, rules);
  return out;
}

}  // namespace huan::app
