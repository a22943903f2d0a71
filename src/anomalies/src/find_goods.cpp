// SPDX-License-Identifier: Apache-2.0
// Masses at places: tickets too heavy, stock that stays, yields too good, work without a licence.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
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

/// A line held against its peers: ln of its mass over theirs, and which of them is in the middle.
struct Held {
  double apart{std::nan("")};  ///< where there are too few peers
  std::size_t middle{0};
};

double log_of(const Line& line) { return std::log(static_cast<double>(line.mass_g)); }

std::vector<Held> held_against_peers(const Watch::Book& book) {
  std::map<Alike, std::vector<std::size_t>> groups;
  for (std::size_t n = 0; n < book.lines.size(); ++n) {
    const Line& line = book.lines[n];
    if (line.mass_g > 0) {
      groups[{kind_of(book, line.place), line.material, line.day / kQuarterDays}].push_back(n);
    }
  }
  std::vector<Held> out(book.lines.size());
  for (auto& [peers, lines] : groups) {
    if (lines.size() < kPeersMin) {
      continue;
    }
    const auto middle = lines.begin() + static_cast<std::ptrdiff_t>(lines.size() / 2);
    std::ranges::nth_element(lines, middle, {},
                             [&](std::size_t n) { return book.lines[n].mass_g; });
    const std::size_t peer = *middle;
    for (const std::size_t n : lines) {
      out[n] = {log_of(book.lines[n]) - log_of(book.lines[peer]), peer};
    }
  }
  return out;
}

/// The place's lines, and of each group of peers the line in its middle.
void rest_on_lines(const Watch::Book& book, const std::vector<Held>& held,
                   const std::vector<std::size_t>& lines, Anomaly& one) {
  one.columns = {"lines", "times_peers_milli", "mass_g", "peers_mass_g"};
  std::set<std::size_t> middles;
  for (const std::size_t n : lines) {
    const Line& line = book.lines[n];
    show_event(one, line.event);
    add_part(one, line.event, one.subject,
             {1, rounded(std::exp(held[n].apart) * kMilli), line.mass_g, {}});
    middles.insert(held[n].middle);
  }
  for (const std::size_t n : middles) {
    const Line& peer = book.lines[n];
    add_part(one, peer.event, book.names.text(peer.place), {{}, {}, {}, peer.mass_g});
  }
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
  const auto held = held_against_peers(book);
  std::vector<double> pooled;
  std::map<Number, std::vector<std::size_t>> of_place;
  for (std::size_t n = 0; n < held.size(); ++n) {
    if (!std::isnan(held[n].apart)) {
      pooled.push_back(held[n].apart);
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
      own.push_back(held[n].apart);
    }
    const double middle = median(own);
    const double error =
        kMedianError * spread.deviation / std::sqrt(static_cast<double>(lines.size()));
    if (middle < std::log(book.rules.outlier_ratio) || middle < book.rules.outlier_z * error) {
      continue;
    }
    Anomaly one{Kind::mass_outlier, book.names.text(place), "", {}, {}};
    one.figures = {sum_of("lines", static_cast<std::int64_t>(lines.size())),
                   middle_of("times_peers_milli", rounded(std::exp(middle) * kMilli))};
    rest_on_lines(book, held, lines, one);
    out.push_back(std::move(one));
  }
}

namespace {

/// What came to the places and what left them, by one walk over all lines and moves.
void rest_on_moves(const Watch::Book& book, const std::map<Number, std::size_t>& hoards,
                   Found& out) {
  const auto add = [&](Number place, const base::Uuid& event, std::int64_t mass, bool came_in) {
    if (const auto found = hoards.find(place); found != hoards.end()) {
      Anomaly& one = out[found->second];
      show_event(one, event);
      add_part(one, event, one.subject,
               {mass, came_in ? std::optional(mass) : std::optional<std::int64_t>()});
    }
  };
  for (const Line& line : book.lines) {
    add(line.place, line.event, line.mass_g, true);
  }
  for (const Move& move : book.moves) {
    add(move.place, move.event, move.mass_g, move.came_in);
  }
}

}  // namespace

void find_hoards(const Watch::Book& book, Found& out) {
  std::map<Number, std::size_t> hoards;
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
    const std::int64_t days = a_day > 0 ? rounded(static_cast<double>(here.stock_g) / a_day) : 0;
    one.columns = {"stock_g", "came_in_g"};
    one.figures = {sum_of("stock_g", here.stock_g),
                   {"limit_g", here.limit_g},
                   sum_of("came_in_g", here.in_g),
                   derived_of("days_of_stock", days, "came_in_g")};
    hoards.emplace(place, out.size());
    out.push_back(std::move(one));
  }
  if (!hoards.empty()) {
    rest_on_moves(book, hoards, out);
  }
}

