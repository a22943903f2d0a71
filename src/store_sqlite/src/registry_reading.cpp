// SPDX-License-Identifier: Apache-2.0
// The registry, the log's tree and the server's own rows.
#include "reading.hpp"

namespace huan::store_sqlite {

using store::City;

#define HUAN_REGISTRY                                                                            \
  "g.kind, g.key, g.version, g.time_s, g.seq, g.subkind, g.district, g.party, r.body FROM "      \
  "registry g JOIN records r ON r.city = g.city AND r.seq = g.seq WHERE g.city = ?1 AND g.kind " \
  "= ?2 AND "

namespace {

const Query kLatest{"SELECT " HUAN_REGISTRY "g.latest = 1 AND g.key = ?3"};
const Query kAt{"SELECT " HUAN_REGISTRY
                "g.key = ?3 AND g.time_s <= ?4 ORDER BY g.time_s DESC, g.version DESC LIMIT 1"};
const Query kVersions{"SELECT " HUAN_REGISTRY "g.key = ?3 ORDER BY g.version"};
const Query kList{"SELECT " HUAN_REGISTRY
                  "g.latest = 1 AND g.key > ?3 AND (?4 = '' OR g.subkind = ?4) AND "
                  "(?5 = '' OR g.district = ?5) AND (?6 = '' OR g.party = ?6) "
                  "ORDER BY g.key LIMIT ?7"};

// As store::in_scope() says it; parameters 3 to 6 are district, its digits, party, place.
const Query kListInScope{
    "SELECT " HUAN_REGISTRY
    "g.latest = 1 AND g.key > ?7 AND (?8 = '' OR g.subkind = ?8) AND (?9 = '' OR g.district = ?9) "
    "AND (?10 = '' OR g.party = ?10) AND (?6 = '' OR g.key = ?6) AND "
    "(?5 = '' OR g.party = ?5 OR (?2 = 'party' AND g.key = ?5)) AND "
    "(?3 = '' OR substr(CASE g.district WHEN '' THEN coalesce((SELECT p.district FROM registry p "
    "WHERE p.city = ?1 AND p.kind = 'party' AND p.key = g.party AND p.latest = 1), '') "
    "ELSE g.district END, 1, ?4) = ?3) ORDER BY g.key LIMIT ?11"};

const Query kLogState{"SELECT bytes FROM log_states WHERE city = ?1"};
const Query kTile{"SELECT bytes FROM tiles WHERE city = ?1 AND level = ?2 AND n = ?3"};
const Query kCheckpoint{
    "SELECT size, time_s, note FROM checkpoints WHERE city = ?1 ORDER BY size DESC LIMIT 1"};
const Query kCheckpoints{
    "SELECT size, time_s, note FROM checkpoints WHERE city = ?1 AND size > ?2 ORDER BY size "
    "LIMIT ?3"};

const Query kCities{"SELECT city, offset_s, name, pack FROM cities ORDER BY city"};
const Query kCity{"SELECT city, offset_s, name, pack FROM cities WHERE city = ?1"};
const Query kToken{
    "SELECT hash, role, label, scope, created_s, expires_s FROM tokens WHERE hash = ?1"};
const Query kTokens{
    "SELECT hash, role, label, scope, created_s, expires_s FROM tokens ORDER BY hash"};
#define HUAN_ACCOUNT                                                                            \
  "SELECT account, name, roles, city, district, organisation, place, password, must_change, "   \
  "disabled, totp, totp_step, generation, failures, locked_until_s, created_s, password_set_s " \
  "FROM accounts "
const Query kAccount{HUAN_ACCOUNT "WHERE account = ?1"};
const Query kAccounts{HUAN_ACCOUNT "ORDER BY account"};
const Query kSetting{"SELECT value FROM settings WHERE city = ?1 AND key = ?2"};
const Query kFile{
    "SELECT sha256, media_type, name, size, created_s FROM files WHERE city = ?1 AND sha256 = ?2"};

store::RegistryRow read_registry(const Cursor& cursor) {
  return {cursor.string(0), cursor.string(1), cursor.integer(2), cursor.instant(3), cursor.seq(4),
          cursor.string(5), cursor.string(6), cursor.string(7),  cursor.string(8)};
}

std::optional<store::RegistryRow> read_one(Cursor& cursor) {
  if (!cursor.row()) {
    return std::nullopt;
  }
  return read_registry(cursor);
}

std::vector<store::RegistryRow> read_list(Cursor& cursor) {
  std::vector<store::RegistryRow> rows;
  while (cursor.row()) {
    rows.push_back(read_registry(cursor));
  }
  return rows;
}

store::CheckpointRow read_checkpoint(const Cursor& cursor) {
  return {cursor.seq(0), cursor.instant(1), cursor.string(2)};
}

store::CityRow read_city(const Cursor& cursor) {
  return {cursor.string(0), static_cast<std::int32_t>(cursor.integer(1)), cursor.string(2),
          cursor.string(3)};
}

store::TokenRow read_token(const Cursor& cursor) {
  return {cursor.digest(0), cursor.string(1),  cursor.string(2),
          cursor.string(3), cursor.instant(4), cursor.instant(5)};
}

store::AccountRow read_account(const Cursor& cursor) {
  store::AccountRow row;
  row.account = cursor.string(0);
  row.name = cursor.string(1);
  row.roles = cursor.string(2);
  row.city = cursor.string(3);
  row.district = cursor.string(4);
  row.organisation = cursor.string(5);
  row.place = cursor.string(6);
  row.password = cursor.string(7);
  row.must_change = cursor.integer(8) != 0;
  row.disabled = cursor.integer(9) != 0;
  row.totp = cursor.string(10);
  row.totp_step = cursor.integer(11);
  row.generation = cursor.integer(12);
  row.failures = cursor.integer(13);
  row.locked_until = cursor.instant(14);
  row.created = cursor.instant(15);
  row.password_set = cursor.instant(16);
  return row;
}

}  // namespace

std::optional<store::RegistryRow> SqliteReading::registered(City city, std::string_view kind,
                                                            std::string_view key) {
  auto cursor = connection_.use(kLatest);
  return read_one(cursor.bind_all(city, kind, key));
}

std::optional<store::RegistryRow> SqliteReading::registered_at(City city, std::string_view kind,
                                                               std::string_view key,
                                                               base::Instant at) {
  auto cursor = connection_.use(kAt);
  return read_one(cursor.bind_all(city, kind, key, at));
}

std::vector<store::RegistryRow> SqliteReading::versions(City city, std::string_view kind,
                                                        std::string_view key) {
  auto cursor = connection_.use(kVersions);
  return read_list(cursor.bind_all(city, kind, key));
}

std::vector<store::RegistryRow> SqliteReading::registry(City city, std::string_view kind,
                                                        const store::RegistryFilter& filter,
                                                        const store::Page& page) {
  const bool all = filter.scope.any();
  auto cursor = connection_.use(all ? kList : kListInScope);
  cursor.bind_all(city, kind);
  if (!all) {
    cursor.bind(filter.scope);
  }
  cursor.bind_all(page.after, filter.subkind, filter.district, filter.party,
                  std::uint64_t{page.limit});
  return read_list(cursor);
}

std::string SqliteReading::log_state(City city) {
  auto cursor = connection_.use(kLogState);
  cursor.bind(city);
  return cursor.row() ? cursor.string(0) : std::string();
}

std::optional<std::string> SqliteReading::tile(City city, std::int32_t level, std::uint64_t n) {
  auto cursor = connection_.use(kTile);
  cursor.bind_all(city, std::int64_t{level}, n);
  return cursor.row() ? std::optional(cursor.string(0)) : std::nullopt;
}

std::optional<store::CheckpointRow> SqliteReading::checkpoint(City city) {
  auto cursor = connection_.use(kCheckpoint);
  cursor.bind(city);
  return cursor.row() ? std::optional(read_checkpoint(cursor)) : std::nullopt;
}

std::vector<store::CheckpointRow> SqliteReading::checkpoints(City city, std::uint64_t after_size,
                                                             std::size_t limit) {
  std::vector<store::CheckpointRow> rows;
  auto cursor = connection_.use(kCheckpoints);
  cursor.bind_all(city, after_size, std::uint64_t{limit});
  while (cursor.row()) {
    rows.push_back(read_checkpoint(cursor));
  }
  return rows;
}

std::vector<store::CityRow> SqliteReading::cities() {
  std::vector<store::CityRow> rows;
  auto cursor = connection_.use(kCities);
  while (cursor.row()) {
    rows.push_back(read_city(cursor));
  }
  return rows;
}

std::optional<store::CityRow> SqliteReading::city(City city) {
  auto cursor = connection_.use(kCity);
  cursor.bind(city);
  return cursor.row() ? std::optional(read_city(cursor)) : std::nullopt;
}

std::optional<store::TokenRow> SqliteReading::token(const store::Digest& hash) {
  auto cursor = connection_.use(kToken);
  cursor.bind(hash);
  return cursor.row() ? std::optional(read_token(cursor)) : std::nullopt;
}

std::vector<store::TokenRow> SqliteReading::tokens() {
  std::vector<store::TokenRow> rows;
  auto cursor = connection_.use(kTokens);
  while (cursor.row()) {
    rows.push_back(read_token(cursor));
  }
  return rows;
}

std::optional<store::AccountRow> SqliteReading::account(std::string_view account) {
  auto cursor = connection_.use(kAccount);
  cursor.bind(account);
  return cursor.row() ? std::optional(read_account(cursor)) : std::nullopt;
}

std::vector<store::AccountRow> SqliteReading::accounts() {
  std::vector<store::AccountRow> rows;
  auto cursor = connection_.use(kAccounts);
  while (cursor.row()) {
    rows.push_back(read_account(cursor));
  }
  return rows;
}

std::optional<std::string> SqliteReading::setting(City city, std::string_view key) {
  auto cursor = connection_.use(kSetting);
  cursor.bind_all(city, key);
  return cursor.row() ? std::optional(cursor.string(0)) : std::nullopt;
}

std::optional<store::FileRow> SqliteReading::file(City city, const store::Digest& sha256) {
  auto cursor = connection_.use(kFile);
  cursor.bind_all(city, sha256);
  if (!cursor.row()) {
    return std::nullopt;
  }
  return store::FileRow{cursor.digest(0), cursor.string(1), cursor.string(2), cursor.integer(3),
                        cursor.instant(4)};
}

}  // namespace huan::store_sqlite
