// SPDX-License-Identifier: Apache-2.0
#include "materials.hpp"

#include <gtest/gtest.h>

#include <map>

namespace huan::simulator {
namespace {

TEST(materials, the_table_sums_to_the_document) {
  std::map<Family, std::int64_t> tonnes;
  for (const Material& m : materials()) {
    tonnes[m.family] += m.t_per_year;
  }
  EXPECT_EQ(tonnes[Family::plastic], 254'000);
  EXPECT_EQ(tonnes[Family::metal] + tonnes[Family::plastic] + tonnes[Family::paper] +
                tonnes[Family::glass] + tonnes[Family::appliance],
            1'494'500);
  EXPECT_EQ(tonnes[Family::textile], 20'000);
}

TEST(materials, codes_are_below_their_root) {
  for (const Material& m : materials()) {
    EXPECT_TRUE(m.code.starts_with(root(m.family))) << m.code;
  }
}

TEST(materials, portions_keep_their_mean) {
  Random random{11};
  for (const char* code : {"paper.occ", "metal.steel", "plastic.pet", "appliance.tv"}) {
    const Material& m = info(material(code));
    std::int64_t sum = 0;
    constexpr int kDraws = 60'000;
    for (int i = 0; i < kDraws; ++i) {
      sum += draw_portion(random, m, 100, 290'000);
    }
    EXPECT_NEAR(static_cast<double>(sum) / kDraws, static_cast<double>(m.portion_g),
                static_cast<double>(m.portion_g) * 0.012)
        << code;
  }
}

TEST(seasons, a_year_has_its_number_of_days) {
  Seasons seasons;
  for (const std::int32_t year : {2021, 2024, 2026}) {
    std::int64_t sum = 0;
    const std::int64_t days = Seasons::days_in_year(year);
    for (std::int32_t i = 0; i < days; ++i) {
      sum += seasons.factor_ppm(base::Day{base::day_of({year, 1, 1}).n + i});
    }
    EXPECT_NEAR(static_cast<double>(sum), static_cast<double>(days) * 1e6, 1e3) << year;
  }
}

TEST(seasons, weekdays_are_right) {
  EXPECT_EQ(weekday(base::day_of({2026, 11, 20})), 4);  // a Friday
  EXPECT_EQ(weekday(base::day_of({1969, 12, 31})), 2);
}

}  // namespace
}  // namespace huan::simulator
