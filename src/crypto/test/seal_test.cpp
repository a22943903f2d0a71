// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/seal.hpp"

#include <gtest/gtest.h>

namespace huan::crypto {
namespace {

TEST(Seal, OpensWithTheSameKeyAndContext) {
  const Key key = Key::generate();
  for (const std::string plain : {"", "13800000000", "石家庄市某街道 1 号"}) {
    const std::string sealed = seal(key, plain, "party/P-7/phone");
    EXPECT_EQ(sealed.size(), plain.size() + kSealOverhead);
    EXPECT_EQ(open(key, sealed, "party/P-7/phone"), plain);
  }
  EXPECT_NE(seal(key, "same", "c"), seal(key, "same", "c"));
}

TEST(Seal, RefusesEverythingElse) {
  const Key key = Key::generate();
  const std::string sealed = seal(key, "13800000000", "party/P-7/phone");
  EXPECT_FALSE(open(key, sealed, "party/P-8/phone").has_value());
  EXPECT_FALSE(open(Key::generate(), sealed, "party/P-7/phone").has_value());
  EXPECT_FALSE(open(key, "", "party/P-7/phone").has_value());
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(open(key, changed, "party/P-7/phone").has_value()) << i;
    EXPECT_FALSE(open(key, sealed.substr(0, i), "party/P-7/phone").has_value()) << i;
  }
}

TEST(Key, ReadsItsOwnText) {
  const Key key = Key::generate();
  EXPECT_EQ(key.hex().size(), 64U);
  EXPECT_EQ(Key::from_hex(key.hex() + "\n")->bytes(), key.bytes());
  EXPECT_FALSE(Key::from_hex("").has_value());
  EXPECT_FALSE(Key::from_hex(key.hex() + "00").has_value());
}

TEST(Key, DerivesOneKeyForEachPurpose) {
  const Key key = Key::generate();
  EXPECT_EQ(key.derive("phone").bytes(), key.derive("phone").bytes());
  EXPECT_NE(key.derive("phone").bytes(), key.derive("name").bytes());
  EXPECT_NE(key.derive("phone").bytes(), key.bytes());
}

}  // namespace
}  // namespace huan::crypto
