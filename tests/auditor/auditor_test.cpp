// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdlib>

#include "app_subject.hpp"
#include "audit.hpp"
#include "ledger_subject.hpp"

namespace huan::auditor {
namespace {

/// HUAN_AUDIT_SEED plays one history; HUAN_AUDIT_HISTORIES says how many, HUAN_AUDIT_FIRST from
/// which seed on; HUAN_SOAK means many.
std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::uint64_t histories(std::uint64_t usual) {
  const bool soak = std::getenv("HUAN_SOAK") != nullptr;
  return setting("HUAN_AUDIT_HISTORIES", soak ? 200'000 : usual);
}

void audit_all(const MakeSubject& make, std::uint64_t count) {
  const World world = small_city();
  const std::uint64_t first = setting("HUAN_AUDIT_SEED", setting("HUAN_AUDIT_FIRST", 1));
  if (std::getenv("HUAN_AUDIT_SEED") != nullptr) {
    count = 1;
  }
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const std::string report = audit(world, make, seed);
    ASSERT_TRUE(report.empty()) << report;
  }
}

TEST(Auditor, LedgerAgrees) { audit_all(make_ledger_subject, histories(2'000)); }

TEST(Auditor, WritePathAgreesInMemory) {
  audit_all(app_subject({.shelf = memory_shelf, .faults = true}), histories(2'000));
}

TEST(Auditor, WritePathAgreesOnSqlite) {
  audit_all(app_subject({.shelf = sqlite_shelf, .faults = true}), histories(1'000));
}

}  // namespace
}  // namespace huan::auditor
