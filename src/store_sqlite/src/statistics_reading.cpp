// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reading.hpp"

namespace huan::store_sqlite {

using store::Axis;
using store::City;
using store::StatisticsQuery;
using store::StatisticsRow;

namespace {

const Query kDays{
    "SELECT day, district, place, operator_id, material, flow, cls, mass_g, pieces, money_fen, "
    "count FROM rollup_day WHERE city = ?1 "
    "ORDER BY day, place, operator_id, district, material, flow, cls"};
const Query kMonths{
    "SELECT day, district, '', '', material, flow, cls, mass_g, pieces, money_fen, count "
    "FROM rollup_month WHERE city = ?1 ORDER BY day, district, material, flow, cls"};

const Query kOperators{
    "SELECT day, district, '', operator_id, material, flow, cls, mass_g, pieces, money_fen, count "
    "FROM rollup_operator WHERE city = ?1 ORDER BY day, operator_id, district, material, flow, "
    "cls"};
const Query kAnyBetween{
    "SELECT 1 FROM rollup_day WHERE city = ?1 AND day >= ?2 AND day <= ?3 LIMIT 1"};

constexpr const char* kDayTable = "rollup_day";
constexpr const char* kMonthTable = "rollup_month";
constexpr const char* kOperatorTable = "rollup_operator";

base::Day first_of(base::Day day) {
  auto civil = base::civil_of(day);
  civil.day = 1;
  return base::day_of(civil);
}

base::Day end_of(base::Day day) {
  constexpr std::int32_t kLongerThanAMonth = 31;
  return {first_of({first_of(day).n + kLongerThanAMonth}).n - 1};
}

bool names(const StatisticsQuery& query, Axis axis) {
  return std::find(query.by.begin(), query.by.end(), axis) != query.by.end();
}

/// Both ends are those of months, or nothing is on record between them and those.
bool whole_months(Connection& connection, City city, const StatisticsQuery& query) {
  const auto nothing = [&](base::Day from, base::Day to) {
    return to < from || !connection.use(kAnyBetween).bind_all(city, from, to).row();
  };
  return (!query.from || nothing(first_of(*query.from), {query.from->n - 1})) &&
         (!query.to || nothing({query.to->n + 1}, end_of(*query.to)));
}

/// The shortest roll-up that knows what is asked: the months' know neither places nor days.
const char* table_of(Connection& connection, City city, const StatisticsQuery& query) {
  const bool of_places = names(query, Axis::place) || !query.place.empty() ||
                         !query.places.empty() || !query.scope.place.empty();
  if (of_places || names(query, Axis::day) || !whole_months(connection, city, query)) {
    return kDayTable;
  }
  const bool of_operators =
      names(query, Axis::operator_id) || !query.operator_id.empty() || !query.scope.party.empty();
  return of_operators ? kOperatorTable : kMonthTable;
}

const char* column(Axis axis, bool months) {
  switch (axis) {
    case Axis::day:
      return "day";
    case Axis::month:
      return months ? "day"
                    : "CAST(strftime('%s', day * 86400, 'unixepoch', 'start of month') AS INTEGER) "
                      "/ 86400";
    case Axis::district:
      return "district";
    case Axis::place:
      return "place";
    case Axis::operator_id:
      return "operator_id";
    case Axis::material:
      return "material";
    case Axis::flow:
      return "flow";
    case Axis::cls:
      return "cls";
  }
  return "cls";
}

/// A statement for the question, its parameters collected as it is written.
class Question {
 public:
  Question(City city, const StatisticsQuery& query, const char* table) : query_(query) {
    const bool months = table != kDayTable;
    sql_ = "SELECT ";
    for (const auto axis : query.by) {
      sql_ += column(axis, months);
      sql_ += ", ";
    }
    sql_ += "sum(mass_g), sum(pieces), sum(money_fen), sum(count) FROM ";
    sql_ += table;
    sql_ += " WHERE city = ?";
    texts_.push_back(city);
    within_days(months);
    one_of("place", query.places);
    one_of("material", query.materials);
    one_of("flow", query.flows);
    one_of("cls", query.classes);
    equals("district", query.district);
    equals("place", query.place);
    equals("operator_id", query.operator_id);
    equals("place", query.scope.place);
    equals("operator_id", query.scope.party);
    const auto digits =
        "substr(district, 1, " + std::to_string(query.scope.district_digits()) + ")";
    equals(digits.c_str(), query.scope.district);
    // Without axes a sum over nothing would be a row of nulls.
    sql_ += query.by.empty() ? " HAVING count(*) > 0"
                             : " GROUP BY " + numbers() + " ORDER BY " + numbers();
  }

  [[nodiscard]] Cursor ask(Connection& connection) const {
    auto cursor = connection.prepare(sql_);
    for (const auto text : texts_) {
      cursor.bind(text);
    }
    return cursor;
  }

