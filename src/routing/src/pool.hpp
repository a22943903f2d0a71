// SPDX-License-Identifier: Apache-2.0
// Routes of good solutions, kept while the search goes on, to be chosen from anew: the best route
// of a visit is often found long before or after the best route of its neighbours.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "model.hpp"
#include "partition.hpp"
#include "solution.hpp"
#include "tours.hpp"

namespace huan::routing {

class Pool {
 public:
  explicit Pool(const Model& model);

  /// Whether routes of different solutions can stand together: not where visits of one stop are
  /// tied to each other or something is frozen, and not in problems too large to choose for.
  [[nodiscard]] bool open() const { return open_; }
  /// Remembers the route as it stands; of routes with the same visits the cheapest.
  void note(const Tours& tours, int route);
  /// A cheaper solution made of routes that were noted, if one is found within the work.
  [[nodiscard]] std::optional<Solution> recombined(const Solution& best, std::int64_t work);

 private:
  struct Entry {
    std::uint32_t first{0};  ///< into codes_
    std::uint32_t count{0};
    int type{0};
    double cost{0};
  };
  void keep(std::uint64_t key, const Entry& entry, const Tours& tours, int route);
  void forget_older();
  [[nodiscard]] Columns columns(const Solution& best);
  [[nodiscard]] std::optional<Solution> assigned(std::span<const std::uint32_t> chosen,
                                                 const Solution& best) const;

  const Model* model_;
  bool open_;
  std::vector<std::uint64_t> keys_;  ///< by visit
  std::unordered_map<std::uint64_t, std::uint32_t> at_;
  std::vector<Entry> entries_;  ///< oldest first
  std::vector<std::uint64_t> entry_keys_;
  std::vector<Code> codes_;
};

}  // namespace huan::routing
