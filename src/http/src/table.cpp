// SPDX-License-Identifier: Apache-2.0
#include "table.hpp"

#include <algorithm>

#include "huan/base/assert.hpp"
#include "huan/base/text.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kPiece = 1U << 20U;

Result<bool> wants_csv(const Request& request) {
  if (const auto format = request.query_value("format")) {
    if (*format != "csv" && *format != "json") {
      return Error{ErrorCode::bad_field, "format", "json or csv"};
    }
    return *format == "csv";
  }
  const auto offer = http_server::negotiate(request.headers.value_or("Accept", ""),
                                            {"application/json", "text/csv"});
  if (!offer) {
    return Error{ErrorCode::not_acceptable, "Accept", ""};
  }
  return *offer == 1;
}

std::string link_to_next(const Request& request, const std::string& next) {
  std::string link = "<" + request.path + "?";
  for (const auto& [name, value] : request.query) {
    if (name != "after") {
      link += base::percent_encode(name) + "=" + base::percent_encode(value) + "&";
    }
  }
  return link + "after=" + base::percent_encode(next) + ">; rel=\"next\"";
}

}  // namespace

Names list_parameters(Names own) {
  own.insert(own.end(), {"after", "limit", "format"});
  return own;
}

Result<void> check_row_cursor(const Request& request) {
  if (request.query_value("after").value_or("").empty()) {
    return {};
  }
  HUAN_TRY(after, integer_parameter(request, "after", 0));
  static_cast<void>(after);
  return {};
}

Result<ListOptions> list_options(const Request& request) {
  ListOptions options;
  HUAN_TRY(csv, wants_csv(request));
  HUAN_TRY(limit, integer_parameter(request, "limit", 0));
  options.csv = csv;
  options.whole = csv && !request.query_value("limit");
  options.after = request.query_value("after").value_or("");
  if (request.query_value("limit") && limit == 0) {
    return Error{ErrorCode::bad_number, "limit", "at least 1"};
  }
  if (limit > 0) {
    options.limit = std::min<std::size_t>(static_cast<std::size_t>(limit), kLimitMax);
  } else if (options.whole) {
    options.limit = kLimitMax;
  }
  return options;
}

Table::Table(const Ask& ask, const ListOptions& options, Names columns)
    : ask_(ask), options_(options), columns_(std::move(columns)), json_(out_) {
  if (options_.csv) {
    csv_.emplace(out_);
    for (const auto name : columns_) {
      csv_->cell(name);
    }
    csv_->end_row();
  } else {
    json_.begin_object().key("items").begin_array();
  }
}

std::string_view Table::column() {
  HUAN_ASSERT(at_ < columns_.size());
  if (at_ == 0 && !options_.csv) {
    json_.begin_object();
  }
  return columns_[at_++];
}

Table& Table::text(std::string_view value) {
  const auto name = column();
  options_.csv ? csv_->cell(value) : static_cast<void>(json_.key(name).string(value));
  return *this;
}

Table& Table::integer(std::int64_t value) {
  const auto name = column();
  options_.csv ? csv_->cell(std::to_string(value))
               : static_cast<void>(json_.key(name).integer(value));
  return *this;
}

Table& Table::boolean(bool value) {
  const auto name = column();
  options_.csv ? csv_->cell(value ? "true" : "false")
               : static_cast<void>(json_.key(name).boolean(value));
  return *this;
}

Table& Table::json(std::string_view value) {
  const auto name = column();
  options_.csv ? csv_->cell(value) : static_cast<void>(json_.key(name).raw(value));
  return *this;
}

Table& Table::none() {
  column();
  if (options_.csv) {
    csv_->cell("");
  }
  return *this;
}

void Table::end_row() {
  HUAN_ASSERT(at_ == columns_.size());
  at_ = 0;
  options_.csv ? csv_->end_row() : static_cast<void>(json_.end_object());
}

Response Table::head() const {
  auto response = http_server::make_response(
      200, options_.csv ? "text/csv; charset=utf-8" : "application/json", "");
  response.headers.add("Vary", "Accept");
  return response;
}

Result<void> Table::pour() {
  if (out_.size() < kPiece) {
    return {};
  }
  if (!poured_ && !ask_.outlet.begin(head())) {
    return Error{ErrorCode::overloaded, "", "others read whole lists; ask for pages, or later"};
  }
  poured_ = true;
  if (!ask_.outlet.piece(std::exchange(out_, {}))) {
    return Error{ErrorCode::overloaded, "", "the reader is gone"};
  }
  return {};
}

Response Table::finish(const std::string& next) {
  if (poured_) {
    if (out_.empty() || ask_.outlet.piece(std::move(out_))) {
      ask_.outlet.finish();
    }
    return {};
  }
  if (!options_.csv) {
    json_.end_array().key("next");
    next.empty() ? json_.null() : json_.string(next);
    json_.end_object();
  }
  auto response = head();
  response.body = std::move(out_);
  if (!next.empty()) {
    response.headers.add("Link", link_to_next(ask_.request, next));
  }
  return response;
}

}  // namespace huan::http
