// SPDX-License-Identifier: Apache-2.0
#include "replay.hpp"

#include <algorithm>
#include <array>

#include "huan/app/store_book.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"
#include "huan/ledger/post.hpp"
#include "huan/log/header.hpp"
#include "replay_key.hpp"

namespace huan::app {
namespace {

constexpr std::uint64_t kStretch = 4'096;  // records whose legs are read ahead

bool same(const ledger::Leg& a, const ledger::Leg& b) {
  return a.account == b.account && a.unit == b.unit && a.amount == b.amount &&
         a.material == b.material && a.cls == b.cls && a.day == b.day;
}

void add_to(SumTable& table, std::string key, const ledger::RollupDelta& delta) {
  Sums& sums = table[std::move(key)];
  sums.mass_g += delta.mass_g;
  sums.pieces += delta.pieces;
  sums.money_fen += delta.money_fen;
  sums.count += delta.count;
}

}  // namespace

std::string rollup_key(base::Day day, std::string_view where, std::string_view operator_id,
                       std::array<std::string_view, 3> what) {
  std::string key = std::to_string(day.n);
  for (const std::string_view part : {where, operator_id, what[0], what[1], what[2]}) {
    key.append("|").append(part);
  }
  return key;
}

void ReplayedVersions::add(registry::Kind kind, std::string_view key, std::string_view body) {
  bodies_[kind][std::string{key}].emplace_back(body);
}

void ReplayedVersions::versions(registry::Kind kind, std::string_view key, const Visit& visit) {
  const auto& keys = bodies_[kind];
  if (const auto found = keys.find(key); found != keys.end()) {
    for (const std::string& body : found->second) {
      visit(body);
    }
  }
}

void ReplayedVersions::all(registry::Kind kind, const Visit& visit) {
  for (const auto& [key, bodies] : bodies_[kind]) {
    for (const std::string& body : bodies) {
      visit(body);
    }
  }
}

Replay::Replay(store::Reading& reading, const store::CityRow& city, VerifyReport& report,
               const VerifyOptions& options)
    : reading_(reading),
      city_(city),
      report_(report),
      options_(options),
      facts_(versions_, city.offset_s),
      book_(facts_, [this](const base::Uuid& id) { return version(id); }) {}

void Replay::differ(std::uint64_t seq, std::string what) {
  report_.ok = false;
  if (!full()) {
    report_.differences.push_back({city_.city, seq, std::move(what)});
  }
}

std::optional<ledger::VersionState> Replay::version(const base::Uuid& id) {
  StoreBook stored{reading_, facts_, city_.city};
  auto state = stored.version(id);
  if (!state || state->seq > seq_) {
    return std::nullopt;
  }
  const store::Seq after = reading_.superseded_by(city_.city, state->seq);
  state->latest = after == 0 || after >= seq_;  // seq_ is the record now being replayed
  return state;
}

void Replay::check_header(const store::RecordView& record, json::Value root, json::Value payload) {
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
    differ(record.seq, "the record's bytes are not those of its leaf in the log");
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
    differ(record.seq, "the record's index differs from its bytes");
  }
  if (recorded && *recorded < recorded_at_) {
    differ(record.seq, "recorded before the record before it");
  }
  recorded_at_ = recorded.value_or(recorded_at_);
}

void Replay::check_record(const store::RecordView& record) {
  if (record.seq != seq_ + 1) {
    differ(record.seq, "record " + std::to_string(seq_ + 1) + " is missing");
  }
  seq_ = record.seq;
  ++report_.records;
  log_.append(record.leaf);
  auto document = json::Document::parse(record.body, json::kStored);
  const bool event = record.klass == store::RecordClass::event;
  const auto payload = document && document->root().is_object()
                           ? document->root().find(event ? "event" : "record")
                           : std::nullopt;
  if (!payload || !payload->is_object()) {
    differ(record.seq, "the record is not readable");
    return;
  }
  check_header(record, document->root(), *payload);
  if (event) {
    replay_event(record, document->root(), *payload);
  } else {
    replay_version(record, *payload);
  }
}

void Replay::replay_version(const store::RecordView& record, json::Value payload) {
  auto parsed = registry::parse_record(payload);
  if (!parsed) {
    differ(record.seq, "the registry record is refused today: " + parsed.error().at);
    return;
  }
  if (parsed->key != record.key) {
    differ(record.seq, "the record's key differs from its bytes");
  }
  versions_.add(parsed->kind, parsed->key, record.body);
  facts_.forget(parsed->kind, parsed->key);
}

