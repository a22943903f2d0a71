// SPDX-License-Identifier: Apache-2.0
#include "huan/booking/slots.hpp"

#include <algorithm>

#include "huan/json/writer.hpp"
#include "huan/registry/fields.hpp"
#include "weekdays.hpp"

namespace huan::booking {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Fields;

constexpr std::size_t kWindowsMax = 28;
constexpr std::size_t kClosedMax = 200;
constexpr std::int64_t kUnitsMax = 1'000;
constexpr std::int64_t kHorizonMax = 60;
constexpr std::int64_t kNoticeMaxMin = 10'080;
constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::int32_t kDaysOfWeek = 7;
constexpr std::uint8_t kAllDays = 0x7F;

Result<ServiceWindow> parse_window(json::Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  ServiceWindow window;
  window.days = read_weekdays(f);
  const auto from = minute_from(f.text("from", 5));
  const auto to = minute_from(f.text("to", 5));
  window.units = f.integer("units", {0, kUnitsMax});
  if (!from || !to || *from >= *to) {
    f.refuse(ErrorCode::bad_field, "to", "times like 09:00, the later one in `to`");
  }
  HUAN_CHECK(f.finish());
  window.from_min = *from;
  window.to_min = *to;
  return window;
}

}  // namespace

Result<std::vector<base::Day>> parse_closed_days(json::Value list, const std::string& pointer) {
  std::vector<base::Day> days;
  if (!list.is_array() || list.size() > kClosedMax) {
    return Error{ErrorCode::bad_field, pointer, "an array of at most 200 days"};
  }
  days.reserve(list.size());
  for (const json::Value one : list.elements()) {
    const auto day = one.is_string() ? base::parse_day(one.string()) : std::nullopt;
    if (!day) {
      return Error{ErrorCode::bad_field, pointer, "days like 2026-10-01"};
    }
    days.push_back(*day);
  }
  return days;
}

std::uint8_t read_weekdays(Fields& f) {
  const auto list = f.array("days");
  if (!list) {
    return kAllDays;
  }
  unsigned days = 0;
  for (const json::Value day : list->elements()) {
    const bool good = day.is_integer() && day.integer() >= 1 && day.integer() <= kDaysOfWeek;
    if (!good) {
      f.refuse(ErrorCode::bad_field, "days", "weekdays from 1 (Monday) to 7");
      return 0;
    }
    days |= 1U << static_cast<unsigned>(day.integer() - 1);
  }
  return static_cast<std::uint8_t>(days);
}

void write_weekdays(json::Writer& w, std::uint8_t days) {
  w.key("days").begin_array();
  for (std::int32_t day = 0; day < kDaysOfWeek; ++day) {
    if (((days >> static_cast<unsigned>(day)) & 1U) != 0) {
      w.integer(day + 1);
    }
  }
  w.end_array();
}

void write_closed_days(json::Writer& w, const std::vector<base::Day>& days) {
  if (days.empty()) {
    return;
  }
  w.key("closed").begin_array();
  for (const base::Day day : days) {
    w.string(base::format_day(day));
  }
  w.end_array();
}

bool on_weekday(std::uint8_t days, base::Day day) {
  return ((days >> static_cast<unsigned>(weekday_of(day))) & 1U) != 0;
}

Result<Service> parse_service(json::Value data, std::string_view pointer) {
  Fields f(data, std::string(pointer));
  Service service;
  const auto windows = f.array("windows");
  const auto closed = f.array("closed");
  service.horizon_days = static_cast<std::int32_t>(
      f.optional_integer("horizon_days", {1, kHorizonMax}).value_or(service.horizon_days));
  service.notice_min = static_cast<std::int32_t>(
      f.optional_integer("notice_min", {0, kNoticeMaxMin}).value_or(service.notice_min));
  if (!windows || windows->size() > kWindowsMax) {
    f.refuse(ErrorCode::bad_field, "windows", "an array of at most 28");
  }
  HUAN_CHECK(f.finish());
  for (const json::Value one : windows->elements()) {
    const auto at = f.pointer("windows") + "/" + std::to_string(service.windows.size());
    HUAN_TRY(window, parse_window(one, at));
    service.windows.push_back(window);
  }
  if (closed) {
    HUAN_TRY(days, parse_closed_days(*closed, f.pointer("closed")));
    service.closed = std::move(days);
  }
  return service;
}

std::string to_json(const Service& service) {
  std::string out;
  json::Writer w(out);
  w.begin_object();
  write_closed_days(w, service.closed);
  w.member("horizon_days", std::int64_t{service.horizon_days});
  w.member("notice_min", std::int64_t{service.notice_min}).key("windows").begin_array();
  for (const ServiceWindow& window : service.windows) {
    w.begin_object();
    write_weekdays(w, window.days);
    w.member("from", clock_text(window.from_min));
    w.member("to", clock_text(window.to_min)).member("units", window.units).end_object();
  }
  w.end_array().end_object();
  return out;
}

LocalTime local_time(base::Instant now, std::int32_t offset_s) {
  const base::Day day = base::day_of(now, offset_s);
  const std::int64_t seconds = now.s + offset_s - std::int64_t{day.n} * kDaySeconds;
  return {day, static_cast<std::int32_t>(seconds / 60)};
}

std::int32_t weekday_of(base::Day day) {
  // 1970-01-01 was a Thursday.
  const std::int32_t from_monday = (day.n + 3) % kDaysOfWeek;
  return from_monday < 0 ? from_monday + kDaysOfWeek : from_monday;
}

std::vector<FreeSlot> slots_of(const Service& service, const LocalTime& now, const Taken& taken) {
  std::vector<FreeSlot> slots;
  for (std::int32_t ahead = 0; ahead < service.horizon_days; ++ahead) {
    const base::Day day{now.day.n + ahead};
    if (std::ranges::find(service.closed, day) != service.closed.end()) {
      continue;
    }
    for (const ServiceWindow& window : service.windows) {
      const bool too_late = ahead == 0 && now.minute + service.notice_min > window.from_min;
      if (!on_weekday(window.days, day) || too_late) {
        continue;
      }
      const Slot slot{day, window.from_min, window.to_min};
      const std::int64_t left = window.units - taken(slot);
      slots.push_back({slot, window.units, std::max<std::int64_t>(left, 0)});
    }
  }
  std::ranges::stable_sort(slots, [](const FreeSlot& a, const FreeSlot& b) {
    return std::pair(a.slot.day.n, a.slot.from_min) < std::pair(b.slot.day.n, b.slot.from_min);
  });
  return slots;
}

Result<Slot> pick_slot(const std::vector<FreeSlot>& slots, base::Day day, std::int16_t from_min,
                       std::int64_t units) {
  const auto found = std::ranges::find_if(slots, [&](const FreeSlot& one) {
    return one.slot.day == day && one.slot.from_min == from_min;
  });
  if (found == slots.end()) {
    return Error{ErrorCode::bad_field, "/slot",
                 base::format_day(day) + " " + clock_text(from_min) + " is not offered"};
  }
  if (found->free < units) {
    return Error{ErrorCode::in_use, "/slot",
                 base::format_day(day) + " " + clock_text(from_min) + " has no room left for it"};
  }
  return found->slot;
}

}  // namespace huan::booking
