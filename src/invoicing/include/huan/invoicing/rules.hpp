// SPDX-License-Identifier: Apache-2.0
// What a pack states about reverse invoicing 反向开票 (a recycler issues the invoice for a natural
// person who sells to it): the limit over rolling calendar months, tax by period, who may issue,
// which evidence goes with an invoice, the columns of the monthly forms. All of it is data with its
// source, since tax texts change several times a year; what a pack does not state is not computed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/quantity.hpp"
#include "huan/base/time.hpp"

namespace huan::invoicing {

/// Sales of one natural person over so many calendar months 自然月, without VAT, across recyclers.
struct Limit {
  base::Money amount;
  std::int32_t months{0};
  std::int64_t warn_ppm{0};  ///< share of the amount from which it is warned
  std::string source;
};

/// What holds for invoices of these days; both included. Absent: not stated.
struct TaxPeriod {
  base::Day from;
  std::optional<base::Day> to;
  std::optional<std::int64_t> vat_ppm;        ///< of the sum without VAT
  std::optional<base::Money> exempt_month;    ///< of a person's month: up to this no VAT is due
  std::optional<std::int64_t> income_ppm;     ///< income tax paid in advance, of the same sum
  std::optional<std::int64_t> surcharge_ppm;  ///< of the VAT that is due
  std::string source;
};

/// The taxes of a seller that hang on one invoice.
enum class Tax : std::uint8_t { vat, surcharge, income };
inline constexpr std::size_t kTaxes = 3;
[[nodiscard]] std::string_view name(Tax tax) noexcept;  ///< "income_tax"
[[nodiscard]] std::optional<Tax> tax_from(std::string_view name) noexcept;

/// Whether the recycler keeps a tax back from what it pays the seller; both days included.
struct Withholding {
  Tax tax{};
  base::Day from;
  std::optional<base::Day> to;
  bool withheld{false};
  std::string
      certainty;  ///< "L" law read, "S" document, "P" page, "Y" careful account, "M" general
  std::string source;
};

/// The five kinds that go with an invoice.
enum class EvidenceKind : std::uint8_t { contract, transport, weigh_ticket, payment, ledger };
inline constexpr std::size_t kEvidenceKinds = 5;
[[nodiscard]] std::string_view name(EvidenceKind kind) noexcept;  ///< "weigh_ticket"
[[nodiscard]] std::optional<EvidenceKind> evidence_kind_from(std::string_view name) noexcept;

struct FormColumn {
  std::string field;  ///< one of filing.hpp
  std::string zh;
  std::string en;
};
struct FilingForm {
  std::string code;
  std::string zh;
  std::string en;
  bool by_seller{false};  ///< a row a seller; else a row an invoice
  std::string source;
  std::vector<FormColumn> columns;
};

struct Rules {
  std::optional<Limit> limit;
  std::vector<TaxPeriod> periods;
  std::vector<Withholding> withholding;
  std::vector<std::string> buyer_any;  ///< one of these qualifications; empty: not stated
  std::string buyer_source;
  std::array<bool, kEvidenceKinds> needed{};
  std::string evidence_source;
  std::int32_t method_months{0};  ///< a chosen method stays so long; 0: not stated
  std::vector<FilingForm> forms;
};

/// The period that holds on a day: the last stated that does; nullptr when none.
[[nodiscard]] const TaxPeriod* period_on(const Rules& rules, base::Day day) noexcept;
/// What is stated about a tax on a day, the last that is; nullptr: not stated.
[[nodiscard]] const Withholding* withholding_on(const Rules& rules, Tax tax,
                                                base::Day day) noexcept;

}  // namespace huan::invoicing
