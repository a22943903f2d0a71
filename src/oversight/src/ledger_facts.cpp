// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "facts.hpp"

namespace huan::oversight {
namespace {

using store::Axis;

constexpr std::int32_t kYearDays = 365;
constexpr std::size_t kPage = 1'000;

bool asks_any(const Asked& asked, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (asked.contains(name)) {
      return true;
    }
  }
  return false;
}

void read_stock(store::Reading& reading, const CityName& city, LedgerFigures& figures) {
  store::Page page{"", kPage};
  for (bool more = true; more;) {
    const auto rows = reading.stock(city.code, {}, page);
    for (const store::StockRow& row : rows) {
      figures.stock_g[row.place] += row.mass_g;
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key();
    }
  }
}

/// The year that ends with the day.
store::StatisticsQuery within_a_year(base::Day day, std::vector<Axis> by,
                                     std::vector<std::string> flows) {
  store::StatisticsQuery query;
  query.by = std::move(by);
  query.from = base::Day{day.n - kYearDays + 1};
  query.to = day;
  query.flows = std::move(flows);
  return query;
}

void sum_by(store::Reading& reading, const CityName& city, const store::StatisticsQuery& query,
            std::string store::StatisticsRow::* name, base::TextMap<std::int64_t>& sums) {
  reading.statistics(city.code, query, [&](const store::StatisticsRow& row) {
    if (!row.cls.starts_with("other-city:")) {
      sums[row.*name] += row.mass_g;
    }
    return true;
  });
}

/// Leaves that are hazardous themselves or by what stands above them.
std::vector<std::string> hazardous_codes(const CityOnDay& picture) {
  std::vector<std::string> codes;
  codes.reserve(picture.materials.size());
  for (const registry::Material& material : picture.materials) {
    for (const registry::Material& above : picture.materials) {
      if (above.hazardous && registry::covers(above.code, material.code)) {
        codes.push_back(material.code);
        break;
      }
    }
  }
  return codes;
}

void read_hazardous(store::Reading& reading, const CityName& city, const CityOnDay& picture,
                    LedgerFigures& figures) {
  const std::vector<std::string> codes = hazardous_codes(picture);
  if (codes.empty()) {
    return;
  }
  auto taken = within_a_year(picture.day, {Axis::place}, {"receive", "accept"});
  taken.materials = codes;
  sum_by(reading, city, taken, &store::StatisticsRow::place, figures.hazardous_taken_g);
  auto left = within_a_year(picture.day, {Axis::place}, {"sell", "dispose"});
  left.materials = codes;
  sum_by(reading, city, left, &store::StatisticsRow::place, figures.hazardous_left_g);
}

/// Days are asked one by one: the roll-up is ordered by day, then place.
std::int64_t sum_of_place(store::Reading& reading, const CityName& city,
                          const store::StatisticsQuery& of) {
  std::int64_t sum = 0;
  store::StatisticsQuery query = of;
  for (base::Day day = *of.from; day <= *of.to; ++day.n) {
    query.from = day;
    query.to = day;
    reading.statistics(city.code, query, [&](const store::StatisticsRow& row) {
      if (!row.cls.starts_with("other-city:")) {
        sum += row.mass_g;
      }
      return true;
    });
  }
  return sum;
}

void read_place_stock(store::Reading& reading, const CityName& city, const std::string& place,
                      LedgerFigures& figures) {
  std::int64_t stock_g = 0;
  std::optional<base::Instant> oldest;
  store::Page page{"", kPage};
  store::LotFilter filter;
  filter.place = place;
  for (bool more = true; more;) {
    const auto rows = reading.lots(city.code, filter, page);
    for (const store::LotRow& row : rows) {
      stock_g += row.state.raw_g;
      oldest = oldest ? std::min(*oldest, row.state.time) : row.state.time;
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key();
    }
  }
  figures.stock_g[place] = stock_g;
  figures.oldest.erase(place);
  if (oldest) {
    figures.oldest.emplace(place, base::day_of(*oldest, city.offset_s));
  }
}

void read_place_received(store::Reading& reading, const CityName& city, const CityOnDay& picture,
                         const std::string& place, LedgerFigures& figures) {
  auto query = within_a_year(picture.day, {Axis::place, Axis::cls}, {"receive"});
  query.place = place;
  const std::int64_t now = sum_of_place(reading, city, query);
  const std::int64_t more = now - std::exchange(figures.received_g[place], now);
  if (const auto known = picture.places.find(place); known != picture.places.end()) {
    figures.received_by_district[known->second.district] += more;
    figures.received_by_operator[known->second.operator_id] += more;
  }
}

}  // namespace

