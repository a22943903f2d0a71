// SPDX-License-Identifier: Apache-2.0
// The reports 报表 that a city prints, as values: quarterly ledger, table of indicators, dossier of
// a facility, notice of who is late, yearly assessment. In Chinese, as they are handed on; what is
// not on record is shown as not known.
//
//   HUAN_TRY(report, ledger_report(ask, "quarterly", "2025-Q1"));
//   reports::to_html(report)
#pragma once

#include <string>

#include "huan/oversight/check.hpp"
#include "huan/oversight/forms.hpp"
#include "huan/reports/report.hpp"

namespace huan::oversight {

struct ReportAsk {
  store::Reading& reading;
  CityName city;
  FormBook forms;
  NormBook norms;
  base::Day day;  ///< as of
};

/// A form's term, a row for each reporter and the city's own count: what was confirmed, else what
/// would be filled in now; then every difference with its explanation. not_found, bad_field.
[[nodiscard]] base::Result<reports::Report> ledger_report(const ReportAsk& ask,
                                                          const std::string& form,
                                                          const std::string& term);
[[nodiscard]] reports::Report indicator_report(const ReportAsk& ask);
/// not_found: no such place on the day.
[[nodiscard]] base::Result<reports::Report> dossier_report(const ReportAsk& ask,
                                                           const std::string& place);
/// Who has not handed in, or came late, by the day; and what dispatch drew up by then. not_found,
/// bad_field.
[[nodiscard]] base::Result<reports::Report> late_notice(const ReportAsk& ask,
                                                        const std::string& form,
                                                        const std::string& term,
                                                        const std::string& number);
/// One reminder 提醒函 or notice 通报 as it is sent, by its dossier's key. not_found.
[[nodiscard]] base::Result<reports::Report> dispatch_document(const ReportAsk& ask,
                                                              const std::string& key);
/// The day's year so far: targets, what was collected by month, district and kind, how norms are
/// kept, how forms were handed in.
[[nodiscard]] reports::Report assessment_report(const ReportAsk& ask);

}  // namespace huan::oversight
