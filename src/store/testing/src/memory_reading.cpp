// SPDX-License-Identifier: Apache-2.0
// Records, lots and stock.
#include "memory_reading.hpp"

#include <algorithm>

namespace huan::store::testing {

namespace {

bool holds_stock(const LotRow& row) { return row.current && row.state.raw_g > 0; }

bool fits(std::string_view wanted, std::string_view value) {
  return wanted.empty() || wanted == value;
}

}  // namespace

const CityTables& World::of(City city) const {
  static const CityTables kNone;
  const auto found = tables.find(std::string(city));
  return found == tables.end() ? kNone : found->second;
}

void Sums::add(const Sums& other) {
  mass_g += other.mass_g;
  pieces += other.pieces;
  money_fen += other.money_fen;
  count += other.count;
}

LastRecord MemoryReading::last(City city) {
  const auto& records = world_->of(city).records;
  if (records.empty()) {
    return {};
  }
  return {records.rbegin()->first, records.rbegin()->second.recorded_at};
}

std::optional<Record> MemoryReading::record(City city, Seq seq) {
  const auto& records = world_->of(city).records;
  const auto found = records.find(seq);
  return found == records.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Record> MemoryReading::record(City city, const base::Uuid& id) {
  return record(city, seq_of(city, id));
}

Seq MemoryReading::seq_of(City city, const base::Uuid& id) {
  const auto& ids = world_->of(city).ids;
  const auto found = ids.find(id);
  return found == ids.end() ? 0 : found->second;
}

Seq MemoryReading::superseded_by(City city, Seq seq) {
  const auto& superseded = world_->of(city).superseded;
  const auto found = superseded.find(seq);
  return found == superseded.end() ? 0 : found->second;
}

void MemoryReading::records(City city, SeqRange range, const Visit<RecordView>& visit) {
  const auto& records = world_->of(city).records;
  for (auto at = records.upper_bound(range.after); at != records.end(); ++at) {
    if (at->first > range.last || !visit(at->second.view())) {
      return;
    }
  }
}

void MemoryReading::record_heads(City city, SeqRange range, const Visit<RecordView>& visit) {
  records(city, range, [&visit](const RecordView& record) {
    auto head = record;
    head.body = {};
    return visit(head);
  });
}

std::vector<ledger::Leg> MemoryReading::legs(City city, Seq seq) {
  const auto& legs = world_->of(city).legs;
  const auto found = legs.find(seq);
  return found == legs.end() ? std::vector<ledger::Leg>() : found->second;
}

void MemoryReading::legs(City city, SeqRange range, const Visit<LegView>& visit) {
  const auto& all = world_->of(city).legs;
  for (auto at = all.upper_bound(range.after); at != all.end() && at->first <= range.last; ++at) {
    for (const auto& leg : at->second) {
      const LegView view{at->first,  leg.account.kind, leg.account.a, leg.account.b, leg.unit,
                         leg.amount, leg.material,     leg.cls,       leg.day};
      if (!visit(view)) {
        return;
      }
    }
  }
}

std::optional<ledger::LotState> MemoryReading::lot(City city, std::string_view lot) {
  for (const auto& row : lot_places(city, lot)) {
    if (row.current) {
      return row.state;
    }
  }
  return std::nullopt;
}

std::optional<LotRow> MemoryReading::lot_at(City city, std::string_view lot,
                                            std::string_view place) {
  const auto& lots = world_->of(city).lots;
  const auto found = lots.find({std::string(lot), std::string(place)});
  return found == lots.end() ? std::nullopt : std::optional(found->second);
}

std::vector<LotRow> MemoryReading::lot_places(City city, std::string_view lot) {
  std::vector<LotRow> rows;
  all_lots(city, [&](const LotRow& row) {
    if (row.state.lot == lot) {
      rows.push_back(row);
    }
    return true;
  });
  return rows;
}

void MemoryReading::draw(City city, std::string_view place, std::string_view material,
                         base::Instant not_after, const Visit<ledger::LotState>& visit) {
  std::vector<ledger::LotState> found;
  all_lots(city, [&](const LotRow& row) {
    if (holds_stock(row) && !row.state.has_items && row.state.place == place &&
        row.state.material == material && row.state.time <= not_after) {
      found.push_back(row.state);
    }
    return true;
  });
  std::sort(found.begin(), found.end(), [](const ledger::LotState& a, const ledger::LotState& b) {
    return std::tie(a.time, a.seq, a.lot) < std::tie(b.time, b.seq, b.lot);
  });
  for (const auto& state : found) {
    if (!visit(state)) {
      return;
    }
  }
}

std::int64_t MemoryReading::drawable(City city, std::string_view place, std::string_view material) {
  std::int64_t sum = 0;
  draw(city, place, material, {INT64_MAX}, [&sum](const ledger::LotState& state) {
    sum += state.raw_g;
    return true;
  });
  return sum;
}

std::vector<LotRow> MemoryReading::lots(City city, const LotFilter& filter, const Page& page) {
  std::vector<LotRow> rows;
  const auto [lot, place] = page.parts();
  const Names after{std::string(lot), std::string(place)};
  for (const auto& [key, row] : world_->of(city).lots) {
    const bool wanted = key > after && fits(filter.place, row.state.place) &&
                        fits(filter.material, row.state.material) &&
                        (!filter.with_stock || holds_stock(row)) &&
                        place_in_scope(city, row.state.place, filter.scope);
    if (wanted && rows.size() < page.limit) {
      rows.push_back(row);
    }
  }
  return rows;
}

std::vector<StockRow> MemoryReading::stock(City city, const LotFilter& filter, const Page& page) {
  std::map<Names, StockRow> sums;
  all_lots(city, [&](const LotRow& row) {
    const auto& state = row.state;
    if (holds_stock(row) && fits(filter.place, state.place) &&
        fits(filter.material, state.material) && place_in_scope(city, state.place, filter.scope)) {
      auto& sum = sums[{state.place, state.material}];
      sum.place = state.place;
      sum.material = state.material;
      sum.mass_g += state.raw_g;
      sum.pieces += std::max<std::int64_t>(state.raw_pieces, 0);
      ++sum.lots;
    }
    return true;
  });
  const auto [place, material] = page.parts();
  std::vector<StockRow> rows;
  for (auto at = sums.upper_bound({std::string(place), std::string(material)});
       at != sums.end() && rows.size() < page.limit; ++at) {
    rows.push_back(at->second);
  }
  return rows;
}

void MemoryReading::oldest_stock(City city, const Visit<OldestStockRow>& visit) {
  std::map<std::string, OldestStockRow> oldest;
  all_lots(city, [&](const LotRow& row) {
    if (holds_stock(row)) {
      auto& one =
          oldest.try_emplace(row.state.place, row.state.place, row.state.time, 0).first->second;
      one.time = std::min(one.time, row.state.time);
      ++one.lots;
    }
    return true;
  });
  for (const auto& [place, row] : oldest) {
    if (!visit(row)) {
      return;
    }
  }
}

void MemoryReading::all_lots(City city, const Visit<LotRow>& visit) {
  for (const auto& [key, row] : world_->of(city).lots) {
    if (!visit(row)) {
      return;
    }
  }
}

}  // namespace huan::store::testing
