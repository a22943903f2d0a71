// SPDX-License-Identifier: Apache-2.0
// Declarations from the shell: who has to hand what in, what the program fills in, and every move
// of a declaration as a new version through the one write path. Who has the file may move all.
#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "huan/declarations/moves.hpp"
#include "huan/declarations/province.hpp"
#include "huan/declarations/term.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "huan/oversight/declaration_text.hpp"
#include "huan/oversight/forms.hpp"
#include "huan/registry/csv_rows.hpp"
#include "huan/wire_table/csv_writer.hpp"
#include "oversight_options.hpp"

namespace huan::cli {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using declarations::Declaration;
using declarations::Move;
using oversight::FormDesk;
using oversight::KeptDeclaration;

struct DeclareOptions {
  OversightOptions city;
  std::string action;
  std::string key;
  std::string form;
  std::string term;
  std::string reporter;
  std::string cells_file;
  std::string why;
  std::string out;  ///< reconcile: file for the city's return
  bool confirm_rest{false};
  bool late{false};
  std::int32_t day{0};
  std::int32_t month{0};
  bool working_days{false};
};

oversight::FormBook book_of(const wire_pack::City& city) {
  return {city.pack, city.rules.duties, city.rules.cells, city.rules.indicators};
}

/// A desk over the store as it is.
struct Counter {
  Overseen seen;
  FormDesk desk;
  explicit Counter(Overseen overseen)
      : seen(std::move(overseen)), desk(*seen.reading, seen.city, book_of(seen.rules)) {}
};

struct Asked {
  const duties::Form* form{nullptr};
  duties::Term term;
  std::vector<declarations::Reporter> reporters;
};

Result<Asked> asked_of(Counter& at, const DeclareOptions& options) {
  HUAN_TRY(form, at.desk.form(options.form));
  HUAN_TRY(term, at.desk.term(*form, options.term, at.seen.day));
  auto reporters = at.desk.reporters(*form, term);
  if (!options.reporter.empty()) {
    std::erase_if(reporters, [&](const auto& one) { return one.id != options.reporter; });
    if (reporters.empty()) {
      return Error{ErrorCode::not_found, "--reporter",
                   options.reporter + " does not hand in " + FormDesk::id_of(*form)};
    }
  }
  return Asked{form, term, std::move(reporters)};
}

/// On record, or the draft that is still missing.
KeptDeclaration kept_or_blank(Counter& at, const Asked& asked,
                              const declarations::Reporter& reporter) {
  Declaration blank = at.desk.blank(*asked.form, asked.term, reporter);
  auto kept =
      oversight::read_declaration(*at.seen.reading, at.seen.city, declarations::key_of(blank));
  return kept ? std::move(*kept) : KeptDeclaration{std::move(blank), 0, "", ""};
}

void print_list(const Common& common, const DeclareOptions& options, base::Day today,
                const std::vector<KeptDeclaration>& list) {
  std::string out;
  if (options.city.csv) {
    wire_table::CsvWriter csv(out);
    csv.row(oversight::declaration_header());
    for (const KeptDeclaration& kept : list) {
      csv.row(oversight::declaration_cells(kept, today));
    }
  } else if (common.json) {
    json::Writer w(out);
    w.begin_object().member("at", base::format_day(today)).key("items").begin_array();
    for (const KeptDeclaration& kept : list) {
      oversight::write_summary(w, kept, today);
    }
    w.end_array().end_object();
    out += '\n';
  } else {
    for (const KeptDeclaration& kept : list) {
      out += oversight::summary_line(kept, today) + '\n';
    }
  }
  fmt::print("{}", out);
}

int list(const Common& common, const DeclareOptions& options, Counter& at) {
  std::vector<KeptDeclaration> all;
  for (const duties::Form& form : at.seen.rules.rules.duties.forms) {
    if (!options.form.empty() && options.form != form.row.code &&
        options.form != FormDesk::id_of(form)) {
      continue;
    }
    DeclareOptions one = options;
    one.form = FormDesk::id_of(form);
    auto asked = asked_of(at, one);
    if (!asked) {
      if (options.form.empty()) {
        continue;  // a term of another period, a reporter of another form
      }
      return refused(common, asked.error());
    }
    for (const auto& reporter : asked->reporters) {
      KeptDeclaration kept = kept_or_blank(at, *asked, reporter);
      if (!options.late || declarations::days_late(kept.declaration, at.seen.day) > 0) {
        all.push_back(std::move(kept));
      }
    }
  }
  print_list(common, options, at.seen.day, all);
  return kDone;
}

Result<void> record(Writing& writing, const std::string& city, const KeptDeclaration& kept) {
  app::RegistryPut put;
  put.kind = "declaration";
  put.key = declarations::key_of(kept.declaration);
  put.data = declarations::to_json(kept.declaration);
  put.based_on = kept.version;
  const auto outcome = writing.recorder.put(city, put, {"cli"});
  if (outcome.status == app::Status::refused) {
    return outcome.error;
  }
  return {};
}

void print_one(const Common& common, const KeptDeclaration& kept, base::Day today) {
  std::string out;
  if (common.json) {
    json::Writer w(out);
    oversight::write_declaration(w, kept, today);
    out += '\n';
  } else {
    out = oversight::declaration_page(kept, today);
  }
  fmt::print("{}", out);
}

int fill(const Common& common, const DeclareOptions& options, Counter& at) {
  const auto asked = asked_of(at, options);
  if (!asked) {
    return refused(common, asked.error());
  }
  const auto cells = at.desk.cells(*asked->form);
  if (cells.empty()) {
    return refused(common, {ErrorCode::bad_pack, "form", "the pack states no cells for it"});
  }
  const auto figures = at.desk.figures(*asked->form, asked->term, asked->reporters);
  std::vector<KeptDeclaration> done;
  Writing writing{common};
  for (const auto& reporter : asked->reporters) {
    KeptDeclaration kept = kept_or_blank(at, *asked, reporter);
    if (const auto may = declarations::may_move(kept.declaration, Move::fill, {true, "", ""});
        !may) {
      if (!options.reporter.empty()) {
        return refused(common, may.error());
      }
      continue;  // handed in already
    }
    declarations::fill(kept.declaration, cells, figures.values.at(reporter.id));
    kept.declaration.read_at = static_cast<std::int64_t>(figures.read_at);
    if (const auto recorded = record(writing, at.seen.city.code, kept); !recorded) {
      return refused(common, recorded.error());
    }
    ++kept.version;
    done.push_back(std::move(kept));
  }
  if (done.size() == 1) {
    print_one(common, done.front(), at.seen.day);
  } else {
    print_list(common, options, at.seen.day, done);
  }
  return kDone;
}

/// cell,confirmed,explanation; figures in the cell's unit.
Result<std::vector<declarations::Confirmation>> read_cells(const std::string& file,
                                                           const Declaration& declaration) {
  std::vector<declarations::Confirmation> out;
  if (file.empty()) {
    return out;
  }
  std::ifstream in{file, std::ios::binary};
  if (!in) {
    return Error{ErrorCode::bad_file, file, "cannot be read"};
  }
  const std::string text{std::istreambuf_iterator<char>{in}, {}};
  HUAN_TRY(csv, registry::CsvRows::parse(file, text));
  HUAN_CHECK(csv.expect({"cell"}, {"confirmed", "explanation"}));
  for (const registry::CsvRow& row : csv.rows()) {
    HUAN_TRY(cell, oversight::confirmation_of(declaration, std::string(csv.cell(row, "cell")),
                                              std::string(csv.cell(row, "confirmed")),
                                              std::string(csv.cell(row, "explanation"))));
    out.push_back(std::move(cell));
  }
  return out;
}

Result<void> moved(KeptDeclaration& kept, Move move, const DeclareOptions& options,
                   base::Day today) {
  HUAN_CHECK(declarations::may_move(kept.declaration, move, {true, "", ""}));
  switch (move) {
    case Move::give_back:
      return declarations::give_back(kept.declaration, options.why);
    case Move::accept:
      declarations::accept(kept.declaration, options.why);
      return {};
    default:
      break;
  }
  HUAN_TRY(cells, read_cells(options.cells_file, kept.declaration));
  HUAN_CHECK(declarations::confirm(kept.declaration, cells));
  return move == Move::submit
             ? declarations::submit(kept.declaration, {today, options.confirm_rest})
             : Result<void>{};
}

int show_or_move(const Common& common, const DeclareOptions& options, const Counter& at) {
  auto kept = oversight::read_declaration(*at.seen.reading, at.seen.city, options.key);
  if (!kept) {
    return refused(common, {ErrorCode::not_found, "key", options.key});
  }
  if (const auto move = declarations::move_from(options.action)) {
    auto done = moved(*kept, *move, options, at.seen.day);
    if (done) {
      Writing writing{common};
      done = record(writing, at.seen.city.code, *kept);
    }
    if (!done) {
      return refused(common, done.error());
    }
    ++kept->version;
  }
  if (options.city.csv) {
    std::string out;
    wire_table::CsvWriter csv(out);
    for (const auto& row : oversight::line_rows(kept->declaration)) {
      csv.row(row);
    }
    fmt::print("{}", out);
  } else {
    print_one(common, *kept, at.seen.day);
  }
  return kDone;
}

int reconcile(const Common& common, const DeclareOptions& options, Counter& at) {
  const auto asked = asked_of(at, options);
  if (!asked) {
    return refused(common, asked.error());
  }
  const auto cells = at.desk.cells(*asked->form);
  const auto figures = at.desk.figures(*asked->form, asked->term, asked->reporters);
  std::vector<declarations::Part> parts;
  for (const auto& reporter : asked->reporters) {
    if (reporter.kind == declarations::ReporterKind::unit) {
      continue;  // an office reports the whole, not a part
    }
    const auto kept = kept_or_blank(at, *asked, reporter);
    declarations::Part part{reporter.id, reporter.name, std::nullopt, {}};
    if (kept.version > 0) {
      part.state = kept.declaration.state;
    }
    const bool handed_in = kept.declaration.revision > 0;
    part.values = handed_in ? declarations::confirmed_values(kept.declaration, cells)
                            : figures.values.at(reporter.id);
    parts.push_back(std::move(part));
  }
  const auto sums = declarations::reconcile(cells, parts, figures.city);
  if (!options.out.empty()) {
    auto city = declarations::return_of(cells, parts, figures.city);
    city.city = at.seen.city.code;
    city.form = FormDesk::id_of(*asked->form);
    city.term = declarations::term_text(asked->form->period, asked->term);
    std::ofstream file{options.out, std::ios::binary};
    file << declarations::to_json(city) << '\n';
    if (!file.flush()) {
      return refused(common, {ErrorCode::bad_file, options.out, "cannot be written"});
    }
  }
  std::string out;
  const bool exact = oversight::write_sums({cells, sums}, common.json, out);
  fmt::print("{}", out);
  return exact ? kDone : kWanting;
}

/// What the text leaves open about the due day, as the operator lays it down: on record.
int lay_down_due(const Common& common, const DeclareOptions& options, const Counter& at) {
  const auto form = at.desk.form(options.form);
  if (!form) {
    return refused(common, form.error());
  }
  app::RegistryPut put{"setting", "due." + FormDesk::id_of(**form), {}, {}, {}, -1};
  json::Writer w(put.data);
  w.begin_object();
  if (options.day > 0) {
    w.member("day", options.day);
  }
  if (options.month > 0) {
    w.member("month", options.month);
  }
  w.member("move_to_working_day", options.working_days).end_object();
  Writing writing{common};
  const auto outcome = writing.recorder.put(at.seen.city.code, put, {"cli"});
  return outcome.status == app::Status::refused ? refused(common, outcome.error) : kDone;
}

/// Every action over one snapshot of the store.
int at_counter(const Common& common, const DeclareOptions& options) {
  auto overseen = oversee(common, options.city);
  if (!overseen) {
    return refused(common, overseen.error());
  }
  Counter at{std::move(*overseen)};
  if (options.action == "list") {
    return list(common, options, at);
  }
  if (options.action == "fill") {
    return fill(common, options, at);
  }
  if (options.action == "due") {
    return lay_down_due(common, options, at);
  }
  return options.action == "reconcile" ? reconcile(common, options, at)
                                       : show_or_move(common, options, at);
}

int declare(const Common& common, const DeclareOptions& options) {
  const bool needs_form =
      options.action == "fill" || options.action == "reconcile" || options.action == "due";
  if (needs_form ? options.form.empty() : options.action != "list" && options.key.empty()) {
    return refused(common, {ErrorCode::bad_field, needs_form ? "--form" : "key",
                            "say which, as `huan declare list` shows it"});
  }
  const int done = at_counter(common, options);
  if (options.action != "due" || done != kDone) {
    return done;
  }
  DeclareOptions shown = options;  // what the new day makes of the list
  shown.action = "list";
  return at_counter(common, shown);
}

constexpr std::size_t kReturnMax = std::size_t{64} << 20U;

Result<declarations::CityReturn> read_return(const std::string& file) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(file, failed);
  std::ifstream in{file, std::ios::binary};
  if (failed || !in) {
    return Error{ErrorCode::bad_file, file, "cannot be read"};
  }
  if (size > kReturnMax) {
    return Error{ErrorCode::too_large, file, "a city's return has at most 64 MiB"};
  }
  const std::string text{std::istreambuf_iterator<char>{in}, {}};
  const auto named = [&](Error error) {
    error.at = file + " " + error.at;
    return error;
  };
  const auto document = json::Document::parse(text);
  if (!document) {
    return named(document.error());
  }
  auto city = declarations::parse_return(document->root());
  return city ? std::move(city) : Result<declarations::CityReturn>(named(city.error()));
}

