// SPDX-License-Identifier: Apache-2.0
// What stands at a place, as the ledger has it: lots by material, in the order in which the server
// would draw them (time, then record).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "materials.hpp"

namespace huan::simulator {

struct Lot {
  std::string id;
  MaterialId material{};
  std::int64_t mass_g{0};
  std::int64_t pieces{0};
  bool items{false};  ///< holds serialised items: never drawn by material
  std::int64_t time_s{0};
};

struct Pile {
  MaterialId material{};
  std::vector<Lot> lots;
  std::int64_t mass_g{0};
};

class Stock {
 public:
  void add(Lot lot);
  [[nodiscard]] std::int64_t mass_g() const { return mass_g_; }
  [[nodiscard]] bool empty() const { return mass_g_ == 0; }
  /// Time of the oldest lot; INT64_MAX when there is none.
  [[nodiscard]] std::int64_t oldest_s() const;
  [[nodiscard]] const std::vector<Pile>& piles() const { return piles_; }
  [[nodiscard]] std::int64_t mass_of(const std::function<bool(const Material&)>& wanted) const;

  struct Order {
    std::int64_t mass_max_g{0};
    bool may_split{false};  ///< the last lot, when it holds neither pieces nor items
    std::size_t lots_max{10'000};
  };
  /// Takes lots from the front; what does not fit stays.
  std::vector<Lot> take(MaterialId material, const Order& order);
  /// Adds to the lot's mass (or takes off); a lot that is not there comes back at its old place in
  /// the order when the difference is positive. Gone when nothing is left.
  void change(const Lot& lot, std::int64_t difference_g);

 private:
  Pile& pile(MaterialId material);
  std::vector<Pile> piles_;
  std::int64_t mass_g_{0};
};

/// Shares of `total` in proportion to `weights`: largest remainder, ties to the earlier.
[[nodiscard]] std::vector<std::int64_t> shares(std::int64_t total,
                                               const std::vector<std::int64_t>& weights);

}  // namespace huan::simulator
