// SPDX-License-Identifier: Apache-2.0
#include "huan/invoicing/tax.hpp"

#include <array>

namespace huan::invoicing {
namespace {

constexpr std::int64_t kMillion = 1'000'000;

base::Money part(base::Money of, std::int64_t ppm) {
  return base::Money{base::multiply_divide_round(of.count(), ppm, kMillion)};
}

std::optional<base::Money> minus(const std::optional<base::Money>& sum) {
  return sum ? std::optional(-*sum) : std::nullopt;
}

constexpr std::array kAll{&Taxes::vat, &Taxes::surcharge, &Taxes::income};  // as in Tax

}  // namespace

std::optional<Sums> sums_of(base::Money paid, const TaxPeriod& period) {
  if (!period.vat_ppm) {
    return std::nullopt;
  }
  Sums sums;
  sums.paid = paid;
  sums.net =
      base::Money{base::multiply_divide_round(paid.count(), kMillion, kMillion + *period.vat_ppm)};
  sums.vat = paid - sums.net;
  if (period.income_ppm) {
    sums.income = part(sums.net, *period.income_ppm);
  }
  if (period.surcharge_ppm) {
    sums.surcharge = part(sums.vat, *period.surcharge_ppm);
  }
  return sums;
}

bool is_exempt(const TaxPeriod& period, bool special, base::Money person_month) {
  return !special && period.exempt_month && person_month <= *period.exempt_month;
}

Taxes due_of(const Sums& sums, bool exempt) {
  Taxes due{sums.vat, sums.surcharge, sums.income};
  if (exempt) {
    due.vat = base::Money{};
    due.surcharge = due.surcharge ? std::optional(base::Money{}) : std::nullopt;
  }
  return due;
}

Taxes withheld_of(const Taxes& due, const Rules& rules, base::Day day) {
  Taxes out;
  for (std::size_t tax = 0; tax < kTaxes; ++tax) {
    const Withholding* stated = withholding_on(rules, static_cast<Tax>(tax), day);
    if (stated != nullptr) {
      out.*kAll[tax] = stated->withheld ? due.*kAll[tax] : std::optional(base::Money{});
    }
  }
  return out;
}

std::optional<base::Money> total_of(const Taxes& taxes) {
  std::optional<base::Money> sum;
  for (const auto tax : kAll) {
    if (taxes.*tax) {
      sum = sum.value_or(base::Money{}) + *(taxes.*tax);
    }
  }
  return sum;
}

std::optional<base::Money> open_of(const Taxes& due, const Taxes& withheld) {
  std::optional<base::Money> sum;
  for (const auto tax : kAll) {
    if (due.*tax && withheld.*tax) {
      sum = sum.value_or(base::Money{}) + (*(due.*tax) - *(withheld.*tax));
    }
  }
  return sum;
}

Taxes negative(const Taxes& taxes) {
  return {minus(taxes.vat), minus(taxes.surcharge), minus(taxes.income)};
}

Sums negative(const Sums& sums) {
  return {-sums.paid,
          -sums.net,
          -sums.vat,
          minus(sums.income),
          minus(sums.surcharge),
          negative(sums.withheld)};
}

}  // namespace huan::invoicing
