// SPDX-License-Identifier: Apache-2.0
// A list as a page of JSON, {"items":[…],"next":…}, or as CSV, by Accept or `format=`. The next
// page is named in a Link header too. CSV without `limit` is the whole list.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "doors.hpp"
#include "huan/json/writer.hpp"
#include "huan/wire_table/csv_writer.hpp"

namespace huan::http {

inline constexpr std::size_t kLimitDefault = 100;
inline constexpr std::size_t kLimitMax = 1000;

struct ListOptions {
  std::string after;
  std::size_t limit{kLimitDefault};
  bool csv{false};
  bool whole{false};  ///< CSV without a limit
};

/// The parameters `after`, `limit`, `format`. bad_field, bad_number, not_acceptable.
[[nodiscard]] Result<ListOptions> list_options(const Request& request);
/// `own` and those three.
[[nodiscard]] Names list_parameters(Names own);

class Table {
 public:
  /// Cells follow in the order of `columns`.
  Table(const ListOptions& options, Names columns);
  Table& text(std::string_view value);
  Table& integer(std::int64_t value);
  Table& boolean(bool value);
  Table& json(std::string_view value);  ///< CSV shows its text
  Table& none();
  void end_row();
  /// `next`: the cursor of the next page; empty: this was the last.
  [[nodiscard]] Response finish(const Request& request, const std::string& next);

 private:
  std::string_view column();

  ListOptions options_;
  Names columns_;
  std::size_t at_{0};
  std::string out_;
  json::Writer json_;
  std::optional<wire_table::CsvWriter> csv_;
};

/// One page (or, for whole CSV, all) of what `fetch(page)` gives.
template <class Fetch, class Put>
Result<Response> list(const Ask& ask, Names columns, const Fetch& fetch, const Put& put) {
  HUAN_TRY(options, list_options(ask.request));
  Table table(options, std::move(columns));
  store::Page page{options.after, options.limit + 1};
  for (;;) {
    auto rows = fetch(page);
    const bool more = rows.size() > options.limit;
    if (more) {
      rows.pop_back();
    }
    for (const auto& row : rows) {
      put(table, row);
      table.end_row();
    }
    const std::string next = more ? rows.back().key() : std::string();
    if (!more || !options.whole) {
      return table.finish(ask.request, next);
    }
    page.after = next;
  }
}

}  // namespace huan::http