Result<std::vector<declarations::CityReturn>> read_returns(const std::vector<std::string>& files) {
  std::vector<declarations::CityReturn> cities;
  cities.reserve(files.size());
  for (const std::string& file : files) {
    HUAN_TRY(city, read_return(file));
    cities.push_back(std::move(city));
  }
  return cities;
}

std::string names_of(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& one : names) {
    out += " " + one;
  }
  return out;
}

int province(const Common& common, const std::vector<std::string>& files) {
  const auto cities = read_returns(files);
  if (!cities) {
    return refused(common, cities.error());
  }
  const auto sums = declarations::add_up(*cities);
  if (!sums) {
    return refused(common, sums.error());
  }
  if (common.json) {
    fmt::print("{}\n", declarations::province_json(*cities, *sums));
  }
  for (const declarations::ProvinceSum& sum : *sums) {
    if (common.json) {
      break;
    }
    const auto unit = indicators::unit_from(sum.unit).value_or(indicators::Unit{});
    fmt::print("{}  counties {}  cities {} {}{}{}\n", sum.code,
               indicators::format_amount(sum.counties, unit),
               indicators::format_amount(sum.cities, unit), sum.unit,
               sum.differing.empty() ? "" : "  differs in" + names_of(sum.differing),
               sum.missing.empty() ? "" : "  without" + names_of(sum.missing));
  }
  return declarations::all_exact(*sums) ? kDone : kWanting;
}

