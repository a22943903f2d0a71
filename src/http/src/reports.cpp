// SPDX-License-Identifier: Apache-2.0
// Reports as a page to print, a PDF or a spreadsheet, by the rules of the day asked about.
#include "huan/oversight/reports.hpp"

#include "huan/reports/html.hpp"
#include "huan/wire_report/pdf.hpp"
#include "huan/wire_report/xlsx.hpp"
#include "rules_shelf.hpp"
#include "table.hpp"

namespace huan::http {
namespace {

using reports::Report;

constexpr std::string_view kSpreadsheet =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

Result<Report> report_asked(const Ask& ask, const oversight::ReportAsk& of) {
  const std::string kind(ask.request.param("report"));
  if (kind == "ledger") {
    return oversight::ledger_report(of, ask.text("form"), ask.text("term"));
  }
  if (kind == "dossier") {
    return oversight::dossier_report(of, ask.text("subject"));
  }
  if (kind == "notice") {
    return ask.query("document")
               ? oversight::dispatch_document(of, ask.text("document"))
               : oversight::late_notice(of, ask.text("form"), ask.text("term"), "");
  }
  if (kind == "indicators") {
    return oversight::indicator_report(of);
  }
  if (kind == "assessment") {
    return oversight::assessment_report(of);
  }
  return Error{ErrorCode::not_found, "report", kind};
}

/// As a file to keep: a page of its own styles is none of the console's.
Response as_file(std::string body, std::string_view type, const std::string& name) {
  Response response;
  response.body = std::move(body);
  response.headers.add("Content-Type", std::string(type));
  response.headers.add("Content-Disposition", "attachment; filename=\"" + name + "\"");
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Result<Response> show_report(const Ask& ask, base::Clock& clock, RulesShelf& shelf) {
  const std::string format = ask.query("format") ? ask.text("format") : "html";
  if (format != "html" && format != "xlsx" && format != "pdf") {
    return Error{ErrorCode::bad_field, "format", "html, xlsx or pdf"};
  }
  HUAN_TRY(day, asked_day(ask.request, ask.city, clock));
  HUAN_TRY(rules, shelf.at(ask.reading, ask.city, day));
  const std::string name(ask.request.param("report"));
  if (!rules) {
    return Error{ErrorCode::not_found, "report", "no rules were on record"};
  }
  const auto& book = rules->rules;
  const oversight::ReportAsk of{ask.reading,
                                {ask.city.city, ask.city.offset_s},
                                {rules->pack, book.duties, book.cells, book.indicators},
                                {rules->pack, book.facts, book.norms},
                                day};
  auto report = report_asked(ask, of);
  if (!report) {
    Error error = report.error();
    error.at = error.at.starts_with("--") ? error.at.substr(2) : error.at;
    return error;
  }
  if (format == "html") {
    return as_file(reports::to_html(*report), "text/html; charset=utf-8", name + ".html");
  }
  if (format == "pdf") {
    HUAN_TRY(printed, wire_report::pdf_bytes(reports::to_html(*report)));
    return as_file(std::move(printed), "application/pdf", name + ".pdf");
  }
  HUAN_TRY(bytes, wire_report::xlsx_bytes(*report));
  return as_file(std::move(bytes), kSpreadsheet, name + ".xlsx");
}

}  // namespace

void add_report_doors(Doors& doors) {
  const auto shelf = std::make_shared<RulesShelf>();
  base::Clock& clock = doors.context().parts.clock;
  doors.read("/api/v1/reports/{report}", {"form", "term", "subject", "document", "at", "format"},
             [shelf, &clock](const Ask& ask) { return show_report(ask, clock, *shelf); });
}

}  // namespace huan::http
