// SPDX-License-Identifier: Apache-2.0
#include "huan/booking/quote.hpp"

#include <algorithm>
#include <cstdlib>

#include "huan/registry/place.hpp"

namespace huan::booking {
namespace {

using registry::MaterialUnit;
using registry::Price;

constexpr std::int64_t kGramsPerKg = 1'000;
constexpr std::int64_t kNearG = 2'000;
constexpr std::int64_t kNearPercent = 30;

const QuoteLine* line_of(const Quote& quote, std::string_view material) {
  const auto found = std::ranges::find_if(
      quote.lines, [&](const QuoteLine& one) { return registry::covers(one.material, material); });
  return found == quote.lines.end() ? nullptr : &*found;
}

bool is_near(std::int64_t expected, std::int64_t found) {
  const std::int64_t apart = std::abs(expected - found);
  return apart <= kNearG || apart * 100 <= expected * kNearPercent;
}

std::int64_t weighed_of(const Weighed& weighed, std::string_view branch) {
  std::int64_t sum = 0;
  for (const WeighedLine& line : weighed.lines) {
    sum += registry::covers(branch, line.material) ? line.mass.count() : 0;
  }
  return sum;
}

}  // namespace

const Price* price_of(const std::vector<Price>& prices, std::string_view place,
                      std::string_view material) {
  const Price* best = nullptr;
  const auto better = [&](const Price& one) {
    const auto rank = [](const Price& p) { return std::pair(!p.place.empty(), p.material.size()); };
    return best == nullptr || rank(one) > rank(*best);
  };
  for (const Price& one : prices) {
    const bool here = one.place.empty() || one.place == place;
    const bool covers = registry::covers(one.material, material);
    if (one.side == registry::PriceSide::buy && here && covers && better(one)) {
      best = &one;
    }
  }
  return best;
}

Quote quote_for(const std::vector<OrderLine>& lines, const std::vector<Price>& prices,
                std::string_view place, base::Day until) {
  Quote quote;
  quote.until = until;
  for (const OrderLine& line : lines) {
    const Price* price = price_of(prices, place, line.material);
    const bool there = std::ranges::any_of(
        quote.lines, [&](const QuoteLine& one) { return one.material == line.material; });
    if (price != nullptr && !there) {
      quote.lines.push_back({line.material, price->price, price->per});
    }
  }
  return quote;
}

base::Money amount_of(const QuoteLine& price, base::Mass mass, std::optional<base::Count> pieces) {
  if (price.per == MaterialUnit::piece) {
    return base::Money{
        base::checked_multiply(price.price.count(), pieces.value_or(base::Count{0}).count())};
  }
  return base::Money{base::multiply_divide_round(price.price.count(), mass.count(), kGramsPerKg)};
}

base::Money about(const std::vector<OrderLine>& lines, const Quote& quote) {
  base::Money sum;
  for (const OrderLine& line : lines) {
    if (const QuoteLine* price = line_of(quote, line.material)) {
      sum += amount_of(*price, line.estimate.value_or(base::Mass{0}), line.pieces);
    }
  }
  return sum;
}

void put_prices(Weighed& weighed, const Order& order, const std::vector<Price>& today,
                base::Day day) {
  weighed.total = {};
  for (WeighedLine& line : weighed.lines) {
    const QuoteLine* quoted =
        day <= order.quote.until ? line_of(order.quote, line.material) : nullptr;
    const Price* price = price_of(today, order.place, line.material);
    line.price.reset();
    if (quoted != nullptr) {
      line.price = QuoteLine{line.material, quoted->price, quoted->per};
    } else if (price != nullptr) {
      line.price = QuoteLine{line.material, price->price, price->per};
    }
    if (line.price) {
      weighed.total += amount_of(*line.price, line.mass, line.pieces);
    }
  }
}

std::vector<std::string> differences(const Order& order, const Weighed& weighed) {
  std::vector<std::string> found;
  for (const OrderLine& line : order.lines) {
    const std::int64_t there = weighed_of(weighed, line.material);
    const std::int64_t expected = line.estimate.value_or(base::Mass{0}).count();
    if (there == 0) {
      found.push_back("absent:" + line.material);
    } else if (line.estimate && !is_near(expected, there)) {
      found.push_back((there > expected ? "more:" : "less:") + line.material);
    }
  }
  for (const WeighedLine& line : weighed.lines) {
    const bool announced = std::ranges::any_of(order.lines, [&](const OrderLine& one) {
      return registry::covers(one.material, line.material);
    });
    if (!announced) {
      found.push_back("other:" + line.material);
    }
  }
  return found;
}

}  // namespace huan::booking
