// SPDX-License-Identifier: Apache-2.0
#include "huan/dossiers/quotas.hpp"

#include <gtest/gtest.h>

namespace huan::dossiers {
namespace {

using registry::Dossier;

Dossier award(std::string district, std::int64_t year, std::string state = "awarded") {
  Dossier one;
  one.type = "award";
  one.district = std::move(district);
  one.state = std::move(state);
  one.fields["award"] = std::string("malls");
  one.fields["year"] = year;
  return one;
}

TEST(Quotas, CountAwardsOfTheirDistrictAndYears) {
  const std::vector<duties::Quota> quotas{{"malls", "A", 2023, 2, {}, false, "", ""},
                                          {"malls", "A", 2024, 3, {}, true, "", ""},
                                          {"malls", "B", 2024, 2, {}, true, "", ""},
                                          {"shops", "A", 2023, 1, {}, false, "", ""}};
  const auto seen = quota_standings(
      quotas, {award("A", 2023), award("A", 2024), award("A", 2024, "checked"), award("B", 2025)});
  EXPECT_EQ(seen[0].awarded, 1);
  EXPECT_EQ(seen[0].missing(), 1);
  EXPECT_EQ(seen[1].awarded, 2);
  EXPECT_EQ(seen[2].awarded, 0);
  EXPECT_EQ(seen[3].missing(), 1);
}

TEST(Quotas, CleanUpsAreCountedByWhatBecameOfTheirTargets) {
  std::vector<Dossier> targets;
  for (const char* state : {"listed", "visited", "visited", "clean", "put_right", "closed_down"}) {
    Dossier one;
    one.state = state;
    one.fields["campaign"] = std::string("stations.2023");
    one.fields["due"] = std::string(targets.size() == 1 ? "2023-10-01" : "2023-12-01");
    targets.push_back(one);
  }
  const auto seen = cleanup_standings(targets, *base::parse_day("2023-11-01")).at("stations.2023");
  EXPECT_EQ(seen.targets, 6);
  EXPECT_EQ(seen.visited, 5);
  EXPECT_EQ(seen.found, 4);
  EXPECT_EQ(seen.closed, 2);
  EXPECT_EQ(seen.overdue, 1);
}

TEST(Quotas, ProjectsAreSummedByGroupAndInAll) {
  const auto project = [](std::string group, std::string state, std::int64_t fen) {
    Dossier one;
    one.state = std::move(state);
    one.fields["group"] = std::move(group);
    one.fields["invested_fen"] = fen;
    one.fields["paid_fen"] = fen / 2;
    return one;
  };
  const auto seen =
      project_standings({project("b", "planned", 10), project("a", "started", 20),
                         project("a", "at_capacity", 30), project("a", "dropped", 99)});
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_EQ(seen[0].number, 3);
  EXPECT_EQ(seen[0].invested, base::Money{60});
  EXPECT_EQ(seen[0].paid, base::Money{30});
  EXPECT_EQ(seen[1].group, "a");
  EXPECT_EQ(seen[1].started, 2);
  EXPECT_EQ(seen[1].in_production, 1);
  EXPECT_EQ(seen[1].at_capacity, 1);
  EXPECT_EQ(seen[2].started, 0);
}

}  // namespace
}  // namespace huan::dossiers
