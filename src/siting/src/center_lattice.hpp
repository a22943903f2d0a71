// SPDX-License-Identifier: Apache-2.0
// Where a p-center of many points may begin: on a lattice of regular hexagons, which covers a plane
// with the fewest discs there can be (Kershner 1939), laid over the area of the customers in
// several ways.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "space.hpp"

namespace huan::siting {

class CenterLattice {
 public:
  /// `customers` stand for all; of a space on points.
  CenterLattice(const Space& space, const std::vector<std::uint32_t>& customers);
  /// At most `p` spots in the middle of hexagons that hold customers, as small as they can be.
  /// `way` turns and shifts the lattice, and says how many customers in a hexagon are so few that
  /// its neighbours have to serve them.
  [[nodiscard]] std::vector<Spot> lay(int way, std::size_t p) const;

 private:
  struct Place {
    double x{0};
    double y{0};
  };
  struct Lattice {
    double side{0};  ///< from a spot to the next
    bool turned{false};
    double shift{0};  ///< shares of a side
    double few{0};    ///< of the customers of an average hexagon
  };
  [[nodiscard]] std::vector<Place> held(const Lattice& lattice, std::size_t p) const;
  [[nodiscard]] Spot spot_of(const Place& place) const;

  Spot origin_{};
  std::array<Spot, 2> axes_{};
  bool on_sphere_{false};
  std::vector<Place> places_;
  Place low_;
  Place high_;
};

}  // namespace huan::siting
