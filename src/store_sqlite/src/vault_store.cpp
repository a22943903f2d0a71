// SPDX-License-Identifier: Apache-2.0
#include "huan/store_sqlite/vault_store.hpp"

#include "huan/base/assert.hpp"
#include "writer.hpp"

namespace huan::store_sqlite {

namespace {

using vault::Access;
using vault::Field;
using vault::SealedField;
using vault::Subject;

const Query kPut{
    "INSERT INTO vault_fields(city, party, field, sealed, stored_s, keep_until, blocked, "
    "retention) "
    "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT(city, party, field) DO UPDATE SET "
    "sealed = excluded.sealed, stored_s = excluded.stored_s, keep_until = excluded.keep_until, "
    "blocked = excluded.blocked, retention = excluded.retention"};
const Query kFind{
    "SELECT city, party, field, sealed, stored_s, keep_until, blocked, retention FROM vault_fields "
    "WHERE city = ?1 AND party = ?2 AND field = ?3"};
const Query kAll{
    "SELECT city, party, field, sealed, stored_s, keep_until, blocked, retention FROM vault_fields "
    "WHERE city = ?1 AND party = ?2 ORDER BY field"};
const Query kRemove{"DELETE FROM vault_fields WHERE city = ?1 AND party = ?2 AND field = ?3"};
const Query kAfter{
    "SELECT city, party, field, sealed, stored_s, keep_until, blocked, retention FROM vault_fields "
    "WHERE (city, party, field) > (?1, ?2, ?3) ORDER BY city, party, field LIMIT ?4"};
const Query kExpired{
    "SELECT city, party, field, sealed, stored_s, keep_until, blocked, retention FROM vault_fields "
    "WHERE city = ?1 AND keep_until < ?2 AND (blocked = 1 OR retention IS NOT NULL) "
    "ORDER BY party, field LIMIT ?3"};
const Query kRecord{
    "INSERT INTO vault_accesses(city, party, n, field, action, who, purpose, at_s) VALUES(?1, ?2, "
    "(SELECT coalesce(max(n) + 1, 0) FROM vault_accesses WHERE city = ?1 AND party = ?2), "
    "?3, ?4, ?5, ?6, ?7)"};
const Query kAccesses{
    "SELECT field, action, who, purpose, at_s, n FROM vault_accesses "
    "WHERE city = ?1 AND party = ?2 AND n < ?3 ORDER BY n DESC LIMIT ?4"};
const Query kOfCity{
    "SELECT field, action, who, purpose, at_s, n, party FROM vault_accesses "
    "WHERE city = ?1 AND (at_s, party, n) < (?2, ?3, ?4) AND at_s >= ?5 AND at_s < ?6 "
    "AND (?7 = '' OR who = ?7) AND (?8 = '' OR party = ?8) AND (?9 = -1 OR action = ?9) "
    "ORDER BY at_s DESC, party DESC, n DESC LIMIT ?10"};
const Query kLastChange{
    "SELECT action FROM vault_accesses WHERE city = ?1 AND party = ?2 AND action IN (?3, ?4) "
    "ORDER BY n DESC LIMIT 1"};
const Query kJoin{
    "INSERT INTO vault_persons(city, party, person) VALUES(?1, ?2, ?3) "
    "ON CONFLICT(city, party) DO UPDATE SET person = excluded.person"};
const Query kPart{"DELETE FROM vault_persons WHERE city = ?1 AND party = ?2"};
const Query kJoined{"SELECT city, party FROM vault_persons WHERE person = ?1 ORDER BY city, party"};

constexpr std::int64_t kAllFields = -1;  ///< of an access

template <class Enum>
std::int64_t number(Enum value) {
  return static_cast<std::int64_t>(value);
}

SealedField read_field(const Cursor& cursor) {
  SealedField field;
  field.subject = {cursor.string(0), cursor.string(1)};
  field.field = static_cast<Field>(cursor.integer(2));
  field.sealed = cursor.string(3);
  field.stored = cursor.instant(4);
  if (!cursor.is_null(5)) {
    field.keep_until = cursor.day(5);
  }
  field.blocked = cursor.integer(6) != 0;
  if (!cursor.is_null(7)) {
    field.retention = static_cast<vault::Retention>(cursor.integer(7));
  }
  return field;
}

std::vector<SealedField> read_fields(Cursor& cursor) {
  std::vector<SealedField> fields;
  while (cursor.row()) {
    fields.push_back(read_field(cursor));
  }
  return fields;
}

Access read_access(const Cursor& cursor) {
  Access access;
  if (cursor.integer(0) != kAllFields) {
    access.field = static_cast<Field>(cursor.integer(0));
  }
  access.action = static_cast<vault::Action>(cursor.integer(1));
  access.who = cursor.string(2);
  access.purpose = cursor.string(3);
  access.at = cursor.instant(4);
  access.n = cursor.integer(5);
  return access;
}

class SqliteVaultStore final : public vault::VaultStore {
 public:
  explicit SqliteVaultStore(Connection& connection) : connection_(connection) {}

