// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "huan/base/quantity.hpp"
#include "huan/indicators/row_amount.hpp"
#include "measures.hpp"

namespace huan::oversight {
namespace {

using indicators::Measure;
using store::Axis;

template <class T>
bool among(const std::vector<T>& list, const T& one) {
  return std::ranges::find(list, one) != list.end();
}

/// The item that a material counts under: its own or its nearest ancestor's.
std::string item_of(const std::vector<registry::Material>& materials, const std::string& code,
                    const std::string& scheme) {
  std::string best;
  std::size_t depth = 0;
  for (const registry::Material& above : materials) {
    const auto item = above.schemes.find(scheme);
    if (item != above.schemes.end() && registry::covers(above.code, code) &&
        above.code.size() >= depth) {
      best = item->second;
      depth = above.code.size();
    }
  }
  return best;
}

/// Above so many places rows are read by place instead.
constexpr std::size_t kPlacesNamedMax = 10'000;

base::Day month_end(std::int32_t month) { return {indicators::first_day(month + 1).n - 1}; }

}  // namespace

LedgerMeasure::LedgerMeasure(const Measure& measure, const CityOnDay& picture)
    : measure_(measure), picture_(picture) {
  resolve_places();
  if (measure.materials.empty() && measure.scheme.empty()) {
    return;
  }
  for (const registry::Material& material : picture.materials) {
    const bool named = measure.materials.empty() ||
                       std::ranges::any_of(measure.materials, [&](const std::string& branch) {
                         return registry::covers(branch, material.code);
                       });
    const bool listed =
        measure.scheme.empty() ||
        among(measure.items, item_of(picture.materials, material.code, measure.scheme));
    if (named && listed) {
      leaves_.push_back(material.code);
    }
  }
  empty_ = empty_ || leaves_.empty();
}

void LedgerMeasure::resolve_places() {
  if (measure_.place_kinds.empty() && measure_.forms.empty()) {
    return;
  }
  for (const auto& [id, place] : picture_.places) {
    if (stands_in(place)) {
      places_.push_back(id);
    }
  }
  empty_ = places_.empty();
  by_place_ = places_.size() > kPlacesNamedMax;
}

bool LedgerMeasure::stands_in(const registry::Place& place) const {
  return (measure_.place_kinds.empty() ||
          among(measure_.place_kinds, std::string(registry::info(place.kind).code))) &&
         (measure_.forms.empty() || among(measure_.forms, std::string(registry::name(place.form))));
}

store::StatisticsQuery LedgerMeasure::query(Span span) const {
  store::StatisticsQuery query;
  query.from = span.from;
  query.to = span.to;
  query.materials = leaves_;
  query.flows = measure_.flows;
  query.classes = measure_.classes;
  if (measure_.districts.size() == 1) {
    query.district = measure_.districts.front();
  } else if (!measure_.districts.empty()) {
    query.by.push_back(Axis::district);
  }
  if (!measure_.not_classes.empty()) {
    query.by.push_back(Axis::cls);
  }
  if (by_place_) {
    query.by.push_back(Axis::place);
  } else {
    query.places = places_;
  }
  return query;
}

bool LedgerMeasure::counts(const store::StatisticsRow& row) const {
  if (measure_.districts.size() > 1 && !among(measure_.districts, row.district)) {
    return false;
  }
  if (indicators::left_out(measure_.not_classes, row.cls)) {
    return false;
  }
  if (!by_place_) {
    return true;
  }
  const auto place = picture_.places.find(row.place);
  return place != picture_.places.end() && stands_in(place->second);
}

bool LedgerMeasure::takes(const ledger::RollupDelta& row) const {
  const auto any_or = [](const std::vector<std::string>& list, const std::string& one) {
    return list.empty() || among(list, one);
  };
  store::StatisticsRow same;
  same.district = row.district;
  same.cls = row.cls;
  same.place = row.place;
  return !empty_ && any_or(leaves_, row.material) && any_or(measure_.flows, row.flow) &&
         any_or(measure_.classes, row.cls) && any_or(measure_.districts, row.district) &&
         (by_place_ || any_or(places_, row.place)) && counts(same);
}

std::map<base::Day, std::int64_t> LedgerMeasure::ask(store::StatisticsReading& reading,
                                                     store::City city, Span span,
                                                     bool by_month) const {
  std::map<base::Day, std::int64_t> sums;
  if (empty_ || span.to < span.from) {
    return sums;
  }
  store::StatisticsQuery asked = query(span);
  if (by_month) {
    asked.by.insert(asked.by.begin(), Axis::month);
  }
  reading.statistics(city, asked, [&](const store::StatisticsRow& row) {
    if (counts(row)) {
      std::int64_t& sum = sums[by_month ? row.day : base::Day{}];
      const indicators::RowAmounts amounts{row.mass_g, row.pieces, row.money_fen, row.count};
      sum = base::checked_add(sum, indicators::amount_of(amounts, measure_.quantity));
    }
    return true;
  });
  return sums;
}

std::int64_t LedgerMeasure::sum(store::StatisticsReading& reading, store::City city,
                                Span span) const {
  // The month's roll-up answers for whole months, so only a rest is read by days.
  const std::int32_t last = indicators::month_of(span.to);
  const bool whole = span.to == month_end(last);
  const base::Day rest_from = std::max(indicators::first_day(last), span.from);
  std::int64_t total = 0;
  const auto add = [&](Span part) {
    for (const auto& [day, sum] : ask(reading, city, part, false)) {
      total = base::checked_add(total, sum);
    }
  };
  if (whole) {
    add(span);
  } else {
    add({span.from, base::Day{rest_from.n - 1}});
    add({rest_from, span.to});
  }
  return total;
}

indicators::Months LedgerMeasure::months(store::StatisticsReading& reading, store::City city,
                                         std::int32_t first, std::int32_t last) const {
  indicators::Months months;
  months.first = first;
  if (last < first) {
    return months;
  }
  const std::int64_t number = std::int64_t{last} - first + 1;
  months.values.assign(static_cast<std::size_t>(number), 0);
  const Span span{indicators::first_day(first), month_end(last)};
  for (const auto& [day, sum] : ask(reading, city, span, true)) {
    const auto at = static_cast<std::size_t>(indicators::month_of(day) - first);
    months.values[at] = std::max<std::int64_t>(sum, 0);
  }
  return months;
}

std::optional<base::Day> ledger_begins(store::StatisticsReading& reading, store::City city) {
  std::optional<base::Day> first;
  const auto take_first = [&](const store::StatisticsRow& row) {
    first = row.day;
    return false;
  };
  reading.rollup_days(city, take_first);  // in the order of days
  return first;
}

}  // namespace huan::oversight
