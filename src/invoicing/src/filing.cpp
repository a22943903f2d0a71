// SPDX-License-Identifier: Apache-2.0
#include "huan/invoicing/filing.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace huan::invoicing {
namespace {

constexpr std::int64_t kFen = 100;

constexpr std::array<std::string_view, 4> kWithheldFields{"withheld_vat", "withheld_surcharge",
                                                          "withheld_income_tax", "withheld_open"};
constexpr std::array<std::string_view, 12> kInvoiceFields{
    "day",    "exempt", "form",   "income_tax", "key",       "net",
    "number", "paid",   "red_of", "seller",     "surcharge", "vat"};
constexpr std::array<std::string_view, 6> kSellerFields{"seller", "invoices",  "net",
                                                        "vat",    "surcharge", "income_tax"};

bool counts(const KnownInvoice& known) { return known.invoice->state == State::issued; }

const KnownInvoice* find_key(std::span<const KnownInvoice> known, std::string_view key) {
  const auto found = std::find_if(known.begin(), known.end(),
                                  [&](const KnownInvoice& one) { return one.key == key; });
  return found == known.end() ? nullptr : &*found;
}

FiledInvoice filed_as(const KnownInvoice& known, bool exempt, const Taxes& due) {
  const Taxes& withheld = known.invoice->sums.withheld;
  return {&known,     exempt,   due.vat.value_or(base::Money{}), due.surcharge,
          due.income, withheld, open_of(due, withheld)};
}

/// What is due on a blue invoice by its own month.
FiledInvoice due_on(std::span<const KnownInvoice> known, const KnownInvoice& blue,
                    const Rules& rules) {
  const Invoice& invoice = *blue.invoice;
  const TaxPeriod* period = period_on(rules, invoice.day);
  const bool exempt =
      period != nullptr &&
      is_exempt(*period, invoice.special, person_total(known, blue.person, month_of(invoice.day)));
  return filed_as(blue, exempt, due_of(invoice.sums, exempt));
}

void add(std::optional<base::Money>& sum, const std::optional<base::Money>& more) {
  sum = sum && more ? std::optional(*sum + *more) : std::nullopt;
}

std::string optional_yuan(const std::optional<base::Money>& sum) {
  return sum ? yuan(*sum) : std::string();
}

/// Of an invoice or a seller.
template <class Filed>
std::string withheld_cell(const Filed& filed, std::string_view field) {
  return field == "withheld_vat"          ? optional_yuan(filed.withheld.vat)
         : field == "withheld_surcharge"  ? optional_yuan(filed.withheld.surcharge)
         : field == "withheld_income_tax" ? optional_yuan(filed.withheld.income)
         : field == "withheld_open"       ? optional_yuan(filed.open)
                                          : std::string();
}

}  // namespace

base::Money person_total(std::span<const KnownInvoice> known, std::size_t person, Month month) {
  base::Money total;
  for (const KnownInvoice& one : known) {
    if (one.person != person || !counts(one) || month_of(one.invoice->day) != month) {
      continue;
    }
    const auto* blue = one.invoice->red_of.empty() ? &one : find_key(known, one.invoice->red_of);
    if (blue != nullptr && month_of(blue->invoice->day) == month) {
      total += one.invoice->sums.net;
    }
  }
  return total;
}

std::vector<FiledInvoice> file_month(std::span<const KnownInvoice> known, const Filing& filing,
                                     const Rules& rules) {
  std::vector<FiledInvoice> filed;
  for (const KnownInvoice& one : known) {
    if (!counts(one) || one.invoice->party != filing.buyer ||
        month_of(one.invoice->day) != filing.month) {
      continue;
    }
    if (one.invoice->red_of.empty()) {
      filed.push_back(due_on(known, one, rules));
      continue;
    }
    const auto* blue = find_key(known, one.invoice->red_of);
    if (blue == nullptr) {
      continue;  // the store never writes one without its blue invoice
    }
    const FiledInvoice was = due_on(known, *blue, rules);
    filed.push_back(filed_as(one, was.exempt, negative({was.vat, was.surcharge, was.income})));
  }
  std::sort(filed.begin(), filed.end(), [](const FiledInvoice& a, const FiledInvoice& b) {
    const auto rank = [](const FiledInvoice& f) {
      return std::pair(f.known->invoice->day, std::string_view(f.known->key));
    };
    return rank(a) < rank(b);
  });
  return filed;
}

