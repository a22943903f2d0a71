// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "huan/app/import_items.hpp"
#include "huan/json/writer.hpp"
#include "huan/wire_table/csv_writer.hpp"
#include "huan/wire_table/importer.hpp"
#include "huan/wire_table/table_reader.hpp"
#include "names_on_record.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

constexpr std::size_t kBatch = 2'000;
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

/// A row that waits for its batch, with what the error file needs should it be refused.
struct Waiting {
  std::int64_t row{0};
  std::vector<std::string> cells;
  std::optional<base::Error> error;  ///< it could not be read, and nothing of it is sent
};

class Import {
 public:
  struct Into {
    app::Recorder& recorder;
    app::Personal& personal;
    std::string city;
  };
  Import(const Common& common, const ImportVerb& verb, wire_table::Importer& importer, Into into)
      : common_(common),
        importer_(importer),
        into_(std::move(into)),
        errors_path_(verb.errors.empty() ? verb.file + ".errors.csv" : verb.errors) {}

  int run();

 private:
  void flush();
  void fail(const Waiting& row, base::Error error);
  [[nodiscard]] std::string column_of(const std::string& pointer) const;
  int report() const;
  void report_json() const;

  const Common& common_;
  wire_table::Importer& importer_;
  Into into_;
  std::string errors_path_;
  std::unique_ptr<std::ofstream> errors_file_;
  std::string errors_text_;  ///< what the error file's writer has made and the file has not
  std::unique_ptr<wire_table::ErrorFile> errors_;
  std::vector<app::ImportItem> items_;
  std::vector<Waiting> waiting_;
  app::Counts counts_;
  std::vector<std::string> first_errors_;
  app::PersonalCounts personal_;
};

/// What the write path refuses it names by a pointer into the record; people know the column.
std::string Import::column_of(const std::string& pointer) const {
  const auto end = pointer.find_last_not_of("/0123456789");  // an index says nothing of a column
  auto field = pointer.substr(0, end == std::string::npos ? 0 : end + 1);
  field.erase(0, field.rfind('/') + 1);
  for (const std::string_view unit : {"_g", "_fen"}) {
    if (field.ends_with(unit)) {
      field.resize(field.size() - unit.size());
    }
  }
  for (const wire_table::PlannedColumn& column : importer_.plan().columns) {
    if (column.field == field && !column.header.starts_with('=')) {
      return column.header;
    }
  }
  return pointer;
}

void Import::fail(const Waiting& row, base::Error error) {
  if (!errors_) {
    errors_file_ =
        std::make_unique<std::ofstream>(errors_path_, std::ios::binary | std::ios::trunc);
    errors_ = std::make_unique<wire_table::ErrorFile>(errors_text_, base::Language::zh,
                                                      importer_.headers());
  }
  if (error.at.starts_with('/')) {
    error.at = column_of(error.at);
  }
  errors_->write(row.row, error, row.cells);
  *errors_file_ << errors_text_;
  errors_text_.clear();
  counts_.add(app::Status::refused);
  if (first_errors_.size() < kErrorsShown) {
    first_errors_.push_back(
        fmt::format("row {}: {}", row.row, base::describe(error, base::Language::en)));
  }
}

/// Refused rows are told in the order of the table, whoever refused them.
void Import::flush() {
  const auto imported =
      app::import_items(into_.recorder, into_.city, items_, {"import"}, &into_.personal);
  std::size_t sent = 0;
  for (const Waiting& row : waiting_) {
    if (row.error) {
      fail(row, *row.error);
      continue;
    }
    const app::Outcome& outcome = imported.outcomes[sent++];
    if (outcome.status == app::Status::refused) {
      fail(row, outcome.error);
    } else {
      counts_.add(outcome.status);
    }
  }
  personal_.set += imported.personal.set;
  personal_.same += imported.personal.same;
  personal_.erased += imported.personal.erased;
  items_.clear();
  waiting_.clear();
}

void Import::report_json() const {
  const auto whole = [](std::uint64_t n) { return static_cast<std::int64_t>(n); };
  std::string out;
  json::Writer w(out);
  w.begin_object().member("blanks", importer_.counts().blanks);
  w.member("city", into_.city).member("duplicate", whole(counts_.duplicate));
  w.member("errors_file", errors_ ? errors_path_ : std::string{});
  w.key("personal").begin_object().member("erased", whole(personal_.erased));
  w.member("same", whole(personal_.same)).member("set", whole(personal_.set)).end_object();
  w.member("posted", whole(counts_.posted)).member("refused", whole(counts_.refused));
  w.member("rows", importer_.counts().rows).end_object();
  fmt::print("{}\n", out);
}

int Import::report() const {
  const auto text = [](std::uint64_t n) { return group_digits(static_cast<std::int64_t>(n)); };
  if (common_.json) {
    report_json();
  } else {
    fmt::print("{} rows: {} recorded, {} on record before, {} refused, {} blank cells\n",
               group_digits(importer_.counts().rows), text(counts_.posted), text(counts_.duplicate),
               text(counts_.refused), group_digits(importer_.counts().blanks));
    for (const std::string& line : first_errors_) {
      fmt::print("  {}\n", line);
    }
    if (errors_) {
      fmt::print("every refused row with its reason: {}\n", errors_path_);
    }
    if (personal_.set + personal_.same > 0) {
      fmt::print("personal data in the vault: {} values set, {} there before\n",
                 text(personal_.set), text(personal_.same));
    }
    if (personal_.erased > 0) {
      fmt::print("personal data left out, since its owner had it erased: {} values\n",
                 text(personal_.erased));
    }
  }
  return counts_.refused == 0 ? kDone : kRefused;
}

int Import::run() {
  while (auto row = importer_.next()) {
    waiting_.push_back({row->row, importer_.cells(), std::move(row->error)});
    if (row->record) {
      auto& record = *row->record;
      items_.push_back({!record.key.empty(),
                        record.id.text(),
                        std::move(record.json),
                        {std::move(record.personal), record.keep_until}});
    }
    if (waiting_.size() == kBatch) {
      flush();
    }
  }
  flush();
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
  const NamesOnRecord names{*reading, *city};
  reading.reset();  // the store's log could not be copied back while it is looked at
  options.resolve = [&names](std::string_view field, std::string_view text) {
    return names.find(field, text);
  };
  auto importer =
      wire_table::Importer::open(std::move(*table), std::move(*mapping), std::move(options));
  if (!importer) {
    return refused(common, importer.error());
  }
  return Import{common, verb, **importer, {writing.recorder, **personal, *city}}.run();
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
