// SPDX-License-Identifier: Apache-2.0
// What the city hands over in a year, by leaf of the catalogue, and how it comes: where, in what
// portions, at what price, from whom; and how the year and the week sway it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "huan/base/time.hpp"
#include "huan/simulator/city.hpp"
#include "random.hpp"

namespace huan::simulator {

enum class Family : std::uint8_t {
  paper,
  plastic,
  metal,
  glass,
  textile,
  appliance,
  battery,
  vehicle,
  rubber,
  wood,
  bulky,
  packaging,
  secondhand,
  mixed,
  hazardous,
  residue,
};

using MaterialId = std::uint16_t;

struct Material {
  std::string_view code;
  Family family{};
  SiteKind where{SiteKind::station};
  std::int64_t t_per_year{0};  ///< 0: arises inside the city only
  std::int64_t portion_g{0};   ///< mean of a line; of a piece when counted
  bool counted{false};         ///< in pieces too
  std::int64_t price_fen{0};   ///< per kg, what a station pays; 0: taken for nothing
};

[[nodiscard]] std::span<const Material> materials();
[[nodiscard]] MaterialId material(std::string_view code);  ///< has to be one of the table
[[nodiscard]] inline const Material& info(MaterialId id) { return materials()[id]; }
[[nodiscard]] std::string_view root(Family family);

/// Pieces of a counted line: 1 … 3, 1.18 on average.
[[nodiscard]] std::int64_t draw_pieces(Random& random);
/// A line's mass: skewed like real portions, the mean is the table's, rounded to the scale.
[[nodiscard]] std::int64_t draw_portion(Random& random, const Material& material,
                                        std::int64_t interval_g, std::int64_t max_g);
[[nodiscard]] std::int64_t round_to(std::int64_t mass_g, std::int64_t interval_g);

/// Lines that a kind of place takes in a year, and which material a line is of.
class Supply {
 public:
  explicit Supply(SiteKind where);
  [[nodiscard]] std::int64_t lines_per_year() const { return total_; }
  [[nodiscard]] MaterialId pick(Random& random) const;

 private:
  std::vector<MaterialId> ids_;
  std::vector<std::int64_t> until_;
  std::int64_t total_{0};
};

/// Parts of a million of an average day; a calendar year's days make exactly its number of days but
/// for rounding.
class Seasons {
 public:
  [[nodiscard]] std::int64_t factor_ppm(base::Day day);
  [[nodiscard]] static std::int64_t days_in_year(std::int32_t year);

 private:
  std::int32_t year_{0};
  std::int64_t sum_{1};
};

/// 0 Monday … 6 Sunday.
[[nodiscard]] std::int32_t weekday(base::Day day);

}  // namespace huan::simulator