namespace {

struct Batches {
  std::int64_t in_g{0};
  std::int64_t good_g{0};
  std::vector<const Work*> works;
  [[nodiscard]] double loss() const {
    return 1 - static_cast<double>(good_g) / static_cast<double>(in_g);
  }
};

/// A place's work for which there are peers, held against what the one in their middle loses.
struct Lost {
  std::int64_t in_g{0};
  std::int64_t lost_g{0};
  double peers_g{0};
  Number product{0};
  std::int64_t product_g{0};
  std::vector<const Work*> works;
  std::vector<const Work*> peers;
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
    sum.works.push_back(&work);
  }
  return groups;
}

void add_lost(const Batches& sum, const Batches& peer, Number product, Lost& lost) {
  lost.in_g += sum.in_g;
  lost.lost_g += sum.in_g - sum.good_g;
  lost.peers_g += static_cast<double>(sum.in_g) * peer.loss();
  lost.works.insert(lost.works.end(), sum.works.begin(), sum.works.end());
  lost.peers.insert(lost.peers.end(), peer.works.begin(), peer.works.end());
  if (sum.in_g > lost.product_g) {
    lost.product_g = sum.in_g;
    lost.product = product;
  }
}

std::map<Number, Lost> losses_of(const Watch::Book& book) {
  std::map<Number, Lost> places;
  for (const auto& [alike, sums] : batches_of(book)) {
    for (const auto& [place, sum] : sums) {
      std::vector<const Batches*> others;
      for (const auto& [other, theirs] : sums) {
        if (other != place) {
          others.push_back(&theirs);
        }
      }
      if (!others.empty()) {
        const auto middle = others.begin() + static_cast<std::ptrdiff_t>(others.size() / 2);
        std::ranges::nth_element(others, middle, {}, &Batches::loss);
        add_lost(sum, **middle, std::get<2>(alike), places[place]);
      }
    }
  }
  return places;
}

/// An input as it was, what of it is no product, and the same of the peers.
void rest_on_works(const Watch::Book& book, const Lost& lost, Anomaly& one) {
  one.columns = {"batches", "in_g", "lost_g", "peers_in_g", "peers_lost_g"};
  for (const Work* work : lost.works) {
    show_event(one, work->event);
    add_part(one, work->event, one.subject, {1, work->in_g, work->in_g - work->good_g, {}, {}});
  }
  for (const Work* work : lost.peers) {
    add_part(one, work->event, book.names.text(work->place),
             {{}, {}, {}, work->in_g, work->in_g - work->good_g});
  }
}

}  // namespace

void find_yields(const Watch::Book& book, Found& out) {
  for (const auto& [place, lost] : losses_of(book)) {
    const auto number = static_cast<std::int64_t>(lost.works.size());
    const auto own_g = static_cast<double>(lost.lost_g);
    if (number < book.rules.batches || lost.in_g < kWorkedG ||
        own_g > book.rules.loss_ratio * lost.peers_g) {
      continue;
    }
    const auto in = static_cast<double>(lost.in_g);
    Anomaly one{
        Kind::yield_too_good, book.names.text(place), book.names.text(lost.product), {}, {}};
    one.figures = {
        sum_of("batches", number), sum_of("in_g", lost.in_g),
        derived_of("loss_ppm", rounded(own_g / in * kMillion), "lost_g"),
        derived_of("peers_loss_ppm", rounded(lost.peers_g / in * kMillion), "peers_lost_g")};
    rest_on_works(book, lost, one);
    out.push_back(std::move(one));
  }
}

void find_unlicensed(const Watch::Book& book, Found& out) {
  std::map<Number, Anomaly> found;
  std::map<Number, std::int64_t> masses;
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
    masses[work.place] += work.in_g;
    show_event(one, work.event);
    add_part(one, work.event, one.subject, {1, work.in_g});
  }
  for (auto& [place, one] : found) {
    one.columns = {"batches", "in_g"};
    one.figures = {sum_of("batches", static_cast<std::int64_t>(one.parts.size())),
                   sum_of("in_g", masses[place])};
    out.push_back(std::move(one));
  }
}

}  // namespace huan::anomalies
