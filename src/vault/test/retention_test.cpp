// SPDX-License-Identifier: Apache-2.0
#include "huan/vault/retention.hpp"

#include <gtest/gtest.h>

namespace huan::vault {
namespace {

TEST(Retention, ClassesLastAsTheLawSays) {
  const auto until = [](const char* name, const char* day) {
    return base::format_day(keep_until(*retention_from(name), *base::parse_day(day)));
  };
  EXPECT_EQ(until("scrap_registration", "2026-11-22"), "2028-11-22");
  EXPECT_EQ(until("appliances", "2026-11-22"), "2029-11-22");
  EXPECT_EQ(until("sharing", "2026-11-22"), "2029-11-22");
  EXPECT_EQ(until("invoice_stubs", "2026-11-22"), "2031-11-22");
  EXPECT_EQ(until("tax_evidence", "2026-11-22"), "2036-11-22");
  EXPECT_EQ(until("hazardous_waste", "2026-11-22"), "2036-11-22");
  EXPECT_EQ(until("scrap_registration", "2028-02-29"), "2030-03-01");
  EXPECT_FALSE(retention_from("for ever"));
}

TEST(Retention, NamesAndClassesBelongTogether) {
  for (std::size_t i = 0; i < kRetentionCount; ++i) {
    const auto one = static_cast<Retention>(i);
    EXPECT_EQ(retention_from(name(one)), one);
    EXPECT_GE(years(one), 2);
  }
}

}  // namespace
}  // namespace huan::vault
