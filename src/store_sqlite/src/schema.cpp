// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

#include <array>

namespace huan::store_sqlite {

namespace {

constexpr std::int64_t kApplicationId = 0x4875616e;  // "Huan"

// The city is the first column of every primary key and unique index, so that the same tables can
// be spread by city. Tables whose rows are short and found by their key are kept in key order
// (WITHOUT ROWID); those with long values are not, since long values do not belong in a key's tree.
constexpr const char* kMigration1 = R"sql(
CREATE TABLE cities(
  city TEXT NOT NULL, offset_s INTEGER NOT NULL, name TEXT NOT NULL, pack TEXT NOT NULL,
  PRIMARY KEY(city)) STRICT, WITHOUT ROWID;

CREATE TABLE records(
  city TEXT NOT NULL, seq INTEGER NOT NULL, id BLOB NOT NULL, klass INTEGER NOT NULL,
  type TEXT NOT NULL, key TEXT NOT NULL, time_s INTEGER NOT NULL, recorded_at_s INTEGER NOT NULL,
  supersedes INTEGER NOT NULL, place TEXT NOT NULL, operator_id TEXT NOT NULL,
  district TEXT NOT NULL, leaf BLOB NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY(city, seq)) STRICT;
CREATE UNIQUE INDEX records_id ON records(city, id);
CREATE UNIQUE INDEX records_supersedes ON records(city, supersedes) WHERE supersedes > 0;

CREATE TABLE entries(
  city TEXT NOT NULL, seq INTEGER NOT NULL, n INTEGER NOT NULL, kind INTEGER NOT NULL,
  a TEXT NOT NULL, b TEXT NOT NULL, unit INTEGER NOT NULL, amount INTEGER NOT NULL,
  material TEXT NOT NULL, cls INTEGER NOT NULL, day INTEGER NOT NULL,
  PRIMARY KEY(city, seq, n)) STRICT, WITHOUT ROWID;

CREATE TABLE lots(
  city TEXT NOT NULL, lot TEXT NOT NULL, place TEXT NOT NULL, material TEXT NOT NULL,
  time_s INTEGER NOT NULL, seq INTEGER NOT NULL, raw_g INTEGER NOT NULL,
  raw_pieces INTEGER NOT NULL, has_items INTEGER NOT NULL, current INTEGER NOT NULL,
  PRIMARY KEY(city, lot, place)) STRICT, WITHOUT ROWID;
CREATE INDEX lots_stock ON lots(city, place, material, has_items, time_s, seq, lot)
  WHERE current = 1 AND raw_g > 0;
CREATE INDEX lots_short ON lots(city, place, lot) WHERE raw_g < 0 OR raw_pieces < 0;

CREATE TABLE shipments(
  city TEXT NOT NULL, shipment TEXT NOT NULL, seq INTEGER NOT NULL, time_s INTEGER NOT NULL,
  from_place TEXT NOT NULL, to_place TEXT NOT NULL, to_city TEXT NOT NULL, finals INTEGER NOT NULL,
  PRIMARY KEY(city, shipment)) STRICT, WITHOUT ROWID;
CREATE INDEX shipments_open ON shipments(city, shipment) WHERE finals <= 0;

CREATE TABLE lines(
  city TEXT NOT NULL, shipment TEXT NOT NULL, line TEXT NOT NULL, material TEXT NOT NULL,
  shipped_g INTEGER NOT NULL, raw_g INTEGER NOT NULL, raw_pieces INTEGER NOT NULL,
  PRIMARY KEY(city, shipment, line)) STRICT, WITHOUT ROWID;
CREATE INDEX lines_short ON lines(city, shipment, line) WHERE raw_g < 0 OR raw_pieces < 0;

CREATE TABLE runs(
  city TEXT NOT NULL, run TEXT NOT NULL, place TEXT NOT NULL, process TEXT NOT NULL,
  closes INTEGER NOT NULL, raw_g INTEGER NOT NULL, raw_pieces INTEGER NOT NULL,
  PRIMARY KEY(city, run)) STRICT, WITHOUT ROWID;

CREATE TABLE balances(
  city TEXT NOT NULL, kind INTEGER NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL,
  unit INTEGER NOT NULL, amount INTEGER NOT NULL,
  PRIMARY KEY(city, kind, a, b, unit)) STRICT, WITHOUT ROWID;
CREATE INDEX balances_short ON balances(city, kind, a, b, unit) WHERE unit = 3 AND amount < 0;

CREATE TABLE items(
  city TEXT NOT NULL, code TEXT NOT NULL, kind TEXT NOT NULL, parent TEXT NOT NULL,
  lot TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(city, code)) STRICT, WITHOUT ROWID;
CREATE INDEX items_lot ON items(city, lot, code) WHERE lot <> '';
CREATE TABLE item_moves(
  city TEXT NOT NULL, seq INTEGER NOT NULL, n INTEGER NOT NULL, code TEXT NOT NULL,
  kind TEXT NOT NULL, parent TEXT NOT NULL, lot_before TEXT NOT NULL, lot_after TEXT NOT NULL,
  PRIMARY KEY(city, seq, n)) STRICT, WITHOUT ROWID;
CREATE INDEX item_moves_code ON item_moves(city, code, seq, n);

CREATE TABLE tickets(
  city TEXT NOT NULL, device TEXT NOT NULL, number INTEGER NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY(city, device, number)) STRICT, WITHOUT ROWID;
CREATE INDEX tickets_number ON tickets(city, number, device);

CREATE TABLE rollup_day(
  city TEXT NOT NULL, day INTEGER NOT NULL, place TEXT NOT NULL, operator_id TEXT NOT NULL,
  district TEXT NOT NULL, material TEXT NOT NULL, flow TEXT NOT NULL, cls TEXT NOT NULL,
  mass_g INTEGER NOT NULL, pieces INTEGER NOT NULL, money_fen INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY(city, day, place, operator_id, district, material, flow, cls)) STRICT, WITHOUT ROWID;
CREATE TABLE rollup_month(
  city TEXT NOT NULL, day INTEGER NOT NULL, district TEXT NOT NULL, material TEXT NOT NULL,
  flow TEXT NOT NULL, cls TEXT NOT NULL,
  mass_g INTEGER NOT NULL, pieces INTEGER NOT NULL, money_fen INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY(city, day, district, material, flow, cls)) STRICT, WITHOUT ROWID;

CREATE TABLE registry(
  city TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL,
  time_s INTEGER NOT NULL, seq INTEGER NOT NULL, subkind TEXT NOT NULL, district TEXT NOT NULL,
  party TEXT NOT NULL, latest INTEGER NOT NULL,
  PRIMARY KEY(city, kind, key, version)) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX registry_latest ON registry(city, kind, key) WHERE latest = 1;

CREATE TABLE log_states(city TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY(city)) STRICT;
CREATE TABLE tiles(
  city TEXT NOT NULL, level INTEGER NOT NULL, n INTEGER NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY(city, level, n)) STRICT;
CREATE TABLE checkpoints(
  city TEXT NOT NULL, size INTEGER NOT NULL, time_s INTEGER NOT NULL, note BLOB NOT NULL,
  PRIMARY KEY(city, size)) STRICT, WITHOUT ROWID;

CREATE TABLE tokens(
  hash BLOB NOT NULL, role TEXT NOT NULL, label TEXT NOT NULL, scope TEXT NOT NULL,
  created_s INTEGER NOT NULL, expires_s INTEGER NOT NULL, PRIMARY KEY(hash)) STRICT, WITHOUT ROWID;
CREATE TABLE settings(
  city TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(city, key)) STRICT,
  WITHOUT ROWID;
CREATE TABLE files(
  city TEXT NOT NULL, sha256 BLOB NOT NULL, media_type TEXT NOT NULL, name TEXT NOT NULL,
  size INTEGER NOT NULL, created_s INTEGER NOT NULL, PRIMARY KEY(city, sha256)) STRICT,
  WITHOUT ROWID;
)sql";

// Personal data, sealed, and who looked at it. Persons join parties of several cities, so that they
// are asked for without one.
constexpr const char* kMigration2 = R"sql(
CREATE TABLE vault_fields(
  city TEXT NOT NULL, party TEXT NOT NULL, field INTEGER NOT NULL, sealed BLOB NOT NULL,
  stored_s INTEGER NOT NULL, keep_until INTEGER, blocked INTEGER NOT NULL,
  PRIMARY KEY(city, party, field)) STRICT, WITHOUT ROWID;
CREATE INDEX vault_expired ON vault_fields(keep_until) WHERE blocked = 1;
CREATE TABLE vault_accesses(
  city TEXT NOT NULL, party TEXT NOT NULL, n INTEGER NOT NULL, field INTEGER NOT NULL,
  action INTEGER NOT NULL, who TEXT NOT NULL, purpose TEXT NOT NULL, at_s INTEGER NOT NULL,
  PRIMARY KEY(city, party, n)) STRICT, WITHOUT ROWID;
CREATE TABLE vault_persons(
  city TEXT NOT NULL, party TEXT NOT NULL, person TEXT NOT NULL,
  PRIMARY KEY(city, party)) STRICT, WITHOUT ROWID;
CREATE INDEX vault_person ON vault_persons(person, city, party);
)sql";

