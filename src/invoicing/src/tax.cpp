// SPDX-License-Identifier: Apache-2.0
#include "huan/invoicing/tax.hpp"

namespace huan::invoicing {
namespace {

constexpr std::int64_t kMillion = 1'000'000;

base::Money part(base::Money of, std::int64_t ppm) {
  return base::Money{base::multiply_divide_round(of.count(), ppm, kMillion)};
}

std::optional<base::Money> minus(const std::optional<base::Money>& sum) {
  return sum ? std::optional(-*sum) : std::nullopt;
}

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

Sums negative(const Sums& sums) {
  return {-sums.paid, -sums.net, -sums.vat, minus(sums.income), minus(sums.surcharge)};
}

}  // namespace huan::invoicing
