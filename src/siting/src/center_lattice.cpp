// SPDX-License-Identifier: Apache-2.0
#include "center_lattice.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace huan::siting {
namespace {

constexpr int kHalvings = 16;
constexpr double kRow = std::numbers::sqrt3 / 2;  ///< from row to row, of a side
constexpr double kHexagonsMost = 4e6;             ///< to look into, empty ones too
constexpr std::array<double, 3> kTooFew{0, 0.08, 0.15};

double along(const Spot& a, const Spot& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

Spot scaled(const Spot& spot, double by) { return {spot[0] * by, spot[1] * by, spot[2] * by}; }

Spot across(const Spot& a, const Spot& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

}  // namespace

// On a sphere the places are those on the plane that touches it in the middle.
CenterLattice::CenterLattice(const Space& space, const std::vector<std::uint32_t>& customers)
    : axes_{Spot{1, 0, 0}, Spot{0, 1, 0}}, on_sphere_(space.on_sphere()) {
  if (on_sphere_) {
    Spot middle{};
    for (const std::uint32_t u : customers) {
      for (std::size_t k = 0; k < middle.size(); ++k) {
        middle[k] += space.customer_spot(u)[k];
      }
    }
    const double length = std::sqrt(along(middle, middle));
    origin_ = length > 0 ? scaled(middle, 1 / length) : Spot{0, 0, 1};
    const Spot pole = std::abs(origin_[2]) > kRow ? Spot{1, 0, 0} : Spot{0, 0, 1};
    const Spot east = across(pole, origin_);
    axes_[0] = scaled(east, 1 / std::sqrt(along(east, east)));
    axes_[1] = across(origin_, axes_[0]);
    const Spot& any = space.customer_spot(customers.front());
    origin_ = scaled(origin_, std::sqrt(along(any, any)));
  }
  places_.reserve(customers.size());
  for (const std::uint32_t u : customers) {
    const Spot& spot = space.customer_spot(u);
    places_.push_back({along(spot, axes_[0]), along(spot, axes_[1])});
  }
  low_ = high_ = places_.front();
  for (const Place& place : places_) {
    low_ = {std::min(low_.x, place.x), std::min(low_.y, place.y)};
    high_ = {std::max(high_.x, place.x), std::max(high_.y, place.y)};
  }
}

Spot CenterLattice::spot_of(const Place& place) const {
  Spot spot = scaled(axes_[0], place.x);
  for (std::size_t k = 0; k < spot.size(); ++k) {
    spot[k] += axes_[1][k] * place.y;
  }
  if (on_sphere_) {
    const double square = along(origin_, origin_);
    const double flat = place.x * place.x + place.y * place.y;
    const double up = std::sqrt(std::max(0.0, 1 - flat / square));
    for (std::size_t k = 0; k < spot.size(); ++k) {
      spot[k] += origin_[k] * up;
    }
  }
  return spot;
}

// Middles of the hexagons with customers; one more than `p` where they are too many.
std::vector<CenterLattice::Place> CenterLattice::held(const Lattice& lattice, std::size_t p) const {
  const double wide = lattice.turned ? high_.y - low_.y : high_.x - low_.x;
  const double tall = lattice.turned ? high_.x - low_.x : high_.y - low_.y;
  const double row_height = kRow * lattice.side;
  if (wide / lattice.side * (tall / row_height) > kHexagonsMost) {
    return std::vector<Place>(p + 1);
  }
  const auto columns = static_cast<std::size_t>(wide / lattice.side) + 4;
  const auto rows = static_cast<std::size_t>(tall / row_height) + 4;
  const double shift = lattice.shift * lattice.side;
  const auto middle = [&](std::size_t row, double column) {
    return Place{(column - 1 + (row % 2 == 0 ? 0.0 : 0.5)) * lattice.side + shift,
                 (static_cast<double>(row) - 1) * row_height + shift};
  };
  std::vector<std::uint32_t> count(rows * columns, 0);
  for (const Place& place : places_) {
    const Place at = lattice.turned ? Place{place.y - low_.y, place.x - low_.x}
                                    : Place{place.x - low_.x, place.y - low_.y};
    const auto below = static_cast<std::size_t>((at.y - shift) / row_height + 1);
    std::size_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t row = below; row < below + 2; ++row) {
      const Place first = middle(row, 0);
      const double column = std::max(0.0, std::round((at.x - first.x) / lattice.side));
      const Place to = middle(row, column);
      const double apart = (at.x - to.x) * (at.x - to.x) + (at.y - to.y) * (at.y - to.y);
      if (apart < least) {
        least = apart;
        best = row * columns + static_cast<std::size_t>(column);
      }
    }
    ++count[best];
  }
  const double average = static_cast<double>(places_.size()) / static_cast<double>(p);
  std::vector<Place> out;
  for (std::size_t k = 0; k < count.size() && out.size() <= p; ++k) {
    if (count[k] == 0 || count[k] < lattice.few * average) {
      continue;
    }
    const Place at = middle(k / columns, static_cast<double>(k % columns));
    out.push_back(lattice.turned ? Place{at.y + low_.x, at.x + low_.y}
                                 : Place{at.x + low_.x, at.y + low_.y});
  }
  return out;
}

std::vector<Spot> CenterLattice::lay(int way, std::size_t p) const {
  Lattice lattice;
  lattice.turned = way % 2 == 1;
  lattice.shift = way / 2 % 2 == 0 ? 0 : 0.5;
  lattice.few = kTooFew[static_cast<std::size_t>(way / 4) % kTooFew.size()];
  const double span = std::max(high_.x - low_.x, high_.y - low_.y);
  if (!(span > 0)) {
    return {spot_of(low_)};
  }
  double too_small = span / (4 * static_cast<double>(p) + 4);
  double fits = 2 * span + 1;
  for (int k = 0; k < kHalvings; ++k) {
    lattice.side = std::sqrt(too_small * fits);
    (held(lattice, p).size() > p ? too_small : fits) = lattice.side;
  }
  lattice.side = fits;
  std::vector<Spot> spots;
  for (const Place& place : held(lattice, p)) {
    spots.push_back(spot_of(place));
  }
  return spots;
}

}  // namespace huan::siting
