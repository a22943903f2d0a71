// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "huan/app/import_items.hpp"
#include "huan/app/names_on_record.hpp"
#include "huan/json/writer.hpp"
#include "huan/wire_table/csv_writer.hpp"
#include "huan/wire_table/importer.hpp"
#include "huan/wire_table/table_reader.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

constexpr std::size_t kErrorsShown = 10;

struct ImportVerb {
  std::string kind;
  std::string file;
  std::string mapping;
  std::string errors;  ///< default: <file>.errors.csv
};

base::Result<wire_table::Mapping> mapping_of(const ImportVerb& verb) {
  if (!verb.mapping.empty()) {
    std::ifstream in{verb.mapping, std::ios::binary};
    if (!in) {
      return base::Error{base::ErrorCode::bad_mapping, verb.mapping, "the file cannot be read"};
    }
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    return wire_table::parse_mapping(text, std::filesystem::path{verb.mapping}.filename().string());
  }
  const auto kind = wire_table::table_kind_from(verb.kind);
  if (!kind) {
    return base::Error{base::ErrorCode::bad_mapping, "--kind",
                       "tickets, places, parties, vehicles or materials"};
  }
  return wire_table::plain_mapping(*kind);
}

class Import {
 public:
  Import(const Common& common, const ImportVerb& verb, wire_table::Importer& importer,
         app::ImportInto into)
      : common_(common),
        importer_(importer),
        into_(std::move(into)),
        errors_path_(verb.errors.empty() ? verb.file + ".errors.csv" : verb.errors) {}

  int run();

 private:
  std::optional<app::ImportRow> next();
  void fail(const app::ImportRow& row, base::Error error);
  int report() const;
  void report_json() const;

  const Common& common_;
  wire_table::Importer& importer_;
  app::ImportInto into_;
  std::string errors_path_;
  std::unique_ptr<std::ofstream> errors_file_;
  std::string errors_text_;  ///< what the error file's writer has made and the file has not
  std::unique_ptr<wire_table::ErrorFile> errors_;
  std::vector<std::string> first_errors_;
  app::ImportSums sums_;
};

void Import::fail(const app::ImportRow& row, base::Error error) {
  if (!errors_) {
    errors_file_ =
        std::make_unique<std::ofstream>(errors_path_, std::ios::binary | std::ios::trunc);
    errors_ = std::make_unique<wire_table::ErrorFile>(errors_text_, base::Language::zh,
                                                      importer_.headers());
  }
  if (error.at.starts_with('/')) {
    error.at = importer_.column_of(error.at);
  }
  errors_->write(row.row, error, row.cells);
  *errors_file_ << errors_text_;
  errors_text_.clear();
  if (first_errors_.size() < kErrorsShown) {
    first_errors_.push_back(
        fmt::format("row {}: {}", row.row, base::describe(error, base::Language::en)));
  }
}

void Import::report_json() const {
  const auto whole = [](std::uint64_t n) { return static_cast<std::int64_t>(n); };
  std::string out;
  json::Writer w(out);
  w.begin_object().member("blanks", importer_.counts().blanks);
  w.member("city", into_.city).member("duplicate", whole(sums_.counts.duplicate));
  w.member("errors_file", errors_ ? errors_path_ : std::string{});
  w.key("personal").begin_object().member("erased", whole(sums_.personal.erased));
  w.member("same", whole(sums_.personal.same))
      .member("set", whole(sums_.personal.set))
      .end_object();
  w.member("posted", whole(sums_.counts.posted)).member("refused", whole(sums_.counts.refused));
  w.member("rows", importer_.counts().rows).end_object();
  fmt::print("{}\n", out);
}

int Import::report() const {
  const auto text = [](std::uint64_t n) { return group_digits(static_cast<std::int64_t>(n)); };
  if (common_.json) {
    report_json();
  } else {
    fmt::print("{} rows: {} recorded, {} on record before, {} refused, {} blank cells\n",
               group_digits(importer_.counts().rows), text(sums_.counts.posted),
               text(sums_.counts.duplicate), text(sums_.counts.refused),
               group_digits(importer_.counts().blanks));
    for (const std::string& line : first_errors_) {
      fmt::print("  {}\n", line);
    }
    if (errors_) {
      fmt::print("every refused row with its reason: {}\n", errors_path_);
    }
    if (sums_.personal.set + sums_.personal.same > 0) {
      fmt::print("personal data in the vault: {} values set, {} there before\n",
                 text(sums_.personal.set), text(sums_.personal.same));
    }
    if (sums_.personal.erased > 0) {
      fmt::print("personal data left out, since its owner had it erased: {} values\n",
                 text(sums_.personal.erased));
    }
  }
  return sums_.counts.refused == 0 ? kDone : kRefused;
}

std::optional<app::ImportRow> Import::next() {
  auto row = importer_.next();
  if (!row) {
    return std::nullopt;
  }
  app::ImportRow out{row->row, importer_.cells(), std::nullopt, std::move(row->error)};
  if (row->record) {
    auto& record = *row->record;
    out.item = app::ImportItem{!record.key.empty(),
                               record.id.text(),
                               std::move(record.json),
                               {std::move(record.personal), record.keep_until}};
  }
  return out;
}

int Import::run() {
  sums_ = app::import_rows(
      into_, [this] { return next(); },
      [this](const app::ImportRow& row, base::Error error) { fail(row, std::move(error)); }, {});
  return report();
}

int import_table(const Common& common, const ImportVerb& verb) {
  auto mapping = mapping_of(verb);
  if (!mapping) {
    return refused(common, mapping.error());
  }
  Writing writing{common};
  const auto personal = open_personal(common, *writing.store, writing.recorder, writing.clock);
  if (!personal) {
    return refused(common, personal.error());
  }
  auto reading = writing.store->snapshot();
  Common chosen = common;
  if (chosen.city.empty()) {
    chosen.city = mapping->city;
  }
  const auto city = chosen.one_city(*reading);
  if (!city) {
    return refused(common, city.error());
  }
  auto table = wire_table::open_table_file(verb.file, mapping->table);
  if (!table) {
    return refused(common, table.error());
  }
  wire_table::ImportOptions options;
  options.city = *city;
  options.offset_s = reading->city(*city)->offset_s;
  options.now = writing.clock.now();
  const app::NamesOnRecord names{*reading, *city, wire_table::narrow};
  reading.reset();  // the store's log could not be copied back while it is looked at
  options.resolve = [&names](std::string_view field, std::string_view text) {
    return names.find(field, text);
  };
  auto importer =
      wire_table::Importer::open(std::move(*table), std::move(*mapping), std::move(options));
  if (!importer) {
    return refused(common, importer.error());
  }
  return Import{common, verb, **importer, {writing.recorder, personal->get(), *city, {"import"}}}
      .run();
}

}  // namespace

void add_import(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "import",
                           "take a CSV or XLSX table in; the same file again changes nothing");
  auto options = std::make_shared<ImportVerb>();
  options->kind = "tickets";
  one->add_option("file", options->file, "the table")->required();
  one->add_option("--kind", options->kind, "tickets, places, parties, vehicles or materials")
      ->check(CLI::IsMember({"tickets", "places", "parties", "vehicles", "materials"}))
      ->capture_default_str();
  one->add_option("--mapping", options->mapping,
                  "TOML file that says what its columns mean (docs/import.md)");
  one->add_option("--errors", options->errors, "where refused rows go; default: beside the table");
  one->add_option("--city", common.city, "when the store holds several");
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return import_table(common, *options); };
  });
}

}  // namespace huan::cli
