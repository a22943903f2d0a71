// SPDX-License-Identifier: Apache-2.0
// Pages of the log's records that somebody asks for, latest first, and the list of the events that
// make a sum.
#pragma once

#include <algorithm>
#include <optional>

#include "huan/app/sum_events.hpp"
#include "huan/base/text.hpp"
#include "table.hpp"

namespace huan::http {

/// A page looks at no more records than this, whatever its filter finds among them.
inline constexpr store::Seq kLookedMax = 20'000;

/// Backwards in windows, since a store reads forwards. Of records that are `wanted(view)`,
/// `row_of(record)` is a row or nothing; it may read itself.
template <class Row, class Wanted, class RowOf>
Found<Row> newest_first(const Ask& ask, const store::Page& page, const Wanted& wanted,
                        const RowOf& row_of) {
  const auto before = static_cast<store::Seq>(base::parse_integer(page.after).value_or(0));
  std::vector<Row> rows;
  const store::Seq behind = ask.reading.last(ask.city.city).seq + 1;
  store::Seq end = before == 0 ? behind : std::min(before, behind);
  const store::Seq until = end > kLookedMax ? end - kLookedMax : 1;
  while (end > until && rows.size() < page.limit) {
    const store::Seq window = std::min<store::Seq>(end - 1, std::max<std::size_t>(page.limit, 256));
    std::vector<store::Record> found;
    ask.reading.records(ask.city.city, {end - 1 - window, end - 1},
                        [&](const store::RecordView& record) {
                          if (wanted(record)) {
                            found.emplace_back(record);
                          }
                          return true;
                        });
    for (auto record = found.rbegin(); record != found.rend() && rows.size() < page.limit;
         ++record) {
      if (std::optional<Row> row = row_of(std::move(*record))) {
        rows.push_back(std::move(*row));
      }
    }
    end -= window;
  }
  const bool is_end = rows.size() >= page.limit || end <= 1;
  return {std::move(rows), is_end ? "" : std::to_string(end)};
}

/// The events that the asker may see of those that make the sum, latest first, with what each adds.
[[nodiscard]] Result<Response> list_sum_events(const Ask& ask, const app::CountsRow& counts);

}  // namespace huan::http