void add_province(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = root.add_subcommand(
      "province", "cities' returns of one form added up, county to city to province");
  auto files = std::make_shared<std::vector<std::string>>();
  one->add_option("files", *files, "of `huan declare reconcile --out`, one a city")->required();
  one->add_flag("--json", common.json, "answer in JSON");
  one->callback(
      [&common, &verb, files] { verb = [&common, files] { return province(common, *files); }; });
}

}  // namespace

void add_declare(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "declare",
                           "declarations: list, fill, show, confirm, submit, return, accept");
  auto options = std::make_shared<DeclareOptions>();
  one->add_option("action", options->action,
                  "list, fill, show, confirm, submit, return, accept, reconcile or due")
      ->required()
      ->check(CLI::IsMember(
          {"list", "fill", "show", "confirm", "submit", "return", "accept", "reconcile", "due"}));
  one->add_option("key", options->key, "of a declaration, as the list shows it");
  add_oversight_options(*one, common, options->city);
  one->add_option("--form", options->form, "e.g. quarterly or shijiazhuang.quarterly");
  one->add_option("--term", options->term, "2025-03, 2025-Q1, 2025; default the last that ended");
  one->add_option("--reporter", options->reporter, "a district, an office, a firm");
  one->add_option("--cells", options->cells_file, "CSV: cell,confirmed,explanation");
  one->add_option("--out", options->out, "reconcile: file for the return to the province");
  one->add_option("--why", options->why, "why it is returned; a word with what is accepted");
  one->add_flag("--rest", options->confirm_rest, "submit: other figures stand as filled in");
  one->add_flag("--late", options->late, "list: only what is late, or came late");
  one->add_option("--day", options->day, "due: day of the month where the text states none")
      ->check(CLI::Range(1, 31));
  one->add_option("--month", options->month, "due: month of the period where it states none")
      ->check(CLI::Range(1, 12));
  one->add_flag("--working-days", options->working_days, "due: move due days off weekends");
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return declare(common, *options); };
  });
  add_province(root, common, verb);
}

}  // namespace huan::cli
