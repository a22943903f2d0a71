// SPDX-License-Identifier: Apache-2.0
#include "huan/app/directory.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "huan/app/timetables.hpp"
#include "huan/booking/slots.hpp"
#include "order_shelf.hpp"

namespace huan::app {
namespace {

using registry::PlaceStatus;

constexpr std::int64_t kKeptS = 30;
constexpr std::size_t kDirectoryPage = 1'000;
constexpr double kEarthM = 6'371'000.0;
constexpr double kE7 = 1e7;
constexpr std::size_t kSlipFrom = 3;  // characters from which one may be wrong

bool is_public(const registry::Place& place) {
  const bool there = place.status == PlaceStatus::active || place.status == PlaceStatus::suspended;
  return there && place.kind != registry::PlaceKind::district;
}

/// Code points, ASCII in small letters, without blanks.
std::vector<std::string> letters_of(std::string_view text) {
  std::vector<std::string> letters;
  letters.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto first = static_cast<std::uint8_t>(text[at]);
    const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    std::string letter(text.substr(at, size));
    if (letter.front() >= 'A' && letter.front() <= 'Z') {
      letter.front() = static_cast<char>(letter.front() + ('a' - 'A'));
    }
    if (letter != " ") {
      letters.push_back(std::move(letter));
    }
    at += size;
  }
  return letters;
}

/// Fewest edits that turn `words` into some part of `text` (Sellers 1980), over code points.
std::size_t nearest_part(const std::vector<std::string>& text,
                         const std::vector<std::string>& words) {
  std::vector<std::size_t> row(words.size() + 1);
  for (std::size_t i = 0; i < row.size(); ++i) {
    row[i] = i;
  }
  std::size_t best = row.back();
  for (const std::string& letter : text) {
    std::size_t diagonal = row[0];
    for (std::size_t i = 1; i < row.size(); ++i) {
      const std::size_t above = row[i];
      const std::size_t changed = diagonal + (words[i - 1] == letter ? 0U : 1U);
      row[i] = std::min({changed, above + 1, row[i - 1] + 1});
      diagonal = above;
    }
    best = std::min(best, row.back());
  }
  return best;
}

/// A mobile station is open where and while it stands.
FoundPlace found_at(const ListedPlace& listed, const booking::LocalTime& now) {
  FoundPlace found{&listed, {}, listed.place.status == PlaceStatus::active, {}};
  if (!listed.timetable) {
    found.open =
        found.open && registry::is_open(listed.place, booking::weekday_of(now.day), now.minute);
    return found;
  }
  const booking::Halt* here = booking::halt_at(*listed.timetable, now);
  found.open = found.open && here != nullptr;
  found.halt = here != nullptr ? std::optional(booking::NextHalt{here, now.day})
                               : booking::next_halt(*listed.timetable, now);
  return found;
}

bool fits(const ListedPlace& listed, const PlaceQuestion& question) {
  const registry::Place& place = listed.place;
  const bool named = question.text.empty() || listed.key == question.text ||
                     sounds_like(place.name, question.text) ||
                     sounds_like(place.name_en, question.text) ||
                     sounds_like(place.address, question.text);
  return named && (question.kind.empty() || registry::info(place.kind).code == question.kind) &&
         place.district.starts_with(question.district) &&
         (question.material.empty() || registry::takes(place, question.material));
}

}  // namespace

std::optional<registry::Degrees> FoundPlace::spot() const {
  if (halt) {
    return halt->halt->at;
  }
  return listed->place.location ? std::optional(listed->place.location->at) : std::nullopt;
}

bool sounds_like(std::string_view text, std::string_view words) {
  if (text.empty()) {
    return false;
  }
  const auto wanted = letters_of(words);
  return nearest_part(letters_of(text), wanted) <= (wanted.size() >= kSlipFrom ? 1U : 0U);
}

std::int64_t metres_between(registry::Degrees a, registry::Degrees b) {
  constexpr double kRadians = std::numbers::pi / 180.0;
  const double lat_a = a.lat_e7 / kE7 * kRadians;
  const double lat_b = b.lat_e7 / kE7 * kRadians;
  const double half_lat = (lat_b - lat_a) / 2;
  const double half_lng = (b.lng_e7 / kE7 - a.lng_e7 / kE7) * kRadians / 2;
  const double h = std::sin(half_lat) * std::sin(half_lat) +
                   std::cos(lat_a) * std::cos(lat_b) * std::sin(half_lng) * std::sin(half_lng);
  return std::llround(2 * kEarthM * std::asin(std::min(1.0, std::sqrt(h))));
}

std::shared_ptr<const std::vector<ListedPlace>> Directory::places(store::RegistryReading& reading,
                                                                  const std::string& city,
                                                                  base::Instant now) {
  const std::lock_guard lock(mutex_);
  if (const auto found = kept_.find(city); found != kept_.end() && now < found->second.until) {
    return found->second.list;
  }
  auto list = std::make_shared<std::vector<ListedPlace>>();
  store::Page page{"", kDirectoryPage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city, "place", {}, page);
    for (const store::RegistryRow& row : rows) {
      auto place = data_of<registry::Place>(
          row, [](json::Value data) { return registry::parse_place(data, "/data"); });
      if (place && is_public(*place)) {
        const bool mobile = place->form == registry::PlaceForm::mobile;
        list->push_back({row.key, row.time, std::move(*place),
                         mobile ? timetable_of(reading, city, row.key) : std::nullopt});
      }
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
  kept_[city] = {list, {now.s + kKeptS}};
  return list;
}

FoundPlaces Directory::search(store::RegistryReading& reading, const store::CityRow& city,
                              const PlaceQuestion& question, base::Instant now) {
  FoundPlaces found;
  found.list = places(reading, city.city, now);
  const auto local = booking::local_time(now, city.offset_s);
  for (const ListedPlace& listed : *found.list) {
    FoundPlace one = found_at(listed, local);
    if (!fits(listed, question) || (question.open_now && !one.open)) {
      continue;
    }
    const auto spot = one.spot();
    if (question.near && spot) {
      one.metres = metres_between(*question.near, *spot);
    }
    found.places.push_back(one);
  }
  if (question.near) {
    std::ranges::stable_sort(found.places, {}, [](const FoundPlace& one) {
      return one.metres.value_or(INT64_MAX);  // where it is, is not known: last
    });
  }
  if (found.places.size() > question.limit) {
    found.places.resize(question.limit);
  }
  return found;
}

}  // namespace huan::app
