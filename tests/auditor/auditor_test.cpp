// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "app_subject.hpp"
#include "audit_all.hpp"
#include "ledger_subject.hpp"

namespace huan::auditor {
namespace {

TEST(Auditor, LedgerAgrees) { EXPECT_EQ(audit_all(make_ledger_subject, 1, 2'000), ""); }

TEST(Auditor, WritePathAgreesInMemory) {
  EXPECT_EQ(audit_all(app_subject({.shelf = memory_shelf, .faults = true}), 2'001, 2'000), "");
}

TEST(Auditor, WritePathAgreesOnSqlite) {
  EXPECT_EQ(audit_all(app_subject({.shelf = sqlite_shelf, .faults = true}), 4'001, 1'000), "");
}

/// What it is told wrongly it has to find, and to make small.
class Forgetful final : public Subject {
 public:
  explicit Forgetful(const World& world) : ledger_(make_ledger_subject(world)) {}
  std::vector<Reply> post(const std::vector<std::string>& texts, bool each,
                          std::int64_t now) override {
    return ledger_->post(texts, each, now);
  }
  Dump dump() override {
    Dump dump = ledger_->dump();
    std::erase_if(dump,
                  [](const auto& entry) { return entry.first.starts_with("account variance"); });
    return dump;
  }
  std::string broken() override { return ledger_->broken(); }

 private:
  std::unique_ptr<Subject> ledger_;
};

TEST(Auditor, FindsWhatIsMissingAndShrinksIt) {
  const MakeSubject forgetful = [](const World& world) {
    return std::make_unique<Forgetful>(world);
  };
  const std::string report = audit_all(forgetful, 1, 200);
  EXPECT_NE(report.find("account variance"), std::string::npos) << report;
  EXPECT_LE(std::count(report.begin(), report.end(), '#'), 4) << report;
}

}  // namespace
}  // namespace huan::auditor
