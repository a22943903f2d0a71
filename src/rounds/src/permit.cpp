// SPDX-License-Identifier: Apache-2.0
#include "huan/rounds/permit.hpp"

#include <algorithm>

#include "huan/rounds/rule.hpp"
#include "reading.hpp"

namespace huan::rounds {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::int32_t kMidnight = 86'400;

/// Sorted, and joined where they touch.
std::vector<Hours> united(std::vector<Hours> all) {
  std::ranges::sort(all);
  std::vector<Hours> out;
  for (const Hours& one : all) {
    if (!out.empty() && one.from_s <= out.back().to_s) {
      out.back().to_s = std::max(out.back().to_s, one.to_s);
    } else if (one.from_s < one.to_s) {
      out.push_back(one);
    }
  }
  return out;
}

/// What of the day `closed` leaves.
std::vector<Hours> rest_of_day(const std::vector<Hours>& closed) {
  std::vector<Hours> open;
  std::int32_t from = 0;
  for (const Hours& one : united(closed)) {
    if (one.from_s > from) {
      open.push_back({from, one.from_s});
    }
    from = std::max(from, one.to_s);
  }
  if (from < kMidnight) {
    open.push_back({from, kMidnight});
  }
  return open;
}

void add_hours(const Pass& pass, std::vector<Hours>& open) {
  if (pass.hours.empty()) {
    open.push_back(kAllDay);
  }
  open.insert(open.end(), pass.hours.begin(), pass.hours.end());
}

std::vector<std::string> texts_in(const registry::Dossier& dossier, std::string_view field) {
  const auto found = dossier.fields.find(field);
  const auto* texts = found == dossier.fields.end()
                          ? nullptr
                          : std::get_if<std::vector<std::string>>(&found->second);
  return texts == nullptr ? std::vector<std::string>{} : *texts;
}

}  // namespace

Result<std::vector<Hours>> parse_hours(const std::vector<std::string>& texts) {
  constexpr std::size_t kClock = 5;
  std::vector<Hours> all;
  for (const std::string& text : texts) {
    const bool shaped = text.size() == 2 * kClock + 1 && text[kClock] == '-';
    const auto from = shaped ? seconds_of(std::string_view(text).substr(0, kClock)) : std::nullopt;
    const auto to = shaped ? seconds_of(std::string_view(text).substr(kClock + 1)) : std::nullopt;
    if (!from || !to || *from == *to || *from > kMidnight || *to > kMidnight) {
      return Error{ErrorCode::bad_time, "", "hours like 07:00-09:00, found " + text};
    }
    if (*from < *to) {
      all.push_back({*from, *to});
    } else {
      all.push_back({*from, kMidnight});
      all.push_back({0, *to});
    }
  }
  return united(std::move(all));
}

std::string text_of(const Hours& hours) {
  return clock_of(hours.from_s) + "-" + clock_of(hours.to_s);
}

/// Crossings of a ray to the east, in whole numbers.
bool holds(const TrafficZone& zone, const Spot& spot) {
  bool odd = false;
  for (std::size_t i = 0, j = zone.ring.size() - 1; i < zone.ring.size(); j = i++) {
    const Spot& a = zone.ring[i];
    const Spot& b = zone.ring[j];
    if ((a.lat_e7 > spot.lat_e7) == (b.lat_e7 > spot.lat_e7)) {
      continue;
    }
    const std::int64_t rise = std::int64_t{b.lat_e7} - a.lat_e7;
    const std::int64_t left = (std::int64_t{spot.lng_e7} - a.lng_e7) * rise;
    const std::int64_t right =
        (std::int64_t{b.lng_e7} - a.lng_e7) * (std::int64_t{spot.lat_e7} - a.lat_e7);
    odd = odd != (rise > 0 ? left < right : left > right);
  }
  return odd;
}

bool in_force(const Pass& pass, base::Day day) {
  return pass.state == "listed" && (!pass.from || *pass.from <= day) &&
         (!pass.to || day <= *pass.to);
}

Result<Pass> pass_of(const std::string& key, const registry::Dossier& dossier) {
  Pass pass;
  pass.key = key;
  pass.vehicle = dossier.about;
  pass.party = dossier.party;
  pass.state = dossier.state;
  const auto number = dossier.fields.find("number");
  if (number != dossier.fields.end()) {
    const auto* text = std::get_if<std::string>(&number->second);
    pass.number = text == nullptr ? "" : *text;
  }
  pass.from = dossier.from;
  pass.to = dossier.to;
  auto hours = parse_hours(texts_in(dossier, "hours"));
  if (!hours) {
    return Error{hours.error().code, "/data/fields/hours", hours.error().detail};
  }
  pass.hours = std::move(*hours);
  pass.zones = texts_in(dossier, "zones");
  return pass;
}

Permit permit_on(const std::vector<Pass>& of_vehicle, base::Day day) {
  Permit permit;
  permit.has_papers = !of_vehicle.empty();
  std::ranges::copy_if(of_vehicle, std::back_inserter(permit.in_force),
                       [&](const Pass& pass) { return in_force(pass, day); });
  return permit;
}

std::vector<Hours> hours_in(const TrafficZone& zone, const Permit& permit) {
  std::vector<Hours> open = zone.closed.empty() ? std::vector<Hours>{} : rest_of_day(zone.closed);
  for (const Pass& pass : permit.in_force) {
    if (pass.zones.empty() || std::ranges::find(pass.zones, zone.id) != pass.zones.end()) {
      add_hours(pass, open);
    }
  }
  return united(std::move(open));
}

std::vector<Hours> hours_anywhere(const Permit& permit) {
  if (!permit.has_papers) {
    return {kAllDay};
  }
  std::vector<Hours> open;
  for (const Pass& pass : permit.in_force) {
    add_hours(pass, open);
  }
  return united(std::move(open));
}

}  // namespace huan::rounds
