// SPDX-License-Identifier: Apache-2.0
#include "record_pages.hpp"

namespace huan::http {
namespace {

struct Part {
  store::Record record;
  app::SumPart sum;
  [[nodiscard]] std::string key() const { return std::to_string(record.seq); }
};

}  // namespace

Result<Response> list_sum_events(const Ask& ask, const app::CountsRow& counts) {
  HUAN_CHECK(check_row_cursor(ask.request));
  const auto wanted = [scope = ask.scope()](const store::RecordView& record) {
    return record.klass == store::RecordClass::event && app::sees_record(record, scope);
  };
  const auto part_of = [&](store::Record record) {
    const auto sum = app::sum_part(ask.reading, ask.city.city, record, counts);
    return sum ? std::optional(Part{std::move(record), *sum}) : std::nullopt;
  };
  return list(
      ask,
      {"seq", "id", "type", "time", "recorded_at", "place", "operator", "district", "mass_g",
       "pieces", "money_fen", "count", "record"},
      [&](const store::Page& page) { return newest_first<Part>(ask, page, wanted, part_of); },
      [&](Table& table, const Part& row) {
        const auto& record = row.record;
        table.integer(static_cast<std::int64_t>(record.seq)).text(record.id.text());
        table.text(record.type).text(ask.time(record.time)).text(ask.time(record.recorded_at));
        table.text(record.place).text(record.operator_id).text(record.district);
        table.integer(row.sum.mass_g).integer(row.sum.pieces).integer(row.sum.money_fen);
        table.integer(row.sum.count).json(record.body);
      });
}

}  // namespace huan::http
