// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/network.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <set>

#include "number_sequence.hpp"

namespace huan::registry {
namespace {

struct Town {
  std::vector<District> districts{{"130102", "甲区", "A", "district", "", 900, 300, 10'000,
                                   Degrees{380000000, 1145000000}, 3000},
                                  {"130121", "乙县", "B", "county", "", 300, 100, 3'000,
                                   Degrees{382000000, 1140000000}, 15000}};
  std::vector<Street> streets{{"130102001", "子街道", "130102"}, {"130121100", "丑镇", "130121"}};
  std::vector<Community> communities{
      {"130102001001", "寅社区居民委员会", "130102", "130102001", true},
      {"130102001002", "卯社区", "130102", "130102001", true},
      {"130121100201", "辰村村民委员会", "130121", "130121100", false}};
};

GenerateSpec eight_stations() {
  GenerateSpec spec;
  PartySpec party;
  party.prefix = "E";
  party.count = 3;
  party.label = "合成企业";
  party.qualifications = {"police_filing"};
  spec.parties = {party};
  PlaceSpec station;
  station.prefix = "S";
  station.count = 8;
  station.kind = PlaceKind::station;
  station.label = "回收站";
  station.parties = "E";
  spec.places = {station};
  AssetSpec scale;
  scale.prefix = "W";
  scale.kind = AssetKind::scale;
  scale.places = {PlaceKind::station};
  AssetSpec vehicle;
  vehicle.prefix = "V";
  vehicle.kind = AssetKind::vehicle;
  vehicle.parties = "E";
  vehicle.count = 4;
  spec.assets = {scale, vehicle};
  return spec;
}

Network network(std::uint64_t seed) {
  static const Town town;
  return generate_network({town.districts, town.streets, town.communities}, eight_stations(), seed);
}

TEST(Apportion, SumsExactlyAndKeepsProportion) {
  EXPECT_EQ(apportion(10, {1, 1, 1}), (std::vector<std::int64_t>{4, 3, 3}));
  EXPECT_EQ(apportion(2, {5, 1, 4}), (std::vector<std::int64_t>{1, 0, 1}));
  EXPECT_EQ(apportion(3, {1000, 1, 1}), (std::vector<std::int64_t>{1, 1, 1}));
  EXPECT_EQ(apportion(0, {1, 2}), (std::vector<std::int64_t>{0, 0}));
  EXPECT_EQ(apportion(5, {0, 0}), (std::vector<std::int64_t>{0, 0}));
  EXPECT_TRUE(apportion(5, {}).empty());
  const auto shares = apportion(1570, {369313, 336920, 258414, 27846, 18784});
  EXPECT_EQ(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}), 1570);
}

TEST(NumberSequence, IsTheSameOnEveryMachine) {
  NumberSequence numbers(42, "S-1");
  EXPECT_EQ(numbers.between(0, 999'999), 692'894);
  EXPECT_EQ(numbers.between(0, 999'999), 774'228);
  for (int i = 0; i < 1000; ++i) {
    const auto n = numbers.between(-3, 3);
    EXPECT_GE(n, -3);
    EXPECT_LE(n, 3);
  }
}

TEST(Network, CountsIdsAndAttachment) {
  const Network made = network(1);
  EXPECT_EQ(made.parties.size(), 3U);
  ASSERT_EQ(made.places.size(), 8U);
  EXPECT_EQ(made.assets.size(), 12U);
  std::set<std::string> keys;
  std::set<std::string> operators;
  for (const auto& place : made.places) {
    EXPECT_TRUE(keys.insert(place.key).second);
    EXPECT_TRUE(place.value.synthetic);
    EXPECT_TRUE(place.value.community.starts_with(place.value.street));
    EXPECT_TRUE(place.value.street.starts_with(place.value.district));
    operators.insert(place.value.operator_id);
  }
  EXPECT_EQ(operators.size(), 3U);
  EXPECT_EQ(made.places[0].key, "S-130102-001");
  EXPECT_EQ(made.places[0].value.name, "甲区子街道寅社区回收站");
  EXPECT_EQ(made.places.back().value.name, "乙县丑镇辰村回收站");
  EXPECT_EQ(made.parties[0].value.name, "合成企业 001");
  EXPECT_EQ(made.assets[0].key, "W-S-130102-001");
}

TEST(Network, PointsStayNearTheSeat) {
  for (const auto& place : network(7).places) {
    ASSERT_TRUE(place.value.location);
    const bool first = place.value.district == "130102";
    const Degrees seat = first ? Degrees{380000000, 1145000000} : Degrees{382000000, 1140000000};
    const std::int64_t metres = first ? 3'000 + 750 + 150 : 15'000 + 2'500 + 150;
    EXPECT_LE(std::abs(place.value.location->at.lat_e7 - seat.lat_e7), metres * 90);
    EXPECT_LE(std::abs(place.value.location->at.lng_e7 - seat.lng_e7), metres * 90 * 128 / 100);
  }
}

TEST(Network, OneSeedOneNetwork) {
  const Network a = network(7);
  const Network b = network(7);
  const Network c = network(8);
  bool moved = false;
  for (std::size_t i = 0; i < a.places.size(); ++i) {
    EXPECT_EQ(to_json(a.places[i].value), to_json(b.places[i].value));
    moved = moved || to_json(a.places[i].value) != to_json(c.places[i].value);
  }
  EXPECT_TRUE(moved);
}

}  // namespace
}  // namespace huan::registry
