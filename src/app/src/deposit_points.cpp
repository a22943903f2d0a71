// SPDX-License-Identifier: Apache-2.0
#include "huan/app/deposit_points.hpp"

#include <algorithm>
#include <cstdlib>

#include "huan/app/points.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/asset.hpp"
#include "order_shelf.hpp"

namespace huan::app {
namespace {

constexpr const char* kAwardsKey = "deposit_points";
constexpr const char* kBinSpeaks = "mqtt-bin";
constexpr std::int32_t kDaysKept = 3;
constexpr std::uint64_t kUnkeptAwards = 1'000;  // records read again after a crash

std::string text_of_member(const std::optional<json::Value>& object, std::string_view key) {
  const auto found = object && object->is_object() ? object->find(key) : std::nullopt;
  return found && found->is_string() ? std::string(found->string()) : std::string();
}

std::optional<json::Value> member_of(const std::optional<json::Value>& object,
                                     std::string_view key) {
  return object && object->is_object() ? object->find(key) : std::nullopt;
}

store::Seq seq_in(json::Value object, std::string_view key) {
  const auto found = object.find(key);
  return found && found->is_integer() ? static_cast<store::Seq>(found->integer()) : 0;
}

bool is_bin(store::RegistryReading& reading, const std::string& city, const std::string& device) {
  const auto row = device.empty() ? std::nullopt : reading.registered(city, "asset", device);
  const auto asset =
      row ? data_of<registry::Asset>(
                *row, [](json::Value data) { return registry::parse_asset(data, "/data"); })
          : std::nullopt;
  return asset && asset->protocol == kBinSpeaks;
}

/// What weighed it: of a bin its own device.
std::string scale_of(const std::optional<json::Value>& event) {
  const auto weighings = member_of(event, "weighings");
  if (!weighings || !weighings->is_array()) {
    return {};
  }
  for (const json::Value one : weighings->elements()) {
    return text_of_member(one, "scale");
  }
  return {};
}

void read_lines(const std::optional<json::Value>& event, rewards::Visit& visit) {
  const auto outputs = member_of(event, "outputs");
  if (!outputs || !outputs->is_array()) {
    return;
  }
  for (const json::Value line : outputs->elements()) {
    const auto mass = member_of(line, "mass_g");
    visit.lines.push_back({text_of_member(line, "material"),
                           base::Mass{mass && mass->is_integer() ? mass->integer() : 0}});
  }
}

base::Uuid award_id(const std::string& city, const base::Uuid& deposit) {
  return base::make_uuid_v8(crypto::sha256("deposit points " + city + " " + deposit.text()));
}

/// Of what a version of the deposit leaves of the award.
base::Uuid award_id(const std::string& city, const store::Record& version) {
  return version.supersedes == 0 ? award_id(city, version.id)
                                 : base::make_uuid_v8(crypto::sha256("deposit points left " + city +
                                                                     " " + version.id.text()));
}

/// As it stands: an event as it was sent, or what a correction put in its place.
std::optional<json::Value> in_force(const json::Document& document) {
  const auto event = member_of(document.root(), "event");
  const auto replaced = member_of(event, "replacement");
  return replaced ? replaced : event;
}

/// What an award gives, by its legs; 0: it was taken back whole.
std::int64_t points_of_award(const std::optional<json::Value>& award, const std::string& party) {
  const auto legs = member_of(award, "legs");
  std::int64_t points = 0;
  if (legs && legs->is_array()) {
    for (const json::Value leg : legs->elements()) {
      const auto amount = member_of(leg, "amount");
      if (text_of_member(leg, "account") == "party:" + party && amount && amount->is_integer()) {
        points += amount->integer();
      }
    }
  }
  return points;
}

/// The event, or as a replacement (without an id) what is left of it.
std::string award_json(const std::string& id, const std::string& event, const std::string& party,
                       const std::string& place, std::int64_t points, base::Instant now) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("ext").begin_object().member("deposit", event).end_object();
  if (!id.empty()) {
    w.member("id", id);
  }
  w.key("legs").begin_array();
  w.begin_object().member("account", "issued:" + place).member("amount", -points);
  w.member("unit", "points").end_object();
  w.begin_object().member("account", "party:" + party).member("amount", points);
  w.member("unit", "points").end_object();
  w.end_array().member("place", place).member("reason", "deposit");
  w.member("time", base::format_time(now, 0)).member("type", "settle").end_object();
  return out;
}

}  // namespace

