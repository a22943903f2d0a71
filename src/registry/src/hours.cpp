// SPDX-License-Identifier: Apache-2.0
#include "hours.hpp"

#include "object.hpp"

namespace huan::registry {
namespace {

using base::ErrorCode;
using json::Value;

constexpr std::size_t kEntriesMax = 28;
constexpr std::uint8_t kEveryDay = 0x7F;

std::optional<std::int16_t> minute_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') {
    return std::nullopt;
  }
  for (const std::size_t at : {0U, 1U, 3U, 4U}) {
    if (text[at] < '0' || text[at] > '9') {
      return std::nullopt;
    }
  }
  const int hours = (text[0] - '0') * 10 + (text[1] - '0');
  const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
  const int sum = hours * 60 + minutes;
  if (minutes > 59 || sum > 1440) {
    return std::nullopt;
  }
  return static_cast<std::int16_t>(sum);
}

std::string clock_text(std::int16_t minute) {
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(minute / 60) + ":" + two(minute % 60);
}

std::uint8_t read_days(Fields& f) {
  const auto list = f.array("days");
  if (!list) {
    return kEveryDay;
  }
  unsigned days = 0;
  for (const Value day : list->elements()) {
    if (!day.is_integer() || day.integer() < 1 || day.integer() > 7) {
      days = 0;
      break;
    }
    days |= 1U << static_cast<unsigned>(day.integer() - 1);
  }
  if (days == 0) {
    f.refuse(ErrorCode::bad_field, "days", "weekdays from 1 (Monday) to 7 are expected");
  }
  return static_cast<std::uint8_t>(days);
}

base::Result<OpeningHours> parse_hours(Value value, const std::string& pointer) {
  Fields f(value, pointer);
  OpeningHours out;
  const auto from = minute_of_day(f.text("from", 5));
  const auto to = minute_of_day(f.text("to", 5));
  if (!from || !to || *from >= *to) {
    f.refuse(ErrorCode::bad_field, "to", "times like 08:00, the later one in `to` (24:00 at most)");
  }
  out.days = read_days(f);
  HUAN_CHECK(f.finish());
  out.from_min = *from;
  out.to_min = *to;
  return out;
}

}  // namespace

void read_hours(Fields& f, std::string_view key, std::vector<OpeningHours>& out) {
  const auto list = f.array(key);
  if (!list) {
    return;
  }
  if (list->size() > kEntriesMax) {
    return f.refuse(ErrorCode::too_large, key, "at most 28 entries");
  }
  for (const Value entry : list->elements()) {
    auto hours = parse_hours(entry, f.pointer(key) + "/" + std::to_string(out.size()));
    if (!hours) {
      return f.adopt(std::move(hours).error());
    }
    out.push_back(*hours);
  }
}

std::string hours_json(const std::vector<OpeningHours>& hours) {
  ListText list;
  for (const OpeningHours& h : hours) {
    ListText days;
    for (int day = 1; day <= 7; ++day) {
      if (((h.days >> (day - 1)) & 1) != 0) {
        days.add(std::to_string(day));
      }
    }
    ObjectText entry;
    entry.raw("days", days.text());
    entry.put("from", clock_text(h.from_min));
    entry.put("to", clock_text(h.to_min));
    list.add(entry.text());
  }
  return list.text();
}

}  // namespace huan::registry