 private:
  /// Days are named one by one where places are, so that each pair is found by its key.
  void within_days(bool months) {
    constexpr std::int32_t kNamedMax = 400;
    const auto& [from, to] = std::pair(query_.from, query_.to);
    if (from && to && !query_.places.empty() && to->n - from->n < kNamedMax) {
      sql_ += " AND day IN (";
      for (base::Day day = *from; day <= *to; ++day.n) {
        sql_ += (day == *from ? "" : ", ") + std::to_string(day.n);
      }
      sql_ += ")";
      return;
    }
    if (from) {
      sql_ += " AND day >= " + std::to_string((months ? first_of(*from) : *from).n);
    }
    if (to) {
      sql_ += " AND day <= " + std::to_string(to->n);
    }
  }
  void one_of(const char* name, const std::vector<std::string>& values) {
    if (values.empty()) {
      return;
    }
    sql_ += std::string(" AND ") + name + " IN (";
    for (const auto& value : values) {
      sql_ += !texts_.empty() && sql_.back() != '(' ? ", ?" : "?";
      texts_.push_back(value);
    }
    sql_ += ")";
  }
  void equals(const char* name, const std::string& value) {
    if (!value.empty()) {
      sql_ += std::string(" AND ") + name + " = ?";
      texts_.push_back(value);
    }
  }
  [[nodiscard]] std::string numbers() const {
    std::string list;
    for (std::size_t i = 1; i <= query_.by.size(); ++i) {
      list += (i == 1 ? "" : ", ") + std::to_string(i);
    }
    return list;
  }

  const StatisticsQuery& query_;
  std::string sql_;
  std::vector<std::string_view> texts_;
};

void set(StatisticsRow& row, Axis axis, const Cursor& cursor, int at) {
  switch (axis) {
    case Axis::day:
    case Axis::month:
      row.day = cursor.day(at);
      return;
    case Axis::district:
      row.district = cursor.text(at);
      return;
    case Axis::place:
      row.place = cursor.text(at);
      return;
    case Axis::operator_id:
      row.operator_id = cursor.text(at);
      return;
    case Axis::material:
      row.material = cursor.text(at);
      return;
    case Axis::flow:
      row.flow = cursor.text(at);
      return;
    case Axis::cls:
      row.cls = cursor.text(at);
      return;
  }
}

void read_sums(StatisticsRow& row, const Cursor& cursor, int at) {
  row.mass_g = cursor.integer(at);
  row.pieces = cursor.integer(at + 1);
  row.money_fen = cursor.integer(at + 2);
  row.count = cursor.integer(at + 3);
}

void visit_rollup(Cursor cursor, City city, const store::Visit<StatisticsRow>& visit) {
  cursor.bind(city);
  StatisticsRow row;
  while (cursor.row()) {
    row.day = cursor.day(0);
    row.district = cursor.text(1);
    row.place = cursor.text(2);
    row.operator_id = cursor.text(3);
    row.material = cursor.text(4);
    row.flow = cursor.text(5);
    row.cls = cursor.text(6);
    read_sums(row, cursor, 7);
    if (!visit(row)) {
      return;
    }
  }
}

}  // namespace

void SqliteReading::statistics(City city, const StatisticsQuery& query,
                               const store::Visit<StatisticsRow>& visit) {
  if (pends(city)) {
    pending_->flush_rollups();
  }
  const Question question(city, query, table_of(connection_, city, query));
  auto cursor = question.ask(connection_);
  while (cursor.row()) {
    StatisticsRow row;
    int at = 0;
    for (const auto axis : query.by) {
      // A day says more than its month.
      const bool hidden = axis == Axis::month &&
                          std::find(query.by.begin(), query.by.end(), Axis::day) != query.by.end();
      if (!hidden) {
        set(row, axis, cursor, at);
      }
      ++at;
    }
    read_sums(row, cursor, at);
    if (!visit(row)) {
      return;
    }
  }
}

void SqliteReading::rollup_days(City city, const store::Visit<StatisticsRow>& visit) {
  if (pends(city)) {
    pending_->flush_rollups();
  }
  visit_rollup(connection_.use(kDays), city, visit);
}

void SqliteReading::rollup_operators(City city, const store::Visit<StatisticsRow>& visit) {
  if (pends(city)) {
    pending_->flush_rollups();
  }
  visit_rollup(connection_.use(kOperators), city, visit);
}

void SqliteReading::rollup_months(City city, const store::Visit<StatisticsRow>& visit) {
  if (pends(city)) {
    pending_->flush_rollups();
  }
  visit_rollup(connection_.use(kMonths), city, visit);
}

}  // namespace huan::store_sqlite
