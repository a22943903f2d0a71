// SPDX-License-Identifier: Apache-2.0
#include "huan/booking/timetable.hpp"

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

constexpr std::size_t kHaltsMax = 200;
constexpr std::size_t kHaltName = 120;
constexpr std::int64_t kLatMax = 900'000'000;
constexpr std::int64_t kLngMax = 1'800'000'000;
constexpr std::int32_t kAhead = 14;

/// By its date, or by weekdays (absent: all of them).
void read_when(Fields& f, Halt& halt) {
  halt.date = f.optional_day("date");
  if (!halt.date) {
    halt.days = read_weekdays(f);
    if (halt.days == 0) {
      f.refuse(ErrorCode::bad_field, "days", "at least one weekday, or a `date`");
    }
  } else if (f.any("days")) {
    f.refuse(ErrorCode::bad_field, "days", "either weekdays or a `date`");
  }
}

Result<Halt> parse_halt(json::Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  Halt halt;
  read_when(f, halt);
  halt.name = f.text("name", kHaltName);
  const registry::Degrees given{
      static_cast<std::int32_t>(f.integer("lat_e7", {-kLatMax, kLatMax})),
      static_cast<std::int32_t>(f.integer("lng_e7", {-kLngMax, kLngMax}))};
  const auto location = registry::make_location(given, registry::Datum::wgs84);
  if (!location) {
    f.refuse(location.error().code, "lat_e7", location.error().detail);
  }
  const auto from = minute_from(f.text("from", 5));
  const auto to = minute_from(f.text("to", 5));
  if (!from || !to || *from >= *to) {
    f.refuse(ErrorCode::bad_field, "to", "times like 09:00, the later one in `to`");
  }
  HUAN_CHECK(f.finish());
  halt.at = given;
  halt.from_min = *from;
  halt.to_min = *to;
  return halt;
}

bool is_closed(const Timetable& timetable, base::Day day) {
  return std::ranges::find(timetable.closed, day) != timetable.closed.end();
}

bool stands_on(const Timetable& timetable, const Halt& halt, base::Day day) {
  return halt.date ? *halt.date == day : on_weekday(halt.days, day) && !is_closed(timetable, day);
}

struct Standing {
  const Timetable& timetable;
  const Halt& halt;
};

bool at_one_time(const Standing& a, const Standing& b) {
  const bool hours = a.halt.from_min < b.halt.to_min && b.halt.from_min < a.halt.to_min;
  if (!hours) {
    return false;
  }
  if (const auto date = a.halt.date ? a.halt.date : b.halt.date) {
    return stands_on(a.timetable, a.halt, *date) && stands_on(b.timetable, b.halt, *date);
  }
  return (a.halt.days & b.halt.days) != 0;
}

std::string clash_text(const Halt& other) {
  return "at the same time as " + other.name + " " + clock_text(other.from_min) + "-" +
         clock_text(other.to_min);
}

}  // namespace

Result<Timetable> parse_timetable(json::Value data, std::string_view pointer) {
  Fields f(data, std::string(pointer));
  Timetable timetable;
  timetable.vehicle = f.optional_name("vehicle").value_or("");
  const auto closed = f.array("closed");
  const auto list = f.array("halts");
  if (!list || list->size() > kHaltsMax) {
    f.refuse(ErrorCode::bad_field, "halts", "an array of at most 200");
  }
  HUAN_CHECK(f.finish());
  if (closed) {
    HUAN_TRY(days, parse_closed_days(*closed, f.pointer("closed")));
    timetable.closed = std::move(days);
  }
  for (const json::Value one : list->elements()) {
    const auto at = f.pointer("halts") + "/" + std::to_string(timetable.halts.size());
    HUAN_TRY(halt, parse_halt(one, at));
    const auto both = std::ranges::find_if(timetable.halts, [&](const Halt& before) {
      return at_one_time({timetable, before}, {timetable, halt});
    });
    if (both != timetable.halts.end()) {
      return Error{ErrorCode::bad_field, at, clash_text(*both)};
    }
    timetable.halts.push_back(std::move(halt));
  }
  return timetable;
}

std::string to_json(const Timetable& timetable) {
  std::string out;
  json::Writer w(out);
  w.begin_object();
  write_closed_days(w, timetable.closed);
  w.key("halts").begin_array();
  for (const Halt& halt : timetable.halts) {
    w.begin_object();
    if (halt.date) {
      w.member("date", base::format_day(*halt.date));
    } else {
      write_weekdays(w, halt.days);
    }
    w.member("from", clock_text(halt.from_min)).member("lat_e7", std::int64_t{halt.at.lat_e7});
    w.member("lng_e7", std::int64_t{halt.at.lng_e7}).member("name", halt.name);
    w.member("to", clock_text(halt.to_min)).end_object();
  }
  w.end_array();
  if (!timetable.vehicle.empty()) {
    w.member("vehicle", timetable.vehicle);
  }
  w.end_object();
  return out;
}

const Halt* halt_at(const Timetable& timetable, const LocalTime& then) {
  const auto found = std::ranges::find_if(timetable.halts, [&](const Halt& halt) {
    return stands_on(timetable, halt, then.day) && halt.from_min <= then.minute &&
           then.minute < halt.to_min;
  });
  return found == timetable.halts.end() ? nullptr : &*found;
}

std::vector<const Halt*> halts_on(const Timetable& timetable, base::Day day) {
  std::vector<const Halt*> halts;
  for (const Halt& halt : timetable.halts) {
    if (stands_on(timetable, halt, day)) {
      halts.push_back(&halt);
    }
  }
  std::ranges::sort(halts, {}, [](const Halt* halt) { return halt->from_min; });
  return halts;
}

std::optional<NextHalt> next_halt(const Timetable& timetable, const LocalTime& then) {
  for (std::int32_t ahead = 0; ahead <= kAhead; ++ahead) {
    const base::Day day{then.day.n + ahead};
    for (const Halt* halt : halts_on(timetable, day)) {
      if (ahead > 0 || halt->from_min > then.minute) {
        return NextHalt{halt, day};
      }
    }
  }
  return std::nullopt;
}

std::optional<Meeting> meeting_of(const Timetable& one, const Timetable& other) {
  for (const Halt& mine : one.halts) {
    for (const Halt& theirs : other.halts) {
      if (at_one_time({one, mine}, {other, theirs})) {
        return Meeting{&mine, &theirs};
      }
    }
  }
  return std::nullopt;
}

}  // namespace huan::booking