void Replay::replay_event(const store::RecordView& record, json::Value root,
                          json::Value event_json) {
  ++report_.events;
  auto event = ledger::parse_event(event_json);
  if (!event) {
    differ(record.seq, "the event is refused today: " + event.error().at);
    return;
  }
  const ledger::PostOptions options{record.recorded_at, city_.offset_s};
  auto posting = ledger::post(*event, book_, options);
  if (!posting) {
    differ(record.seq, "the event does not follow from what stood before: " +
                           base::describe(posting.error(), base::Language::en));
    return;
  }
  const auto drawn = root.find("drawn");
  if (!drawn || json::canonical(*drawn) != posting->drawn) {
    differ(record.seq, "what was drawn differs from what follows from the records");
  }
  if (posting->supersedes != record.supersedes) {
    differ(record.seq, "the version that it corrects differs");
  }
  check_sums(record.seq, posting->legs);
  check_legs(record.seq, posting->legs);
  fold_rollups(*posting);
  book_.apply(*posting, record.seq);
}

void Replay::check_sums(std::uint64_t seq, const std::vector<ledger::Leg>& posted) {
  std::array<std::int64_t, 4> sums{};
  for (const ledger::Leg& leg : posted) {
    sums.at(static_cast<std::size_t>(leg.unit)) += leg.amount;
  }
  if (std::any_of(sums.begin(), sums.end(), [](std::int64_t sum) { return sum != 0; })) {
    differ(seq, "legs do not sum to zero");
  }
}

void Replay::load_legs(std::uint64_t seq) {
  if (seq <= legs_until_) {
    return;
  }
  legs_.clear();
  legs_until_ = seq + kStretch - 1;
  reading_.legs(city_.city, {seq - 1, legs_until_}, [&](const store::LegView& view) {
    if (legs_.empty() || legs_.back().seq != view.seq) {
      legs_.push_back({view.seq, {}});
    }
    ledger::Account account{view.kind, std::string{view.a}, std::string{view.b}};
    legs_.back().legs.push_back({std::move(account), view.unit, view.amount,
                                 std::string{view.material}, view.cls, view.day});
    return true;
  });
}

void Replay::check_legs(std::uint64_t seq, const std::vector<ledger::Leg>& posted) {
  load_legs(seq);
  while (!legs_.empty() && legs_.front().seq < seq) {
    differ(legs_.front().seq, "legs are kept that belong to no event");
    legs_.pop_front();
  }
  static const std::vector<ledger::Leg> kNone;
  const bool there = !legs_.empty() && legs_.front().seq == seq;
  const std::vector<ledger::Leg>& stored = there ? legs_.front().legs : kNone;
  if (stored.size() != posted.size() ||
      !std::equal(stored.begin(), stored.end(), posted.begin(), same)) {
    differ(seq, "the legs kept differ from those that follow from the records");
  }
  if (there) {
    legs_.pop_front();
  }
}

void Replay::fold_rollups(const ledger::Posting& posting) {
  for (const ledger::RollupDelta& d : posting.rollups) {
    const std::array<std::string_view, 3> what{d.material, d.flow, d.cls};
    std::string where = d.district;
    where.append("|").append(d.place);
    add_to(days_, rollup_key(d.day, where, d.operator_id, what), d);
    const base::Civil civil = base::civil_of(d.day);
    add_to(months_, rollup_key(base::day_of({civil.year, civil.month, 1}), d.district, "", what),
           d);
  }
}

void Replay::run() {
  const std::uint64_t all = reading_.last(city_.city).seq;
  reading_.records(city_.city, {}, [&](const store::RecordView& record) {
    check_record(record);
    if (options_.progress && seq_ % 1'024 == 0 && !options_.progress(seq_, all)) {
      report_.complete = false;
      return false;
    }
    return !full();
  });
  if (!report_.complete || full()) {
    return;
  }
  compare_log();
  compare_lots();
  compare_shipments();
  compare_runs();
  compare_items();
  compare_tickets();
  compare_registry();
  compare_balances();
  compare_rollups(days_, true);
  compare_rollups(months_, false);
}

}  // namespace huan::app
