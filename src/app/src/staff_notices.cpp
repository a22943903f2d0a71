// SPDX-License-Identifier: Apache-2.0
#include "huan/app/staff_notices.hpp"

#include <algorithm>

#include "huan/app/orders.hpp"
#include "huan/app/scope.hpp"
#include "huan/booking/slots.hpp"
#include "huan/json/writer.hpp"
#include "missed_visits.hpp"
#include "order_shelf.hpp"
#include "round_shelf.hpp"

namespace huan::app {
namespace {

constexpr std::int32_t kMissedDays = 3;  // before today
constexpr std::int32_t kDayMinutes = 1'440;
constexpr std::int32_t kMinuteSeconds = 60;
constexpr std::int64_t kDaySeconds = 86'400;

std::string read_key(const std::string& reader) { return "notices_read:" + reader; }

base::Day today_of(const StaffView& view) { return base::day_of(view.now, view.city.offset_s); }

base::Instant midnight_of(const StaffView& view) {
  return {today_of(view).n * kDaySeconds - view.city.offset_s};
}

std::vector<std::string> stop_ids(const rounds::Round& round) {
  std::vector<std::string> ids;
  ids.reserve(round.stops.size());
  for (const rounds::Stop& stop : round.stops) {
    ids.push_back(stop.id);
  }
  return ids;
}

/// From all versions of one round, the oldest first.
std::vector<Notice> notices_of_round(const std::vector<store::RegistryRow>& versions,
                                     const std::string& driver) {
  std::vector<Notice> notices;
  std::optional<std::vector<std::string>> before;  // as the driver was last shown it
  for (const store::RegistryRow& row : versions) {
    const auto round = data_of<rounds::Round>(
        row, [](json::Value data) { return rounds::parse_round(data, "/data"); });
    if (!round || round->driver != driver || round->state != rounds::RoundState::published) {
      continue;
    }
    auto stops = stop_ids(*round);
    if (before ? *before != stops : !stops.empty()) {
      Notice notice;
      notice.kind = before ? NoticeKind::round_changed : NoticeKind::round_published;
      notice.id = notice_id("round " + row.key + " " + std::to_string(row.version));
      notice.customer = party_of_driver(driver);
      notice.key = round->vehicle;
      notice.when = base::format_day(round->day);
      notice.time = row.time;
      notice.seq = row.seq;
      notices.push_back(std::move(notice));
      before = std::move(stops);
    }
  }
  return notices;
}

}  // namespace

Notice notice_of_alert(const rounds::StorageAlert& alert, const std::string& party,
                       base::Day today) {
  Notice notice;
  const bool over = alert.what.starts_with("exceeded");
  notice.kind = over ? NoticeKind::storage_exceeded : NoticeKind::storage_due;
  notice.key = alert.place;
  notice.customer = party;
  notice.when = base::format_day(alert.what == "tomorrow" ? base::Day{today.n + 1} : today);
  if (!over && alert.by_s) {
    const auto minute = *alert.by_s / kMinuteSeconds % kDayMinutes;
    notice.when += " " + booking::clock_text(static_cast<std::int16_t>(minute));
  }
  notice.id = notice_id(alert.place + " " + base::format_day(today) + " " + alert.what);
  return notice;
}

std::vector<Notice> storage_notices(const StaffView& view, const store::RowScope& scope) {
  std::vector<Notice> notices;
  const base::Day today = today_of(view);
  for (const auto& alert : storage_alerts(view.reading, view.city, {today, ""}, view.now)) {
    if (sees_place(view.reading, view.city.city, alert.place, scope)) {
      Notice notice = notice_of_alert(alert, "", today);
      notice.time = midnight_of(view);
      notices.push_back(std::move(notice));
    }
  }
  return notices;
}

std::vector<Notice> missed_visit_notices(
    const StaffView& view, const std::function<bool(const booking::Order&)>& reaches) {
  std::vector<Notice> notices;
  const base::Day today = today_of(view);
  for (const KeptOrder& kept :
       missed_visits(view.reading, view.city.city, base::Day{today.n - kMissedDays}, today)) {
    auto told = reaches(kept.order) ? notices_about(view.reading, view.city.city, "order", kept.key)
                                    : std::vector<Notice>{};
    if (!told.empty()) {
      told.back().id = notice_id("visit " + kept.key + " " + std::to_string(kept.version));
      notices.push_back(std::move(told.back()));
    }
  }
  return notices;
}

std::vector<Notice> round_notices(const StaffView& view, const std::string& driver) {
  std::vector<Notice> notices;
  const std::string& city = view.city.city;
  const base::Day today = today_of(view);
  for (const base::Day day : {today, base::Day{today.n + 1}}) {
    for (const KeptRound& kept : rounds_of_day(view.reading, city, {day, ""}).rounds) {
      if (kept.round.driver == driver) {
        const std::string key = round_key(day, kept.round.vehicle);
        std::ranges::move(notices_of_round(view.reading.versions(city, kRouteKind, key), driver),
                          std::back_inserter(notices));
      }
    }
  }
  return notices;
}

std::string party_of_driver(const std::string& account) { return "driver:" + account; }

std::vector<Notice> notices_about_round(
    store::Reading& reading, const std::string& city, const std::string& key,
    const std::function<bool(const std::string& party)>& tells) {
  const auto row = reading.registered(city, kRouteKind, key);
  const auto round =
      row ? data_of<rounds::Round>(
                *row, [](json::Value data) { return rounds::parse_round(data, "/data"); })
          : std::nullopt;
  if (!round || round->driver.empty() || !tells(party_of_driver(round->driver))) {
    return {};
  }
  return notices_of_round(reading.versions(city, kRouteKind, key), round->driver);
}

std::set<std::string> read_notices(store::ServerReading& reading, const std::string& city,
                                   const std::string& reader) {
  std::set<std::string> ids;
  const auto kept = reading.setting(city, read_key(reader));
  const auto document = json::Document::parse(kept.value_or("[]"), json::kStored);
  if (document && document->root().is_array()) {
    for (const json::Value one : document->root().elements()) {
      ids.emplace(one.is_string() ? one.string() : "");
    }
  }
  return ids;
}

void keep_read_notices(Recorder& recorder, const std::string& city, const std::string& reader,
                       const std::set<std::string>& ids) {
  std::string out;
  json::Writer w(out);
  w.begin_array();
  for (const std::string& id : ids) {
    w.string(id);
  }
  w.end_array();
  recorder.run(city, 1, [&](CityWriter& writer) {
    writer.transaction().setting(read_key(reader), out);
    return true;
  });
}

}  // namespace huan::app