std::vector<FiledSeller> by_seller(std::span<const FiledInvoice> filed) {
  std::map<std::string_view, FiledSeller> sellers;
  for (const FiledInvoice& one : filed) {
    const Invoice& invoice = *one.known->invoice;
    const auto [found, fresh] = sellers.try_emplace(invoice.seller);
    FiledSeller& seller = found->second;
    if (fresh) {
      seller.seller = invoice.seller;
      seller.surcharge = base::Money{};
      seller.income = base::Money{};
      seller.withheld = {base::Money{}, base::Money{}, base::Money{}};
      seller.open = base::Money{};
    }
    ++seller.invoices;
    seller.net += invoice.sums.net;
    seller.vat += one.vat;
    add(seller.surcharge, one.surcharge);
    add(seller.income, one.income);
    add(seller.withheld.vat, one.withheld.vat);
    add(seller.withheld.surcharge, one.withheld.surcharge);
    add(seller.withheld.income, one.withheld.income);
    add(seller.open, one.open);
  }
  std::vector<FiledSeller> out;
  out.reserve(sellers.size());
  for (auto& [id, seller] : sellers) {
    out.push_back(std::move(seller));
  }
  return out;
}

bool is_personal_field(std::string_view field) noexcept {
  return field == "seller_name" || field == "seller_id_number";
}

bool is_filing_field(std::string_view field, bool by_seller) noexcept {
  if (is_personal_field(field)) {
    return true;
  }
  const auto in = [&](const auto& list) {
    return std::find(list.begin(), list.end(), field) != list.end();
  };
  return in(kWithheldFields) || (by_seller ? in(kSellerFields) : in(kInvoiceFields));
}

std::string filing_cell(const FiledInvoice& filed, std::string_view field) {
  const Invoice& invoice = *filed.known->invoice;
  const std::map<std::string_view, std::string> cells{
      {"day", base::format_day(invoice.day)},
      {"exempt", filed.exempt ? "1" : "0"},
      {"form", invoice.special ? "专用发票" : "普通发票"},
      {"income_tax", optional_yuan(filed.income)},
      {"key", filed.known->key},
      {"net", yuan(invoice.sums.net)},
      {"number", invoice.number},
      {"paid", yuan(invoice.sums.paid)},
      {"red_of", invoice.red_of},
      {"seller", invoice.seller},
      {"surcharge", optional_yuan(filed.surcharge)},
      {"vat", yuan(filed.vat)}};
  const auto found = cells.find(field);
  return found == cells.end() ? withheld_cell(filed, field) : found->second;
}

std::string filing_cell(const FiledSeller& filed, std::string_view field) {
  const std::map<std::string_view, std::string> cells{{"income_tax", optional_yuan(filed.income)},
                                                      {"invoices", std::to_string(filed.invoices)},
                                                      {"net", yuan(filed.net)},
                                                      {"seller", filed.seller},
                                                      {"surcharge", optional_yuan(filed.surcharge)},
                                                      {"vat", yuan(filed.vat)}};
  const auto found = cells.find(field);
  return found == cells.end() ? withheld_cell(filed, field) : found->second;
}

std::string yuan(base::Money sum) {
  const std::int64_t fen = sum.count() < 0 ? -sum.count() : sum.count();
  const std::string rest = std::to_string(fen % kFen);
  return (sum.count() < 0 ? "-" : "") + std::to_string(fen / kFen) +
         (rest.size() == 1 ? ".0" : ".") + rest;
}

}  // namespace huan::invoicing
