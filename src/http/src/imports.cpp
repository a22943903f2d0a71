// SPDX-License-Identifier: Apache-2.0
// POST /api/v1/imports/{table}: a CSV or XLSX table as a job, with what `huan import` does to it
// (docs/import.md). The body is the file; what it claims to be does not count, its bytes do.
#include <algorithm>
#include <memory>

#include "doors.hpp"
#include "huan/app/import_items.hpp"
#include "huan/app/names_on_record.hpp"
#include "huan/http_server/detail.hpp"
#include "huan/json/writer.hpp"
#include "huan/wire_table/csv_writer.hpp"
#include "huan/wire_table/importer.hpp"

namespace huan::http {
namespace {

using wire_table::TableKind;

constexpr std::int64_t kRowsMax = 200'000;
constexpr std::size_t kErrorsListed = 200;
constexpr std::size_t kErrorFileMax = std::size_t{32} << 20U;
constexpr std::size_t kSampleRows = 5;
constexpr std::uint64_t kUnpackedMax = std::uint64_t{256} << 20U;

/// A table on its way in, and who sends it.
struct Sending {
  app::Access access;
  store::CityRow city;
  std::string kind;
  bool dry_run{false};
  bool personal{false};  ///< the sender may enter personal data
  base::Language language{base::Language::zh};
  wire_table::Mapping mapping;
  std::string body;
};

Result<wire_table::Mapping> mapping_of(const Request& request, TableKind kind) {
  const auto text = request.query_value("mapping");
  if (!text) {
    return wire_table::plain_mapping(kind);
  }
  HUAN_TRY(mapping, wire_table::parse_mapping(*text, "mapping"));
  if (mapping.kind != kind) {
    return Error{ErrorCode::bad_mapping, "mapping",
                 "it is for " + std::string(wire_table::name(mapping.kind))};
  }
  return mapping;
}

void limit(wire_table::TableLimits& limits) {
  limits.entry_bytes_max = std::min(limits.entry_bytes_max, kUnpackedMax);
  limits.total_bytes_max = std::min(limits.total_bytes_max, 2 * kUnpackedMax);
}

Result<Sending> read_request(Context& context, const Request& request, const app::Access& access,
                             std::string_view table) {
  const auto kind = wire_table::table_kind_from(table);
  if (!kind) {
    return Error{ErrorCode::not_found, "table", std::string(table)};
  }
  Sending sending;
  HUAN_TRY(city, choose_city(request, *context.parts.store.snapshot(), access));
  HUAN_TRY(mapping, mapping_of(request, *kind));
  if (!mapping.city.empty() && mapping.city != city.city) {
    return Error{ErrorCode::bad_mapping, "mapping", "it is for the city " + mapping.city};
  }
  const auto dry_run = request.query_value("dry_run").value_or("false");
  if (dry_run != "true" && dry_run != "false") {
    return Error{ErrorCode::bad_field, "dry_run", "true or false"};
  }
  limit(mapping.table.limits);
  sending.access = access;
  sending.city = std::move(city);
  sending.kind = std::string(table);
  sending.dry_run = dry_run == "true";
  sending.personal = access::decide(access.subject, access::Action::write_personal).has_value();
  sending.language = request.language();
  sending.mapping = std::move(mapping);
  sending.body = std::string(request.body());
  return sending;
}

/// What a table leaves out, because there is no doubt whose it is.
std::map<std::string, std::string, std::less<>> constants_of(const Sending& sending) {
  std::map<std::string, std::string, std::less<>> constants;
  const auto& grant = sending.access.grant;
  if (sending.kind == "places" && !grant.organisation.empty()) {
    constants.emplace("operator", grant.organisation);
  }
  if ((sending.kind == "vehicles" || sending.kind == "parties") && !grant.organisation.empty()) {
    constants.emplace("party", grant.organisation);
  }
  if (sending.kind == "tickets" && !grant.place.empty()) {
    constants.emplace("place", grant.place);
  }
  return constants;
}

/// The row that looks most like a header, for who has to say what its columns mean.
std::vector<std::string> headers_of(const Sending& sending) {
  constexpr int kLooked = 10;
  std::vector<std::string> headers;
  std::size_t most = 0;
  auto table = wire_table::open_table_bytes(sending.body, sending.mapping.table);
  for (int i = 0; table && i < kLooked; ++i) {
    const auto more = (*table)->next();
    if (!more || !*more) {
      break;
    }
    const auto& cells = (*table)->row().cells;
    const auto filled = static_cast<std::size_t>(std::count_if(
        cells.begin(), cells.end(), [](auto cell) { return !wire_table::is_blank(cell); }));
    if (filled > most) {
      most = filled;
      headers.assign(cells.begin(), cells.end());
    }
  }
  return headers;
}

void write_texts(json::Writer& w, const std::vector<std::string>& texts) {
  w.begin_array();
  for (const auto& text : texts) {
    w.string(text);
  }
  w.end_array();
}

Result<std::unique_ptr<wire_table::Importer>> open_table(Context& context, const Sending& sending,
                                                         std::string& description) {
  HUAN_TRY(table, wire_table::open_table_bytes(sending.body, sending.mapping.table));
  description = table->description();
  wire_table::ImportOptions options;
  options.city = sending.city.city;
  options.offset_s = sending.city.offset_s;
  options.now = context.parts.clock.now();
  options.constants = constants_of(sending);
  // Read when the first name is asked for: the header alone needs none.
  auto names = std::make_shared<std::unique_ptr<app::NamesOnRecord>>();
  options.resolve = [names, &store = context.parts.store, city = sending.city.city](
                        std::string_view field, std::string_view text) {
    if (*names == nullptr) {
      *names = std::make_unique<app::NamesOnRecord>(*store.snapshot(), city, wire_table::narrow);
    }
    return (*names)->find(field, text);
  };
  return wire_table::Importer::open(std::move(table), sending.mapping, std::move(options));
}

/// One table through the write path, and what is told of it.
class Import {
 public:
  Import(Context& context, std::shared_ptr<const Sending> sending, app::JobControl& control)
      : context_(context), sending_(std::move(sending)), control_(control) {}

