// SPDX-License-Identifier: Apache-2.0
// The sums that wait to be written: balances, and the roll-ups by day, month and operator.
#include <array>
#include <utility>

#include "keys.hpp"
#include "pending.hpp"

namespace huan::store_sqlite {

namespace {

const Query kBalanceAdd{
    "INSERT INTO balances(city, kind, a, b, unit, amount) VALUES(?1, ?2, ?3, ?4, ?5, ?6) "
    "ON CONFLICT(city, kind, a, b, unit) DO UPDATE SET amount = amount + excluded.amount"};
const Query kDayAdd{
    "INSERT INTO rollup_day(city, day, place, operator_id, district, material, flow, cls, mass_g, "
    "pieces, money_fen, count) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) "
    "ON CONFLICT(city, day, place, operator_id, district, material, flow, cls) DO UPDATE SET "
    "mass_g = mass_g + excluded.mass_g, pieces = pieces + excluded.pieces, "
    "money_fen = money_fen + excluded.money_fen, count = count + excluded.count"};
const Query kMonthAdd{
    "INSERT INTO rollup_month(city, day, district, material, flow, cls, mass_g, pieces, "
    "money_fen, count) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
    "ON CONFLICT(city, day, district, material, flow, cls) DO UPDATE SET "
    "mass_g = mass_g + excluded.mass_g, pieces = pieces + excluded.pieces, "
    "money_fen = money_fen + excluded.money_fen, count = count + excluded.count"};

const Query kOperatorAdd{
    "INSERT INTO rollup_operator(city, day, operator_id, district, material, flow, cls, mass_g, "
    "pieces, money_fen, count) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
    "ON CONFLICT(city, day, operator_id, district, material, flow, cls) DO UPDATE SET "
    "mass_g = mass_g + excluded.mass_g, pieces = pieces + excluded.pieces, "
    "money_fen = money_fen + excluded.money_fen, count = count + excluded.count"};

std::int32_t first_of_month(base::Day day) {
  auto civil = base::civil_of(day);
  civil.day = 1;
  return base::day_of(civil).n;
}

void account_key(std::string& key, const ledger::Account& account, ledger::Unit unit) {
  start_key(key, static_cast<std::int32_t>(account.kind) * 16 + static_cast<std::int32_t>(unit));
  add_part(key, account.a);
  add_part(key, account.b);
}

}  // namespace

RollupSums& RollupSums::operator+=(const RollupSums& other) {
  mass_g += other.mass_g;
  pieces += other.pieces;
  money_fen += other.money_fen;
  count += other.count;
  return *this;
}

template <class Sums>
void Pending::gather(Known<Gathered<Sums>>& known, const Sums& sums) {
  auto* node = known.find(key_);
  known.change(node != nullptr ? *node : known.add(key_, {})).sums += sums;
}

void Pending::balance_add(const ledger::Account& account, ledger::Unit unit, std::int64_t amount) {
  account_key(key_, account, unit);
  gather(balances_, amount);
}

std::int64_t Pending::balance_pending(const ledger::Account& account, ledger::Unit unit) {
  account_key(key_, account, unit);
  const auto* node = balances_.find(key_);
  return node == nullptr ? 0 : node->second.sums;
}

void Pending::rollup(const ledger::RollupDelta& delta) {
  const RollupSums sums{delta.mass_g, delta.pieces, delta.money_fen, delta.count};
  start_key(key_, delta.day.n);
  for (const auto* part : {&delta.place, &delta.operator_id, &delta.district, &delta.material,
                           &delta.flow, &delta.cls}) {
    add_part(key_, *part);
  }
  gather(days_, sums);
}

void Pending::flush_balances() {
  balances_.flush([this](std::string_view key, Gathered<std::int64_t>& gathered) {
    const auto number = take_number(key);
    const auto a = take_part(key);
    const auto b = take_part(key);
    connection_.use(kBalanceAdd)
        .bind_all(std::string_view(city_), std::int64_t{number / 16}, a, b,
                  std::int64_t{number % 16}, std::exchange(gathered.sums, 0))
        .run();
  });
}

void Pending::flush_rollups() {
  days_.flush([this](std::string_view key, Gathered<RollupSums>& gathered) {
    const RollupSums sums = std::exchange(gathered.sums, {});
    const base::Day day{take_number(key)};
    std::array<std::string_view, 6> parts;  // place, operator, district, material, flow, class
    for (auto& part : parts) {
      part = take_part(key);
    }
    auto cursor = connection_.use(kDayAdd);
    cursor.bind_all(std::string_view(city_), day);
    for (const auto part : parts) {
      cursor.bind(part);
    }
    cursor.bind_all(sums.mass_g, sums.pieces, sums.money_fen, sums.count).run();
    start_key(key_, first_of_month(day));
    const std::size_t number_size = key_.size();
    for (std::size_t i = 1; i < parts.size(); ++i) {
      add_part(key_, parts[i]);
    }
    gather(operators_, sums);
    key_.erase(number_size, parts[1].size() + 1);  // the operator
    gather(months_, sums);
  });
  write_months();
  write_operators();
}

void Pending::write_months() {
  months_.flush([this](std::string_view key, Gathered<RollupSums>& gathered) {
    const RollupSums sums = std::exchange(gathered.sums, {});
    auto cursor = connection_.use(kMonthAdd);
    cursor.bind_all(std::string_view(city_), std::int64_t{take_number(key)});
    for (int i = 0; i < 4; ++i) {
      cursor.bind(take_part(key));
    }
    cursor.bind_all(sums.mass_g, sums.pieces, sums.money_fen, sums.count).run();
  });
}

void Pending::write_operators() {
  operators_.flush([this](std::string_view key, Gathered<RollupSums>& gathered) {
    const RollupSums sums = std::exchange(gathered.sums, {});
    auto cursor = connection_.use(kOperatorAdd);
    cursor.bind_all(std::string_view(city_), std::int64_t{take_number(key)});
    for (int i = 0; i < 5; ++i) {
      cursor.bind(take_part(key));
    }
    cursor.bind_all(sums.mass_g, sums.pieces, sums.money_fen, sums.count).run();
  });
}

}  // namespace huan::store_sqlite
