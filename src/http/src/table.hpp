// SPDX-License-Identifier: Apache-2.0
// A list as a page of JSON, {"items":[…],"next":…}, or as CSV, by Accept or `format=`. The next
// page is named in a Link header too. CSV without `limit` is the whole list, in pieces when it is
// long.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "doors.hpp"
#include "huan/base/text.hpp"
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
/// For lists whose cursor is a number: bad_number.
[[nodiscard]] Result<void> check_row_cursor(const Request& request);
/// `own` and those three.
[[nodiscard]] Names list_parameters(Names own);

class Table {
 public:
  /// Cells follow in the order of `columns`.
  Table(const Ask& ask, const ListOptions& options, Names columns);
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;
  Table& text(std::string_view value);
  Table& integer(std::int64_t value);
  Table& boolean(bool value);
  Table& json(std::string_view value);  ///< CSV shows its text
  Table& none();
  void end_row();
  /// Of a whole list, sends what there is so far when that has grown long. overloaded, or the
  /// reader is gone (then nobody hears what the door answers).
  [[nodiscard]] Result<void> pour();
  /// `next`: the cursor of the next page; empty: this was the last.
  [[nodiscard]] Response finish(const std::string& next);

 private:
  std::string_view column();
  [[nodiscard]] Response head() const;

  const Ask& ask_;
  ListOptions options_;
  bool poured_{false};
  Names columns_;
  std::size_t at_{0};
  std::string out_;
  json::Writer json_;
  std::optional<wire_table::CsvWriter> csv_;
};

/// What a door found for a page. A search that has looked at enough ends early, and names where the
/// next page goes on.
template <class Row>
struct Found {
  Found(std::vector<Row> found) : rows(std::move(found)) {}  // NOLINT: rows alone are a page
  Found(std::vector<Row> found, std::string on) : rows(std::move(found)), resume(std::move(on)) {}
  std::vector<Row> rows;
  std::string resume{};  ///< empty: there is nothing behind these rows
};
template <class Row>
Found<Row> as_found(std::vector<Row> rows) {
  return rows;
}
template <class Row>
Found<Row> as_found(Found<Row> found) {
  return found;
}

/// One page (or, for whole CSV, all) of what `fetch(page)` gives.
template <class Fetch, class Put>
Result<Response> list(const Ask& ask, Names columns, const Fetch& fetch, const Put& put) {
  HUAN_TRY(options, list_options(ask.request));
  Table table(ask, options, std::move(columns));
  store::Page page{options.after, options.limit + 1};
  for (;;) {
    auto found = as_found(fetch(page));
    auto& rows = found.rows;
    const bool more = rows.size() > options.limit;
    if (more) {
      rows.pop_back();
    }
    for (const auto& row : rows) {
      put(table, row);
      table.end_row();
    }
    const std::string next = more ? rows.back().key() : found.resume;
    if (next.empty() || !options.whole) {
      return table.finish(next);
    }
    HUAN_CHECK(table.pour());
    page.after = next;
  }
}

/// A list that is computed whole, in pages by the number of its row.
template <class Row, class Put>
Result<Response> numbered(const Ask& ask, Names columns, const std::vector<Row>& all,
                          const Put& put) {
  HUAN_CHECK(check_row_cursor(ask.request));
  struct Numbered {
    std::size_t n;
    const Row* row;
    [[nodiscard]] std::string key() const { return std::to_string(n); }
  };
  return list(
      ask, std::move(columns),
      [&](const store::Page& page) {
        std::vector<Numbered> rows;
        const auto after = base::parse_integer(page.after);
        for (std::size_t i = after ? static_cast<std::size_t>(*after) : 0;
             i < all.size() && rows.size() < page.limit; ++i) {
          rows.push_back({i + 1, &all[i]});
        }
        return rows;
      },
      [&](Table& table, const Numbered& one) { put(table, *one.row); });
}

}  // namespace huan::http
