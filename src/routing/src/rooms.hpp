// SPDX-License-Identifier: Apache-2.0
// What all routes together unload at each facility on each day, where a facility has only so much
// room.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "timetable.hpp"

namespace huan::routing {

class Rooms {
 public:
  /// By how much it is too much, of which dimension.
  struct Shortage {
    std::int64_t amount{0};
    std::size_t dimension{0};
    Index facility{kNone};
  };

  explicit Rooms(const Model& model);

  [[nodiscard]] bool watched() const { return !unloaded_.empty(); }
  /// The route is now this one.
  void set(int route, std::span<const Code> codes);
  /// Whether the room would do if the route were this one; the first shortage if not.
  [[nodiscard]] bool allow(int route, std::span<const Code> codes) const;
  [[nodiscard]] const Shortage& shortage() const { return shortage_; }
  /// Whether nothing is over at the facilities that the route goes to.
  [[nodiscard]] bool hold(int route) const;

 private:
  struct Unloading {
    Index facility{0};
    Load load;
  };
  void gather(int route, std::span<const Code> codes, std::vector<Unloading>& list) const;
  [[nodiscard]] std::int64_t* at(Index facility, int route);
  [[nodiscard]] const std::int64_t* at(Index facility, int route) const;

  const Model* model_;
  std::size_t dims_;
  std::vector<std::int64_t> unloaded_;  ///< facility × day × dimension
  std::vector<std::vector<Unloading>> routes_;
  mutable std::vector<Unloading> tried_;
  mutable Shortage shortage_;
};

}  // namespace huan::routing
