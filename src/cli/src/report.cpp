// SPDX-License-Identifier: Apache-2.0
// Reports as a spreadsheet, a page or a PDF, and the tables that a city publishes.
#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "huan/json/writer.hpp"
#include "huan/oversight/release.hpp"
#include "huan/oversight/reports.hpp"
#include "huan/publication/suppress.hpp"
#include "huan/reports/html.hpp"
#include "huan/wire_report/pdf.hpp"
#include "huan/wire_report/xlsx.hpp"
#include "huan/wire_table/csv_writer.hpp"
#include "oversight_options.hpp"

namespace huan::cli {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using reports::Report;

struct ReportOptions {
  OversightOptions city;
  std::string kind;
  std::string form{"quarterly"};
  std::string term;
  std::string subject;
  std::string number;
  std::string document;  ///< key of what dispatch drew up
  std::string out;
};

oversight::ReportAsk report_ask(const Overseen& seen) {
  const auto& rules = seen.rules.rules;
  return {*seen.reading,
          seen.city,
          {seen.rules.pack, rules.duties, rules.cells, rules.indicators},
          {seen.rules.pack, rules.facts, rules.norms},
          seen.day};
}

Result<Report> report_of(const oversight::ReportAsk& ask, const ReportOptions& options) {
  if (options.kind == "ledger") {
    return oversight::ledger_report(ask, options.form, options.term);
  }
  if (options.kind == "dossier") {
    return oversight::dossier_report(ask, options.subject);
  }
  if (options.kind == "notice" && !options.document.empty()) {
    return oversight::dispatch_document(ask, options.document);
  }
  if (options.kind == "notice") {
    return oversight::late_notice(ask, options.form, options.term, options.number);
  }
  return options.kind == "indicators" ? oversight::indicator_report(ask)
                                      : oversight::assessment_report(ask);
}

Result<void> write_whole(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) {
    return Error{ErrorCode::bad_file, path, "cannot be written"};
  }
  return {};
}

Result<void> write_report(const Report& report, const std::string& path) {
  const std::string ending = std::filesystem::path(path).extension().string();
  if (ending == ".xlsx") {
    return wire_report::write_xlsx(report, path);
  }
  if (ending == ".pdf") {
    return wire_report::print_pdf(reports::to_html(report), path);
  }
  if (ending == ".html") {
    return write_whole(path, reports::to_html(report));
  }
  return Error{ErrorCode::bad_field, "--out", "a name that ends in .xlsx, .html or .pdf"};
}

int make_report(const Common& common, const ReportOptions& options) {
  const auto seen = oversee(common, options.city);
  if (!seen) {
    return refused(common, seen.error());
  }
  const auto made = report_of(report_ask(*seen), options);
  if (!made) {
    return refused(common, made.error());
  }
  if (const auto written = write_report(*made, options.out); !written) {
    return refused(common, written.error());
  }
  if (!common.json) {
    fmt::print("{}: {}, {} sections\n", options.out, made->title, made->sections.size());
  } else {
    std::string out;
    json::Writer w(out);
    w.begin_object().member("file", options.out);
    w.member("sections", static_cast<std::int64_t>(made->sections.size()));
    w.member("title", made->title).end_object();
    fmt::print("{}\n", out);
  }
  return kDone;
}

struct PublishOptions {
  OversightOptions city;
  std::string period;
  std::string scheme{"mofcom"};
  std::string out;
  bool release{false};
};

std::string csv_text(const std::vector<std::vector<std::string>>& rows) {
  std::string out;
  wire_table::CsvWriter csv(out);
  for (const auto& row : rows) {
    csv.row(row);
  }
  return out;
}

Result<std::size_t> write_tables(const oversight::PublicTables& tables, const std::string& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  for (const auto& table : tables.tables) {
    const std::string name = folder + "/" + table.name;
    HUAN_CHECK(write_whole(name + ".csv", csv_text(oversight::open_rows(table))));
    HUAN_CHECK(write_whole(name + ".json", oversight::open_json(tables, table) + "\n"));
  }
  HUAN_CHECK(write_whole(folder + "/category_map.csv", csv_text(oversight::category_rows(tables))));
  HUAN_CHECK(write_whole(folder + "/dictionary.json", oversight::dictionary_json(tables) + "\n"));
  return tables.tables.size();
}

