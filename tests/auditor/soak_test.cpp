// SPDX-License-Identifier: Apache-2.0
// 200,000 histories that the usual run does not play.
#include <gtest/gtest.h>

#include "app_subject.hpp"
#include "audit_all.hpp"
#include "ledger_subject.hpp"

namespace huan::auditor {
namespace {

constexpr std::uint64_t kFirst = 1'000'000;

TEST(AuditorSoak, Ledger) { EXPECT_EQ(audit_all(make_ledger_subject, kFirst, 80'000), ""); }

TEST(AuditorSoak, WritePathInMemory) {
  const auto make = app_subject({.shelf = memory_shelf, .faults = true});
  EXPECT_EQ(audit_all(make, 2 * kFirst, 80'000), "");
}

TEST(AuditorSoak, WritePathOnSqlite) {
  const auto make = app_subject({.shelf = sqlite_shelf, .faults = true});
  EXPECT_EQ(audit_all(make, 3 * kFirst, 40'000), "");
}

}  // namespace
}  // namespace huan::auditor
