// SPDX-License-Identifier: Apache-2.0
#include "contract.hpp"

namespace huan::contract {

base::Uuid id_of(std::uint64_t number) {
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < 8; ++i) {
    bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
  }
  return base::Uuid(bytes);
}

store::Digest digest_of(std::uint8_t byte) {
  store::Digest digest;
  digest.fill(byte);
  return digest;
}

store::Record event(store::Seq seq) {
  store::Record record;
  record.seq = seq;
  record.id = id_of(seq);
  record.type = "receive";
  record.time = {1000 + static_cast<std::int64_t>(seq)};
  record.recorded_at = {2000 + static_cast<std::int64_t>(seq)};
  record.place = "S1";
  record.operator_id = "op-1";
  record.district = "130102";
  record.leaf = digest_of(static_cast<std::uint8_t>(seq));
  record.body = "{\"seq\":" + std::to_string(seq) + "}";
  return record;
}

ledger::LotMade made(const std::string& lot, const std::string& place, const std::string& material,
                     std::int64_t time_s) {
  return {lot, place, material, {time_s}, false};
}

void put_lot(store::Transaction& transaction, const ledger::LotMade& lot, std::int64_t g,
             store::Seq seq) {
  transaction.lot_made(lot, seq);
  transaction.lot_add(lot.lot, lot.place, g, 0);
}

std::string show(const ledger::LotState& state) {
  return state.lot + "@" + state.place + " " + state.material + " t" +
         std::to_string(state.time.s) + " #" + std::to_string(state.seq) + " " +
         std::to_string(state.raw_g) + "g " + std::to_string(state.raw_pieces) + "p" +
         (state.has_items ? " items" : "");
}

}  // namespace huan::contract
