// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/password.hpp"

#include <gtest/gtest.h>

namespace huan::crypto {
namespace {

TEST(Password, IsVerifiedAgainstWhatIsStored) {
  const std::string stored = hash_password("收废纸 2026");
  EXPECT_TRUE(stored.starts_with("$argon2id$"));
  EXPECT_TRUE(verify_password(stored, "收废纸 2026"));
  EXPECT_FALSE(verify_password(stored, "收废纸 2027"));
  EXPECT_FALSE(verify_password(stored, ""));
  EXPECT_FALSE(verify_password("", "收废纸 2026"));
  EXPECT_FALSE(verify_password("$argon2id$nonsense", "收废纸 2026"));
}

}  // namespace
}  // namespace huan::crypto
