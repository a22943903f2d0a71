// SPDX-License-Identifier: Apache-2.0
// Rows of the port from columns, in the order that each table's queries name them.
#pragma once

#include <optional>
#include <vector>

#include "absent.hpp"
#include "connection.hpp"

namespace huan::store_sqlite {

/// lot, place, material, time_s, seq, raw_g, raw_pieces, has_items, current
[[nodiscard]] store::LotRow read_lot(const Cursor& cursor);
/// line, material, shipped_g, raw_g, raw_pieces
[[nodiscard]] ledger::LineState read_line(const Cursor& cursor);
/// seq, id, klass, type, key, time_s, recorded_at_s, supersedes, place, operator_id, district,
/// leaf, body
[[nodiscard]] store::RecordView read_record(const Cursor& cursor, bool body);
/// seq, kind, a, b, unit, amount, material, cls, day
[[nodiscard]] store::LegView read_leg(const Cursor& cursor);

// What the tables say, whoever asks: a snapshot, or the writer that gets to know it.

/// All places where the lot stands or stood, by place.
[[nodiscard]] std::vector<store::LotRow> stored_places(Connection& connection, store::City city,
                                                       std::string_view lot);
/// The same; `absent` learns where none stands.
[[nodiscard]] std::vector<store::LotRow> stored_places(Connection& connection, store::City city,
                                                       std::string_view lot, Absent& absent);
[[nodiscard]] std::string_view key_of(const base::Uuid& id);
/// Whether a record has the id; `absent` learns by key_of() where none has.
[[nodiscard]] bool stored_id(Connection& connection, store::City city, const base::Uuid& id,
                             Absent& absent);
/// By line.
[[nodiscard]] std::vector<ledger::LineState> stored_lines(Connection& connection, store::City city,
                                                          std::string_view shipment);
/// The highest number of the device's tickets.
[[nodiscard]] std::optional<std::int64_t> stored_ticket_last(Connection& connection,
                                                             store::City city,
                                                             std::string_view device);

}  // namespace huan::store_sqlite
