// SPDX-License-Identifier: Apache-2.0
// Rows of the port from columns, in the order that each table's queries name them.
#pragma once

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

}  // namespace huan::store_sqlite
