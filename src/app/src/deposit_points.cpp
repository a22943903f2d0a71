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

std::string award_json(const std::string& id, const std::string& event, const std::string& party,
                       const std::string& place, std::int64_t points, base::Instant now) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("ext").begin_object().member("deposit", event).end_object();
  w.member("id", id).key("legs").begin_array();
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
  const auto id =
      base::make_uuid_v8(crypto::sha256("deposit points " + city + " " + deposit.id)).text();
  const std::string json = award_json(id, deposit.id, deposit.party, deposit.place, points,
                                      std::max(parts_.clock.now(), deposit.time));
  bool posted = false;
  parts_.recorder.run(city, 1, [&](CityWriter& writer) {
    posted = writer.post(prepare(json), {"system/points"}).status == Status::posted;
    return posted;
  });
  return posted;
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
  book.after = last;
  if (sum > 0 || (fresh && book.kept == 0) || book.after - book.kept > kUnkeptAwards) {
    keep(city, book);
  }
  return sum;
}

}  // namespace huan::app
