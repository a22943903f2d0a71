// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "huan/access/decide.hpp"

namespace huan::access {
namespace {

Subject full(Role role) { return {{role}, "130100", "130102", "e1", "S1"}; }

Action action_at(std::size_t i) { return static_cast<Action>(i); }
Role role_at(std::size_t i) { return static_cast<Role>(i); }

TEST(Table, NamesAreDistinctAndReadBack) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kRoles; ++i) {
    EXPECT_EQ(role_from(name(role_at(i))), role_at(i));
    EXPECT_TRUE(names.insert(name(role_at(i))).second);
    EXPECT_FALSE(name_zh(role_at(i)).empty());
  }
  for (std::size_t i = 0; i < kActions; ++i) {
    EXPECT_TRUE(names.insert(name(action_at(i))).second);
  }
  EXPECT_EQ(role_from("clerk"), Role::station_clerk);
  EXPECT_EQ(role_from("regulator"), Role::regulator_city);
  EXPECT_EQ(role_from("enterprise"), Role::enterprise_admin);
  EXPECT_FALSE(role_from("root"));
  EXPECT_FALSE(role_from(""));
}

TEST(Table, WhoOnlyReadsWritesNothing) {
  for (const Role role : {Role::province, Role::auditor}) {
    for (const Action action :
         {Action::write_events, Action::write_registry, Action::write_files, Action::run_plans,
          Action::write_reports, Action::read_identity, Action::read_contact, Action::read_bank,
          Action::copy_personal, Action::write_personal, Action::erase_personal,
          Action::write_accounts}) {
      EXPECT_EQ(reach(role, action), Scope::none) << name(role) << name(action);
    }
  }
  EXPECT_EQ(reach(Role::province, Action::see_masked), Scope::none);
}

TEST(Table, NobodyWhoIsNotTheServersReachesAllByAnotherName) {
  for (const Role role :
       {Role::enterprise_admin, Role::station_clerk, Role::driver, Role::processor}) {
    for (const Action action :
         {Action::read_events, Action::write_events, Action::read_stock, Action::read_trace,
          Action::read_statistics, Action::read_registry, Action::write_registry,
          Action::read_reports, Action::see_masked, Action::read_accounts}) {
      EXPECT_LE(reach(role, action), Scope::organisation) << name(role) << name(action);
    }
    EXPECT_EQ(reach(role, Action::read_identity), Scope::none);
    EXPECT_LE(reach(role, Action::read_bank), Scope::organisation);
    EXPECT_EQ(reach(role, Action::copy_personal), Scope::none);
  }
}

TEST(Table, StandsInTheDocuments) {
  std::ifstream file("docs/access.md");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  EXPECT_NE(text.find(table_markdown()), std::string::npos) << table_markdown();
}

TEST(Decide, FollowsTheTableAndNothingElse) {
  for (std::size_t r = 0; r < kRoles; ++r) {
    for (std::size_t a = 0; a < kActions; ++a) {
      const Scope scope = reach(role_at(r), action_at(a));
      const auto grant = decide(full(role_at(r)), action_at(a));
      ASSERT_EQ(grant.has_value(), scope != Scope::none) << name(role_at(r)) << name(action_at(a));
      if (!grant) {
        continue;
      }
      EXPECT_EQ(grant->scope, scope);
      EXPECT_EQ(grant->district, scope == Scope::district ? "130102" : "");
      const bool organised = scope == Scope::organisation || scope == Scope::place;
      EXPECT_EQ(grant->organisation, organised ? "e1" : "");
      EXPECT_EQ(grant->place, scope == Scope::place ? "S1" : "");
    }
  }
}

TEST(Decide, FailsClosedWhereTheAccountSaysTooLittle) {
  EXPECT_FALSE(decide({}, Action::own_session));
  EXPECT_FALSE(decide({{Role::regulator_county}, "130100"}, Action::read_events));
  EXPECT_FALSE(decide({{Role::enterprise_admin}, "130100", "130102"}, Action::read_events));
  EXPECT_FALSE(decide({{Role::station_clerk}, "130100", "", "e1", ""}, Action::read_stock));
  EXPECT_FALSE(decide({{Role::station_clerk}, "130100", "", "", "S1"}, Action::read_stock));
}

TEST(Decide, AnInspectorOfTheWholeCityIsNotLimited) {
  const auto grant = decide({{Role::inspector}, "130100", "130100"}, Action::read_events);
  ASSERT_TRUE(grant);
  EXPECT_EQ(grant->district, "");
  EXPECT_FALSE(decide({{Role::inspector}, "", ""}, Action::read_events));
}

TEST(Decide, OfSeveralRolesTheWidestCounts) {
  const Subject both{{Role::station_clerk, Role::enterprise_admin}, "130100", "", "e1", "S1"};
  const auto grant = decide(both, Action::read_stock);
  ASSERT_TRUE(grant);
  EXPECT_EQ(grant->scope, Scope::organisation);
  EXPECT_EQ(grant->place, "");
}

TEST(Give, NobodyGivesMoreThanTheyHave) {
  const Subject admin{{Role::enterprise_admin}, "130100", "", "e1", ""};
  EXPECT_TRUE(may_give(admin, {{Role::station_clerk}, "130100", "", "e1", "S1"}));
  EXPECT_TRUE(may_give(admin, {{Role::driver}, "130100", "", "e1", ""}));
  EXPECT_FALSE(may_give(admin, {{Role::station_clerk}, "130100", "", "e2", "S1"}));
  EXPECT_FALSE(may_give(admin, {{Role::station_clerk}, "", "", "e1", "S1"}));
  EXPECT_FALSE(may_give(admin, {{Role::inspector}, "130100", "130102", "e1", ""}));
  EXPECT_FALSE(may_give(admin, {{Role::system_operator}, "130100", "", "e1", ""}));
  EXPECT_FALSE(may_give(admin, {{}, "130100", "", "e1", ""}));
  const Subject clerk{{Role::station_clerk}, "130100", "", "e1", "S1"};
  EXPECT_FALSE(may_give(clerk, clerk));
  const Subject of_city{{Role::system_operator}, "130100"};
  EXPECT_TRUE(may_give(of_city, {{Role::system_operator}, "130100"}));
  EXPECT_FALSE(may_give(of_city, {{Role::system_operator}, ""}));
  const Subject of_server{{Role::system_operator}};
  for (std::size_t i = 0; i < kRoles; ++i) {
    EXPECT_TRUE(may_give(of_server, full(role_at(i)))) << name(role_at(i));
  }
}

}  // namespace
}  // namespace huan::access