template <class Each>
void DepositPoints::each_deposit(store::Reading& reading, const store::CityRow& city,
                                 CityBook& book, store::SeqRange range, const Each& each) const {
  std::vector<store::Seq> receives;
  reading.record_heads(city.city, range, [&](const store::RecordView& head) {
    if (head.type == "receive" && head.supersedes == 0) {
      receives.push_back(head.seq);
    }
    return true;
  });
  for (const store::Seq seq : receives) {
    const auto record = reading.record(city.city, seq);
    const auto document = json::Document::parse(record ? record->body : "null", json::kStored);
    const auto event = document ? member_of(document->root(), "event") : std::nullopt;
    Deposit one;
    one.party = text_of_member(member_of(event, "from"), "party");
    if (one.party.empty()) {
      continue;
    }
    one.id = record->id.text();
    one.place = record->place;
    one.time = record->time;
    one.of_bin = is_bin(reading, city.city, scale_of(event));
    one.visit.day = base::day_of(one.time, city.offset_s);
    read_lines(event, one.visit);
    OfDay& before = book.days[{one.visit.day.n, one.party}];
    one.visit.earlier_today = before.visits;
    one.visit.earlier_here = before.at_place[one.place];
    one.visit.mass_today = before.mass;
    if (before.visits > 0) {
      one.visit.since_last_s = std::abs(one.time.s - before.last.s);  // some come late
    }
    each(one);
    ++before.visits;
    ++before.at_place[one.place];
    before.last = std::max(before.last, one.time);
    for (const rewards::Brought& line : one.visit.lines) {
      before.mass = before.mass + line.mass;
    }
  }
}

/// The days that may still go on are read again, and nothing is earned by it.
void DepositPoints::load(store::Reading& reading, const store::CityRow& city,
                         CityBook& book) const {
  const auto kept = reading.setting(city.city, kAwardsKey);
  const auto document = json::Document::parse(kept.value_or("null"), json::kStored);
  if (!document || !document->root().is_object()) {
    book.after = reading.last(city.city).seq;
    return;
  }
  book.after = seq_in(document->root(), "after");
  book.kept = book.after;
  const store::Seq begun = seq_in(document->root(), "from");
  book.begun[base::day_of(parts_.clock.now(), city.offset_s).n] = begun;
  each_deposit(reading, city, book, {begun, book.after}, [](const Deposit&) {});
}

void DepositPoints::keep(const std::string& city, CityBook& book) const {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("after", static_cast<std::int64_t>(book.after));
  w.member("from", static_cast<std::int64_t>(book.begun.begin()->second)).end_object();
  parts_.recorder.run(city, 1, [&](CityWriter& writer) {
    writer.transaction().setting(kAwardsKey, out);
    return true;
  });
  book.kept = book.after;
}

bool DepositPoints::award(const std::string& city, const Deposit& deposit,
                          std::int64_t points) const {
  const auto id = award_id(city, *base::Uuid::parse(deposit.id)).text();
  const std::string json = award_json(id, deposit.id, deposit.party, deposit.place, points,
                                      std::max(parts_.clock.now(), deposit.time));
  bool posted = false;
  parts_.recorder.run(city, 1, [&](CityWriter& writer) {
    posted = writer.post(prepare(json), {"system/points"}).status == Status::posted;
    return posted;
  });
  return posted;
}

