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

namespace {

struct Ticket {
  base::Uuid event;
  Number place{0};
  friend auto operator<=>(const Ticket&, const Ticket&) = default;
};
using Sellers = std::map<Number, std::set<Ticket>>;

/// Whose number of tickets is in the middle of all.
Sellers::const_iterator middle_seller(const Sellers& sellers) {
  std::vector<Sellers::const_iterator> all;
  all.reserve(sellers.size());
  for (auto one = sellers.begin(); one != sellers.end(); ++one) {
    all.push_back(one);
  }
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::ranges::nth_element(all, middle, {}, [](const auto& one) { return one->second.size(); });
  return *middle;
}

}  // namespace

void find_frequent(const Watch::Book& book, Found& out) {
  Sellers tickets;
  for (const Line& line : book.lines) {
    if (line.person && line.seller != kNobody) {
      tickets[line.seller].insert({line.event, line.place});
    }
  }
  if (tickets.empty()) {
    return;
  }
  const auto& in_the_middle = middle_seller(tickets)->second;
  const auto usual = static_cast<std::int64_t>(in_the_middle.size());
  for (const auto& [seller, events] : tickets) {
    const auto count = static_cast<std::int64_t>(events.size());
    if (!beyond_chance(count, static_cast<double>(usual))) {
      continue;
    }
    Anomaly one{Kind::frequent_seller, book.names.text(seller), "", {}, {}};
    one.columns = {"tickets", "usual"};
    one.figures = {sum_of("tickets", count), sum_of("usual", usual), {"days", book.days()}};
    for (const Ticket& ticket : events) {
      show_event(one, ticket.event);
      add_part(one, ticket.event, book.names.text(ticket.place), {1, {}});
    }
    for (const Ticket& ticket : in_the_middle) {
      add_part(one, ticket.event, book.names.text(ticket.place), {{}, 1});
    }
    out.push_back(std::move(one));
  }
}

namespace {

using Priced = std::pair<Number, std::int32_t>;  // material, week

/// Of each material and week with enough of them, the line whose price is in the middle.
std::map<Priced, const Line*> usual_prices(const Watch::Book& book) {
  std::map<Priced, std::vector<const Line*>> prices;
  for (const Line& line : book.lines) {
    if (line.price_fen > 0) {
      prices[{line.material, line.day / kWeek}].push_back(&line);
    }
  }
  std::map<Priced, const Line*> usual;
  for (auto& [what, list] : prices) {
    if (list.size() >= kPricesMin) {
      const auto middle = list.begin() + static_cast<std::ptrdiff_t>(list.size() / 2);
      std::ranges::nth_element(list, middle, {}, &Line::price_fen);
      usual[what] = *middle;
    }
  }
  return usual;
}

/// A seller's lines with a price to hold them against.
struct Sold {
  struct One {
    const Line* line;
    const Line* usual;
    std::int64_t share_ppm;
  };
  std::vector<One> lines;
  std::vector<std::int64_t> low;
  Number last_low_place{0};
};

void rest_on_prices(const Watch::Book& book, const Sold& sold, Anomaly& one) {
  one.columns = {"lines", "low_lines", "of_usual_price_ppm", "price_fen", "usual_price_fen"};
  std::set<const Line*> usual;
  for (const auto& [line, middle, share] : sold.lines) {
    const bool low = share <= book.rules.price_ppm;
    if (low) {
      show_event(one, line->event);
    }
    add_part(one, line->event, book.names.text(line->place),
             {1,
              low ? std::optional<std::int64_t>(1) : std::nullopt,
              low ? std::optional(share) : std::nullopt,
              line->price_fen,
              {}});
    usual.insert(middle);
  }
  for (const Line* middle : usual) {
    add_part(one, middle->event, book.names.text(middle->place),
             {{}, {}, {}, {}, middle->price_fen});
  }
}

}  // namespace

void find_low_prices(const Watch::Book& book, Found& out) {
  const auto usual = usual_prices(book);
  std::map<Number, Sold> sellers;
  for (const Line& line : book.lines) {
    const auto found = usual.find({line.material, line.day / kWeek});
    if (line.seller == kNobody || line.price_fen <= 0 || found == usual.end()) {
      continue;
    }
    Sold& sold = sellers[line.seller];
    const std::int64_t share = line.price_fen * kPpmOfPrice / found->second->price_fen;
    sold.lines.push_back({&line, found->second, share});
    if (share <= book.rules.price_ppm) {
      sold.low.push_back(share);
      sold.last_low_place = line.place;
    }
  }
  for (auto& [seller, sold] : sellers) {
    const auto lines = static_cast<std::int64_t>(sold.lines.size());
    const auto low = static_cast<std::int64_t>(sold.low.size());
    if (low < book.rules.price_lines || low * 4 < lines) {
      continue;
    }
    Anomaly one{
        Kind::low_price, book.names.text(seller), book.names.text(sold.last_low_place), {}, {}};
    one.figures = {sum_of("lines", lines), sum_of("low_lines", low),
                   middle_of("of_usual_price_ppm", median(sold.low))};
    rest_on_prices(book, sold, one);
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
    Anomaly anomaly{};
  };
  std::map<Number, Counted> places;
  std::int64_t all_other = 0;
  for (const Mark& mark : book.corrections) {
    Counted& here = places[mark.place];
    const std::string& place = book.names.text(mark.place);
    if (is_before_due(mark.day)) {
      ++here.due;
      show_event(here.anomaly, mark.event);
      add_part(here.anomaly, mark.event, place, {1, {}});
    } else {
      ++here.other;
      ++all_other;
      add_part(here.anomaly, mark.event, place, {{}, 1});
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
    one.columns = {"before_deadline", "other"};
    one.figures = {sum_of("before_deadline", here.due),
                   {"days_before_deadline", due_days},
                   sum_of("other", here.other),
                   {"other_days", other_days}};
    out.push_back(std::move(one));
  }
}

}  // namespace huan::anomalies