  void put(const SealedField& field) override {
    auto cursor = connection_.use(kPut);
    cursor.bind_all(field.subject.city, field.subject.party, number(field.field))
        .bind_blob(field.sealed)
        .bind(field.stored);
    if (field.keep_until) {
      cursor.bind(*field.keep_until);
    } else {
      cursor.bind_null();
    }
    cursor.bind(field.blocked);
    if (field.retention) {
      cursor.bind(number(*field.retention));
    } else {
      cursor.bind_null();
    }
    cursor.run();
  }
  std::optional<SealedField> find(const Subject& subject, Field field) override {
    auto cursor = connection_.use(kFind);
    cursor.bind_all(subject.city, subject.party, number(field));
    return cursor.row() ? std::optional(read_field(cursor)) : std::nullopt;
  }
  std::vector<SealedField> all(const Subject& subject) override {
    auto cursor = connection_.use(kAll);
    return read_fields(cursor.bind_all(subject.city, subject.party));
  }
  void remove(const Subject& subject, Field field) override {
    connection_.use(kRemove).bind_all(subject.city, subject.party, number(field)).run();
  }
  std::vector<SealedField> after(const Subject& subject, Field field, std::size_t limit) override {
    auto cursor = connection_.use(kAfter);
    return read_fields(
        cursor.bind_all(subject.city, subject.party, number(field), std::uint64_t{limit}));
  }
  std::vector<SealedField> expired(const std::string& city, base::Day day,
                                   std::size_t limit) override {
    auto cursor = connection_.use(kExpired);
    return read_fields(cursor.bind_all(city, day, std::uint64_t{limit}));
  }

  void record(const Access& access) override {
    connection_.use(kRecord)
        .bind_all(access.subject.city, access.subject.party,
                  access.field ? number(*access.field) : kAllFields, number(access.action),
                  access.who, access.purpose, access.at)
        .run();
  }
  std::vector<Access> accesses(const Subject& subject, std::int64_t before,
                               std::size_t limit) override {
    std::vector<Access> rows;
    auto cursor = connection_.use(kAccesses);
    cursor.bind_all(subject.city, subject.party, before, std::uint64_t{limit});
    while (cursor.row()) {
      rows.push_back(read_access(cursor));
      rows.back().subject = subject;
    }
    return rows;
  }
  std::vector<Access> accesses(const vault::AccessQuestion& question,
                               const vault::AccessPlace& below, std::size_t limit) override {
    std::vector<Access> rows;
    auto cursor = connection_.use(kOfCity);
    cursor.bind_all(question.city, below.at, below.party, below.n, question.from, question.to,
                    question.who, question.party, question.action ? number(*question.action) : -1,
                    std::uint64_t{limit});
    while (cursor.row()) {
      rows.push_back(read_access(cursor));
      rows.back().subject = {question.city, cursor.string(6)};
    }
    return rows;
  }
  std::optional<vault::Action> last_change(const Subject& subject) override {
    auto cursor = connection_.use(kLastChange);
    cursor.bind_all(subject.city, subject.party, number(vault::Action::put),
                    number(vault::Action::erase));
    return cursor.row() ? std::optional(static_cast<vault::Action>(cursor.integer(0)))
                        : std::nullopt;
  }

  void join(const std::string& person, const Subject& subject) override {
    connection_.use(kJoin).bind_all(subject.city, subject.party, person).run();
  }
  void part(const Subject& subject) override {
    connection_.use(kPart).bind_all(subject.city, subject.party).run();
  }
  std::vector<Subject> joined(const std::string& person) override {
    std::vector<Subject> subjects;
    auto cursor = connection_.use(kJoined);
    cursor.bind(person);
    while (cursor.row()) {
      subjects.push_back({cursor.string(0), cursor.string(1)});
    }
    return subjects;
  }

 private:
  Connection& connection_;
};

}  // namespace

std::unique_ptr<vault::VaultStore> vault_store(store::Transaction& transaction) {
  return std::make_unique<SqliteVaultStore>(connection_of(transaction));
}

std::unique_ptr<vault::VaultStore> vault_store(store::Reading& reading) {
  auto* ours = dynamic_cast<SqliteReading*>(&reading);
  HUAN_ASSERT(ours != nullptr);
  return std::make_unique<SqliteVaultStore>(ours->connection());
}

}  // namespace huan::store_sqlite
