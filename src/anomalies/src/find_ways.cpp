// SPDX-License-Identifier: Apache-2.0
// Shipments: two ends that differ, goods that come back, and nothing that shows the way.
#include <algorithm>

#include "book.hpp"
#include "spread.hpp"

namespace huan::anomalies {
namespace {

constexpr std::int64_t kPpmOfMass = 1'000'000;
constexpr std::int64_t kSidePercent = 85;
constexpr std::int64_t kShippedMin = 10'000;
constexpr std::int64_t kFewTrips = 4;

struct Ends {
  std::vector<std::int64_t> ppm;
  std::vector<const Trip*> trips;  ///< one for each
  std::int64_t shipped_g{0};
  std::int64_t arrived_g{0};
};

std::int64_t gap_ppm(const Trip& trip) {
  const std::int64_t gap = trip.arrived_g - trip.shipped_g;
  return static_cast<std::int64_t>(static_cast<double>(gap) * kPpmOfMass /
                                   static_cast<double>(trip.shipped_g));
}

void rest_on_trips(const Watch::Book& book, const Ends& ends, bool fall_short, Anomaly& one) {
  one.columns = {"trips", "to_one_side", "median_ppm", "shipped_g", "arrived_g"};
  for (const Trip* trip : ends.trips) {
    const std::int64_t ppm = gap_ppm(*trip);
    const bool same = fall_short ? ppm < 0 : ppm > 0;
    show_event(one, trip->event);
    add_part(one, trip->event, book.names.text(trip->from),
             {1, same ? std::optional<std::int64_t>(1) : std::nullopt, ppm, trip->shipped_g,
              trip->arrived_g});
  }
}

void judge_ends(const Watch::Book& book, Number place, Ends& ends, Found& out) {
  const auto trips = static_cast<std::int64_t>(ends.ppm.size());
  const auto short_ones = std::ranges::count_if(ends.ppm, [](std::int64_t d) { return d < 0; });
  const auto long_ones = std::ranges::count_if(ends.ppm, [](std::int64_t d) { return d > 0; });
  const std::int64_t middle = median(ends.ppm);
  const std::int64_t side = middle < 0 ? short_ones : long_ones;
  const bool many = trips >= book.rules.bias_trips && side * 100 >= trips * kSidePercent &&
                    std::abs(middle) >= book.rules.bias_ppm;
  // A few are enough where all of them fall far short.
  const bool few =
      trips >= kFewTrips && side == trips && std::abs(middle) * 2 >= book.rules.bias_ppm * 3;
  if (!many && !few) {
    return;
  }
  Anomaly one{Kind::two_end_bias, book.names.text(place), "", {}, {}};
  one.figures = {sum_of("trips", trips), sum_of("to_one_side", side),
                 middle_of("median_ppm", middle), sum_of("shipped_g", ends.shipped_g),
                 sum_of("arrived_g", ends.arrived_g)};
  rest_on_trips(book, ends, middle < 0, one);
  out.push_back(std::move(one));
}

}  // namespace

void find_bias(const Watch::Book& book, Found& out) {
  std::map<Number, Ends> receivers;
  for (const Trip& trip : book.trips) {
    if (!trip.whole || trip.shipped_g < kShippedMin) {
      continue;
    }
    Ends& ends = receivers[trip.to];
    ends.ppm.push_back(gap_ppm(trip));
    ends.trips.push_back(&trip);
    ends.shipped_g += trip.shipped_g;
    ends.arrived_g += trip.arrived_g;
  }
  for (auto& [place, ends] : receivers) {
    judge_ends(book, place, ends, out);
  }
}

namespace {

struct Way {
  std::int64_t mass_g{0};
  std::vector<const Trip*> trips;
  [[nodiscard]] std::int64_t number() const { return static_cast<std::int64_t>(trips.size()); }
};

void rest_on_ways(const Watch::Book& book, const Way& there, const Way& back, Anomaly& one) {
  one.columns = {"there", "back", "there_g", "back_g"};
  for (const Trip* trip : there.trips) {
    show_event(one, trip->event);
    add_part(one, trip->event, book.names.text(trip->from), {1, {}, trip->shipped_g, {}});
  }
  for (const Trip* trip : back.trips) {
    add_part(one, trip->event, book.names.text(trip->from), {{}, 1, {}, trip->shipped_g});
  }
}

}  // namespace

void find_carousels(const Watch::Book& book, Found& out) {
  std::map<std::pair<Number, Number>, Way> ways;
  for (const Trip& trip : book.left) {
    Way& way = ways[{trip.from, trip.to}];
    way.mass_g += trip.shipped_g;
    way.trips.push_back(&trip);
  }
  for (const auto& [ends, way] : ways) {
    const bool itself = ends.first == ends.second;
    const auto back = ways.find({ends.second, ends.first});
    if (back == ways.end() || (!itself && ends.second < ends.first) ||
        std::min(way.number(), back->second.number()) < (itself ? 1 : book.rules.turns)) {
      continue;
    }
    Anomaly one{Kind::carousel, book.names.text(ends.first), book.names.text(ends.second), {}, {}};
    one.figures = {sum_of("there", way.number()), sum_of("back", back->second.number()),
                   sum_of("there_g", way.mass_g), sum_of("back_g", back->second.mass_g)};
    rest_on_ways(book, way, back->second, one);
    out.push_back(std::move(one));
  }
}

void find_untracked(const Watch::Book& book, Found& out) {
  std::map<Number, Anomaly> found;
  std::map<Number, std::int64_t> counts;
  const auto add = [&](const Mark& mark, Values values) {
    Anomaly& one = found[mark.place];
    one.kind = Kind::untracked;
    one.subject = book.names.text(mark.place);
    one.columns = {"shipments", "without_track"};
    show_event(one, mark.event);
    add_part(one, mark.event, one.subject, std::move(values));
  };
  for (const Mark& mark : book.bare) {
    add(mark, {1, {}});
    ++counts[mark.place];
  }
  std::map<Number, std::int64_t> silent;
  for (const auto& [mark, vehicle] : book.silent) {
    add(mark, {{}, 1});
    found[mark.place].other = book.names.text(vehicle);
    ++silent[mark.place];
  }
  for (auto& [place, one] : found) {
    one.figures = {sum_of("shipments", counts[place])};
    if (silent.contains(place)) {
      one.figures.push_back(sum_of("without_track", silent[place]));
    }
    out.push_back(std::move(one));
  }
}

}  // namespace huan::anomalies
