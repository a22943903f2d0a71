// SPDX-License-Identifier: Apache-2.0
#include "materials.hpp"

#include <algorithm>

#include "huan/base/assert.hpp"

namespace huan::simulator {
namespace {

using enum Family;
constexpr auto kStation = SiteKind::station;
constexpr auto kYard = SiteKind::dismantler;
constexpr auto kCells = SiteKind::battery_store;
constexpr auto kFlea = SiteKind::second_hand;

// Tonnes a year. From the document: the five kinds together 1,494,500, plastics 254,000, textiles
// 20,000, farm film 5,748, pesticide packaging 71. Every other number is an assumption that fills
// these sums: metals 620,000, paper 450,000, glass 90,500, appliances 80,000.
constexpr auto kMaterials = std::to_array<Material>({
    {"metal.steel", metal, kStation, 430'000, 75'000, false, 210},
    {"metal.iron", metal, kStation, 60'000, 70'000, false, 190},
    {"metal.stainless", metal, kStation, 12'000, 16'000, false, 780},
    {"metal.copper", metal, kStation, 14'000, 9'000, false, 5'600},
    {"metal.aluminium", metal, kStation, 58'000, 20'000, false, 1'280},
    {"metal.can", metal, kStation, 14'000, 6'000, false, 950},
    {"metal.lead", metal, kStation, 2'000, 9'000, false, 1'150},
    {"metal.zinc", metal, kStation, 2'000, 9'000, false, 1'350},
    {"metal.other", metal, kStation, 28'000, 17'000, false, 900},
    {"plastic.pet", plastic, kStation, 72'000, 9'000, false, 260},
    {"plastic.hdpe", plastic, kStation, 48'000, 11'000, false, 240},
    {"plastic.pp", plastic, kStation, 46'000, 11'000, false, 220},
    {"plastic.abs", plastic, kStation, 18'000, 13'000, false, 380},
    {"plastic.pvc", plastic, kStation, 16'000, 14'000, false, 150},
    {"plastic.film", plastic, kStation, 26'000, 10'000, false, 80},
    {"plastic.mixed", plastic, kStation, 16'181, 11'000, false, 60},
    {"plastic.foam", plastic, kStation, 6'000, 4'000, false, 90},
    {"plastic.farm_film", plastic, kStation, 5'748, 40'000, false, 50},
    {"plastic.pesticide", plastic, kStation, 71, 5'000, false, 100},
    {"paper.occ", paper, kStation, 290'000, 23'000, false, 140},
    {"paper.news", paper, kStation, 42'000, 13'000, false, 170},
    {"paper.book", paper, kStation, 46'000, 15'000, false, 160},
    {"paper.mixed", paper, kStation, 48'000, 16'000, false, 80},
    {"paper.board", paper, kStation, 20'000, 13'000, false, 110},
    {"paper.carton", paper, kStation, 4'000, 4'000, false, 30},
    {"glass.clear", glass, kStation, 34'000, 15'000, false, 12},
    {"glass.coloured", glass, kStation, 22'000, 15'000, false, 8},
    {"glass.flat", glass, kStation, 20'000, 45'000, false, 10},
    {"glass.mixed", glass, kStation, 14'500, 17'000, false, 5},
    {"appliance.tv", appliance, kStation, 16'000, 19'000, true, 90},
    {"appliance.fridge", appliance, kStation, 18'000, 48'000, true, 160},
    {"appliance.washer", appliance, kStation, 13'000, 31'000, true, 150},
    {"appliance.ac", appliance, kStation, 17'000, 36'000, true, 700},
    {"appliance.computer", appliance, kStation, 5'000, 9'000, true, 300},
    {"appliance.phone", appliance, kStation, 100, 200, true, 4'000},
    {"appliance.small", appliance, kStation, 10'900, 4'000, true, 120},
    {"textile.clothes", textile, kStation, 15'500, 9'000, false, 30},
    {"textile.uniform", textile, kStation, 500, 14'000, false, 20},
    {"textile.home", textile, kStation, 3'000, 10'000, false, 20},
    {"textile.offcut", textile, kStation, 1'000, 25'000, false, 10},
    {"battery.dry", battery, kStation, 300, 1'500, false, 0},
    {"battery.lithium_small", battery, kStation, 400, 2'000, false, 400},
    {"wood", wood, kStation, 6'000, 40'000, false, 15},
    {"bulky.furniture", bulky, kStation, 6'500, 34'000, true, 0},
    {"bulky.mattress", bulky, kStation, 1'500, 26'000, true, 0},
    {"mixed.recyclables", mixed, kStation, 9'000, 18'000, false, 40},
    {"vehicle.elv", vehicle, kYard, 81'000, 1'340'000, true, 150},
    {"vehicle.motorcycle", vehicle, kYard, 900, 120'000, true, 160},
    {"battery.lead_acid", battery, kCells, 58'000, 110'000, false, 820},
    {"battery.ev", battery, kCells, 3'000, 260'000, true, 1'500},
    {"secondhand", secondhand, kFlea, 1'500, 9'000, true, 600},
    {"packaging.courier_box", packaging, kFlea, 40, 900, true, 0},
    {"vehicle.part", vehicle, kYard, 0, 0, true, 400},
    {"rubber.tyre", rubber, kYard, 0, 0, false, 40},
    {"hazardous.oil", hazardous, kYard, 0, 0, false, 0},
    {"hazardous.circuit", hazardous, kStation, 0, 0, false, 0},
    {"hazardous.crt", hazardous, kStation, 0, 0, false, 0},
    {"residue", residue, kStation, 0, 0, false, 0},
});

constexpr auto kRoots = std::to_array<std::string_view>(
    {"paper", "plastic", "metal", "glass", "textile", "appliance", "battery", "vehicle", "rubber",
     "wood", "bulky", "packaging", "secondhand", "mixed", "hazardous", "residue"});

// Quantiles of a log-normal distribution (σ 0.65), per mille of the mean; they sum to 64,000.
constexpr auto kPortions = std::to_array<std::int64_t>(
    {169,  224,  259,  288,  312,  335,  356,  376,  395,  413,  431,  449,  466,
     483,  500,  517,  534,  550,  567,  584,  601,  618,  636,  653,  671,  689,
     707,  726,  745,  764,  784,  804,  824,  846,  868,  890,  914,  938,  963,
     988,  1015, 1043, 1072, 1103, 1135, 1169, 1205, 1243, 1283, 1326, 1373, 1423,
     1477, 1538, 1604, 1679, 1764, 1862, 1979, 2122, 2305, 2559, 2964, 3920});
// The same for pieces, which are more alike (σ 0.16); they sum to 32,000.
constexpr auto kPieces =
    std::to_array<std::int64_t>({700,  755,  787,  811,  831,  849,  865,  880,  894,  907,  920,
                                 932,  945,  957,  969,  982,  994,  1007, 1019, 1033, 1046, 1061,
                                 1076, 1092, 1109, 1128, 1149, 1174, 1203, 1239, 1292, 1394});

constexpr std::int64_t kPiecesMean = 1'180;  // per mille, of draw_pieces

constexpr std::array<std::int64_t, 7> kWeekdays{940, 930, 940, 960, 1'000, 1'120, 1'110};
constexpr std::array<std::int64_t, 12> kMonths{1'040, 760, 1'010, 1'000, 1'020, 1'010,
                                               990,   985, 1'000, 1'020, 1'060, 1'105};

std::int64_t sway(base::Day day) {
  const auto month = static_cast<std::size_t>(base::civil_of(day).month - 1);
  return kWeekdays[static_cast<std::size_t>(weekday(day))] * kMonths[month];
}

}  // namespace

std::span<const Material> materials() { return kMaterials; }

MaterialId material(std::string_view code) {
  const auto found = std::find_if(kMaterials.begin(), kMaterials.end(),
                                  [&](const Material& m) { return m.code == code; });
  HUAN_ASSERT(found != kMaterials.end());
  return static_cast<MaterialId>(found - kMaterials.begin());
}

std::string_view root(Family family) { return kRoots[static_cast<std::size_t>(family)]; }

std::int64_t draw_pieces(Random& random) {
  const std::int64_t roll = random.below(1'000);
  return roll < 850 ? 1 : roll < 970 ? 2 : 3;
}

std::int64_t round_to(std::int64_t mass_g, std::int64_t interval_g) {
  const std::int64_t step = std::max<std::int64_t>(interval_g, 1);
  return std::max(step, (mass_g + step / 2) / step * step);
}

std::int64_t draw_portion(Random& random, const Material& material, std::int64_t interval_g,
                          std::int64_t max_g) {
  const std::int64_t mean = material.portion_g;
  const std::int64_t factor = material.counted ? random.of(kPieces) : random.of(kPortions);
  const std::int64_t mass = std::min(mean * factor / 1'000, max_g > 0 ? max_g : mean * 4);
  return round_to(mass, interval_g);
}

Supply::Supply(SiteKind where) {
  for (std::size_t i = 0; i < kMaterials.size(); ++i) {
    const Material& m = kMaterials[i];
    if (m.where != where || m.t_per_year == 0) {
      continue;
    }
    const std::int64_t line_g = m.counted ? m.portion_g * kPiecesMean / 1'000 : m.portion_g;
    total_ += m.t_per_year * 1'000'000 / line_g;
    ids_.push_back(static_cast<MaterialId>(i));
    until_.push_back(total_);
  }
}

MaterialId Supply::pick(Random& random) const {
  const std::int64_t roll = random.below(total_);
  const auto found = std::upper_bound(until_.begin(), until_.end(), roll);
  return ids_[static_cast<std::size_t>(found - until_.begin())];
}

std::int32_t weekday(base::Day day) { return ((day.n + 3) % 7 + 7) % 7; }

std::int64_t Seasons::days_in_year(std::int32_t year) {
  return base::day_of({year + 1, 1, 1}).n - base::day_of({year, 1, 1}).n;
}

std::int64_t Seasons::factor_ppm(base::Day day) {
  const std::int32_t year = base::civil_of(day).year;
  if (year != year_) {
    year_ = year;
    sum_ = 0;
    const std::int32_t first = base::day_of({year, 1, 1}).n;
    for (std::int32_t i = 0; i < days_in_year(year); ++i) {
      sum_ += sway(base::Day{first + i});
    }
  }
  HUAN_ASSERT(sum_ > 0);
  return sway(day) * days_in_year(year) * 1'000'000 / sum_;
}

}  // namespace huan::simulator
