// SPDX-License-Identifier: Apache-2.0
#include "huan/app/notifier.hpp"

#include <algorithm>

#include "huan/app/points.hpp"
#include "huan/app/rounds.hpp"
#include "huan/app/staff_notices.hpp"
#include "huan/booking/slots.hpp"
#include "huan/json/writer.hpp"
#include "order_shelf.hpp"
#include "round_shelf.hpp"

namespace huan::app {
namespace {

constexpr std::size_t kWaitingMax = 20'000;
constexpr std::uint64_t kUnkeptMax = 1'000;  // records read again after a crash
constexpr std::int64_t kLookEveryS = 600;
constexpr std::int64_t kDevicesEveryS = 60;
constexpr std::size_t kDevicesSingly = 5;  // of one firm at once; more are told as one
constexpr std::int32_t kWorkFromMin = 6 * 60;
constexpr std::int32_t kWorkToMin = 22 * 60;
constexpr std::int32_t kPointsAheadDays = 14;
constexpr std::int32_t kPointsFromMin = 9 * 60;
constexpr std::int32_t kPointsToMin = 21 * 60;
constexpr const char* kNobodyYet = " ";  // before every party's id
constexpr const char* kProgressKey = "notices";
constexpr std::int64_t kPushPatienceS = 86'400;
constexpr std::int64_t kPushRoundS = 10;  // of one round at most

std::string text_in(json::Value object, std::string_view key) {
  const auto found = object.find(key);
  return found && found->is_string() ? std::string(found->string()) : std::string();
}

/// The phone that somebody is reached under; its reading is recorded. Empty: none is known.
std::string phone_of(Personal& personal, const std::string& city, const std::string& customer) {
  const auto fields = personal.read({"system/notices", "sending a notice"}, {city, customer},
                                    {vault::Field::phone, {}});
  const bool clear = fields && !fields->empty() && fields->front().state == FieldState::clear;
  return clear ? fields->front().value : "";
}

bool is_of_work(NoticeKind kind) { return kind >= NoticeKind::visit_missed; }

bool is_of_round(NoticeKind kind) { return kind >= NoticeKind::round_published; }

std::string line_of(const Notice& notice, std::string_view channel, const std::string& phone,
                    base::Instant now) {
  std::string line;
  json::Writer w(line);
  w.begin_object().member("channel", channel).key("data").begin_object();
  w.member("fen", notice.fen).member("key", notice.key).member("points", notice.points);
  w.member("when", notice.when).end_object();
  w.member("en", text_of(notice, true)).member("id", notice.id).member("kind", "notice");
  w.member("notice", info_of(notice.kind).code).member("party", notice.customer);
  if (!phone.empty()) {
    w.member("phone", phone);
  }
  w.member("time", base::format_time(now, 0)).member("zh", text_of(notice, false)).end_object();
  return line;
}

/// A driver's own browsers, at any hour; a firm, by day; anybody else as they chose.
NoticeChoice choice_of(store::ServerReading& reading, const std::string& city,
                       const Notice& notice) {
  if (is_of_round(notice.kind)) {
    return {NoticeChannel::push, {}, 0, 0};
  }
  return is_of_work(notice.kind) ? NoticeChoice{} : notice_choice(reading, city, notice.customer);
}

/// What the page's service worker shows, and where a tap leads.
std::string push_text(const Notice& notice, bool english) {
  const NoticeInfo& info = info_of(notice.kind);
  std::string out;
  json::Writer w(out);
  w.begin_object().member("body", text_of(notice, english)).member("tag", notice.id);
  w.member("title", english ? info.en : info.zh);
  w.member("url", is_of_round(notice.kind)  ? "/driver"
                  : is_of_work(notice.kind) ? "/notices"
                                            : "/m#/mine");
  w.end_object();
  return out;
}

}  // namespace

Notifier::Progress Notifier::load(store::Reading& reading, const std::string& city) const {
  Progress progress;
  const auto kept = reading.setting(city, kProgressKey);
  const auto document = json::Document::parse(kept.value_or("null"), json::kStored);
  if (!document || !document->root().is_object()) {
    progress.after = reading.last(city).seq;
    progress.changed = true;
    return progress;
  }
  const json::Value root = document->root();
  const auto after = root.find("after");
  progress.after = after && after->is_integer() ? static_cast<store::Seq>(after->integer()) : 0;
  progress.kept = progress.after;
  progress.points_day = text_in(root, "points_day");
  progress.points_after = text_in(root, "points_after");
  progress.storage_day = text_in(root, "storage_day");
  if (const auto told = root.find("storage"); told && told->is_object()) {
    for (const json::Member one : told->members()) {
      progress.storage[std::string(one.key)] =
          one.value.is_string() ? std::string(one.value.string()) : "";
    }
  }
  if (const auto devices = root.find("devices"); devices && devices->is_array()) {
    for (const json::Value one : devices->elements()) {
      progress.devices.emplace(one.is_string() ? one.string() : "");
    }
  }
  if (const auto waiting = root.find("waiting"); waiting && waiting->is_array()) {
    for (const json::Value one : waiting->elements()) {
      progress.waiting.insert(one.is_integer() ? static_cast<store::Seq>(one.integer()) : 0);
    }
  }
  return progress;
}

void Notifier::keep(const std::string& city, Progress& progress) const {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("after", static_cast<std::int64_t>(progress.after));
  w.key("devices").begin_array();
  for (const std::string& id : progress.devices) {
    w.string(id);
  }
  w.end_array();
  w.member("points_after", progress.points_after).member("points_day", progress.points_day);
  w.key("storage").begin_object();
  for (const auto& [place, what] : progress.storage) {
    w.member(place, what);
  }
  w.end_object().member("storage_day", progress.storage_day).key("waiting").begin_array();
  for (const store::Seq seq : progress.waiting) {
    w.integer(static_cast<std::int64_t>(seq));
  }
  w.end_array().end_object();
  parts_.recorder.run(city, 1, [&](CityWriter& writer) {
    writer.transaction().setting(kProgressKey, out);
    return true;
  });
  progress.kept = progress.after;
  progress.changed = false;
}

Sent Notifier::send_push(Round& round, const Notice& notice) const {
  const PushOwner owner{round.city.city, notice.customer};
  const auto browsers = parts_.push ? push_of(round.reading, parts_.personal, owner)
                                    : std::vector<PushSubscription>{};
  if (browsers.empty()) {
    return Sent::never;
  }
  const base::Instant now = parts_.clock.now();
  const bool stale = notice.time.s > 0 && now.s - notice.time.s > kPushPatienceS;
  Sent best = Sent::never;
  for (const PushSubscription& one : browsers) {
    const Sent sent = parts_.clock.now() > round.push_until
                          ? Sent::later
                          : parts_.push(push_rule(round.reading, owner.city), one,
                                        push_text(notice, one.english));
    if (sent == Sent::gone) {
      drop_push({parts_.recorder, parts_.personal}, owner, one.id());
    }
    if (sent == Sent::yes || (sent == Sent::later && best == Sent::never && !stale)) {
      best = sent;
    }
  }
  round.sent += best == Sent::yes ? 1 : 0;
  return best;
}

Sent Notifier::send(Round& round, const Notice& notice, NoticeChannel channel) const {
  if (!parts_.personal.readable() && !is_of_work(notice.kind)) {
    round.blocked = true;  // until the vault's key is here again
    return Sent::later;
  }
  if (channel == NoticeChannel::push) {
    return send_push(round, notice);
  }
  const std::string phone = phone_of(parts_.personal, round.city.city, notice.customer);
  if (phone.empty() && !is_of_work(notice.kind)) {
    return Sent::never;
  }
  const std::string_view way = phone.empty() ? "party" : name(channel);
  const Sent sent = parts_.put(line_of(notice, way, phone, parts_.clock.now()));
  round.sent += sent == Sent::yes ? 1 : 0;
  round.blocked = sent == Sent::later;
  if (sent == Sent::yes && is_of_work(notice.kind)) {
    (void)send_push(round, notice);  // beside what the firm is told anyway
  }
  return sent;
}

std::vector<Notice> Notifier::notices_at(Round& round, store::Seq seq) const {
  const std::string& city = round.city.city;
  const auto record = round.reading.record(city, seq);
  if (!record) {
    return {};
  }
  auto notices = record->type == kRouteKind
                     ? notices_about_round(
                           round.reading, city, record->key,
                           [&](const std::string& party) {
                             return parts_.push &&
                                    !push_of(round.reading, parts_.personal, {city, party}).empty();
                           })
                     : notices_about(round.reading, city, record->type, record->key);
  for (Notice& notice : notices) {
    notice.id = record->id.text();
  }
  return notices;
}

/// One that waits stays among those that do, in their order.
void Notifier::send_of_record(Round& round, store::Seq seq) const {
  const std::string& city = round.city.city;
  const auto notices = notices_at(round, seq);
  const auto found = std::ranges::find(notices, seq, &Notice::seq);
  if (found == notices.end()) {
    return;
  }
  const Notice& notice = *found;
  const NoticeChoice choice = choice_of(round.reading, city, notice);
  if (!choice.wants(notice.kind)) {
    return;
  }
  const bool waits = round.blocked || choice.quiet_at(round.minute) ||
                     send(round, notice, choice.channel) == Sent::later;
  if (waits && round.progress.waiting.size() < kWaitingMax) {
    round.progress.waiting.insert(seq);
  }
}

void Notifier::send_of_records(Round& round) const {
  Progress& progress = round.progress;
  const std::set<store::Seq> before = std::exchange(progress.waiting, {});
  std::set<store::Seq> due = before;
  const store::Seq last = round.reading.last(round.city.city).seq;
  round.reading.record_heads(round.city.city, {progress.after, last},
                             [&](const store::RecordView& head) {
                               if (may_notify(head.type, head.key)) {
                                 due.insert(head.seq);
                               }
                               return true;
                             });
  progress.after = last;
  for (const store::Seq seq : due) {
    send_of_record(round, seq);
  }
  progress.changed = progress.changed || progress.waiting != before;
}

/// What was not told of a place on that day, or has become worse.
void Notifier::send_of_storage(Round& round) const {
  Progress& progress = round.progress;
  const base::Instant now = parts_.clock.now();
  if (now < progress.look_next || round.minute < kWorkFromMin || round.minute >= kWorkToMin) {
    return;
  }
  progress.look_next = {now.s + kLookEveryS};
  const std::string day = base::format_day(round.day);
  if (progress.storage_day != day) {
    progress.storage_day = day;
    progress.storage.clear();
  }
  for (const auto& alert : storage_alerts(round.reading, round.city, {round.day, ""}, now)) {
    const auto place = place_on_record(round.reading, round.city.city, alert.place);
    if (round.blocked || !place || progress.storage[alert.place] == alert.what) {
      continue;
    }
    if (send(round, notice_of_alert(alert, place->operator_id, round.day), NoticeChannel::sms) !=
        Sent::later) {
      progress.storage[alert.place] = alert.what;
      progress.changed = true;
    }
  }
}

void Notifier::send_of_devices(Round& round) const {
  Progress& progress = round.progress;
  const base::Instant now = parts_.clock.now();
  if (!parts_.devices || !parts_.push || now < progress.devices_next ||
      round.minute < kWorkFromMin || round.minute >= kWorkToMin) {
    return;
  }
  progress.devices_next = {now.s + kDevicesEveryS};
  std::set<std::string> standing;
  std::map<std::string, std::vector<Notice>> fresh;  // by firm
  for (Notice& notice : parts_.devices(round.reading, round.city)) {
    standing.insert(notice.id);
    if (!progress.devices.contains(notice.id)) {
      fresh[notice.customer].push_back(std::move(notice));
    }
  }
  for (auto& [firm, notices] : fresh) {
    if (notices.size() > kDevicesSingly) {
      notices.front().kind = NoticeKind::devices_many;
      notices.front().what = std::to_string(notices.size());
      notices.resize(1);
    }
    for (Notice& notice : notices) {
      notice.time = now;  // it is news whenever it began
      (void)send_push(round, notice);
    }
  }
  progress.changed = progress.changed || progress.devices != standing;
  progress.devices = std::move(standing);
}

/// Two weeks before points end, whoever has some is told, once, by day. Whose hours are quiet then
/// reads it on their page.
void Notifier::send_of_points(Round& round) {
  const auto rule = rule_on_record(round.reading, round.city.city);
  const base::Civil civil = base::civil_of(base::Day{round.day.n + kPointsAheadDays});
  const base::Day end = base::day_of(base::Civil{civil.year, civil.month, 1});
  Progress& progress = round.progress;
  const bool by_day = round.minute >= kPointsFromMin && round.minute < kPointsToMin;
  const bool near = rule && rule->expire_months > 0 && end > round.day;
  const std::string day = base::format_day(end);
  if (!by_day || !near || (progress.points_day == day && progress.points_after.empty())) {
    return;
  }
  if (progress.points_day != day) {
    progress.points_day = day;
    progress.points_after = kNobodyYet;
  }
  book_.catch_up(round.reading, round.city.city);
  const auto month = month_of(end) - static_cast<std::int32_t>(rule->expire_months) - 1;
  for (const PointsBook::Due& due : book_.due(round.city.city, month)) {
    if (due.customer > progress.points_after && !tell_of_points(round, due, day)) {
      return;
    }
  }
  progress.points_after.clear();
  progress.changed = true;
}

/// False: nobody takes it now.
bool Notifier::tell_of_points(Round& round, const PointsBook::Due& due,
                              const std::string& day) const {
  const std::string& city = round.city.city;
  const NoticeChoice choice = notice_choice(round.reading, city, due.customer);
  Notice notice;
  notice.kind = NoticeKind::points_expiring;
  notice.customer = due.customer;
  notice.when = day;
  notice.id = notice_id("points " + city + " " + due.customer + " " + day);
  for (const PointsOfMonth& one : due.months) {
    notice.points += one.points;
  }
  const bool wanted = choice.wants(notice.kind) && !choice.quiet_at(round.minute);
  if (wanted && send(round, notice, choice.channel) == Sent::later && round.blocked) {
    return false;
  }
  round.progress.points_after = due.customer;
  round.progress.changed = true;
  return true;
}

std::size_t Notifier::run(const std::string& city) {
  const auto reading = parts_.store.snapshot();
  const auto row = reading->city(city);
  if (!row) {
    return 0;
  }
  const auto [found, fresh] = cities_.try_emplace(city);
  Progress& progress = found->second;
  if (fresh) {
    progress = load(*reading, city);
  }
  const auto local = booking::local_time(parts_.clock.now(), row->offset_s);
  Round round{*row, *reading, progress, local.minute, local.day};
  round.push_until = {parts_.clock.now().s + kPushRoundS};
  send_of_records(round);
  if (!round.blocked) {
    send_of_storage(round);
  }
  send_of_devices(round);
  if (!round.blocked) {
    send_of_points(round);
  }
  if (round.sent > 0 || progress.changed || progress.after - progress.kept > kUnkeptMax) {
    keep(city, progress);
  }
  return round.sent;
}

}  // namespace huan::app
