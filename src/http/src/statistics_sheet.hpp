// SPDX-License-Identifier: Apache-2.0
// Sums as a spreadsheet for people: names beside codes, kilograms and yuan, what was asked above.
#pragma once

#include <map>

#include "doors.hpp"
#include "huan/reports/report.hpp"

namespace huan::http {

class StatisticsSheet {
 public:
  /// `axes` as the door names them.
  StatisticsSheet(const Ask& ask, const Names& axes);
  /// A row's `codes`, one an axis. too_large past what a sheet can hold.
  [[nodiscard]] Result<void> add(const std::vector<std::string>& codes,
                                 const store::StatisticsRow& row);
  [[nodiscard]] Result<Response> finish();

 private:
  [[nodiscard]] std::string word(std::string_view zh, std::string_view en) const;
  void name_districts();
  [[nodiscard]] const std::string& name_of(std::string_view kind, const std::string& code);

  const Ask& ask_;
  Names axes_;
  bool zh_;
  reports::Report report_;
  std::map<std::pair<std::string_view, std::string>, std::string> names_;
};

}  // namespace huan::http