  Result<std::string> run();

 private:
  std::optional<app::ImportRow> next();
  void refuse(const app::ImportRow& row, Error error);
  [[nodiscard]] app::ImportInto into() const;
  [[nodiscard]] std::string figures(const app::ImportSums& sums) const;
  [[nodiscard]] double share() const;
  [[nodiscard]] std::string report(const app::ImportSums& sums) const;
  void report_plan(json::Writer& w) const;

  struct Refused {
    std::int64_t row;
    Error error;
  };

  Context& context_;
  std::shared_ptr<const Sending> sending_;
  app::JobControl& control_;
  std::string description_;
  std::unique_ptr<wire_table::Importer> importer_;
  std::vector<std::vector<std::string>> sample_;
  std::vector<Refused> refused_;
  std::string errors_text_;
  std::unique_ptr<wire_table::ErrorFile> errors_;
  bool errors_whole_{true};
  bool ended_{false};  ///< before the table did: too many rows, or on demand
};

std::optional<app::ImportRow> Import::next() {
  ended_ = ended_ || !control_.wanted();
  auto row = ended_ ? std::nullopt : importer_->next();
  if (!row) {
    return std::nullopt;
  }
  app::ImportRow out{row->row, importer_->cells(), std::nullopt, std::move(row->error)};
  if (importer_->counts().rows > kRowsMax) {
    ended_ = true;
    out.error = Error{ErrorCode::too_large, "",
                      "a file has at most " + std::to_string(kRowsMax) +
                          " rows here; send this one and those below it in another"};
  } else if (row->record) {
    auto& record = *row->record;
    out.item = app::ImportItem{!record.key.empty(),
                               record.id.text(),
                               std::move(record.json),
                               {std::move(record.personal), record.keep_until}};
  }
  if (sample_.size() < kSampleRows) {
    sample_.push_back(out.cells);
  }
  return out;
}

void Import::refuse(const app::ImportRow& row, Error error) {
  if (error.at.starts_with('/')) {
    error.at = importer_->column_of(error.at);
  }
  if (!errors_) {
    errors_ = std::make_unique<wire_table::ErrorFile>(errors_text_, sending_->language,
                                                      importer_->headers());
  }
  errors_whole_ = errors_whole_ && errors_text_.size() < kErrorFileMax;
  if (errors_whole_) {
    errors_->write(row.row, error, row.cells);
  }
  if (refused_.size() < kErrorsListed) {
    refused_.push_back({row.row, std::move(error)});
  }
}

app::ImportInto Import::into() const {
  app::ImportInto into{context_.parts.recorder, nullptr, sending_->city.city,
                       sending_->access.principal};
  into.personal = sending_->personal ? context_.parts.personal : nullptr;
  into.scope = app::row_scope(sending_->access);
  into.dry_run = sending_->dry_run;
  into.no_personal = sending_->personal ? ErrorCode::vault_locked : ErrorCode::forbidden;
  return into;
}

std::int64_t whole(std::uint64_t n) { return static_cast<std::int64_t>(n); }

void write_counts(json::Writer& w, const app::ImportSums& sums, std::int64_t rows) {
  w.member("duplicate", whole(sums.counts.duplicate)).member("posted", whole(sums.counts.posted));
  w.member("refused", whole(sums.counts.refused)).member("rows", rows);
}

std::string Import::figures(const app::ImportSums& sums) const {
  std::string out;
  json::Writer w(out);
  w.begin_object();
  write_counts(w, sums, importer_->counts().rows);
  w.end_object();
  return out;
}

/// Of a CSV by its lines; nobody knows how many rows a workbook has before they are unpacked.
double Import::share() const {
  const auto& body = sending_->body;
  const auto lines = body.starts_with("PK") ? 0 : std::count(body.begin(), body.end(), '\n');
  return lines == 0 ? 0
                    : std::min(0.99, static_cast<double>(importer_->counts().rows) /
                                         static_cast<double>(lines));
}

void Import::report_plan(json::Writer& w) const {
  const auto& plan = importer_->plan();
  w.key("columns").begin_array();
  for (const auto& column : plan.columns) {
    w.begin_object().key("assumed").boolean(column.assumed).member("field", column.field);
    w.member("header", column.header).member("unit", column.unit).end_object();
  }
  w.end_array().member("format", description_).member("header_row", plan.header_row);
  w.key("headers");
  write_texts(w, importer_->headers());
  w.key("ignored");
  write_texts(w, plan.ignored);
  w.key("sample").begin_array();
  for (const auto& cells : sample_) {
    write_texts(w, cells);
  }
  w.end_array();
}

std::string Import::report(const app::ImportSums& sums) const {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("blanks", importer_->counts().blanks);
  w.member("city", sending_->city.city);
  w.key("complete").boolean(!ended_).key("dry_run").boolean(sending_->dry_run);
  w.key("errors").begin_array();
  for (const auto& [row, error] : refused_) {
    w.begin_object().member("advice", base::advice(error.code, sending_->language));
    w.member("code", base::name(error.code)).member("column", error.at);
    w.member("detail", http_server::detail_text(error.detail, sending_->language));
    w.member("message", base::message(error.code, sending_->language));
    w.member("row", row).end_object();
  }
  w.end_array().member("errors_file", errors_text_).key("errors_whole").boolean(errors_whole_);
  report_plan(w);
  w.key("personal").begin_object().member("erased", whole(sums.personal.erased));
  w.member("same", whole(sums.personal.same)).member("set", whole(sums.personal.set)).end_object();
  write_counts(w, sums, importer_->counts().rows);
  w.member("table", sending_->kind).end_object();
  return out;
}

Result<std::string> Import::run() {
  HUAN_TRY(opened, open_table(context_, *sending_, description_));
  importer_ = std::move(opened);
  const auto sums = app::import_rows(
      into(), [this] { return next(); },
      [this](const app::ImportRow& row, Error error) { refuse(row, std::move(error)); },
      [this](const app::ImportSums& so_far) {
        control_.progress(share(), figures(so_far));
        return true;
      });
  return report(sums);
}

/// What is wrong with the file as a whole is said at once, with the headers that it has.
Response refused_table(const Sending& sending, const Error& error, const Request& request) {
  const int status = http_server::http_status(error);
  std::string headers;
  json::Writer w(headers);
  write_texts(w, headers_of(sending));
  auto response =
      http_server::make_response(status, "application/problem+json",
                                 http_server::problem_members(error, status, request.language()) +
                                     ",\"headers\":" + headers + "}");
  response.headers.add("Content-Language",
                       request.language() == base::Language::zh ? "zh-CN" : "en");
  return response;
}

Result<Response> import_table(Context& context, const Request& request, const app::Access& access,
                              std::string_view table) {
  HUAN_TRY(read, read_request(context, request, access, table));
  const auto sending = std::make_shared<const Sending>(std::move(read));
  std::string description;
  if (auto opened = open_table(context, *sending, description); !opened) {
    return refused_table(*sending, opened.error(), request);
  }
  HUAN_TRY(view, context.planning.imports().submit("import", access.principal.name,
                                                   [&context, sending](app::JobControl& control) {
                                                     return Import{context, sending, control}.run();
                                                   }));
  return accepted(view);
}

}  // namespace

void add_import_doors(Doors& doors) {
  auto& context = doors.context();
  const Names names{"mapping", "dry_run"};
  doors.write("POST", "/api/v1/imports/tickets", names,
              [&context](const Request& r, const app::Access& a) {
                return import_table(context, r, a, "tickets");
              });
  doors.write("POST", "/api/v1/imports/{table}", names,
              [&context](const Request& r, const app::Access& a) {
                return import_table(context, r, a, r.param("table"));
              });
}

}  // namespace huan::http
