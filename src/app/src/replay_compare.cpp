// SPDX-License-Identifier: Apache-2.0
// What the replay arrived at against what the store keeps.
#include <array>

#include "huan/crypto/digest.hpp"
#include "replay.hpp"

namespace huan::app {
namespace {

bool same(const ledger::LotState& a, const ledger::LotState& b) {
  return a.material == b.material && a.time == b.time && a.seq == b.seq && a.raw_g == b.raw_g &&
         a.raw_pieces == b.raw_pieces && a.has_items == b.has_items;
}

}  // namespace

void Replay::compare_log() {
  log::Appender& log = record_stage_.log();
  if (log.size() > 0 && reading_.log_state(city_.city) != log.state()) {
    findings_.add(0, "the log's state differs from the leaves");
  }
  for (const log::Tile& tile : log.take_tiles()) {
    if (reading_.tile(city_.city, tile.level, tile.n) != tile.bytes) {
      findings_.add(
          0, "tile " + std::to_string(tile.level) + "/" + std::to_string(tile.n) + " differs");
    }
  }
  if (const auto checkpoint = reading_.checkpoint(city_.city)) {
    if (checkpoint->size > log.size()) {
      findings_.add(0, "a checkpoint was signed over " + std::to_string(checkpoint->size) +
                           " records, more than there are");
    }
  }
}

void Replay::compare_lots() {
  std::size_t stored = 0;
  reading_.all_lots(city_.city, [&](const store::LotRow& row) {
    ++stored;
    const auto* entry = book_.find_lot(row.state.lot, row.state.place);
    if (entry == nullptr || entry->current != row.current || !same(entry->state, row.state)) {
      findings_.add(row.state.seq, "lot " + row.state.lot + " at " + row.state.place + " differs");
    }
    return !findings_.full();
  });
  if (const std::size_t folded = book_.lots().size(); stored != folded) {
    findings_.add(0,
                  std::to_string(stored) + " lots are kept, " + std::to_string(folded) + " follow");
  }
}

void Replay::compare_shipments() {
  std::size_t stored = 0;
  reading_.all_shipments(city_.city, [&](const store::ShipmentRow& row) {
    ++stored;
    const auto found = book_.shipments().find(row.shipment);
    const bool equal =
        found != book_.shipments().end() && found->second.from_place == row.state.from_place &&
        found->second.to_place == row.state.to_place &&
        found->second.to_city == row.state.to_city && found->second.finals == row.state.finals;
    if (!equal) {
      findings_.add(row.seq, "shipment " + row.shipment + " differs");
    }
    return !findings_.full();
  });
  if (stored != book_.shipments().size()) {
    findings_.add(0, "the number of shipments differs");
  }
}

void Replay::compare_lines() {
  std::size_t lines = 0;
  reading_.all_lines(city_.city, [&](std::string_view shipment, const ledger::LineState& line) {
    ++lines;
    const auto found = book_.shipment_lines().find(shipment);
    const auto* folded = found == book_.shipment_lines().end() ? nullptr : &found->second;
    const auto entry =
        folded == nullptr ? decltype(folded->find(line.line)){} : folded->find(line.line);
    const bool equal =
        folded != nullptr && entry != folded->end() && entry->second.material == line.material &&
        entry->second.shipped_g == line.shipped_g && entry->second.raw_g == line.raw_g &&
        entry->second.raw_pieces == line.raw_pieces;
    if (!equal) {
      findings_.add(0, "line " + line.line + " of shipment " + std::string{shipment} + " differs");
    }
    return !findings_.full();
  });
  std::size_t folded = 0;
  for (const auto& [shipment, entries] : book_.shipment_lines()) {
    folded += entries.size();
  }
  if (lines != folded) {
    findings_.add(0, "the number of shipment lines differs");
  }
}

void Replay::compare_runs() {
  std::size_t stored = 0;
  reading_.all_runs(city_.city, [&](const store::RunRow& row) {
    ++stored;
    const auto found = book_.runs().find(row.run);
    const bool equal =
        found != book_.runs().end() && found->second.place == row.state.place &&
        found->second.process == row.state.process && found->second.closes == row.state.closes &&
        found->second.raw_g == row.state.raw_g && found->second.raw_pieces == row.state.raw_pieces;
    if (!equal) {
      findings_.add(0, "run " + row.run + " differs");
    }
    return !findings_.full();
  });
  if (stored != book_.runs().size()) {
    findings_.add(0, "the number of runs differs");
  }
}

void Replay::compare_items() {
  std::size_t stored = 0;
  reading_.all_items(city_.city, [&](const store::ItemRow& row) {
    ++stored;
    const auto found = book_.items().find(row.code);
    const bool equal = found != book_.items().end() && found->second.lot == row.lot &&
                       found->second.kind == row.kind && found->second.seq == row.seq;
    if (!equal) {
      findings_.add(row.seq, "item " + row.code + " differs");
    }
    return !findings_.full();
  });
  if (stored != book_.items().size()) {
    findings_.add(0, "the number of items differs");
  }
}

void Replay::compare_tickets(store::Reading& reading) {
  for (const auto& [device, numbers] : book_.tickets()) {
    for (const auto& [number, seq] : numbers) {
      if (reading.ticket(city_.city, device, number) != seq) {
        findings_.add(seq, "ticket " + device + "-" + std::to_string(number) + " differs");
      }
    }
  }
}

void Replay::compare_registry(store::Reading& reading) {
  for (const auto& [kind, things] : versions_.bodies()) {
    for (const auto& [key, bodies] : things) {
      const auto rows = reading.versions(city_.city, registry::name(kind), key);
      bool equal = rows.size() == bodies.size();
      for (std::size_t i = 0; equal && i < rows.size(); ++i) {
        const auto at = static_cast<std::size_t>(rows[i].version - 1);
        equal = at < bodies.size() && rows[i].body == bodies[at];
      }
      if (!equal) {
        findings_.add(
            0, "the versions of " + std::string{registry::name(kind)} + " " + key + " differ");
      }
    }
  }
}

void Replay::compare_balances(store::Reading& reading) {
  const auto& folded = book_.balances();
  std::vector<bool> kept(folded.size());
  reading.balances(city_.city, [&](const store::Balance& row) {
    const auto found = book_.find_balance(row.account, row.unit);
    const std::int64_t amount = found ? folded[*found].amount : 0;
    if (amount != row.amount) {
      findings_.add(0, "balance of " + ledger::describe(row.account) +
                           " differs: " + std::to_string(row.amount) + " kept, " +
                           std::to_string(amount) + " follows");
    }
    if (found) {
      kept[*found] = true;
    }
    return !findings_.full();
  });
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (!kept[i] && folded[i].amount != 0) {
      findings_.add(0, "balance of " + ledger::describe(folded[i].account) + " is not kept");
    }
  }
}

