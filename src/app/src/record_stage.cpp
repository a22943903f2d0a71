// SPDX-License-Identifier: Apache-2.0
#include "record_stage.hpp"

#include "huan/crypto/digest.hpp"
#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"
#include "huan/log/header.hpp"

namespace huan::app {
namespace {

constexpr std::size_t kBatch = 64;

}  // namespace

void RecordStage::check_header(const store::RecordView& record, json::Value root,
                               json::Value payload) {
  const auto text = [](json::Value of, std::string_view key) {
    const auto value = of.find(key);
    return value && value->is_string() ? value->string() : std::string_view{};
  };
  const bool event = record.klass == store::RecordClass::event;
  log::Header header;
  header.seq = record.seq;
  header.id = text(payload, "id");
  header.kind = event ? "event" : "registry";
  header.type = text(payload, event ? "type" : "kind");
  header.time = text(payload, "time");
  header.recorded_at = text(root, "recorded_at");
  header.record = crypto::sha256(record.body);
  log::header_bytes(header, header_);
  if (log::leaf_hash(header_) != record.leaf) {
    findings_.add(record.seq, "the record's bytes are not those of its leaf in the log");
  }
  const auto id = base::Uuid::parse(header.id);
  const auto time = base::parse_time(header.time);
  const auto recorded = base::parse_time(header.recorded_at);
  const auto seq = root.find("seq");
  const bool columns =
      id && *id == record.id && time && *time == record.time && recorded &&
      *recorded == record.recorded_at && header.type == record.type && seq && seq->is_integer() &&
      static_cast<std::uint64_t>(seq->integer()) == record.seq && text(root, "city") == city_.city;
  if (!columns) {
    findings_.add(record.seq, "the record's index differs from its bytes");
  }
  if (recorded && *recorded < recorded_at_) {
    findings_.add(record.seq, "recorded before the record before it");
  }
  recorded_at_ = recorded.value_or(recorded_at_);
}

void RecordStage::read(const store::RecordView& record, ReadRecord& one) {
  one.seq = record.seq;
  one.recorded_at = record.recorded_at;
  one.supersedes = record.supersedes;
  one.is_event = record.klass == store::RecordClass::event;
  const auto document = json::Document::parse(record.body, json::kStored);
  const auto payload = document && document->root().is_object()
                           ? document->root().find(one.is_event ? "event" : "record")
                           : std::nullopt;
  if (!payload || !payload->is_object()) {
    findings_.add(record.seq, "the record is not readable");
    return;
  }
  check_header(record, document->root(), *payload);
  if (one.is_event) {
    if (auto event = ledger::parse_event(*payload)) {
      one.event = std::move(*event);
    } else {
      findings_.add(record.seq, "the event is refused today: " + event.error().at);
    }
    if (const auto drawn = document->root().find("drawn")) {
      one.drawn = json::canonical(*drawn);
    }
    return;
  }
  auto parsed = registry::parse_record(*payload);
  if (!parsed) {
    findings_.add(record.seq, "the registry record is refused today: " + parsed.error().at);
    return;
  }
  if (parsed->key != record.key) {
    findings_.add(record.seq, "the record's key differs from its bytes");
  }
  one.record = std::move(*parsed);
  one.body = record.body;
}

void RecordStage::run(BatchQueue<ReadRecord>& out) {
  std::vector<ReadRecord> batch;
  batch.reserve(kBatch);
  bool wanted = true;
  reading_.records(city_.city, {0, last_}, [&](const store::RecordView& record) {
    log_.append(record.leaf);
    read(record, batch.emplace_back());
    if (batch.size() == kBatch) {
      wanted = out.push(std::exchange(batch, {}));
      batch.reserve(kBatch);
    }
    return wanted && !findings_.full();
  });
  if (wanted && !batch.empty()) {
    out.push(std::move(batch));
  }
  out.finish();
}

}  // namespace huan::app