LedgerFigures read_figures(store::Reading& reading, const CityName& city, const CityOnDay& picture,
                           const Asked& asked) {
  LedgerFigures figures;
  const base::Day last = base::day_of(reading.last(city.code).recorded_at, city.offset_s);
  figures.stock_known = last <= picture.day;
  if (figures.stock_known && asked.contains("place.storage_days")) {
    reading.oldest_stock(city.code, [&](const store::OldestStockRow& row) {
      figures.oldest.emplace(row.place, base::day_of(row.time, city.offset_s));
      return true;
    });
  }
  if (figures.stock_known && asked.contains("place.stock")) {
    read_stock(reading, city, figures);
  }
  if (asked.contains("place.mass_year")) {
    sum_by(reading, city, within_a_year(picture.day, {Axis::place}, {"receive", "accept"}),
           &store::StatisticsRow::place, figures.taken_g);
  }
  if (asks_any(asked, {"place.hazardous_taken", "place.hazardous_to_unqualified"})) {
    read_hazardous(reading, city, picture, figures);
  }
  if (asks_any(asked, {"district.mass_year", "enterprise.mass_year"})) {
    sum_by(reading, city, within_a_year(picture.day, {Axis::place, Axis::cls}, {"receive"}),
           &store::StatisticsRow::place, figures.received_g);
  }
  if (asked.contains("district.mass_year")) {
    sum_by(reading, city, within_a_year(picture.day, {Axis::district, Axis::cls}, {"receive"}),
           &store::StatisticsRow::district, figures.received_by_district);
  }
  if (asked.contains("enterprise.mass_year")) {
    sum_by(reading, city, within_a_year(picture.day, {Axis::operator_id, Axis::cls}, {"receive"}),
           &store::StatisticsRow::operator_id, figures.received_by_operator);
  }
  return figures;
}

void read_place_figures(store::Reading& reading, const CityName& city, const CityOnDay& picture,
                        const PlaceFigures& of, LedgerFigures& figures) {
  if (figures.stock_known && asks_any(of.asked, {"place.storage_days", "place.stock"})) {
    read_place_stock(reading, city, of.place, figures);
  }
  const auto sum_into = [&](base::TextMap<std::int64_t>& sums, store::StatisticsQuery query) {
    query.place = of.place;
    sums[of.place] = sum_of_place(reading, city, query);
  };
  if (of.asked.contains("place.mass_year")) {
    sum_into(figures.taken_g, within_a_year(picture.day, {Axis::place}, {"receive", "accept"}));
  }
  const bool asks_hazardous =
      asks_any(of.asked, {"place.hazardous_taken", "place.hazardous_to_unqualified"});
  if (const auto codes = asks_hazardous ? hazardous_codes(picture) : std::vector<std::string>{};
      !codes.empty()) {
    auto taken = within_a_year(picture.day, {Axis::place}, {"receive", "accept"});
    taken.materials = codes;
    sum_into(figures.hazardous_taken_g, taken);
    auto left = within_a_year(picture.day, {Axis::place}, {"sell", "dispose"});
    left.materials = codes;
    sum_into(figures.hazardous_left_g, left);
  }
  if (asks_any(of.asked, {"district.mass_year", "enterprise.mass_year"})) {
    read_place_received(reading, city, picture, of.place, figures);
  }
}

}  // namespace huan::oversight