void Replay::compare_rollups(store::Reading& reading, RollupSums& folded, Rollup which) {
  constexpr std::array kWords{"day", "month", "operator's month"};
  const auto check = [&](const store::StatisticsRow& row) {
    // A roll-up leaves out of its rows what it does not know.
    RollupSums::Row& sums = folded[folded.row(
        row.day, {row.district, row.place, row.operator_id, row.material, row.flow, row.cls})];
    sums.seen = true;
    if (sums.mass_g != row.mass_g || sums.pieces != row.pieces || sums.money_fen != row.money_fen ||
        sums.count != row.count) {
      findings_.add(0, std::string{kWords.at(static_cast<std::size_t>(which))} + " roll-up " +
                           folded.describe(sums) + " differs: " + std::to_string(row.mass_g) +
                           " g kept, " + std::to_string(sums.mass_g) + " g follow");
    }
    return !findings_.full();
  };
  switch (which) {
    case Rollup::day:
      reading.rollup_days(city_.city, check);
      break;
    case Rollup::month:
      reading.rollup_months(city_.city, check);
      break;
    case Rollup::operators:
      reading.rollup_operators(city_.city, check);
      break;
  }
  for (const RollupSums::Row& sums : folded.rows()) {
    if (!sums.seen && !sums.zero()) {
      findings_.add(0, "roll-up " + folded.describe(sums) + " is not kept");
    }
  }
}

}  // namespace huan::app
