// SPDX-License-Identifier: Apache-2.0
// Shipments, runs, balances, items, tickets, registry, log, server.
#include "memory_reading.hpp"

namespace huan::store::testing {

namespace {

template <class Map, class Key>
auto find(const Map& map, const Key& key) -> std::optional<typename Map::mapped_type> {
  const auto found = map.find(key);
  return found == map.end() ? std::nullopt : std::optional(found->second);
}

template <class Map>
auto values(const Map& map) {
  std::vector<typename Map::mapped_type> rows;
  rows.reserve(map.size());
  for (const auto& [key, row] : map) {
    rows.push_back(row);
  }
  return rows;
}

template <class Map, class Row>
void visit_all(const Map& map, const Visit<Row>& visit) {
  for (const auto& [key, row] : map) {
    if (!visit(row)) {
      return;
    }
  }
}

bool fits(std::string_view wanted, std::string_view value) {
  return wanted.empty() || wanted == value;
}

void add_short(std::vector<ImbalanceRow>& rows, const ledger::Account& account, std::int64_t g,
               std::int64_t pieces) {
  if (g < 0) {
    rows.push_back({account, ledger::Unit::mass, g});
  }
  if (pieces < 0) {
    rows.push_back({account, ledger::Unit::piece, pieces});
  }
}

}  // namespace

std::optional<ledger::ShipmentState> MemoryReading::shipment(City city, std::string_view shipment) {
  const auto row = find(world_->of(city).shipments, std::string(shipment));
  return row ? std::optional(row->state) : std::nullopt;
}

std::vector<ledger::LineState> MemoryReading::lines(City city, std::string_view shipment) {
  std::vector<ledger::LineState> lines;
  for (const auto& [key, line] : world_->of(city).lines) {
    if (key.first == shipment) {
      lines.push_back(line);
    }
  }
  return lines;
}

bool MemoryReading::place_in_scope(City city, const std::string& place, const RowScope& scope) {
  if (scope.any()) {
    return true;
  }
  const auto row = registered(city, "place", place);
  return row && in_scope(scope, *row, "");
}

std::vector<ShipmentRow> MemoryReading::shipments(City city, const ShipmentQuery& query,
                                                  const Page& page) {
  std::vector<ShipmentRow> rows;
  const auto& all = world_->of(city).shipments;
  for (auto at = all.upper_bound(page.after); at != all.end() && rows.size() < page.limit; ++at) {
    const bool closed = at->second.state.finals > 0;
    const auto& state = at->second.state;
    const bool seen = place_in_scope(city, state.from_place, query.scope) ||
                      (state.to_city.empty() && place_in_scope(city, state.to_place, query.scope));
    if (seen &&
        (query.state == ShipmentFilter::all || (query.state == ShipmentFilter::closed) == closed)) {
      rows.push_back(at->second);
    }
  }
  return rows;
}

std::optional<ledger::RunState> MemoryReading::run(City city, std::string_view run) {
  return find(world_->of(city).runs, std::string(run));
}

std::int64_t MemoryReading::balance(City city, const ledger::Account& account, ledger::Unit unit) {
  return find(world_->of(city).balances, AccountKey(account.kind, account.a, account.b, unit))
      .value_or(0);
}

void MemoryReading::balances(City city, const Visit<Balance>& visit) {
  for (const auto& [key, amount] : world_->of(city).balances) {
    const auto& [kind, a, b, unit] = key;
    if (!visit({{kind, a, b}, unit, amount})) {
      return;
    }
  }
}

void MemoryReading::imbalances(City city, const Visit<ImbalanceRow>& visit) {
  using ledger::AccountKind;
  const auto& tables = world_->of(city);
  std::map<Names, LotRow> by_place;
  for (const auto& [key, row] : tables.lots) {
    by_place[{key.second, key.first}] = row;
  }
  std::vector<ImbalanceRow> rows;
  for (const auto& [key, row] : by_place) {
    add_short(rows, {AccountKind::stock, key.first, key.second}, row.state.raw_g,
              row.state.raw_pieces);
  }
  for (const auto& [key, line] : tables.lines) {
    const auto row = find(tables.shipments, key.first);
    if (row && row->state.finals <= 0) {
      add_short(rows, {AccountKind::transit, key.first, key.second}, line.raw_g, line.raw_pieces);
    }
  }
  for (const auto& [run, state] : tables.runs) {
    if (state.closes <= 0) {
      add_short(rows, {AccountKind::wip, run, ""}, state.raw_g, state.raw_pieces);
    }
  }
  for (const auto& [key, amount] : tables.balances) {
    const auto& [kind, a, b, unit] = key;
    if (kind == AccountKind::party && unit == ledger::Unit::point && amount < 0) {
      rows.push_back({{kind, a, b}, unit, amount});
    }
  }
  for (const auto& row : rows) {
    if (!visit(row)) {
      return;
    }
  }
}

std::optional<ItemRow> MemoryReading::item(City city, std::string_view code) {
  return find(world_->of(city).items, std::string(code));
}

std::vector<std::string> MemoryReading::items_of(City city, std::string_view lot) {
  std::vector<std::string> codes;
  for (const auto& [code, row] : world_->of(city).items) {
    if (!lot.empty() && row.lot == lot) {
      codes.push_back(code);
    }
  }
  return codes;
}

std::vector<ItemHistoryRow> MemoryReading::item_history(City city, std::string_view code) {
  std::vector<ItemHistoryRow> rows;
  for (const auto& [seq, moves] : world_->of(city).moves) {
    for (const auto& move : moves) {
      if (move.code == code) {
        rows.push_back({seq, move});
      }
    }
  }
  return rows;
}

std::vector<ledger::ItemMove> MemoryReading::item_moves(City city, Seq seq) {
  return find(world_->of(city).moves, seq).value_or(std::vector<ledger::ItemMove>());
}

std::optional<Seq> MemoryReading::ticket(City city, std::string_view device, std::int64_t number) {
  return find(world_->of(city).tickets, std::pair(std::string(device), number));
}

std::optional<std::int64_t> MemoryReading::ticket_last(City city, std::string_view device) {
  std::optional<std::int64_t> last;
  for (const auto& [key, seq] : world_->of(city).tickets) {
    if (key.first == device) {
      last = key.second;
    }
  }
  return last;
}

std::vector<TicketRow> MemoryReading::tickets(City city, std::int64_t number) {
  std::vector<TicketRow> rows;
  for (const auto& [key, seq] : world_->of(city).tickets) {
    if (key.second == number) {
      rows.push_back({key.first, key.second, seq});
    }
  }
  return rows;
}

void MemoryReading::all_lines(City city, const LineVisit& visit) {
  for (const auto& [key, line] : world_->of(city).lines) {
    if (!visit(key.first, line)) {
      return;
    }
  }
}

void MemoryReading::all_shipments(City city, const Visit<ShipmentRow>& visit) {
  visit_all(world_->of(city).shipments, visit);
}

void MemoryReading::all_runs(City city, const Visit<RunRow>& visit) {
  for (const auto& [run, state] : world_->of(city).runs) {
    if (!visit({run, state})) {
      return;
    }
  }
}

void MemoryReading::all_items(City city, const Visit<ItemRow>& visit) {
  visit_all(world_->of(city).items, visit);
}

std::vector<RegistryRow> MemoryReading::versions(City city, std::string_view kind,
                                                 std::string_view key) {
  std::vector<RegistryRow> rows;
  for (const auto& [at, row] : world_->of(city).registry) {
    if (row.kind == kind && row.key == key) {
      rows.push_back(row);
      rows.back().body = record(city, row.seq).value_or(Record()).body;
    }
  }
  return rows;
}

std::optional<RegistryRow> MemoryReading::registered(City city, std::string_view kind,
                                                     std::string_view key) {
  auto all = versions(city, kind, key);
  return all.empty() ? std::nullopt : std::optional{std::move(all.back())};
}

std::optional<RegistryRow> MemoryReading::registered_at(City city, std::string_view kind,
                                                        std::string_view key, base::Instant at) {
  std::optional<RegistryRow> found;
  for (auto& row : versions(city, kind, key)) {
    if (row.time <= at && (!found || found->time <= row.time)) {
      found = std::move(row);
    }
  }
  return found;
}

std::vector<RegistryRow> MemoryReading::registry(City city, std::string_view kind,
                                                 const RegistryFilter& filter, const Page& page) {
  std::map<std::string, RegistryRow> latest;
  for (const auto& [at, row] : world_->of(city).registry) {
    if (row.kind == kind) {
      latest[row.key] = row;
    }
  }
  const auto party_district = [&](const std::string& party) {
    const auto found = registered(city, "party", party);
    return found ? found->district : std::string();
  };
  std::vector<RegistryRow> rows;
  for (const auto& [key, row] : latest) {
    const bool wanted = key > page.after && fits(filter.subkind, row.subkind) &&
                        fits(filter.district, row.district) && fits(filter.party, row.party) &&
                        in_scope(filter.scope, row, party_district(row.party));
    if (wanted && rows.size() < page.limit) {
      rows.push_back(row);
      rows.back().body = record(city, row.seq).value_or(Record()).body;
    }
  }
  return rows;
}

std::string MemoryReading::log_state(City city) {
  return find(world_->of(city).log_state, 0).value_or("");
}

std::optional<std::string> MemoryReading::tile(City city, std::int32_t level, std::uint64_t n) {
  return find(world_->of(city).tiles, std::pair(level, n));
}

std::optional<CheckpointRow> MemoryReading::checkpoint(City city) {
  const auto& all = world_->of(city).checkpoints;
  return all.empty() ? std::nullopt : std::optional(all.rbegin()->second);
}

std::vector<CheckpointRow> MemoryReading::checkpoints(City city, std::uint64_t after_size,
                                                      std::size_t limit) {
  std::vector<CheckpointRow> rows;
  const auto& all = world_->of(city).checkpoints;
  for (auto at = all.upper_bound(after_size); at != all.end() && rows.size() < limit; ++at) {
    rows.push_back(at->second);
  }
  return rows;
}

std::vector<CityRow> MemoryReading::cities() { return values(world_->cities); }

std::optional<CityRow> MemoryReading::city(City city) {
  return find(world_->cities, std::string(city));
}

std::optional<TokenRow> MemoryReading::token(const Digest& hash) {
  return find(world_->tokens, hash);
}

std::vector<TokenRow> MemoryReading::tokens() { return values(world_->tokens); }

std::optional<AccountRow> MemoryReading::account(std::string_view account) {
  return find(world_->accounts, std::string(account));
}

std::vector<AccountRow> MemoryReading::accounts() { return values(world_->accounts); }

std::optional<std::string> MemoryReading::setting(City city, std::string_view key) {
  return find(world_->settings, Names(city, key));
}

std::optional<FileRow> MemoryReading::file(City city, const Digest& sha256) {
  return find(world_->of(city).files, sha256);
}

}  // namespace huan::store::testing
