// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"
#include "row_reading.hpp"

namespace huan::store_sqlite {

using store::City;
using store::Seq;

#define HUAN_RECORD_HEAD                                                               \
  "seq, id, klass, type, key, time_s, recorded_at_s, supersedes, place, operator_id, " \
  "district, leaf"

namespace {

const Query kLast{
    "SELECT seq, recorded_at_s FROM records WHERE city = ?1 ORDER BY seq DESC LIMIT 1"};
const Query kBySeq{"SELECT " HUAN_RECORD_HEAD ", body FROM records WHERE city = ?1 AND seq = ?2"};
const Query kById{"SELECT " HUAN_RECORD_HEAD ", body FROM records WHERE city = ?1 AND id = ?2"};
const Query kSeqOf{"SELECT seq FROM records WHERE city = ?1 AND id = ?2"};
const Query kIdOrNext{"SELECT id FROM records WHERE city = ?1 AND id >= ?2 ORDER BY id LIMIT 1"};
const Query kSupersededBy{
    "SELECT seq FROM records WHERE city = ?1 AND supersedes = ?2 AND supersedes > 0"};
const Query kRange{"SELECT " HUAN_RECORD_HEAD
                   ", body FROM records WHERE city = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq"};
const Query kHeads{"SELECT " HUAN_RECORD_HEAD
                   " FROM records WHERE city = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq"};
const Query kLegs{
    "SELECT seq, kind, a, b, unit, amount, material, cls, day FROM entries "
    "WHERE city = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq, n"};

void visit_records(Cursor cursor, City city, store::SeqRange range, bool body,
                   const store::Visit<store::RecordView>& visit) {
  cursor.bind_all(city, range.after, range.last);
  while (cursor.row()) {
    if (!visit(read_record(cursor, body))) {
      return;
    }
  }
}

}  // namespace

store::RecordView read_record(const Cursor& cursor, bool body) {
  store::RecordView record;
  record.seq = cursor.seq(0);
  record.id = cursor.uuid(1);
  record.klass = static_cast<store::RecordClass>(cursor.integer(2));
  record.type = cursor.text(3);
  record.key = cursor.text(4);
  record.time = cursor.instant(5);
  record.recorded_at = cursor.instant(6);
  record.supersedes = cursor.seq(7);
  record.place = cursor.text(8);
  record.operator_id = cursor.text(9);
  record.district = cursor.text(10);
  record.leaf = cursor.digest(11);
  if (body) {
    record.body = cursor.text(12);
  }
  return record;
}

store::LegView read_leg(const Cursor& cursor) {
  return {cursor.seq(0),  static_cast<ledger::AccountKind>(cursor.integer(1)), cursor.text(2),
          cursor.text(3), static_cast<ledger::Unit>(cursor.integer(4)),        cursor.integer(5),
          cursor.text(6), static_cast<ledger::LegClass>(cursor.integer(7)),    cursor.day(8)};
}

std::string_view key_of(const base::Uuid& id) {
  return {reinterpret_cast<const char*>(id.bytes().data()), id.bytes().size()};
}

bool stored_id(Connection& connection, City city, const base::Uuid& id, Absent& absent) {
  const auto key = key_of(id);
  auto cursor = connection.use(kIdOrNext);
  cursor.bind_all(city, id);
  const auto next = cursor.row() ? std::optional{cursor.text(0)} : std::nullopt;
  if (next == key) {
    return true;
  }
  absent.learn(key, next);
  return false;
}

store::LastRecord SqliteReading::last(City city) {
  auto cursor = connection_.use(kLast);
  cursor.bind(city);
  if (!cursor.row()) {
    return {};
  }
  return {cursor.seq(0), cursor.instant(1)};
}

std::optional<store::Record> SqliteReading::record(City city, Seq seq) {
  auto cursor = connection_.use(kBySeq);
  cursor.bind_all(city, seq);
  if (!cursor.row()) {
    return std::nullopt;
  }
  return store::Record(read_record(cursor, true));
}

std::optional<store::Record> SqliteReading::record(City city, const base::Uuid& id) {
  auto cursor = connection_.use(kById);
  cursor.bind_all(city, id);
  if (!cursor.row()) {
    return std::nullopt;
  }
  return store::Record(read_record(cursor, true));
}

Seq SqliteReading::seq_of(City city, const base::Uuid& id) {
  if (pends(city) && !pending_->maybe_recorded(id)) {
    return 0;
  }
  auto cursor = connection_.use(kSeqOf);
  cursor.bind_all(city, id);
  return cursor.row() ? cursor.seq(0) : 0;
}

Seq SqliteReading::superseded_by(City city, Seq seq) {
  auto cursor = connection_.use(kSupersededBy);
  cursor.bind_all(city, seq);
  return cursor.row() ? cursor.seq(0) : 0;
}

void SqliteReading::records(City city, store::SeqRange range,
                            const store::Visit<store::RecordView>& visit) {
  visit_records(connection_.use(kRange), city, range, true, visit);
}

void SqliteReading::record_heads(City city, store::SeqRange range,
                                 const store::Visit<store::RecordView>& visit) {
  visit_records(connection_.use(kHeads), city, range, false, visit);
}

std::vector<ledger::Leg> SqliteReading::legs(City city, Seq seq) {
  std::vector<ledger::Leg> legs;
  if (seq == 0) {
    return legs;
  }
  auto cursor = connection_.use(kLegs);
  cursor.bind_all(city, seq - 1, seq);
  while (cursor.row()) {
    const auto leg = read_leg(cursor);
    legs.push_back({{leg.kind, std::string(leg.a), std::string(leg.b)},
                    leg.unit,
                    leg.amount,
                    std::string(leg.material),
                    leg.cls,
                    leg.day});
  }
  return legs;
}

void SqliteReading::legs(City city, store::SeqRange range,
                         const store::Visit<store::LegView>& visit) {
  auto cursor = connection_.use(kLegs);
  cursor.bind_all(city, range.after, range.last);
  while (cursor.row()) {
    if (!visit(read_leg(cursor))) {
      return;
    }
  }
}

}  // namespace huan::store_sqlite
