// SPDX-License-Identifier: Apache-2.0
// What a recycler files for its sellers about a month: each invoice of that month with the tax that
// is due on it. A person's month total counts the invoices of every recycler, less what red ones of
// the same month undid; up to the period's threshold no VAT is due on ordinary invoices. A red
// invoice gives back exactly what was due on its blue one, in the red one's own month. The forms'
// columns are the pack's.
//
//   const auto filed = file_month(known, {"E-1", *parse_month("2026-11")}, rules);
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "huan/invoicing/invoice.hpp"

namespace huan::invoicing {

/// An invoice and who sold: parties of one natural person have one number.
struct KnownInvoice {
  std::string key;
  const Invoice* invoice{nullptr};
  std::size_t person{0};
};

struct Filing {
  std::string buyer;
  Month month;
};

struct FiledInvoice {
  const KnownInvoice* known{nullptr};
  bool exempt{false};
  base::Money vat;  ///< due
  std::optional<base::Money> surcharge;
  std::optional<base::Money> income;
  Taxes withheld;  ///< when it was issued
  /// Due less withheld: the month's later invoices can take the person over the threshold.
  std::optional<base::Money> open;
};

struct FiledSeller {
  std::string seller;
  std::int64_t invoices{0};
  base::Money net;
  base::Money vat;
  std::optional<base::Money> surcharge;  ///< absent where one of the invoices states none
  std::optional<base::Money> income;
  Taxes withheld;
  std::optional<base::Money> open;
};

/// Sales of a person in a month over all recyclers that are known.
[[nodiscard]] base::Money person_total(std::span<const KnownInvoice> known, std::size_t person,
                                       Month month);
/// By day and key. `known`: all issued invoices of the sellers concerned, of every recycler; those
/// asked for or refused do not count.
[[nodiscard]] std::vector<FiledInvoice> file_month(std::span<const KnownInvoice> known,
                                                   const Filing& filing, const Rules& rules);
/// By seller.
[[nodiscard]] std::vector<FiledSeller> by_seller(std::span<const FiledInvoice> filed);

/// The fields that a form's column may show.
[[nodiscard]] bool is_filing_field(std::string_view field, bool by_seller) noexcept;
/// Whether it says who a seller is: it stands on the form only where names are given.
[[nodiscard]] bool is_personal_field(std::string_view field) noexcept;
/// A cell as text, money in yuan; empty: not stated.
[[nodiscard]] std::string filing_cell(const FiledInvoice& filed, std::string_view field);
[[nodiscard]] std::string filing_cell(const FiledSeller& filed, std::string_view field);
[[nodiscard]] std::string yuan(base::Money sum);  ///< "-12.30"

}  // namespace huan::invoicing
