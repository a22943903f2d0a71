// SPDX-License-Identifier: Apache-2.0
// Sums over the roll-ups, by any of their axes.
#include <algorithm>
#include <array>
#include <map>

#include "huan/base/text.hpp"
#include "record_pages.hpp"
#include "statistics_sheet.hpp"

namespace huan::http {
namespace {

using store::Axis;

struct AxisName {
  std::string_view name;
  Axis axis;
};

constexpr std::array<AxisName, 8> kAxes{{{"day", Axis::day},
                                         {"month", Axis::month},
                                         {"district", Axis::district},
                                         {"place", Axis::place},
                                         {"operator", Axis::operator_id},
                                         {"material", Axis::material},
                                         {"flow", Axis::flow},
                                         {"origin", Axis::cls}}};

/// As the ledger names what it adds up (docs/events.md, roll-ups).
constexpr std::array<std::string_view, 12> kFlows{"receive", "ship",   "accept",   "refuse",
                                                  "in",      "out",    "loss",     "sell",
                                                  "dispose", "adjust", "variance", "imbalance"};

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = text.find(',');
    parts.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return parts;
}

Result<std::vector<AxisName>> axes_of(std::string_view by) {
  std::vector<AxisName> axes;
  for (const auto& name : split_list(by)) {
    const auto* found = std::find_if(kAxes.begin(), kAxes.end(),
                                     [&](const AxisName& axis) { return axis.name == name; });
    const bool again = std::any_of(axes.begin(), axes.end(),
                                   [&](const AxisName& axis) { return axis.name == name; });
    if (found == kAxes.end() || again) {
      return Error{ErrorCode::bad_field, "by", name};
    }
    axes.push_back(*found);
  }
  return axes;
}

Result<std::optional<base::Day>> day_parameter(const Ask& ask, std::string_view name) {
  const auto text = ask.query(name);
  if (!text) {
    return std::optional<base::Day>();
  }
  const auto day = base::parse_day(*text);
  if (!day) {
    return Error{ErrorCode::bad_time, std::string(name), "a day is written 2026-11-21"};
  }
  return day;
}

/// A group of the catalogue stands for all leaves below it.
Result<std::vector<std::string>> leaves_below(const Ask& ask, const std::string& material) {
  std::multimap<std::string, std::string> children;
  bool known = false;
  store::Page page{"", 1000};
  for (bool more = true; more;) {
    const auto rows = ask.reading.registry(ask.city.city, "material", {}, page);
    for (const auto& row : rows) {
      children.emplace(row.subkind, row.key);
      known = known || row.key == material;
    }
    more = rows.size() == page.limit;
    page.after = rows.empty() ? "" : rows.back().key;
  }
  if (!known) {
    return Error{ErrorCode::unknown_material, "material", material};
  }
  std::vector<std::string> below{material};
  for (std::size_t i = 0; i < below.size() && below.size() <= children.size() + 1; ++i) {
    const auto [first, last] = children.equal_range(below[i]);
    std::for_each(first, last, [&](const auto& child) { below.push_back(child.second); });
  }
  return below;
}

Result<store::StatisticsQuery> query_of(const Ask& ask, const std::vector<AxisName>& axes) {
  store::StatisticsQuery query;
  for (const auto& axis : axes) {
    query.by.push_back(axis.axis);
  }
  HUAN_TRY(from, day_parameter(ask, "from"));
  HUAN_TRY(to, day_parameter(ask, "to"));
  query.from = from;
  query.to = to;
  if (from && to && *to < *from) {
    return Error{ErrorCode::bad_time, "to", "lies before `from`"};
  }
  auto materials = split_list(ask.text("material"));
  std::sort(materials.begin(), materials.end());
  materials.erase(std::unique(materials.begin(), materials.end()), materials.end());
  for (const auto& name : materials) {
    HUAN_TRY(leaves, leaves_below(ask, name));
    query.materials.insert(query.materials.end(), leaves.begin(), leaves.end());
  }
  query.flows = split_list(ask.text("flow"));
  for (const auto& flow : query.flows) {
    if (std::find(kFlows.begin(), kFlows.end(), flow) == kFlows.end()) {
      return Error{ErrorCode::bad_field, "flow", flow};
    }
  }
  query.classes = split_list(ask.text("origin"));
  query.district = ask.text("district");
  query.place = ask.text("place");
  query.operator_id = ask.text("operator");
  query.scope = ask.scope();
  return query;
}

std::string code_of(Axis axis, const store::StatisticsRow& row) {
  switch (axis) {
    case Axis::day:
      return base::format_day(row.day);
    case Axis::month:
      return base::format_month(row.day);
    case Axis::district:
      return row.district;
    case Axis::place:
      return row.place;
    case Axis::operator_id:
      return row.operator_id;
    case Axis::material:
      return row.material;
    case Axis::flow:
      return row.flow;
    case Axis::cls:
      return row.cls;
  }
  return {};
}

void put_row(Table& table, const std::vector<AxisName>& axes, const store::StatisticsRow& row) {
  for (const auto& axis : axes) {
    table.text(code_of(axis.axis, row));
  }
  table.integer(row.mass_g).integer(row.pieces).integer(row.money_fen).integer(row.count);
}

/// All rows on one sheet.
Result<Response> spreadsheet(const Ask& ask, const store::StatisticsQuery& query,
                             const std::vector<AxisName>& axes) {
  Names names;
  for (const auto& axis : axes) {
    names.push_back(axis.name);
  }
  StatisticsSheet sheet(ask, names);
  Result<void> added;
  std::vector<std::string> codes(axes.size());
  ask.reading.statistics(ask.city.city, query, [&](const store::StatisticsRow& row) {
    std::ranges::transform(axes, codes.begin(),
                           [&](const AxisName& axis) { return code_of(axis.axis, row); });
    added = sheet.add(codes, row);
    return added.has_value();
  });
  HUAN_CHECK(std::move(added));
  return sheet.finish();
}

/// All rows from one reading: each page of a list would add everything up again.
Result<Response> whole_table(const Ask& ask, const store::StatisticsQuery& query,
                             const std::vector<AxisName>& axes, Table table) {
  Result<void> poured;
  ask.reading.statistics(ask.city.city, query, [&](const store::StatisticsRow& row) {
    put_row(table, axes, row);
    table.end_row();
    poured = table.pour();
    return poured.has_value();
  });
  HUAN_CHECK(std::move(poured));
  return table.finish("");
}

/// Sums have no key of their own: a page is found by the row's number.
struct Numbered {
  store::StatisticsRow row;
  std::int64_t number;
  [[nodiscard]] std::string key() const { return std::to_string(number); }
};

Result<Response> statistics(const Ask& ask) {
  HUAN_TRY(axes, axes_of(ask.text("by")));
  HUAN_TRY(query, query_of(ask, axes));
  if (ask.text("format") == "xlsx") {
    return spreadsheet(ask, query, axes);
  }
  HUAN_CHECK(check_row_cursor(ask.request));
  HUAN_TRY(options, list_options(ask.request));
  Names columns;
  for (const auto& axis : axes) {
    columns.push_back(axis.name);
  }
  columns.insert(columns.end(), {"mass_g", "pieces", "money_fen", "count"});
  if (options.whole) {
    return whole_table(ask, query, axes, Table(ask, options, std::move(columns)));
  }
  return list(
      ask, std::move(columns),
      [&](const store::Page& page) {
        const auto after = base::parse_integer(page.after).value_or(0);
        std::vector<Numbered> rows;
        std::int64_t number = 0;
        ask.reading.statistics(ask.city.city, query, [&](const store::StatisticsRow& row) {
          if (++number > after) {
            rows.push_back({row, number});
          }
          return rows.size() < page.limit;
        });
        return rows;
      },
      [&](Table& table, const Numbered& numbered) { put_row(table, axes, numbered.row); });
}

/// As the store judges its rows; lists empty: any.
bool counts(const store::StatisticsQuery& query, const ledger::RollupDelta& row) {
  const auto any_or = [](const std::vector<std::string>& list, const std::string& one) {
    return list.empty() || std::find(list.begin(), list.end(), one) != list.end();
  };
  const auto is = [](const std::string& asked, const std::string& one) {
    return asked.empty() || asked == one;
  };
  return (!query.from || row.day >= *query.from) && (!query.to || row.day <= *query.to) &&
         any_or(query.materials, row.material) && any_or(query.flows, row.flow) &&
         any_or(query.classes, row.cls) && is(query.district, row.district) &&
         is(query.place, row.place) && is(query.operator_id, row.operator_id) &&
         (query.scope.district.empty() || query.scope.holds_district(row.district)) &&
         is(query.scope.party, row.operator_id) && is(query.scope.place, row.place);
}

Result<Response> events_of_sum(const Ask& ask) {
  HUAN_TRY(query, query_of(ask, {}));
  return list_sum_events(ask, [&](const ledger::RollupDelta& row) { return counts(query, row); });
}

}  // namespace

void add_statistics_doors(Doors& doors) {
  doors.read("/api/v1/statistics/events",
             list_parameters(
                 {"from", "to", "material", "flow", "origin", "district", "place", "operator"}),
             events_of_sum);
  doors.read("/api/v1/statistics",
             list_parameters({"by", "from", "to", "material", "flow", "origin", "district", "place",
                              "operator"}),
             statistics);
}

}  // namespace huan::http