/// By a correction of the award, so that what was spent already stands as an imbalance. Never more
/// than was earned: what else the person brought that day is not asked again.
void DepositPoints::take_back(store::Reading& reading, const std::string& city,
                              const rewards::Rule* rule, const store::Record& correction) const {
  std::optional<store::Record> award;
  auto version = reading.record(city, correction.supersedes);
  for (; version && version->supersedes != 0; version = reading.record(city, version->supersedes)) {
    award = award ? award : reading.record(city, award_id(city, *version));
  }
  award = award || !version ? award : reading.record(city, award_id(city, *version));
  const auto given = json::Document::parse(award ? award->body : "null", json::kStored);
  const auto first = json::Document::parse(version ? version->body : "null", json::kStored);
  const auto now = json::Document::parse(correction.body, json::kStored);
  if (!award || !given || !first || !now) {
    return;
  }
  const std::string party = text_of_member(member_of(in_force(*first), "from"), "party");
  const std::int64_t before = points_of_award(in_force(*given), party);
  const auto deposit = in_force(*now);
  rewards::Visit visit;
  read_lines(deposit, visit);
  const bool same = text_of_member(member_of(deposit, "from"), "party") == party;
  const std::int64_t left =
      !same ? 0
            : std::min(before, rule == nullptr ? before : rewards::earned(*rule, visit).count());
  if (left == before) {
    return;
  }
  std::string out;
  json::Writer w(out);
  const base::Instant time = std::max(parts_.clock.now(), award->time);
  w.begin_object().member("corrects", award->id.text());
  w.member("id", award_id(city, correction).text()).member("place", award->place);
  w.member("reason", "deposit corrected").key("replacement");
  if (left == 0) {
    w.null();
  } else {
    w.raw(award_json("", version->id.text(), party, award->place, left, time));
  }
  w.member("time", base::format_time(time, 0)).member("type", "correct").end_object();
  parts_.recorder.run(city, 1, [&](CityWriter& writer) {
    return writer.post(prepare(out), {"system/points"}).status == Status::posted;
  });
}

void DepositPoints::take_back_corrected(const std::string& city, const rewards::Rule* rule,
                                        store::SeqRange range) const {
  const auto reading = parts_.store.snapshot();  // with what was given just now
  std::vector<store::Seq> corrections;
  reading->record_heads(city, range, [&](const store::RecordView& head) {
    if (head.klass == store::RecordClass::event && head.supersedes != 0) {
      corrections.push_back(head.seq);
    }
    return true;
  });
  for (const store::Seq seq : corrections) {
    if (const auto record = reading->record(city, seq)) {
      take_back(*reading, city, rule, *record);
    }
  }
}

std::int64_t DepositPoints::run(const std::string& city) {
  const auto reading = parts_.store.snapshot();
  const auto row = reading->city(city);
  if (!row) {
    return 0;
  }
  const auto [found, fresh] = cities_.try_emplace(city);
  CityBook& book = found->second;
  if (fresh) {
    load(*reading, *row, book);
  }
  const std::int32_t today = base::day_of(parts_.clock.now(), row->offset_s).n;
  book.begun.try_emplace(today, book.after);
  book.begun.erase(book.begun.begin(), book.begun.lower_bound(today - kDaysKept));
  book.days.erase(book.days.begin(), book.days.lower_bound({today - kDaysKept, ""}));
  const auto rule = rule_on_record(*reading, city);
  const store::Seq last = reading->last(city).seq;
  std::int64_t sum = 0;
  each_deposit(*reading, *row, book, {book.after, last}, [&](const Deposit& deposit) {
    const std::int64_t points =
        rule && deposit.of_bin ? rewards::earned(*rule, deposit.visit).count() : 0;
    sum += points > 0 && award(city, deposit, points) ? points : 0;
  });
  take_back_corrected(city, rule ? &*rule : nullptr, {book.after, last});
  book.after = last;
  if (sum > 0 || (fresh && book.kept == 0) || book.after - book.kept > kUnkeptAwards) {
    keep(city, book);
  }
  return sum;
}

}  // namespace huan::app
