// SPDX-License-Identifier: Apache-2.0
#include "huan/anomalies/watch.hpp"

#include "book.hpp"

namespace huan::anomalies {

Watch::Watch(const std::vector<PlaceCard>& places, Rules rules, Beside beside)
    : book_(std::make_unique<Book>()) {
  book_->rules = std::move(rules);
  book_->beside = std::move(beside);
  for (const PlaceCard& card : places) {
    Standing& here = book_->places[book_->names.of(card.key)];
    here.kind = card.kind;
    here.limit_g = card.storage_limit_g;
    here.stock_g = card.stock_g;
  }
}

Watch::~Watch() = default;

void Watch::read(json::Value event) { Reader(*book_).read(event); }

std::size_t Watch::events() const { return book_->events; }

std::vector<Anomaly> Watch::find() const {
  Found out;
  for (const auto find :
       {find_outliers, find_bias, find_hoards, find_frequent, find_low_prices, find_carousels,
        find_unlicensed, find_untracked, find_corrections, find_yields}) {
    find(*book_, out);
  }
  return out;
}

}  // namespace huan::anomalies
