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
  std::int64_t shipped_g{0};
  std::int64_t arrived_g{0};
  Anomaly anomaly;
};

void judge_ends(const Watch::Book& book, Ends& ends, Found& out) {
  const auto trips = static_cast<std::int64_t>(ends.ppm.size());
  if (trips == 0) {
    return;
  }
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
  ends.anomaly.kind = Kind::two_end_bias;
  ends.anomaly.figures = {{"trips", trips},
                          {"to_one_side", side},
                          {"median_ppm", middle},
                          {"shipped_g", ends.shipped_g},
                          {"arrived_g", ends.arrived_g}};
  out.push_back(std::move(ends.anomaly));
}

}  // namespace

void find_bias(const Watch::Book& book, Found& out) {
  std::map<Number, Ends> receivers;
  for (const Trip& trip : book.trips) {
    if (!trip.whole || trip.shipped_g < kShippedMin) {
      continue;
    }
    Ends& ends = receivers[trip.to];
    const std::int64_t gap = trip.arrived_g - trip.shipped_g;
    ends.ppm.push_back(static_cast<std::int64_t>(static_cast<double>(gap) * kPpmOfMass /
                                                 static_cast<double>(trip.shipped_g)));
    ends.shipped_g += trip.shipped_g;
    ends.arrived_g += trip.arrived_g;
    ends.anomaly.subject = book.names.text(trip.to);
    show_event(ends.anomaly, trip.event);
  }
  for (auto& [place, ends] : receivers) {
    judge_ends(book, ends, out);
  }
}

void find_carousels(const Watch::Book& book, Found& out) {
  struct Way {
    std::int64_t trips{0};
    std::int64_t mass_g{0};
    std::vector<base::Uuid> events;
  };
  std::map<std::pair<Number, Number>, Way> ways;
  for (const Trip& trip : book.left) {
    Way& way = ways[{trip.from, trip.to}];
    ++way.trips;
    way.mass_g += trip.shipped_g;
    if (way.events.size() < kEventsShown) {
      way.events.push_back(trip.event);
    }
  }
  for (const auto& [ends, way] : ways) {
    const bool itself = ends.first == ends.second;
    const auto back = ways.find({ends.second, ends.first});
    if (back == ways.end() || (!itself && ends.second < ends.first) ||
        std::min(way.trips, back->second.trips) < (itself ? 1 : book.rules.turns)) {
      continue;
    }
    Anomaly one{Kind::carousel, book.names.text(ends.first), book.names.text(ends.second), {}, {}};
    one.figures = {{"there", way.trips},
                   {"back", back->second.trips},
                   {"there_g", way.mass_g},
                   {"back_g", back->second.mass_g}};
    for (const base::Uuid& event : way.events) {
      show_event(one, event);
    }
    out.push_back(std::move(one));
  }
}

void find_untracked(const Watch::Book& book, Found& out) {
  std::map<Number, Anomaly> found;
  std::map<Number, std::int64_t> counts;
  for (const Mark& mark : book.bare) {
    Anomaly& one = found[mark.place];
    one.kind = Kind::untracked;
    one.subject = book.names.text(mark.place);
    ++counts[mark.place];
    show_event(one, mark.event);
  }
  std::map<Number, std::int64_t> silent;
  for (const auto& [mark, vehicle] : book.silent) {
    Anomaly& one = found[mark.place];
    one.kind = Kind::untracked;
    one.subject = book.names.text(mark.place);
    one.other = book.names.text(vehicle);
    ++silent[mark.place];
    show_event(one, mark.event);
  }
  for (auto& [place, one] : found) {
    one.figures = {{"shipments", counts[place]}};
    if (silent.contains(place)) {
      one.figures.push_back({"without_track", silent[place]});
    }
    out.push_back(std::move(one));
  }
}

}  // namespace huan::anomalies