/// What is published stands on record as it is: it is signed, and nothing is published twice.
Result<void> record_release(const Common& common, const Overseen& seen, const std::string& period,
                            const oversight::PublicTables& tables) {
  app::RegistryPut put;
  put.kind = "setting";
  put.key = oversight::release_key(period);
  put.data = oversight::release_json(tables, period);
  put.based_on = 0;
  Writing writing{common};
  const auto outcome = writing.recorder.put(seen.city.code, put, {"cli"});
  return outcome.status == app::Status::refused ? Result<void>(outcome.error) : Result<void>();
}

Result<oversight::PublicTables> published(const Common& common, const PublishOptions& options,
                                          const Overseen& seen) {
  HUAN_TRY(term, oversight::release_period(options.period));
  if (options.release) {
    const auto before = oversight::releases(*seen.reading, seen.city);
    HUAN_CHECK(oversight::may_release(before, term, seen.day));
  }
  HUAN_TRY(tables,
           oversight::public_tables(report_ask(seen), {options.scheme, term.first, term.last, {}}));
  if (!options.out.empty()) {
    HUAN_TRY(written, write_tables(tables, options.out));
    static_cast<void>(written);
  }
  if (options.release) {
    HUAN_CHECK(record_release(common, seen, options.period, tables));
  }
  return tables;
}

int publish(const Common& common, const PublishOptions& options) {
  if (options.out.empty() && !options.release) {
    return refused(common, {ErrorCode::bad_field, "--out", "a folder, or --release"});
  }
  const auto seen = oversee(common, options.city);
  if (!seen) {
    return refused(common, seen.error());
  }
  const auto tables = published(common, options, *seen);
  if (!tables) {
    return refused(common, tables.error());
  }
  for (const auto& table : tables->tables) {
    const auto blank = std::count_if(table.blanks.cells.begin(), table.blanks.cells.end(),
                                     [](auto one) { return one != publication::Blank::shown; });
    if (!common.json) {
      fmt::print("{}{}: {} cells, {} left blank\n", options.out.empty() ? "" : options.out + "/",
                 table.name, table.blanks.cells.size(), blank);
    }
  }
  if (common.json) {
    fmt::print("{}\n", oversight::release_json(*tables, options.period));
  } else if (options.release) {
    fmt::print("{} is published, on record\n", options.period);
  }
  return kDone;
}

}  // namespace

void add_report(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "report", "a report as .xlsx, .html or .pdf");
  auto options = std::make_shared<ReportOptions>();
  one->add_option("kind", options->kind, "ledger, indicators, dossier, notice or assessment")
      ->required()
      ->check(CLI::IsMember({"ledger", "indicators", "dossier", "notice", "assessment"}));
  add_oversight_options(*one, common, options->city);
  one->add_option("--form", options->form, "ledger, notice: which form")->capture_default_str();
  one->add_option("--term", options->term, "ledger, notice: 2025-Q1; default the last that ended");
  one->add_option("--subject", options->subject, "dossier: id of the place");
  one->add_option("--number", options->number, "notice: its document number");
  one->add_option("--document", options->document,
                  "notice: this reminder or notice of dispatch, by its key");
  one->add_option("--out", options->out, "file, ending in .xlsx, .html or .pdf")->required();
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return make_report(common, *options); };
  });
}

void add_publish(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "publish",
                           "open data: CSV and JSON with small cells left blank, and a dictionary");
  auto options = std::make_shared<PublishOptions>();
  add_oversight_options(*one, common, options->city);
  one->add_option("--period", options->period, "2025, 2025-Q1 or 2025-03")->required();
  one->add_option("--scheme", options->scheme, "whose kinds stand as columns")
      ->capture_default_str();
  one->add_option("--out", options->out, "folder for the files");
  one->add_flag("--release", options->release,
                "put it on record as published: the open-data door shows it");
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return publish(common, *options); };
  });
}

}  // namespace huan::cli
