// SPDX-License-Identifier: Apache-2.0
#include "huan/app/city_writer.hpp"

#include <algorithm>
#include <map>

#include "huan/app/store_book.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "huan/ledger/post.hpp"
#include "huan/log/header.hpp"
#include "references.hpp"
#include "store_tiles.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::int64_t kEventMassMax = 10 * base::kMassMax;
constexpr std::int64_t kMoneyLooked =
    1'000'000'000'000;  // fen of one event below which no sum can run over

Outcome refuse(std::string id, Error error) {
  Outcome outcome;
  outcome.id = std::move(id);
  outcome.error = std::move(error);
  return outcome;
}

struct RowOf {
  store::RegistryRow& row;
  void operator()(const registry::Place& place) const {
    row.subkind = registry::info(place.kind).code;
    row.district = place.district;
    row.party = place.operator_id;
  }
  void operator()(const registry::Party& party) const {
    row.subkind = registry::name(party.kind);
    row.district = party.district;
    row.party = party.buyer;
  }
  void operator()(const registry::Asset& asset) const {
    row.subkind = registry::name(asset.kind);
    row.party = asset.party;
  }
  void operator()(const registry::Material& material) const { row.subkind = material.parent; }
  void operator()(const registry::Price& price) const { row.subkind = price.material; }
  void operator()(const registry::Contract& contract) const { row.party = contract.party; }
  void operator()(const registry::Hold&) const {}
  void operator()(const registry::OtherData&) const {}
};

/// What lists of that kind are filtered by; invoices by who sells.
std::string_view kind_field(std::string_view kind) {
  return kind == "dossier"       ? "type"
         : kind == "declaration" ? "form"
         : kind == "invoice"     ? "seller"
         : kind == "order"       ? "state"
         : kind == "subsidy"     ? "tier"
                                 : "kind";
}

/// Of kinds that say whose they are though they have no form of their own here.
void index_other(const registry::OtherData& other, store::RegistryRow& row) {
  const auto document = json::Document::parse(other.json, json::kStored);
  const auto text = [&](std::string_view name) {
    const auto found = document ? document->root().find(name) : std::nullopt;
    return found && found->is_string() ? std::string(found->string()) : std::string();
  };
  row.subkind = text(kind_field(row.kind));
  row.district = text("district");
  row.party = text("party");
}

store::RegistryRow row_of(const registry::Record& record, store::Seq seq) {
  store::RegistryRow row;
  row.kind = registry::name(record.kind);
  row.key = record.key;
  row.version = record.version;
  row.time = record.time;
  row.seq = seq;
  std::visit(RowOf{row}, record.data);
  if (record.kind == registry::Kind::dossier || record.kind == registry::Kind::finding ||
      record.kind == registry::Kind::declaration || record.kind == registry::Kind::invoice ||
      record.kind == registry::Kind::subsidy || record.kind == registry::Kind::order ||
      (record.kind == registry::Kind::plan && record.key.starts_with("payout:"))) {
    index_other(std::get<registry::OtherData>(record.data), row);
  }
  return row;
}

}  // namespace

CityWriter::CityWriter(CitySetting setting, base::Clock& clock, base::IdSource& ids)
    : setting_(std::move(setting)), clock_(clock), ids_(ids) {}

CityWriter::~CityWriter() = default;

void CityWriter::enter(store::Transaction& transaction) {
  transaction_ = &transaction;
  if (!loaded_) {
    load();
  }
  versions_->read_from(transaction.reading());
}

void CityWriter::load() {
  store::Reading& reading = transaction_->reading();
  versions_ = std::make_unique<StoreVersions>(reading, setting_.city);
  facts_ = std::make_unique<RegistryFacts>(*versions_, setting_.offset_s);
  if (setting_.read_rules) {
    tickets_ = std::make_unique<TicketRules>(setting_.read_rules, *versions_, *facts_,
                                             setting_.city, setting_.offset_s);
  }
  last_ = reading.last(setting_.city);
  StoreTiles tiles{reading, setting_.city};
  auto log = log::Appender::resume(reading.log_state(setting_.city), tiles);
  if (!log) {
    throw store::Failure(ErrorCode::store_failed,
                         "the log's state is damaged: " + log.error().detail);
  }
  log_ = std::move(*log);
  loaded_ = true;
}

