// SPDX-License-Identifier: Apache-2.0
#include "huan/app/review_day.hpp"

#include <algorithm>
#include <set>

#include "huan/json/writer.hpp"
#include "huan/rounds/drive.hpp"
#include "order_shelf.hpp"
#include "round_shelf.hpp"

namespace huan::app {
namespace {

using rounds::StopState;

constexpr std::int64_t kDayS = 86'400;

struct Watched {
  std::int64_t limit_g{0};
  std::int64_t stock_g{0};
  std::int64_t most_g{0};
  std::int64_t over_since_s{0};  // 0: never
  bool began_over{false};
};

std::map<std::string, Watched, std::less<>> limits_of(store::RegistryReading& reading,
                                                      const std::string& city) {
  std::map<std::string, Watched, std::less<>> watched;
  each_registered(reading, city, "place", "", [&](const store::RegistryRow& row) {
    const auto place = data_of<registry::Place>(
        row, [](json::Value data) { return registry::parse_place(data, "/data"); });
    if (place && place->storage_limit) {
      watched[row.key].limit_g = place->storage_limit->count();
    }
  });
  return watched;
}

/// The stock of each watched place after each record of the day.
void follow_stock(store::Reading& reading, const store::CityRow& city, base::Day day,
                  std::map<std::string, Watched, std::less<>>& watched) {
  const std::int64_t from = std::int64_t{day.n} * kDayS - city.offset_s;
  store::Seq first = UINT64_MAX;
  std::map<store::Seq, std::int64_t> when;
  reading.record_heads(city.city, {}, [&](const store::RecordView& record) {
    if (record.recorded_at.s >= from && record.recorded_at.s < from + kDayS) {
      first = std::min(first, record.seq);
      when.emplace(record.seq, record.recorded_at.s);
    }
    return record.recorded_at.s < from + kDayS;
  });
  store::Seq seen = 0;
  std::set<Watched*> moved;
  const auto judge = [&] {
    const auto at = when.find(seen);
    for (Watched* one : moved) {
      const bool over = one->stock_g > one->limit_g;
      one->began_over = at == when.end() ? over : one->began_over;
      if (at != when.end() && over) {
        one->over_since_s = one->over_since_s == 0 ? at->second : one->over_since_s;
        one->most_g = std::max(one->most_g, one->stock_g);
      }
    }
    moved.clear();
  };
  const store::Seq last = when.empty() ? 0 : when.rbegin()->first;
  reading.legs(city.city, {0, last}, [&](const store::LegView& leg) {
    if (leg.seq != seen) {
      judge();
      seen = leg.seq;
    }
    const auto place = leg.kind == ledger::AccountKind::stock && leg.unit == ledger::Unit::mass
                           ? watched.find(leg.a)
                           : watched.end();
    if (place != watched.end()) {
      place->second.stock_g += leg.amount;
      moved.insert(&place->second);
    }
    return true;
  });
  judge();
}

struct Visits {
  std::map<std::string, const rounds::Stop*> first;  // by place, the earliest planned
  std::set<std::string> left_out;
  std::map<std::string, const rounds::StorageAlert*> alerts;
};

Visits visits_of(const DayOnRecord& day) {
  Visits visits;
  for (const KeptRound& kept : day.rounds) {
    for (const rounds::Stop& stop : kept.round.stops) {
      if (stop.kind == rounds::StopKind::station) {
        auto& first = visits.first[stop.place];
        first = first == nullptr || stop.arrive_s < first->arrive_s ? &stop : first;
      }
    }
  }
  if (!day.sheet) {
    return visits;
  }
  for (const rounds::LeftOut& left : day.sheet->sheet.left_out) {
    visits.left_out.insert(left.stop.place);
  }
  for (const rounds::StorageAlert& alert : day.sheet->sheet.alerts) {
    visits.alerts[alert.place] = &alert;
  }
  return visits;
}

std::string why_over(const Visits& visits, const std::string& place, const Watched& watched) {
  const auto alert = visits.alerts.find(place);
  const auto visit = visits.first.find(place);
  const bool foreseen = alert != visits.alerts.end() && alert->second->by_s.has_value();
  if (watched.began_over) {
    return "before";
  }
  if (visits.left_out.contains(place)) {
    return "left_out";
  }
  if (!foreseen) {
    return "unforeseen";
  }
  if (visit == visits.first.end() || visit->second->arrive_s > *alert->second->by_s) {
    return "plan";
  }
  const auto& stop = *visit->second;
  const bool in_time = stop.state == StopState::done && stop.ended_at.s < watched.over_since_s;
  return in_time ? "unforeseen" : "late";
}

bool is_due(const rounds::StorageAlert& alert) { return alert.what != "tomorrow"; }

/// Rounded half up to the fen.
std::int64_t cost_of(const rounds::Rule& rule, std::int64_t metres, std::int64_t seconds) {
  constexpr std::int64_t kKm = 1'000;
  constexpr std::int64_t kHour = 3'600;
  return (rule.fen_per_km * metres + kKm / 2) / kKm +
         (rule.fen_per_hour * seconds + kHour / 2) / kHour;
}

/// Planned beside driven: both of the rounds whose vehicle was seen, and all that was planned.
void add_costs(DayReview& review, const DayOnRecord& day, const rounds::Rule& rule,
               const DrivenMetres& driven, std::int32_t offset_s) {
  for (const KeptRound& kept : day.rounds) {
    if (kept.round.stops.empty()) {
      continue;
    }
    const rounds::Balance sums = rounds::balance_of(kept.round, offset_s);
    review.planned_fen += cost_of(rule, kept.round.distance_m, sums.planned_s);
    if (const auto metres = driven ? driven(kept.round.vehicle) : std::nullopt) {
      ++review.seen;
      review.driven_m += *metres;
      review.driven_fen += cost_of(rule, *metres, sums.driven_s);
    }
  }
}

std::int64_t could_fit(const DayOnRecord& day) {
  return !day.sheet
             ? 0
             : std::ranges::count_if(day.sheet->sheet.left_out, [](const rounds::LeftOut& left) {
                 return std::ranges::any_of(
                     left.reasons, [](const rounds::Why& why) { return why.code == kCouldFit; });
               });
}

void add_rounds(DayReview& review, const DayOnRecord& day, std::int32_t offset_s) {
  for (const KeptRound& kept : day.rounds) {
    if (kept.round.stops.empty()) {
      continue;
    }
    const rounds::Balance sums = rounds::balance_of(kept.round, offset_s);
    ++review.rounds;
    review.closed += kept.round.state == rounds::RoundState::closed ? 1 : 0;
    review.driven_s += sums.driven_s;
    review.late += static_cast<std::int64_t>(sums.late);
    review.loaded = review.loaded + sums.loaded;
    review.unloaded = review.unloaded + sums.unloaded;
    review.missed += static_cast<std::int64_t>(sums.missed);
    review.open += static_cast<std::int64_t>(sums.open);
    review.planned_m += kept.round.distance_m;
    review.planned_s += sums.planned_s;
    review.refused += static_cast<std::int64_t>(sums.refused);
    review.served += static_cast<std::int64_t>(sums.done);
  }
}

}  // namespace

std::int64_t DayReview::at_fault() const {
  return std::ranges::count(over, "plan", &OverLimit::why) +
         static_cast<std::int64_t>(forgotten.size()) + could_fit;
}

DayReview review_day(store::Reading& reading, const store::CityRow& city, const DayAsked& asked,
                     const DrivenMetres& driven) {
  const DayOnRecord day = rounds_of_day(reading, city.city, asked);
  DayReview review;
  add_rounds(review, day, city.offset_s);
  add_costs(review, day, rounds_rule(reading, city.city), driven, city.offset_s);
  review.could_fit = could_fit(day);
  review.left_out = day.sheet ? static_cast<std::int64_t>(day.sheet->sheet.left_out.size()) : 0;
  const Visits visits = visits_of(day);
  for (const auto& [place, alert] : visits.alerts) {
    if (is_due(*alert) && !visits.first.contains(place) && !visits.left_out.contains(place)) {
      review.forgotten.push_back(place);
    }
  }
  auto watched = limits_of(reading, city.city);
  follow_stock(reading, city, asked.day, watched);
  for (const auto& [place, one] : watched) {
    if (one.over_since_s != 0) {
      review.over.push_back({place, base::Instant{one.over_since_s}, base::Mass{one.limit_g},
                             base::Mass{one.most_g}, why_over(visits, place, one)});
    }
  }
  return review;
}

void write_review(json::Writer& w, const DayReview& review, std::int32_t offset_s) {
  w.begin_object().member("at_fault", review.at_fault()).member("closed", review.closed);
  w.member("could_fit", review.could_fit).member("driven_fen", review.driven_fen);
  w.member("driven_m", review.driven_m);
  w.member("driven_s", review.driven_s).key("forgotten").begin_array();
  for (const std::string& place : review.forgotten) {
    w.string(place);
  }
  w.end_array().member("late", review.late).member("left_out", review.left_out);
  w.member("loaded_g", review.loaded.count()).member("missed", review.missed);
  w.member("open", review.open).key("over_limit").begin_array();
  for (const OverLimit& one : review.over) {
    w.begin_object().member("limit_g", one.limit.count()).member("most_g", one.most.count());
    w.member("place", one.place).member("since", base::format_time(one.since, offset_s));
    w.member("why", one.why).end_object();
  }
  w.end_array().member("planned_fen", review.planned_fen).member("planned_m", review.planned_m);
  w.member("planned_s", review.planned_s).member("seen", review.seen);
  w.member("refused", review.refused).member("rounds", review.rounds);
  w.member("served", review.served).member("unloaded_g", review.unloaded.count()).end_object();
}

}  // namespace huan::app
