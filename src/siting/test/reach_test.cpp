// SPDX-License-Identifier: Apache-2.0
#include "huan/siting/reach.hpp"

#include <gtest/gtest.h>

namespace huan::siting {
namespace {

using siting_problem::Home;
using siting_problem::Network;

/// Three homes on a meridian, a hundredth of a degree (1,112 m) apart; the first is urban.
Network meridian() {
  Network network;
  network.materials = {"paper"};
  network.tiers = {{"drop-off-point", 1, 0, false}, {"processor", 1, 0, false}};
  network.districts = {"d"};
  network.streets = {"s"};
  network.communities = {"c"};
  network.district_of_street = {0};
  for (int k = 0; k < 3; ++k) {
    Home home;
    home.id = std::to_string(k);
    home.at = {114, 38 + 0.01 * k};
    home.households = 100 * (k + 1);
    home.people = 3 * home.households;
    home.urban = k == 0;
    network.homes.push_back(home);
    network.mass.push_back(1);
  }
  return network;
}

TEST(Reach, CountsWhoIsWithinTheDistance) {
  const Reach reach = reach_of(meridian(), {{114, 38}}, 1'113);
  ASSERT_EQ(reach.rows.size(), 2U);
  EXPECT_TRUE(reach.rows[0].urban);
  EXPECT_DOUBLE_EQ(reach.rows[0].households_reached, 100);
  EXPECT_DOUBLE_EQ(reach.rows[1].households, 500);
  EXPECT_DOUBLE_EQ(reach.rows[1].households_reached, 200);
  EXPECT_DOUBLE_EQ(reach.rows[1].people_reached, 600);
  EXPECT_EQ(reach.gaps, std::vector<std::uint32_t>{2});
  EXPECT_NEAR(reach.nearest_metres[2], 2'223.9, 0.1);
}

TEST(Reach, DetoursMakeItShorter) {
  Network network = meridian();
  network.detour = 1.3;
  const Reach reach = reach_of(network, {{114, 38}}, 1'113);
  EXPECT_EQ(reach.gaps, (std::vector<std::uint32_t>{1, 2}));
}

TEST(Reach, NobodyIsReachedWithoutPlaces) {
  const Reach reach = reach_of(meridian(), {}, 1e6);
  EXPECT_EQ(reach.gaps.size(), 3U);
  EXPECT_LT(reach.nearest_metres[0], 0);
}

}  // namespace
}  // namespace huan::siting