void CityWriter::leave() {
  if (log_changed_) {
    for (const log::Tile& tile : log_.take_tiles()) {
      transaction_->tile(tile.level, tile.n, tile.bytes);
    }
    transaction_->log_state(log_.state());
    log_changed_ = false;
  }
}

void CityWriter::forget() {
  loaded_ = false;
  log_changed_ = false;
  transaction_ = nullptr;
}

void CityWriter::configure(std::int32_t offset_s) {
  setting_.offset_s = offset_s;
  loaded_ = false;
  load();
}

void CityWriter::savepoint() {
  transaction_->savepoint();
  saved_last_ = last_;
  saved_log_ = log_;
  registry_touched_ = false;
}

void CityWriter::rollback() {
  transaction_->rollback_to();
  last_ = saved_last_;
  log_ = saved_log_;
  if (registry_touched_) {
    facts_->forget_all();
    if (tickets_) {
      tickets_->forget_all();
    }
  }
}

void CityWriter::release() { transaction_->release(); }

Outcome CityWriter::same_again(const PreparedEvent& prepared, store::Seq seq) {
  const auto record = reading().record(setting_.city, seq);
  HUAN_ASSERT(record.has_value());
  if (record->klass == store::RecordClass::event) {
    auto document = json::Document::parse(record->body, json::kStored);
    HUAN_ASSERT(document.has_value());
    const auto event = document->root().find("event");
    if (event && json::canonical(*event) == prepared.canonical) {
      Outcome outcome;
      outcome.status = Status::duplicate;
      outcome.id = prepared.id;
      outcome.seq = seq;
      return outcome;
    }
  }
  return refuse(prepared.id, Error{ErrorCode::id_conflict, "/id", prepared.id});
}

Outcome CityWriter::post(const PreparedEvent& prepared, const Principal& by) {
  if (!prepared.event) {
    return refuse(prepared.id, prepared.event.error());
  }
  if (const store::Seq seq = reading().seq_of(setting_.city, prepared.event->id); seq != 0) {
    return same_again(prepared, seq);
  }
  try {
    return post_new(prepared, by);
  } catch (const base::Overflow&) {
    return refuse(prepared.id,
                  Error{ErrorCode::too_large, "", "a sum leaves the range of the ledger"});
  }
}

/// Balances and roll-ups stay within what records can say, whoever sends what: an event's mass is
/// bounded, and where its money is large its accounts are looked at.
base::Result<void> CityWriter::check_sums(const ledger::Posting& posting) {
  std::int64_t mass = 0;
  std::int64_t money = 0;
  for (const ledger::Leg& leg : posting.legs) {
    std::int64_t& sum = leg.unit == ledger::Unit::mass ? mass : money;
    sum = base::checked_add(sum, std::max<std::int64_t>(0, leg.amount));
  }
  if (mass > kEventMassMax) {
    return Error{ErrorCode::too_large, "",
                 "an event moves at most " + std::to_string(kEventMassMax) + " g"};
  }
  if (money <= kMoneyLooked) {
    return {};
  }
  std::map<std::pair<ledger::Account, ledger::Unit>, std::int64_t> balances;
  for (const ledger::Leg& leg : posting.legs) {
    if (leg.unit != ledger::Unit::money && leg.unit != ledger::Unit::point) {
      continue;
    }
    auto [balance, fresh] = balances.try_emplace({leg.account, leg.unit}, 0);
    if (fresh) {
      balance->second = reading().balance(setting_.city, leg.account, leg.unit);
    }
    balance->second = base::checked_add(balance->second, leg.amount);
  }
  for (const auto& [account, balance] : balances) {
    if (balance > base::kIntegerMax || balance < -base::kIntegerMax) {
      return Error{ErrorCode::too_large, "",
                   ledger::describe(account.first) + " would hold more than can be written"};
    }
  }
  return {};
}

