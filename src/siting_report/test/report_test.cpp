// SPDX-License-Identifier: Apache-2.0
// What rules cost, and what is built in which year, on a town small enough to be seen through.
#include "huan/siting_report/report.hpp"

#include <gtest/gtest.h>

#include "huan/siting/network.hpp"

namespace huan::siting_report {
namespace {

using siting_problem::Area;
using siting_problem::Network;
using siting_problem::Rule;
using siting_problem::RuleKind;
using siting_problem::Site;
using siting_problem::Status;

constexpr double kStation = 6'000;
constexpr double kCentre = 20'000;

/// A row of villages a kilometre apart, in each a drop-off point and a station, two centres.
Network row(std::uint32_t villages) {
  Network network;
  network.materials = {"paper"};
  network.tiers = {{"drop-off-point", 20, 900, false},
                   {"station", 3, 0, false},
                   {"sorting-centre", 1, 0, false},
                   {"processor", 0.5, 0, false}};
  network.districts = {"d"};
  network.streets = {"s"};
  network.district_of_street = {0};
  network.communities = {"c"};
  const auto add = [&](std::uint32_t tier, double east, double cost) {
    Site site;
    site.id = std::to_string(tier) + "-" + std::to_string(network.sites.size());
    site.at = {114.5 + east, 38};
    site.tier = tier;
    site.cost = cost;
    site.capacity = tier < 2 ? 150 : 0;
    network.sites.push_back(std::move(site));
  };
  for (std::uint32_t v = 0; v < villages; ++v) {
    const double east = 0.0115 * v;
    siting_problem::Home home;
    home.id = std::to_string(v);
    home.at = {114.5 + east, 38};
    home.households = 500 + 10.0 * v;
    network.homes.push_back(home);
    network.mass.push_back(home.households / 10);
    add(0, east, 800);
    add(1, east, kStation);
  }
  add(2, 0.02, kCentre);
  add(2, 0.09, kCentre);
  add(3, 0.3, 0);
  Rule everybody;
  everybody.name = "everybody";
  everybody.kind = RuleKind::coverage;
  everybody.share = 1;
  network.rules.push_back(everybody);
  Rule capacity;
  capacity.name = "capacities";
  capacity.kind = RuleKind::capacity;
  network.rules.push_back(capacity);
  return network;
}

Rule stations(double households) {
  Rule rule;
  rule.name = "stations";
  rule.tier = 1;
  rule.area = Area::district;
  rule.households_per_site = households;
  return rule;
}

siting::Limits work() {
  siting::Limits limits;
  limits.iterations = 20'000;
  return limits;
}

TEST(Report, AStationFewerSavesAboutAStation) {
  Network network = row(8);
  network.rules.push_back(stations(600));  // 8 of 8, where four would hold all
  const auto report = plan_network(network, {nullptr, {}, true}, work());
  ASSERT_TRUE(report.has_value()) << base::describe(report.error(), base::Language::en);
  const auto cost = std::find_if(report->costs.begin(), report->costs.end(),
                                 [](const RuleCost& one) { return one.rule == 2; });
  ASSERT_NE(cost, report->costs.end());
  EXPECT_EQ(cost->step, "one site fewer in each area");
  EXPECT_GT(cost->saves, 0.9 * kStation);
  EXPECT_LT(cost->saves, kStation + 1);
  EXPECT_DOUBLE_EQ(cost->upper + cost->saves, report->plan.upper);
}

TEST(Report, APermissionCostsNothing) {
  Network network = row(6);
  Rule most = stations(0);
  most.name = "two stations at most";
  most.kind = RuleKind::at_most;
  most.sites = 6;
  most.permission = true;
  network.rules.push_back(most);
  const auto report = plan_network(network, {nullptr, {}, true}, work());
  ASSERT_TRUE(report.has_value());
  for (const RuleCost& cost : report->costs) {
    EXPECT_NE(cost.rule, 2U);
  }
  EXPECT_TRUE(report->found.rules[2].permission);
}

TEST(Report, YearsHoldEachOtherAndEndWithTheWholePlan) {
  Network network = row(10);
  network.periods = {{"2026", 30'000}, {"2027", 12'000}, {"2028", 1e6}};
  const auto report = plan_network(network, {}, work());
  ASSERT_TRUE(report.has_value()) << base::describe(report.error(), base::Language::en);
  ASSERT_EQ(report->years.size(), 3U);
  double served = 0;
  std::vector<std::uint32_t> before;
  double budget = 0;
  double spent = 0;
  for (std::size_t k = 0; k < 3; ++k) {
    const Year& year = report->years[k];
    budget += network.periods[k].budget;
    spent += year.spent;
    EXPECT_LE(spent, budget);
    EXPECT_GE(year.households, served);
    EXPECT_LE(year.households, year.households_most);
    EXPECT_TRUE(std::includes(year.open.begin(), year.open.end(), before.begin(), before.end()));
    served = year.households;
    before = year.open;
  }
  EXPECT_GT(report->years[0].households, 0);
  EXPECT_LT(report->years[0].households_most, report->found.all_households);
  EXPECT_EQ(before, report->plan.open);
}

TEST(Report, YearsBeginWithWhatServesOverSitesThatAreThere) {
  // In the end there are five stations. One is there and holds everything: for the money of ten
  // drop-off points all are served at once, and the bound says that nothing serves more.
  Network network = row(10);
  network.sites[1].standing = siting_problem::Standing::existing;
  network.sites[1].capacity = 10'000;
  network.sites[20].standing = siting_problem::Standing::existing;
  network.rules.push_back(stations(1'200));
  Rule kept;
  kept.name = "what exists is kept";
  kept.kind = RuleKind::kept;
  network.rules.push_back(kept);
  network.periods = {{"2026", 3 * 800 + 100}, {"2027", 7 * 800}, {"2028", 4 * kStation}};
  const auto report = plan_network(network, {}, work());
  ASSERT_TRUE(report.has_value()) << base::describe(report.error(), base::Language::en);
  ASSERT_EQ(report->years.size(), 3U);
  EXPECT_EQ(report->years[0].opened.size(), 3U);
  EXPECT_EQ(report->years[0].households, 590 + 580 + 570);
  EXPECT_GE(report->years[0].households_most, report->years[0].households);
  EXPECT_LE(report->years[0].households_most, 1.3 * report->years[0].households);
  EXPECT_EQ(report->years[1].households, report->found.all_households);
  EXPECT_EQ(report->years[1].households_most, report->found.all_households);
  EXPECT_GT(report->years[1].cost, report->years[0].cost);
  EXPECT_EQ(report->years[2].open, report->plan.open);
  EXPECT_GE(report->years[2].opened.size(), 4U);
}

TEST(Report, WhatCannotHoldTogetherIsIrreducible) {
  // Three stations would hold the sum, but no three hold eight villages whole: only searches show.
  Network network = row(8);
  Rule few = stations(0);
  few.name = "three stations";
  few.kind = RuleKind::at_most;
  few.sites = 3;
  network.rules.push_back(few);
  network.rules.push_back(stations(4'000));
  const auto report = plan_network(network, {nullptr, {}, true}, work());
  ASSERT_TRUE(report.has_value()) << base::describe(report.error(), base::Language::en);
  ASSERT_EQ(report->plan.status, Status::infeasible);
  EXPECT_EQ(report->plan.stop, siting_problem::Stop::settled);
  const std::vector<std::string> named{"everybody", "capacities", "three stations"};
  EXPECT_EQ(report->plan.conflict, named);
  network.rules[2].sites = 2;  // too little for the sum: counted
  const auto counted = plan_network(network, {nullptr, {}, true}, work());
  ASSERT_TRUE(counted.has_value());
  EXPECT_EQ(counted->plan.stop, siting_problem::Stop::proven);
  EXPECT_EQ(counted->plan.conflict, named);
}

TEST(Report, ABudgetIsKeptOrNamed) {
  Network network = row(8);
  Rule budget;
  budget.name = "budget";
  budget.kind = RuleKind::budget;
  budget.amount = 8 * 800 + 4 * kStation + kCentre + 10;
  network.rules.push_back(budget);
  const auto kept = plan_network(network, {}, work());
  ASSERT_TRUE(kept.has_value()) << base::describe(kept.error(), base::Language::en);
  EXPECT_NE(kept->plan.status, Status::infeasible);
  network.rules.back().amount = 8 * 800 - 10;
  const auto named = plan_network(network, {}, work());
  ASSERT_TRUE(named.has_value()) << base::describe(named.error(), base::Language::en);
  EXPECT_EQ(named->plan.status, Status::infeasible);
  EXPECT_EQ(named->plan.conflict, (std::vector<std::string>{"everybody", "budget"}));
}

TEST(Report, SitesKeepAwayFromZones) {
  Network network = row(4);
  siting_problem::Zone well{
      "well field",
      true,
      {{{114.515, 37.99}, {114.525, 37.99}, {114.525, 38.01}, {114.515, 38.01}}}};
  network.zones.push_back(well);
  Rule away;
  away.name = "away";
  away.kind = RuleKind::away_from_zones;
  away.tier = 2;
  away.zone = "well field";
  away.metres = 300;
  network.rules.push_back(away);
  const auto report = plan_network(network, {nullptr, {}, true}, work());
  ASSERT_TRUE(report.has_value()) << base::describe(report.error(), base::Language::en);
  for (const std::uint32_t site : report->plan.open) {
    EXPECT_FALSE(network.sites[site].tier == 2 && network.sites[site].at.x < 114.55);
  }
  EXPECT_EQ(report->found.rules.back().binding, 1);
}

}  // namespace
}  // namespace huan::siting_report