// Who logs in: no record of the log, since it has to be changeable.
constexpr const char* kMigration3 = R"sql(
CREATE TABLE accounts(
  account TEXT NOT NULL, name TEXT NOT NULL, roles TEXT NOT NULL, city TEXT NOT NULL,
  district TEXT NOT NULL, organisation TEXT NOT NULL, place TEXT NOT NULL, password TEXT NOT NULL,
  must_change INTEGER NOT NULL, disabled INTEGER NOT NULL, totp BLOB NOT NULL,
  totp_step INTEGER NOT NULL, generation INTEGER NOT NULL, failures INTEGER NOT NULL,
  locked_until_s INTEGER NOT NULL, created_s INTEGER NOT NULL, password_set_s INTEGER NOT NULL,
  PRIMARY KEY(account)) STRICT, WITHOUT ROWID;
)sql";

// Who looked at personal data, for auditors who ask about a whole city.
constexpr const char* kMigration4 = R"sql(
CREATE INDEX vault_access_times ON vault_accesses(city, at_s, party, n);
)sql";

// What each operator did in a month, of all its places: filled from the days, which hold the same.
constexpr const char* kMigration5 = R"sql(
CREATE TABLE rollup_operator(
  city TEXT NOT NULL, day INTEGER NOT NULL, operator_id TEXT NOT NULL, district TEXT NOT NULL,
  material TEXT NOT NULL, flow TEXT NOT NULL, cls TEXT NOT NULL,
  mass_g INTEGER NOT NULL, pieces INTEGER NOT NULL, money_fen INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY(city, day, operator_id, district, material, flow, cls)) STRICT, WITHOUT ROWID;