Outcome CityWriter::post_new(const PreparedEvent& prepared, const Principal& by) {
  const ledger::Event& event = *prepared.event;
  StoreBook book{reading(), *facts_, setting_.city};
  const ledger::PostOptions options{clock_.now(), setting_.offset_s, setting_.tolerance_s};
  auto posting = ledger::post(event, book, options);
  if (!posting) {
    remember_refused(prepared, posting.error(), by);
    return refuse(prepared.id, std::move(posting).error());
  }
  if (tickets_) {
    if (auto lawful = tickets_->judge({event, *posting, reading()}); !lawful) {
      return refuse(prepared.id, std::move(lawful).error());
    }
  }
  if (auto sums = check_sums(*posting); !sums) {
    return refuse(prepared.id, std::move(sums).error());
  }
  Stored stored;
  stored.id = event.id;
  stored.type = ledger::name(event.type);
  stored.time = event.time;
  stored.id_text = prepared.id;
  stored.time_text = prepared.time;
  stored.payload = prepared.canonical;
  stored.drawn = posting->drawn;
  stored.posting = &*posting;
  Outcome outcome;
  outcome.seq = append(stored, event.replacement ? event.replacement->place : event.place, by);
  transaction_->legs(outcome.seq, posting->legs);
  apply_posting(*posting, *transaction_, outcome.seq,
                event.replacement ? event.replacement->time : event.time);
  outcome.status = Status::posted;
  outcome.id = prepared.id;
  outcome.raised = std::move(posting->raised);
  if (tickets_) {
    hold_watched(event, *posting, outcome);
  }
  return outcome;
}

store::Seq CityWriter::append(const Stored& stored, std::string_view place, const Principal& by) {
  const store::Seq seq = last_.seq + 1;
  const base::Instant recorded_at = std::max(clock_.now(), last_.recorded_at);
  const std::string recorded_text = base::format_time(recorded_at, 0);
  body_.clear();
  json::Writer w(body_);
  w.begin_object().member("by", by.name).member("city", setting_.city);
  if (!stored.drawn.empty()) {
    w.key("drawn").raw(stored.drawn);
  }
  if (stored.klass == store::RecordClass::event) {
    w.key("event").raw(stored.payload);
  } else {
    w.key("record").raw(stored.payload);
  }
  w.member("recorded_at", recorded_text);
  w.member("seq", static_cast<std::int64_t>(seq)).member("v", 1).end_object();

  log::Header header;
  header.seq = seq;
  header.id = stored.id_text;
  header.kind = stored.klass == store::RecordClass::event ? "event" : "registry";
  header.type = stored.type;
  header.time = stored.time_text;
  header.recorded_at = recorded_text;
  header.record = crypto::sha256(body_);
  log::header_bytes(header, header_);

  store::RecordView record;
  record.seq = seq;
  record.id = stored.id;
  record.klass = stored.klass;
  record.type = stored.type;
  record.key = stored.key;
  record.time = stored.time;
  record.recorded_at = recorded_at;
  record.place = place;
  if (stored.posting != nullptr) {
    record.supersedes = stored.posting->supersedes;
    record.operator_id = stored.posting->operator_id;
    record.district = stored.posting->district;
  }
  record.leaf = log::leaf_hash(header_);
  record.body = body_;
  transaction_->append(record);
  log_.append(record.leaf);
  log_changed_ = true;
  last_ = {seq, recorded_at};
  return seq;
}

