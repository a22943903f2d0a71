// SPDX-License-Identifier: Apache-2.0
// Who sells how often and for how much, and who corrects when.
#include <algorithm>
#include <cmath>
#include <set>

#include "book.hpp"
#include "spread.hpp"

namespace huan::anomalies {
namespace {

constexpr std::int32_t kWeek = 7;
constexpr std::size_t kPricesMin = 8;
constexpr std::int64_t kPpmOfPrice = 1'000'000;
constexpr std::int32_t kDueDaysBefore = 2;
constexpr std::int64_t kCorrectionsMin = 6;

}  // namespace

void find_frequent(const Watch::Book& book, Found& out) {
  std::map<Number, std::set<base::Uuid>> tickets;
  for (const Line& line : book.lines) {
    if (line.person && line.seller != kNobody) {
      tickets[line.seller].insert(line.event);
    }
  }
  if (tickets.empty()) {
    return;
  }
  std::vector<std::int64_t> counts;
  counts.reserve(tickets.size());
  for (const auto& [seller, events] : tickets) {
    counts.push_back(static_cast<std::int64_t>(events.size()));
  }
  const auto usual = static_cast<double>(median(counts));
  for (const auto& [seller, events] : tickets) {
    const auto count = static_cast<std::int64_t>(events.size());
    if (!beyond_chance(count, usual)) {
      continue;
    }
    Anomaly one{Kind::frequent_seller, book.names.text(seller), "", {}, {}};
    one.figures = {
        {"tickets", count}, {"usual", static_cast<std::int64_t>(usual)}, {"days", book.days()}};
    for (const base::Uuid& event : events) {
      show_event(one, event);
    }
    out.push_back(std::move(one));
  }
}

void find_low_prices(const Watch::Book& book, Found& out) {
  std::map<std::pair<Number, std::int32_t>, std::vector<std::int64_t>> prices;
  for (const Line& line : book.lines) {
    if (line.price_fen > 0) {
      prices[{line.material, line.day / kWeek}].push_back(line.price_fen);
    }
  }
  std::map<std::pair<Number, std::int32_t>, std::int64_t> usual;
  for (auto& [what, list] : prices) {
    if (list.size() >= kPricesMin) {
      usual[what] = median(list);
    }
  }
  struct Sold {
    std::int64_t lines{0};
    std::int64_t low{0};
    std::vector<std::int64_t> shares;
    Anomaly anomaly;
  };
  std::map<Number, Sold> sellers;
  for (const Line& line : book.lines) {
    const auto found = usual.find({line.material, line.day / kWeek});
    if (line.seller == kNobody || line.price_fen <= 0 || found == usual.end()) {
      continue;
    }
    Sold& sold = sellers[line.seller];
    const std::int64_t share = line.price_fen * kPpmOfPrice / found->second;
    ++sold.lines;
    if (share <= book.rules.price_ppm) {
      ++sold.low;
      sold.shares.push_back(share);
      sold.anomaly.other = book.names.text(line.place);
      show_event(sold.anomaly, line.event);
    }
  }
  for (auto& [seller, sold] : sellers) {
    if (sold.low < book.rules.price_lines || sold.low * 4 < sold.lines) {
      continue;
    }
    Anomaly& one = sold.anomaly;
    one.kind = Kind::low_price;
    one.subject = book.names.text(seller);
    one.figures = {{"lines", sold.lines},
                   {"low_lines", sold.low},
                   {"of_usual_price_ppm", median(sold.shares)}};
    out.push_back(std::move(one));
  }
}

void find_corrections(const Watch::Book& book, Found& out) {
  const auto is_before_due = [&](std::int32_t day) {
    for (std::int32_t ahead = 0; ahead <= kDueDaysBefore; ++ahead) {
      const auto civil = base::civil_of(base::Day{day + ahead});
      if (std::ranges::find(book.rules.due_days, static_cast<std::int32_t>(civil.day)) !=
          book.rules.due_days.end()) {
        return true;
      }
    }
    return false;
  };
  std::int64_t due_days = 0;
  for (std::int32_t day = book.first_day; day <= book.last_day; ++day) {
    due_days += is_before_due(day) ? 1 : 0;
  }
  const std::int64_t other_days = book.days() - due_days;
  if (due_days == 0 || other_days <= 0) {
    return;
  }
  struct Counted {
    std::int64_t due{0};
    std::int64_t other{0};
    Anomaly anomaly;
  };
  std::map<Number, Counted> places;
  std::int64_t all_other = 0;
  for (const Mark& mark : book.corrections) {
    Counted& here = places[mark.place];
    if (is_before_due(mark.day)) {
      ++here.due;
      show_event(here.anomaly, mark.event);
    } else {
      ++here.other;
      ++all_other;
    }
  }
  const auto known = static_cast<double>(std::max<std::size_t>(book.places.size(), 1));
  const double ratio = static_cast<double>(due_days) / static_cast<double>(other_days);
  for (auto& [place, here] : places) {
    const double own = static_cast<double>(here.other) * ratio;
    const double expected = std::max(own, static_cast<double>(all_other) / known * ratio);
    const double limit = expected + 4 * std::sqrt(expected);
    if (here.due < kCorrectionsMin || static_cast<double>(here.due) <= limit) {
      continue;
    }
    Anomaly& one = here.anomaly;
    one.kind = Kind::late_corrections;
    one.subject = book.names.text(place);
    one.figures = {{"before_deadline", here.due},
                   {"days_before_deadline", due_days},
                   {"other", here.other},
                   {"other_days", other_days}};
    out.push_back(std::move(one));
  }
}

}  // namespace huan::anomalies
