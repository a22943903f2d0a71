// SPDX-License-Identifier: Apache-2.0
#include "small_city.hpp"

namespace huan::oversight::testing {
namespace {

base::Instant noon(std::string_view day) {
  return {base::parse_day(day)->n * std::int64_t{86'400} + 4 * 3'600};  // 12:00 at +08:00
}
base::Uuid id_of(store::Seq seq) {
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < 8; ++i) {
    bytes[i] = static_cast<std::uint8_t>(seq >> (8 * i));
  }
  return base::Uuid{bytes};
}

}  // namespace

void SmallCity::append(store::Transaction& transaction, const std::string& kind,
                       const std::string& key, const std::string& data, std::int64_t version,
                       base::Instant time) {
  const std::string body = R"({"record":{"data":)" + data + R"(,"kind":")" + kind +
                           R"(","version":)" + std::to_string(version) + "}}";
  store::RecordView view;
  view.seq = seq_;
  view.id = id_of(seq_);
  view.klass = store::RecordClass::registry;
  view.type = kind;
  view.key = key;
  view.time = time;
  view.recorded_at = noon("2025-06-30");
  view.body = body;
  transaction.append(view);
}

void SmallCity::put(const std::string& kind, const std::string& key, const std::string& data,
                    std::string_view day) {
  auto transaction = store_->begin(name.code);
  const auto before = transaction->reading().registered(name.code, kind, key);
  store::RegistryRow row;
  row.kind = kind;
  row.key = key;
  row.version = before ? before->version + 1 : 1;
  row.time = {base::parse_day(day)->n * std::int64_t{86'400} - name.offset_s};
  row.seq = ++seq_;
  if (kind == "dossier") {  // as the write path's index has it
    constexpr std::string_view kType = "\"type\":\"";
    const auto from = data.find(kType) + kType.size();
    row.subkind = data.substr(from, data.find('"', from) - from);
  }
  append(*transaction, kind, key, data, row.version, row.time);
  transaction->registry(row);
  transaction->commit();
}

void SmallCity::lot(const std::string& id, const std::string& place, std::string_view day,
                    std::int64_t g) {
  auto transaction = store_->begin(name.code);
  transaction->lot_made({id, place, "paper.occ", noon(day), false}, 1);
  transaction->lot_add(id, place, g, 0);
  transaction->commit();
}

void SmallCity::event(const std::string& place) {
  auto transaction = store_->begin(name.code);
  store::RecordView view;
  view.seq = ++seq_;
  view.id = id_of(seq_);
  view.type = "receive";
  view.recorded_at = noon("2025-06-30");
  view.place = place;
  view.body = "{}";
  transaction->append(view);
  transaction->commit();
}

void SmallCity::rollup(const ledger::RollupDelta& row) {
  auto transaction = store_->begin(name.code);
  transaction->rollup(row);
  transaction->commit();
}

}  // namespace huan::oversight::testing