INSERT INTO rollup_operator(city, day, operator_id, district, material, flow, cls, mass_g, pieces,
  money_fen, count)
SELECT city,
  CAST(strftime('%s', day * 86400, 'unixepoch', 'start of month') AS INTEGER) / 86400 AS month,
  operator_id, district, material, flow, cls, sum(mass_g), sum(pieces), sum(money_fen), sum(count)
FROM rollup_day GROUP BY city, month, operator_id, district, material, flow, cls;
)sql";

// What personal data was registered for: what is kept for the law alone ends with its term.
constexpr const char* kMigration6 = R"sql(
ALTER TABLE vault_fields ADD COLUMN retention INTEGER;
DROP INDEX vault_expired;
CREATE INDEX vault_expired ON vault_fields(city, keep_until) WHERE keep_until IS NOT NULL;
)sql";

constexpr std::array kMigrations = {kMigration1, kMigration2, kMigration3,
                                    kMigration4, kMigration5, kMigration6};

std::int64_t pragma(Connection& connection, const char* sql) {
  auto cursor = connection.prepare(sql);
  return cursor.row() ? cursor.integer(0) : 0;
}

}  // namespace

std::int64_t version(Connection& connection) { return pragma(connection, "PRAGMA user_version"); }

std::int64_t version_of_program() { return static_cast<std::int64_t>(kMigrations.size()); }

void check_identity(Connection& connection) {
  const bool empty = pragma(connection, "SELECT count(*) FROM sqlite_schema") == 0;
  if (!empty && pragma(connection, "PRAGMA application_id") != kApplicationId) {
    throw store::Failure(base::ErrorCode::store_failed, "the file is not a store of Huan");
  }
  if (version(connection) > version_of_program()) {
    throw store::Failure(base::ErrorCode::store_failed,
                         "the store was written by a newer version of Huan");
  }
}

void migrate(Connection& connection) {
  for (auto at = version(connection); at < version_of_program(); ++at) {
    connection.execute("BEGIN IMMEDIATE");
    connection.execute(kMigrations[static_cast<std::size_t>(at)]);
    const auto stamp = "PRAGMA application_id = " + std::to_string(kApplicationId) +
                       "; PRAGMA user_version = " + std::to_string(at + 1);
    connection.execute(stamp.c_str());
    connection.execute("COMMIT");
  }
}

}  // namespace huan::store_sqlite
