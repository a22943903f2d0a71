// SPDX-License-Identifier: Apache-2.0
#include "huan/app/invoice_text.hpp"

namespace huan::app {

namespace {

using invoicing::Tax;

void write_sum(json::Writer& w, const std::string& key, const std::optional<base::Money>& sum) {
  w.key(key);
  if (sum) {
    w.integer(sum->count());
  } else {
    w.null();  // not stated
  }
}

void write_withheld(json::Writer& w, const invoicing::Sums& sums,
                    const std::vector<invoicing::Withholding>& rules) {
  const invoicing::Taxes& kept = sums.withheld;
  w.begin_object();
  write_sum(w, "income_tax_fen", kept.income);
  w.member("pays_fen", (sums.paid - invoicing::total_of(kept).value_or(base::Money{})).count());
  w.key("rules").begin_array();
  for (const invoicing::Withholding& one : rules) {
    w.begin_object().member("certainty", one.certainty);
    w.member("from", base::format_day(one.from)).member("source", one.source);
    w.member("tax", invoicing::name(one.tax)).key("to");
    if (one.to) {
      w.string(base::format_day(*one.to));
    } else {
      w.null();
    }
    w.member("withheld", one.withheld).end_object();
  }
  w.end_array();
  write_sum(w, "surcharge_fen", kept.surcharge);
  write_sum(w, "vat_fen", kept.vat);
  w.end_object();
}

}  // namespace

InvoiceStanding standing_of(store::Reading& reading, const Personal& personal,
                            const std::string& city, const invoicing::Invoice& invoice,
                            const invoicing::Rules& rules) {
  InvoiceStanding out;
  if (!invoice.red_of.empty()) {
    out.found.set();
    return out;
  }
  out.found = evidence_of(reading, personal, city, invoice);
  out.missing = invoicing::missing(out.found, rules);
  out.stands = stands_as_invoiced(reading, city, invoice);
  for (const Tax tax : {Tax::vat, Tax::surcharge, Tax::income}) {
    if (const auto* stated = invoicing::withholding_on(rules, tax, invoice.day)) {
      out.withholding.push_back(*stated);
    }
  }
  return out;
}

void write_invoice(json::Writer& w, const KeptInvoice& kept, const InvoiceStanding& standing) {
  w.begin_object().key("data").raw(invoicing::to_json(kept.invoice));
  w.key("evidence").begin_object();
  for (std::size_t i = 0; i < invoicing::kEvidenceKinds; ++i) {
    w.member(invoicing::name(static_cast<invoicing::EvidenceKind>(i)), standing.found.test(i));
  }
  w.end_object().member("key", kept.key).key("missing").begin_array();
  for (const std::string& one : standing.missing) {
    w.string(one);
  }
  w.end_array().member("stands", standing.stands).member("version", kept.version);
  write_withheld(w.key("withheld"), kept.invoice.sums, standing.withholding);
  w.end_object();
}

void write_room(json::Writer& w, const vault::Subject& seller, const SellerRoom& room,
                base::Day day) {
  w.begin_object().member("left_fen", room.room.left.count());
  w.member("limit_fen", room.room.limit.count());
  w.member("month", invoicing::format(invoicing::month_of(day))).key("months").begin_array();
  for (const auto& [month, net] : room.sold.by_month()) {
    w.begin_object().member("month", invoicing::format(month)).member("net_fen", net.count());
    w.end_object();
  }
  w.end_array().member("note",
                       "all parties of the person on this server; other servers are not seen");
  w.key("parties").begin_array();
  for (const vault::Subject& one : room.parties) {
    w.begin_object().member("city", one.city).member("party", one.party).end_object();
  }
  w.end_array().member("seller", seller.party).member("used_fen", room.room.used.count());
  w.member("warn", room.room.warn).end_object();
}

namespace {

std::string seller_cell(const SellersOnForm& sellers, const std::string& party,
                        std::string_view field) {
  const auto found = sellers.find(party);
  if (found == sellers.end()) {
    return {};
  }
  return field == "seller_name" ? found->second.name : found->second.id_number;
}

}  // namespace

FilingTable filing_table(const invoicing::FilingForm& form,
                         const std::vector<invoicing::FiledInvoice>& filed,
                         const SellersOnForm* sellers) {
  FilingTable table;
  std::vector<const invoicing::FormColumn*> columns;
  for (const auto& column : form.columns) {
    if (sellers != nullptr || !invoicing::is_personal_field(column.field)) {
      columns.push_back(&column);
      table.header.push_back(column.zh);
    }
  }
  const auto add = [&](const auto& one) {
    auto& row = table.rows.emplace_back();
    row.reserve(columns.size());
    for (const auto* column : columns) {
      row.push_back(
          invoicing::is_personal_field(column->field)
              ? seller_cell(*sellers, invoicing::filing_cell(one, "seller"), column->field)
              : invoicing::filing_cell(one, column->field));
    }
  };
  if (form.by_seller) {
    for (const auto& one : invoicing::by_seller(filed)) {
      add(one);
    }
  } else {
    for (const auto& one : filed) {
      add(one);
    }
  }
  return table;
}

void write_filing(json::Writer& w, const invoicing::FilingForm& form,
                  const invoicing::Filing& filing, const FilingTable& table) {
  w.begin_object().key("columns").begin_array();
  for (const std::string& one : table.header) {
    w.string(one);
  }
  w.end_array().member("form", form.code).member("month", invoicing::format(filing.month));
  w.member("party", filing.buyer).key("rows").begin_array();
  for (const auto& row : table.rows) {
    w.begin_array();
    for (const std::string& cell : row) {
      w.string(cell);
    }
    w.end_array();
  }
  w.end_array().member("source", form.source).end_object();
}

}  // namespace huan::app
