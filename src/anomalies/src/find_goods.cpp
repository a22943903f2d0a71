// SPDX-License-Identifier: Apache-2.0
// Masses at places: tickets too heavy, stock that stays, yields too good, work without a licence.
#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "book.hpp"
#include "spread.hpp"

namespace huan::anomalies {
namespace {

constexpr std::size_t kPeersMin = 30;    // lines behind a median
constexpr std::size_t kOwnMin = 12;      // lines of a place
constexpr double kMedianError = 1.2533;  // of a normal sample, in standard errors of its mean
constexpr std::int32_t kQuarterDays = 91;
constexpr std::int64_t kHoardG = 1'000'000;
constexpr std::int32_t kHoardDaysSeen = 20;
constexpr double kMilli = 1'000;
constexpr double kMillion = 1'000'000;
constexpr std::int64_t kWorkedG = 1'000'000;

std::int64_t rounded(double value) { return static_cast<std::int64_t>(std::llround(value)); }

const std::string& kind_of(const Watch::Book& book, Number place) {
  static const std::string kNone;
  const auto found = book.places.find(place);
  return found == book.places.end() ? kNone : found->second.kind;
}

using Alike = std::tuple<std::string, Number, std::int32_t>;  // kind, material, quarter
using Peers = std::tuple<std::string, Number, Number>;        // kind, process, product

/// ln of each mass over its peers' median; NaN where there are too few peers.
std::vector<double> residuals(const Watch::Book& book) {
  std::map<Alike, std::vector<std::size_t>> groups;
  for (std::size_t n = 0; n < book.lines.size(); ++n) {
    const Line& line = book.lines[n];
    if (line.mass_g > 0) {
      groups[{kind_of(book, line.place), line.material, line.day / kQuarterDays}].push_back(n);
    }
  }
  std::vector<double> out(book.lines.size(), std::nan(""));
  for (const auto& [peers, lines] : groups) {
    if (lines.size() < kPeersMin) {
      continue;
    }
    std::vector<double> logs;
    logs.reserve(lines.size());
    for (const std::size_t n : lines) {
      logs.push_back(std::log(static_cast<double>(book.lines[n].mass_g)));
    }
    const double middle = median(logs);
    for (const std::size_t n : lines) {
      out[n] = std::log(static_cast<double>(book.lines[n].mass_g)) - middle;
    }
  }
  return out;
}

bool is_working_place(std::string_view kind) {
  constexpr std::array<std::string_view, 9> kKindsOfWork{
      "sorting-centre",  "processor",        "elv-dismantler",
      "weee-dismantler", "battery-recycler", "park",
      "remanufacturer",  "dismantler",       "bulky-dismantling-site"};
  return std::ranges::find(kKindsOfWork, kind) != kKindsOfWork.end();
}

}  // namespace

void find_outliers(const Watch::Book& book, Found& out) {
  const auto apart = residuals(book);
  std::vector<double> pooled;
  std::map<Number, std::vector<std::size_t>> of_place;
  for (std::size_t n = 0; n < apart.size(); ++n) {
    if (!std::isnan(apart[n])) {
      pooled.push_back(apart[n]);
      of_place[book.lines[n].place].push_back(n);
    }
  }
  if (pooled.empty()) {
    return;
  }
  const Spread spread = spread_of(std::move(pooled));
  for (const auto& [place, lines] : of_place) {
    if (lines.size() < kOwnMin) {
      continue;
    }
    std::vector<double> own;
    own.reserve(lines.size());
    for (const std::size_t n : lines) {
      own.push_back(apart[n]);
    }
    const double middle = median(own);
    const double error =
        kMedianError * spread.deviation / std::sqrt(static_cast<double>(lines.size()));
    if (middle < std::log(book.rules.outlier_ratio) || middle < book.rules.outlier_z * error) {
      continue;
    }
    Anomaly one{Kind::mass_outlier, book.names.text(place), "", {}, {}};
    one.figures = {{"lines", static_cast<std::int64_t>(lines.size())},
                   {"times_peers_milli", rounded(std::exp(middle) * kMilli)}};
    for (const std::size_t n : lines) {
      show_event(one, book.lines[n].event);
    }
    out.push_back(std::move(one));
  }
}

void find_hoards(const Watch::Book& book, Found& out) {
  for (const auto& [place, here] : book.places) {
    const bool over = here.limit_g > 0 && here.stock_g > here.limit_g;
    const bool gathers = here.kind == "station" || here.kind == "transfer-station";
    const double a_day = book.days() > 0 ? static_cast<double>(here.in_g) / book.days() : 0;
    const bool stays =
        gathers && book.days() >= kHoardDaysSeen && here.stock_g >= kHoardG / 10 &&
        static_cast<double>(here.stock_g) > a_day * static_cast<double>(book.rules.days_of_stock);
    if (!over && !stays) {
      continue;
    }
    Anomaly one{Kind::hoarding, book.names.text(place), "", {}, {}};
    one.figures = {
        {"stock_g", here.stock_g},
        {"limit_g", here.limit_g},
        {"came_in_g", here.in_g},
        {"days_of_stock", a_day > 0 ? rounded(static_cast<double>(here.stock_g) / a_day) : 0}};
    out.push_back(std::move(one));
  }
}

namespace {

struct Batches {
  std::int64_t in_g{0};
  std::int64_t good_g{0};
  std::int64_t number{0};
  std::vector<base::Uuid> events;
  [[nodiscard]] double loss() const {
    return 1 - static_cast<double>(good_g) / static_cast<double>(in_g);
  }
};

/// A place's work for which there are peers, held against what they lose.
struct Lost {
  std::int64_t in_g{0};
  std::int64_t number{0};
  double own_g{0};
  double peers_g{0};
  Number product{0};
  std::int64_t product_g{0};
  std::vector<base::Uuid> events;
};

std::map<Peers, std::map<Number, Batches>> batches_of(const Watch::Book& book) {
  std::map<Peers, std::map<Number, Batches>> groups;
  for (const Work& work : book.works) {
    if (!work.whole || work.in_g <= 0 || work.product == kNobody) {
      continue;
    }
    Batches& sum = groups[{kind_of(book, work.place), work.process, work.product}][work.place];
    sum.in_g += work.in_g;
    sum.good_g += work.good_g;
    ++sum.number;
    if (sum.events.size() < kEventsShown) {
      sum.events.push_back(work.event);
    }
  }
  return groups;
}

void add_lost(const Batches& sum, double peers_loss, Number product, Lost& lost) {
  const auto in = static_cast<double>(sum.in_g);
  lost.in_g += sum.in_g;
  lost.number += sum.number;
  lost.own_g += in * sum.loss();
  lost.peers_g += in * peers_loss;
  lost.events.insert(lost.events.end(), sum.events.begin(), sum.events.end());
  if (sum.in_g > lost.product_g) {
    lost.product_g = sum.in_g;
    lost.product = product;
  }
}

}  // namespace

void find_yields(const Watch::Book& book, Found& out) {
  std::map<Number, Lost> places;
  for (const auto& [alike, sums] : batches_of(book)) {
    for (const auto& [place, sum] : sums) {
      std::vector<double> others;
      for (const auto& [other, theirs] : sums) {
        if (other != place) {
          others.push_back(theirs.loss());
        }
      }
      if (!others.empty()) {
        add_lost(sum, median(others), std::get<2>(alike), places[place]);
      }
    }
  }
  for (const auto& [place, lost] : places) {
    if (lost.number < book.rules.batches || lost.in_g < kWorkedG ||
        lost.own_g > book.rules.loss_ratio * lost.peers_g) {
      continue;
    }
    const auto in = static_cast<double>(lost.in_g);
    Anomaly one{
        Kind::yield_too_good, book.names.text(place), book.names.text(lost.product), {}, {}};
    one.figures = {{"batches", lost.number},
                   {"in_g", lost.in_g},
                   {"loss_ppm", rounded(lost.own_g / in * kMillion)},
                   {"peers_loss_ppm", rounded(lost.peers_g / in * kMillion)}};
    for (const base::Uuid& event : lost.events) {
      show_event(one, event);
    }
    out.push_back(std::move(one));
  }
}

void find_unlicensed(const Watch::Book& book, Found& out) {
  std::map<Number, Anomaly> found;
  std::map<Number, std::pair<std::int64_t, std::int64_t>> sums;
  for (const Work& work : book.works) {
    const std::string& kind = kind_of(book, work.place);
    const std::string& process = book.names.text(work.process);
    const bool handling = process.empty() || process == "sort" || process == "bale";
    const bool of_kind = !kind.empty() && !handling && !is_working_place(kind);
    if (!of_kind && work.unlicensed == kNobody) {
      continue;
    }
    Anomaly& one = found[work.place];
    one.kind = Kind::unlicensed_work;
    one.subject = book.names.text(work.place);
    one.other = of_kind ? process : book.names.text(work.unlicensed);
    auto& [batches, mass] = sums[work.place];
    ++batches;
    mass += work.in_g;
    show_event(one, work.event);
  }
  for (auto& [place, one] : found) {
    one.figures = {{"batches", sums[place].first}, {"in_g", sums[place].second}};
    out.push_back(std::move(one));
  }
}

}  // namespace huan::anomalies
