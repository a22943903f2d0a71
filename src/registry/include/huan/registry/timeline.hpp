// SPDX-License-Identifier: Apache-2.0
// The versions of one registry record. An edit is a new version whose `time` says from when it
// holds; it may lie before that of an older version (a licence entered late). What holds at an
// instant is the version with the latest (time, version) not after it. Nothing is removed.
//
//   Timeline<Place> place;  place.add({.time = opened, .version = 1, .value = station});
//   const Place* then = place.at(event_time);   // nullptr: not on record yet
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "huan/base/time.hpp"

namespace huan::registry {

template <class T>
class Timeline {
 public:
  struct Version {
    base::Instant time;  ///< holds from
    std::int64_t version{1};
    T value;
  };

  /// False when that version number is on record already; nothing changes then.
  bool add(Version version) {
    for (const Version& known : versions_) {
      if (known.version == version.version) {
        return false;
      }
    }
    versions_.insert(std::upper_bound(versions_.begin(), versions_.end(), version, before),
                     std::move(version));
    return true;
  }

  [[nodiscard]] const T* at(base::Instant instant) const {
    const auto later = std::find_if(versions_.rbegin(), versions_.rend(),
                                    [&](const Version& v) { return v.time <= instant; });
    return later == versions_.rend() ? nullptr : &later->value;
  }
  /// The version that holds last, the future included; nullptr when there is none.
  [[nodiscard]] const T* last() const {
    return versions_.empty() ? nullptr : &versions_.back().value;
  }
  /// The highest version number, 0 when there is none: what the next edit has to follow.
  [[nodiscard]] std::int64_t version_max() const {
    std::int64_t highest = 0;
    for (const Version& v : versions_) {
      highest = std::max(highest, v.version);
    }
    return highest;
  }
  /// By (time, version).
  [[nodiscard]] const std::vector<Version>& versions() const { return versions_; }

 private:
  static bool before(const Version& a, const Version& b) {
    return a.time != b.time ? a.time < b.time : a.version < b.version;
  }
  std::vector<Version> versions_;
};

}  // namespace huan::registry
