// SPDX-License-Identifier: Apache-2.0
// The public directory of places 网点名录: found by name, street or id with a slip of the pen, by
// what is taken, by distance, by whether it is open now. Kept in memory for half a minute, since a
// whole city asks for it. Safe to use from several threads.
//
//   const auto found = directory.search(reading, city, {.text = "棉一", .open_now = true}, now);
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "huan/app/recorder.hpp"
#include "huan/booking/timetable.hpp"
#include "huan/registry/place.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

struct ListedPlace {
  std::string key;
  base::Instant since;  ///< from when its latest version holds
  registry::Place place;
  std::optional<booking::Timetable> timetable{};  ///< of a mobile station
};

struct PlaceQuestion {
  std::string text{};      ///< in its name, address or id; one character may be wrong
  std::string material{};  ///< that it takes
  std::string kind{};
  std::string district{};
  std::optional<registry::Degrees> near{};
  bool open_now{false};
  std::size_t limit{50};
};

struct FoundPlace {
  const ListedPlace* listed{nullptr};
  std::optional<std::int64_t> metres{};  ///< from `near`, as the crow flies
  bool open{false};
  std::optional<booking::NextHalt> halt{};  ///< of a mobile station: where it stands, or will next
  /// Where it is: of a mobile station that halt.
  [[nodiscard]] std::optional<registry::Degrees> spot() const;
};

/// What was found, with the list that it points into.
struct FoundPlaces {
  std::shared_ptr<const std::vector<ListedPlace>> list;
  std::vector<FoundPlace> places;
};

class Directory {
 public:
  /// Nearest first with `near`, else by id; places that are closed for good or planned are left
  /// out.
  [[nodiscard]] FoundPlaces search(store::RegistryReading& reading, const store::CityRow& city,
                                   const PlaceQuestion& question, base::Instant now);

 private:
  struct Kept {
    std::shared_ptr<const std::vector<ListedPlace>> list;
    base::Instant until;
  };
  [[nodiscard]] std::shared_ptr<const std::vector<ListedPlace>> places(
      store::RegistryReading& reading, const std::string& city, base::Instant now);

  std::mutex mutex_;
  std::map<std::string, Kept> kept_;
};

/// Does the text hold the words, with at most one of their characters wrong or missing where there
/// are three or more? Small and capital letters of ASCII are one.
[[nodiscard]] bool sounds_like(std::string_view text, std::string_view words);
/// On the sphere, whole metres.
[[nodiscard]] std::int64_t metres_between(registry::Degrees a, registry::Degrees b);

}  // namespace huan::app
