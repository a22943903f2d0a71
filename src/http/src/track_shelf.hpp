// SPDX-License-Identifier: Apache-2.0
// The file beside the store with where vehicles drove and what devices said last: opened when
// somebody asks and there is one, or when a device reports; used by one at a time.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/store/rows.hpp"
#include "huan/track_store/track_store.hpp"

namespace huan::http {

class TrackShelf {
 public:
  explicit TrackShelf(std::string path) : path_(std::move(path)) {}

  /// not_found: nothing was ever reported here.
  [[nodiscard]] base::Result<tracks::Track> day_of(const store::CityRow& city,
                                                   const std::string& vehicle, base::Day day);
  /// That reported in the month before, and not on that day.
  [[nodiscard]] bool fell_silent(const store::CityRow& city, const std::string& vehicle,
                                 base::Day day);
  /// That have a terminal, by id.
  [[nodiscard]] std::vector<std::string> vehicles(const std::string& city);
  /// not_found: nothing can be kept here.
  [[nodiscard]] base::Result<void> put_reports(
      const std::string& city, const std::vector<track_store::DeviceReport>& reports);
  [[nodiscard]] std::vector<track_store::DeviceReport> reports(const std::string& city);

 private:
  track_store::TrackStore* open(bool makes);

  std::mutex mutex_;
  std::string path_;
  std::unique_ptr<track_store::TrackStore> store_;
};

}  // namespace huan::http