void apply_posting(const ledger::Posting& posting, store::Transaction& transaction, store::Seq seq,
                   base::Instant time) {
  for (const ledger::LotMade& made : posting.lots) {
    transaction.lot_made(made, seq);
  }
  for (const ledger::ShipmentChange& change : posting.shipments) {
    transaction.shipment(change, seq, time);
  }
  for (const ledger::RunChange& change : posting.runs) {
    transaction.run(change);
  }
  for (const ledger::BalanceDelta& delta : posting.balances) {
    const bool pieces = delta.unit == ledger::Unit::piece;
    const std::int64_t g = pieces ? 0 : delta.raw;
    const std::int64_t p = pieces ? delta.raw : 0;
    switch (delta.account.kind) {
      case ledger::AccountKind::stock:
        transaction.lot_add(delta.account.b, delta.account.a, g, p);
        break;
      case ledger::AccountKind::transit:
        transaction.line_add(delta.account.a,
                             {delta.account.b, delta.material, delta.shipped, g, p});
        break;
      case ledger::AccountKind::wip:
        transaction.run_add(delta.account.a, g, p);
        break;
      default:
        transaction.balance_add(delta.account, delta.unit, delta.raw);
        break;
    }
  }
  for (const ledger::Leg& leg : posting.legs) {
    const bool money_or_points = leg.unit == ledger::Unit::money || leg.unit == ledger::Unit::point;
    const bool tracked =
        leg.unit == ledger::Unit::point && leg.account.kind == ledger::AccountKind::party;
    if (money_or_points && !tracked && leg.account.kind != ledger::AccountKind::imbalance) {
      transaction.balance_add(leg.account, leg.unit, leg.amount);
    }
  }
  for (const ledger::ItemMove& move : posting.item_moves) {
    transaction.item_move(seq, move);
  }
  for (const ledger::TicketUse& use : posting.tickets) {
    transaction.ticket(use, seq);
  }
  for (const ledger::RollupDelta& delta : posting.rollups) {
    transaction.rollup(delta);
  }
}

Outcome CityWriter::put(const RegistryPut& put, const Principal& by) {
  const auto kind = registry::kind_from(put.kind);
  if (!kind) {
    return refuse(put.id, Error{ErrorCode::not_found, "/kind", put.kind});
  }
  auto data = json::Document::parse(put.data);
  if (!data) {
    return refuse(put.id, std::move(data).error().within("/data"));
  }
  const std::string_view kind_name = registry::name(*kind);
  const auto latest = reading().registered(setting_.city, kind_name, put.key);
  const std::int64_t version = latest ? latest->version : 0;
  if (put.based_on >= 0 && put.based_on != version) {
    return refuse(put.id, Error{ErrorCode::version_conflict, "/version",
                                put.key + " is at version " + std::to_string(version)});
  }
  // As the leaf of the log names it, whichever way the sender writes a UUID.
  const auto given = base::Uuid::parse(put.id);
  const std::string id_text =
      put.id.empty() ? ids_.next().text() : (given ? given->text() : put.id);
  const std::string time_text = put.time.empty() ? base::format_time(clock_.now(), 0) : put.time;
  std::string record_text;
  json::Writer w(record_text);
  w.begin_object().member("data", data->root()).member("id", id_text).member("key", put.key);
  w.member("kind", kind_name).member("time", time_text).member("version", version + 1).end_object();
  auto document = json::Document::parse(record_text);
  if (!document) {
    return refuse(id_text, std::move(document).error());
  }
  auto record = registry::parse_record(document->root());
  if (!record) {
    return refuse(id_text, std::move(record).error());
  }
  if (auto known = check_references(*record, reading(), setting_.city); !known) {
    return refuse(id_text, std::move(known).error());
  }
  if (auto there = check_suspected(*record); !there) {
    return refuse(id_text, std::move(there).error());
  }
  return append_version(*record, {time_text, json::canonical(document->root())}, by);
}

Outcome CityWriter::append_version(const registry::Record& record, const VersionText& text,
                                   const Principal& by) {
  const std::string id_text = record.id.text();
  if (reading().seq_of(setting_.city, record.id) != 0) {
    return refuse(id_text, Error{ErrorCode::id_conflict, "/id", id_text});
  }
  Stored stored;
  stored.id = record.id;
  stored.klass = store::RecordClass::registry;
  stored.type = registry::name(record.kind);
  stored.key = record.key;
  stored.time = record.time;
  stored.id_text = id_text;
  stored.time_text = text.time;
  stored.payload = text.canonical;
  Outcome outcome;
  outcome.seq = append(stored, "", by);
  const store::RegistryRow row = row_of(record, outcome.seq);
  transaction_->registry(row);
  facts_->forget(record.kind, record.key);
  if (tickets_) {
    tickets_->forget(record.kind, record.key, row.subkind);
  }
  registry_touched_ = true;
  if (row.subkind == "suspected_goods") {
    move_hold(record, by);
  }
  outcome.status = Status::posted;
  outcome.id = id_text;
  return outcome;
}

}  // namespace huan::app
