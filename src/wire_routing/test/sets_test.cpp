// SPDX-License-Identifier: Apache-2.0
// Every file of the benchmark sets is read; where the folder is not there, this is skipped.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "huan/wire_routing/instance.hpp"

namespace huan::wire_routing {
namespace {

namespace fs = std::filesystem;

struct Set {
  const char* folder;
  Format format;
  std::size_t files;
};

class Sets : public testing::TestWithParam<Set> {};

std::string text_of(const fs::path& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

TEST(Kim, ARealFileIsReadWhole) {
  const auto instance =
      read(text_of("tests/data/routing/kim_102_stop.txt"), {.format = Format::kim});
  ASSERT_TRUE(instance) << instance.error().at;
  std::int64_t yards = 0;
  for (const routing::Stop& stop : instance->problem.stops) {
    yards += stop.pickup.front();
  }
  EXPECT_EQ(instance->problem.stops.size(), 99U);
  EXPECT_EQ(instance->problem.facilities.size(), 2U);
  EXPECT_EQ(instance->problem.vehicles.size(), 50U);
  EXPECT_EQ(yards, 897);
}

TEST_P(Sets, AreReadWhole) {
  const fs::path folder = fs::path{"../shared/data/routing"} / GetParam().folder;
  if (!fs::is_directory(folder)) {
    GTEST_SKIP() << folder << " is not here";
  }
  std::size_t read_files = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string ending = entry.path().extension();
    if (ending != ".txt" && ending != ".vrp" && ending != ".geojson") {
      continue;
    }
    const auto instance = read(text_of(entry.path()), {.format = GetParam().format});
    ASSERT_TRUE(instance) << entry.path() << " " << instance.error().at << ": "
                          << instance.error().detail;
    EXPECT_GE(instance->problem.stops.size(), 20U) << entry.path();
    EXPECT_TRUE(instance->measure);
    ++read_files;
  }
  EXPECT_GE(read_files, GetParam().files);
}

INSTANTIATE_TEST_SUITE_P(
    All, Sets,
    testing::Values(Set{"solomon100", Format::solomon, 38},
                    Set{"homberger200", Format::solomon, 10},
                    Set{"homberger400", Format::solomon, 10},
                    Set{"homberger1000_vrplib", Format::vrplib, 6},
                    Set{"uchoa_x", Format::vrplib, 12}, Set{"mdvrptw", Format::vrplib, 6},
                    Set{"sdvrptw", Format::vrplib, 6}, Set{"hfvrp", Format::vrplib, 2},
                    Set{"mtvrptwr", Format::vrplib, 12}, Set{"mdvrp_cordeau", Format::cordeau, 10},
                    Set{"kim2006_waste", Format::kim, 5}, Set{"pvrp_if_waste", Format::pvrpif, 50}),
    [](const auto& param) { return std::string{param.param.folder}; });

}  // namespace
}  // namespace huan::wire_routing
