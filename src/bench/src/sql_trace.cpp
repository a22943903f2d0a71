// SPDX-License-Identifier: Apache-2.0
#include "sql_trace.hpp"

#include <vector>

namespace huan::bench {
namespace {

constexpr const char* kSchema =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -1048576;"
    "CREATE TABLE legs(seq INTEGER, grp INTEGER, n INTEGER, kind INTEGER, a TEXT, b TEXT, "
    "grams INTEGER, PRIMARY KEY(seq, grp, n)) WITHOUT ROWID;"
    "CREATE TABLE groups(seq INTEGER, grp INTEGER, type INTEGER, taken INTEGER, "
    "PRIMARY KEY(seq, grp)) WITHOUT ROWID";

// A node's share of the question's mass goes to the inputs of the event that made it, in proportion
// to what they gave; it ends at the lots that were received.
constexpr const char* kUpstream = R"sql(
WITH RECURSIVE up(kind, a, b, grams) AS (
  SELECT kind, a, b, CAST(?2 AS REAL) FROM legs WHERE kind = 1 AND b = ?1 AND grams > 0
  UNION ALL
  SELECT i.kind, i.a, CASE i.kind WHEN 0 THEN up.b ELSE i.b END,
         CASE i.kind WHEN 0 THEN up.grams ELSE up.grams * -i.grams / g.taken END
  FROM up
  JOIN legs o ON o.kind = up.kind AND o.a = up.a AND o.b = up.b AND o.grams > 0
  JOIN groups g ON g.seq = o.seq AND g.grp = o.grp
  JOIN legs i ON i.seq = o.seq AND i.grp = o.grp AND i.grams < 0
  WHERE up.kind > 0)
SELECT b, sum(grams) FROM up WHERE kind = 0 GROUP BY b)sql";

void bind_text(const Statement& statement, int at, std::string_view text) {
  const char* data = text.data() != nullptr ? text.data() : "";
  sqlite3_bind_text(statement.get(), at, data, static_cast<int>(text.size()), SQLITE_STATIC);
}

/// A shipment takes each lot for itself (flow.hpp).
std::uint32_t group_of(const trace::EventFlows& event, std::size_t n) {
  return event.type == trace::EventType::ship ? static_cast<std::uint32_t>(n / 2)
                                              : event.flows[n].group;
}

}  // namespace

SqlTrace::SqlTrace(const std::string& path) : db_(open_database(path)) {
  execute(db_, kSchema);
  leg_ = prepare(db_, "INSERT INTO legs VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  group_ = prepare(db_, "INSERT INTO groups VALUES(?1, ?2, ?3, ?4)");
}

void SqlTrace::append(std::span<const trace::EventFlows> events) {
  execute(db_, "BEGIN");
  for (const trace::EventFlows& event : events) {
    add(event);
  }
  execute(db_, "COMMIT");
}

void SqlTrace::add(const trace::EventFlows& event) {
  std::map<std::uint32_t, std::int64_t> taken;
  for (std::size_t n = 0; n < event.flows.size(); ++n) {
    const trace::Flow& flow = event.flows[n];
    const std::uint32_t group = group_of(event, n);
    sqlite3_bind_int64(leg_.get(), 1, static_cast<sqlite3_int64>(event.seq));
    sqlite3_bind_int64(leg_.get(), 2, group);
    sqlite3_bind_int64(leg_.get(), 3, static_cast<sqlite3_int64>(n));
    sqlite3_bind_int64(leg_.get(), 4, static_cast<sqlite3_int64>(flow.kind));
    bind_text(leg_, 5, flow.a);
    bind_text(leg_, 6, flow.b);
    sqlite3_bind_int64(leg_.get(), 7, flow.grams);
    run_once(db_, leg_);
    taken[group] += flow.grams < 0 ? -flow.grams : 0;
  }
  legs_ += event.flows.size();
  for (const auto& [group, grams] : taken) {
    sqlite3_bind_int64(group_.get(), 1, static_cast<sqlite3_int64>(event.seq));
    sqlite3_bind_int64(group_.get(), 2, group);
    sqlite3_bind_int64(group_.get(), 3, static_cast<sqlite3_int64>(event.type));
    sqlite3_bind_int64(group_.get(), 4, grams);
    run_once(db_, group_);
  }
}

void SqlTrace::index() {
  execute(db_, "CREATE INDEX legs_made ON legs(b, a, kind, seq, grp) WHERE grams > 0; ANALYZE");
  up_ = prepare(db_, kUpstream);
}

std::map<std::string, double> SqlTrace::upstream(const std::string& lot, std::int64_t mass) {
  std::map<std::string, double> shares;
  bind_text(up_, 1, lot);
  sqlite3_bind_int64(up_.get(), 2, mass);
  while (sqlite3_step(up_.get()) == SQLITE_ROW) {
    shares.emplace(reinterpret_cast<const char*>(sqlite3_column_text(up_.get(), 0)),
                   sqlite3_column_double(up_.get(), 1));
  }
  sqlite3_reset(up_.get());
  return shares;
}

}  // namespace huan::bench
