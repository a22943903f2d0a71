// SPDX-License-Identifier: Apache-2.0
// A row of tickets 磅单 as a receive event (events.md §3).
#pragma once

#include <optional>
#include <string>

#include "row_values.hpp"

namespace huan::wire_table {

struct TicketEvent {
  std::string time;
  std::string place;
  std::string origin;
  std::string party;
  std::string ticket;
  std::string vehicle;
  std::string plate;  ///< what the cell says where no vehicle on record is meant
  std::string note;
  std::string scale;
  std::string lot;
  std::string material;
  std::int64_t mass_g{0};
  std::optional<std::int64_t> settle_g;
  std::optional<std::int64_t> pieces;
  std::optional<PriceValue> price;
  std::optional<std::int64_t> gross_g;  ///< with tare: there was a weighing
  std::int64_t tare_g{0};
  std::int64_t deduct_g{0};
  std::string payment;  ///< till or bank
  std::int64_t paid_fen{0};
};

/// What all lines of a row share. Errors name their column.
base::Result<TicketEvent> read_ticket(const RowValues& values);
/// Material, mass, price of a table with one material a row.
base::Result<void> read_single_line(const RowValues& values, const Mapping& mapping,
                                    TicketEvent& ticket);
/// RFC 8785 bytes; `id` empty leaves it out.
std::string to_json(const TicketEvent& ticket, std::string_view id);

}  // namespace huan::wire_table
