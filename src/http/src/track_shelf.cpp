// SPDX-License-Identifier: Apache-2.0
#include "track_shelf.hpp"

#include <algorithm>
#include <filesystem>

namespace huan::http {

using base::Error;
using base::ErrorCode;

track_store::TrackStore* TrackShelf::open(bool makes) {
  if (!store_ && !path_.empty() && (makes || std::filesystem::exists(path_))) {
    store_ = std::make_unique<track_store::TrackStore>(path_);
  }
  return store_.get();
}

namespace {

constexpr std::int64_t kDaySeconds = 86'400;

}  // namespace

bool TrackShelf::fell_silent(const store::CityRow& city, const std::string& vehicle,
                             base::Day day) {
  const std::scoped_lock lock(mutex_);
  track_store::TrackStore* store = open(false);
  return store != nullptr &&
         store->fell_silent({city.city, vehicle},
                            base::Instant{std::int64_t{day.n} * kDaySeconds - city.offset_s});
}

base::Result<tracks::Track> TrackShelf::day_of(const store::CityRow& city,
                                               const std::string& vehicle, base::Day day) {
  const std::scoped_lock lock(mutex_);
  track_store::TrackStore* store = open(false);
  if (store == nullptr) {
    return Error{ErrorCode::not_found, "", "no vehicle has a terminal here"};
  }
  const std::int64_t from = std::int64_t{day.n} * kDaySeconds - city.offset_s;
  return store->read({city.city, vehicle}, base::Instant{from}, base::Instant{from + kDaySeconds});
}

std::vector<std::string> TrackShelf::vehicles(const std::string& city) {
  const std::scoped_lock lock(mutex_);
  std::vector<std::string> all;
  if (track_store::TrackStore* store = open(false); store != nullptr) {
    for (const track_store::Terminal& one : store->terminals()) {
      if (one.vehicle.city == city) {
        all.push_back(one.vehicle.id);
      }
    }
  }
  std::ranges::sort(all);
  const auto again = std::ranges::unique(all);
  all.erase(again.begin(), again.end());
  return all;
}

base::Result<void> TrackShelf::put_reports(const std::string& city,
                                           const std::vector<track_store::DeviceReport>& reports) {
  const std::scoped_lock lock(mutex_);
  track_store::TrackStore* store = open(true);
  if (store == nullptr) {
    return Error{ErrorCode::not_found, "", "nothing is kept of devices here"};
  }
  store->put_reports(city, reports);
  return {};
}

std::vector<track_store::DeviceReport> TrackShelf::reports(const std::string& city) {
  const std::scoped_lock lock(mutex_);
  track_store::TrackStore* store = open(false);
  return store == nullptr ? std::vector<track_store::DeviceReport>{} : store->reports(city);
}

}  // namespace huan::http
