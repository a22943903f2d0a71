// SPDX-License-Identifier: Apache-2.0
// What has to be handed in: forms 报表 that come round, one-off evaluations, updates of projects;
// the levels of dispatch 调度 and the tiers of a subsidy 补贴. A day, a month, a threshold or a
// rate that the text does not give is absent, with the reason, until an operator says it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/duties/row.hpp"

namespace huan::duties {

enum class Period : std::uint8_t { once, month, quarter, year };
[[nodiscard]] std::string_view name(Period period) noexcept;

enum class FormKind : std::uint8_t { declaration, evaluation, project_update };
[[nodiscard]] std::string_view name(FormKind kind) noexcept;

/// When a form is due after (or within) the period that it is about.
struct DueRule {
  std::optional<std::int32_t> day;  ///< of the month
  /// Of the month: for yearly forms 1 to 12; for quarterly ones 1 to 3, the month of the quarter.
  std::optional<std::int32_t> month;
  bool next_period{true};            ///< in the period after the one reported, else in it
  std::optional<Deadline> deadline;  ///< of a one-off
  std::string reason;                ///< why day or month is absent
};

struct Form {
  Row row;
  FormKind kind{FormKind::declaration};
  Period period{Period::once};
  std::vector<std::string> reporters;  ///< codes of units
  std::vector<std::string> receivers;
  DueRule due;
  std::string scheme;              ///< list of kinds that its lines follow; empty: not stated
  bool reconstructed{false};       ///< the printed form is not public; its lines are made up by us
  std::vector<std::string> lines;  ///< what it asks for, in words of ours
};

/// 提醒 or 通报: what happens to the slow, and what the text leaves to the operator.
struct DispatchLevel {
  Row row;
  std::string document;                 ///< "reminder" or "notice"
  std::optional<std::int64_t> lag_ppm;  ///< how far behind; absent: not stated
  std::string reason;
};

/// One payer of a subsidy for low-value recyclables.
struct SubsidyTier {
  Row row;
  std::string payer;                     ///< "county", "city", "province"
  std::int32_t order{1};                 ///< 1 pays most
  std::optional<std::int64_t> rate_ppm;  ///< absent: not stated
  std::string reason;
};

}  // namespace huan::duties
