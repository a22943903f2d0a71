// SPDX-License-Identifier: Apache-2.0
// How long the law wants what was registered to be kept, by what it was registered for. Personal
// data is erased on request once no such time runs (个人信息保护法 第47条); while one runs it is
// blocked: kept, and read by nobody.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "huan/base/time.hpp"

namespace huan::vault {

/// 废旧金属收购登记 (废旧金属收购业治安管理办法), 废弃电器电子产品 records, 发票存根, 税务凭证,
/// 危险废物台账, 个人信息保护影响评估 and records of sharing.
enum class Retention : std::uint8_t {
  scrap_registration,
  appliances,
  invoice_stubs,
  tax_evidence,
  hazardous_waste,
  sharing
};
inline constexpr std::size_t kRetentionCount = 6;

[[nodiscard]] std::string_view name(Retention retention) noexcept;  ///< "scrap_registration"
[[nodiscard]] std::optional<Retention> retention_from(std::string_view name) noexcept;
[[nodiscard]] std::int32_t years(Retention retention) noexcept;  ///< 2, 3, 5, 10, 10, 3
/// The last day on which it is kept, for what was registered on that day. Of 29 February the
/// 1 March where there is none.
[[nodiscard]] base::Day keep_until(Retention retention, base::Day registered);

/// Until when something is kept at least, and what it was registered for.
struct Term {
  base::Day until;
  std::optional<Retention> retention{};  ///< nullopt: it has another reason to stay after that
  Term(base::Day day, std::optional<Retention> of = std::nullopt)  // NOLINT: a day is a term
      : until(day), retention(of) {}
};
/// Of a class, for what was registered on that day.
[[nodiscard]] Term term_of(Retention retention, base::Day registered);

}  // namespace huan::vault
